"""Fits the reader's confidence: the probability that a line is exactly right, from its log-probability (Platt 1999)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from core.predictor.reader import Calibration, Reader
from models.data.batches import token_ids
from models.data.expression import Expression
from models.data.photographed import photographed
from models.data.strokes import draw

ITERATIONS = 50
RIDGE = 1e-3


def observations(reader: Reader, expressions: Sequence[Expression], seed: int = 0) -> list[tuple[float, bool]]:
    """(log-probability, exactly right) of the best hypothesis for each expression, every second one photographed."""
    random = np.random.default_rng(seed)
    seen = []
    for i, expression in enumerate(expressions):
        if i % 2:
            ink = photographed(expression, 1.0, random)
        else:
            ink = draw(expression.strokes, expression.symbols, expression.glyph_height, 1.0, 2.0).ink
        best = reader.hypotheses(ink)[0]
        seen.append((best.log_probability, best.ids == token_ids(expression)))
    return seen


def fit_calibration(seen: Sequence[tuple[float, bool]]) -> Calibration:
    """Logistic regression of right on log-probability, by Newton's method with a little ridge."""
    x = np.array([[log_probability, 1.0] for log_probability, _ in seen])
    y = np.array([float(right) for _, right in seen])
    weights = np.array([1.0, 0.0])
    for _ in range(ITERATIONS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -50, 50)))
        gradient = x.T @ (y - p) - RIDGE * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(2)
        weights = weights + np.linalg.solve(hessian, gradient)
    return Calibration(float(weights[0]), float(weights[1]))


def save_calibration(folder: Path, calibration: Calibration) -> None:
    (folder / "calibration.json").write_text(json.dumps(asdict(calibration), indent=1) + "\n")

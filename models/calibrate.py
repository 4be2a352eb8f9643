"""Fits the reader's confidence: the probability that a line is exactly right, from its log-probability (Platt 1999)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from core.predictor.beam import Hypothesis
from core.predictor.reader import Calibration, Reader
from models.data.augment import symbol_bank
from models.data.batches import token_ids
from models.data.expression import Expression
from models.data.photo.photographed import photographed
from models.data.school.writer import school_expression
from models.data.strokes import draw

ITERATIONS = 50
RIDGE = 1e-3


def calibration_lines(
    training: Sequence[Expression], held_out: Sequence[Expression], count: int, seed: int = 0
) -> list[Expression]:
    """Half lines of `held_out`, half school maths in the inks of `held_out`; rare signs it lacks come from
    `training`.
    """
    random = np.random.default_rng(seed)
    bank = {**symbol_bank(training), **symbol_bank(held_out)}
    return [*held_out[: count // 2], *(school_expression(bank, random) for _ in range(count - count // 2))]


def observations(reader: Reader, expressions: Sequence[Expression], seed: int = 0) -> list[tuple[Hypothesis, bool]]:
    """The best hypothesis for each expression and whether it is exactly right; every second one is photographed."""
    random = np.random.default_rng(seed)
    seen = []
    for i, expression in enumerate(expressions):
        if i % 2:
            ink = photographed(expression, 1.0, random)
        else:
            ink = draw(expression.strokes, expression.symbols, expression.glyph_height, 1.0, 2.0).ink
        best = reader.hypotheses(ink)[0]
        seen.append((best, best.ids == token_ids(expression)))
    return seen


def fit_calibration(seen: Sequence[tuple[Hypothesis, bool]]) -> Calibration:
    """Logistic regression of right on log-probability and length, by Newton's method with a little ridge."""
    x = np.array([[hypothesis.log_probability, len(hypothesis.ids) + 1.0, 1.0] for hypothesis, _ in seen])
    y = np.array([float(right) for _, right in seen])
    weights = np.zeros(3)  # from here Newton does not overshoot
    for _ in range(ITERATIONS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -50, 50)))
        gradient = x.T @ (y - p) - RIDGE * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(3)
        weights = weights + np.linalg.solve(hessian, gradient)
    return Calibration(*(float(weight) for weight in weights))


def save_calibration(folder: Path, calibration: Calibration) -> None:
    (folder / "calibration.json").write_text(json.dumps(asdict(calibration), indent=1) + "\n")

"""Fits the reader's confidence: the probability that a line is exactly right (logistic regression, Platt 1999).

Lines of hands that the network was not trained on are shared out by writer into two halves. What is reported of the
fit is cross-validated: each half is judged by what was fitted on the other. What ships is fitted on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.predictor.calibration import Calibration, Candidate, features
from core.predictor.reader import Reader
from models.data.augment import symbol_bank
from models.data.batches import token_ids
from models.data.expression import Expression
from models.data.photo.photographed import photographed
from models.data.school.writer import school_expression
from models.data.strokes import draw

ITERATIONS = 50
RIDGE = 1e-3
BINS = 10
PRECISION = 0.95
"""Share of lines that have to be right for their confidence to count as sure."""
FEWEST_SURE = 30
"""A threshold that fewer lines exceed is not worth naming."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Observation:
    """The best candidate for a line of `source` and whether it is exactly right."""

    source: str
    candidate: Candidate
    right: bool


@dataclass(frozen=True)
class Reliability:
    """Cross-validated confidences (n,) in the order of the observations, and whether each line was right (n,)."""

    confidences: FloatArray
    right: NDArray[np.bool_]

    def bins(self) -> list[tuple[float, float, int]]:
        """(mean confidence, share right, lines) of each of ten equal ranges that holds any."""
        places = np.minimum((self.confidences * BINS).astype(int), BINS - 1)
        chosen = [places == place for place in range(BINS) if (places == place).any()]
        return [(float(self.confidences[c].mean()), float(self.right[c].mean()), int(c.sum())) for c in chosen]

    def expected_error(self) -> float:
        """Expected calibration error: mean distance of confidence from share right, over the bins (Naeini 2015)."""
        return sum(abs(confidence - right) * n for confidence, right, n in self.bins()) / len(self.right)

    def sure(self) -> float:
        """The least confidence, in hundredths, from which on PRECISION of the lines are right; 1 if there is none."""
        for hundredth in range(100):
            chosen = self.confidences >= hundredth / 100
            if chosen.sum() >= FEWEST_SURE and self.right[chosen].mean() >= PRECISION:
                return hundredth / 100
        return 1.0

    def above(self, confidence: float) -> tuple[float, float]:
        """(share of all lines with at least `confidence`, share of those that is right)."""
        chosen = self.confidences >= confidence
        return float(chosen.mean()), float(self.right[chosen].mean()) if chosen.any() else 1.0


def halves(
    training: Sequence[Expression], held_out: Sequence[Expression], seed: int = 0
) -> tuple[list[tuple[str, Expression]], list[tuple[str, Expression]]]:
    """(source, expression) for two halves of the writers of `held_out`: their own lines, and as many of school maths
    in their inks. Signs that a half never wrote come from `training`.
    """
    random = np.random.default_rng(seed)
    writers = sorted({expression.writer for expression in held_out})
    parts = []
    for half in (set(writers[::2]), set(writers[1::2])):
        own = [expression for expression in held_out if expression.writer in half]
        bank = {**symbol_bank(training), **symbol_bank(own)}
        school = [school_expression(bank, random) for _ in own]
        parts.append([("CROHME 2013", line) for line in own] + [("school", line) for line in school])
    return parts[0], parts[1]


def observe(reader: Reader, lines: Sequence[tuple[str, Expression]], seed: int = 0) -> list[Observation]:
    """What the reader makes of each line; every second one is photographed."""
    random = np.random.default_rng(seed)
    seen = []
    for index, (source, line) in enumerate(lines):
        if index % 2:
            ink = photographed(line, 1.0, random).ink
        else:
            ink = draw(line.strokes, line.symbols, line.glyph_height, 1.0, 2.0).ink
        best = reader.candidates(ink)[0]
        seen.append(Observation(f"{source}, {'photo' if index % 2 else 'tablet'}", best, best.ids == token_ids(line)))
    return seen


def fit_weights(seen: Sequence[Observation]) -> tuple[float, ...]:
    """Logistic regression of right on the features, by Newton's method with a little ridge."""
    x = np.array([features(observation.candidate) for observation in seen])
    y = np.array([float(observation.right) for observation in seen])
    weights = np.zeros(x.shape[1])  # from here Newton does not overshoot
    for _ in range(ITERATIONS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -50, 50)))
        gradient = x.T @ (y - p) - RIDGE * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(hessian, gradient)
    return tuple(float(weight) for weight in weights)


def cross_validated(first: Sequence[Observation], second: Sequence[Observation]) -> Reliability:
    """Confidences of `first` by what fits `second`, then of `second` by what fits `first`."""
    fits = Calibration(fit_weights(second)), Calibration(fit_weights(first))
    confidences = [fit.confidence(o.candidate) for fit, half in zip(fits, (first, second), strict=True) for o in half]
    return Reliability(np.array(confidences), np.array([o.right for o in (*first, *second)]))


def calibrated(first: Sequence[Observation], second: Sequence[Observation]) -> tuple[Calibration, Reliability]:
    """The calibration fitted on both halves, and how reliable it is by cross-validation."""
    reliability = cross_validated(first, second)
    return Calibration(fit_weights([*first, *second]), reliability.sure()), reliability

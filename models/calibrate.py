"""Fits the reader's confidence: the probability that a line is exactly right (logistic regression, Platt 1999).

Lines of hands that the network was not trained on are shared out by writer, or sheet of paper, into two halves. What is
reported of the fit is cross-validated: each half is judged by what was fitted on the other. What ships is fitted on
both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.notation.tokens import TOKEN_IDS
from core.predictor.calibration import Calibration, Candidate, features
from core.predictor.reader import Reader
from models.data.augment import symbol_bank
from models.data.batches import token_ids
from models.data.expression import Expression
from models.data.photo.photographed import photographed
from models.data.scans import Scan, sheet
from models.data.school.writer import school_expression
from models.data.strokes import TABLET_PEN, draw

ITERATIONS = 50
RIDGE = 1e-3
BINS = 10
PRECISION = 0.95
"""Share of lines that have to be right for their confidence to count as sure."""
FEWEST_SURE = 30
"""A threshold that fewer lines exceed is not worth naming."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class HeldOutLine:
    """The ink of one line of `source` as the reader gets it, and the ids of what it says."""

    source: str
    ids: tuple[int, ...]
    ink: NDArray[np.uint8]


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
        """The least confidence, in thousandths, from which on PRECISION of the lines are right; 1 if there is none."""
        for thousandth in range(1000):
            chosen = self.confidences >= thousandth / 1000
            if chosen.sum() >= FEWEST_SURE and self.right[chosen].mean() >= PRECISION:
                return thousandth / 1000
        return 1.0

    def above(self, confidence: float) -> tuple[float, float]:
        """(share of all lines with at least `confidence`, share of those that is right)."""
        chosen = self.confidences >= confidence
        return float(chosen.mean()), float(self.right[chosen].mean()) if chosen.any() else 1.0


def halves(
    training: Sequence[Expression], held_out: Sequence[Expression], scans: Sequence[Scan], seed: int = 0
) -> tuple[list[HeldOutLine], list[HeldOutLine]]:
    """The lines of each half of the writers of `held_out`: their own, as many of school maths in their inks, every
    second one photographed, and half the sheets of `scans`. Signs that a half never wrote come from `training`.
    """
    random = np.random.default_rng(seed)
    writers, sheets = sorted({line.writer for line in held_out}), sorted({sheet(scan.key) for scan in scans})
    parts = []
    for half in (0, 1):
        own = [line for line in held_out if line.writer in writers[half::2]]
        bank = {**symbol_bank(training), **symbol_bank(own)}
        school = [school_expression(bank, random) for _ in own]
        lines = _inked("CROHME 2013", own, random) + _inked("school", school, random)
        for scan in scans:
            if sheet(scan.key) in sheets[half::2]:
                lines.append(HeldOutLine("scans", tuple(TOKEN_IDS[token] for token in scan.tokens), scan.ink))
        parts.append(lines)
    return parts[0], parts[1]


def _inked(source: str, written: Sequence[Expression], random: np.random.Generator) -> list[HeldOutLine]:
    """Every second line as a tablet saw it, the others through a simulated photo."""
    lines = []
    for index, line in enumerate(written):
        if index % 2:
            camera, ink = "photo", photographed(line, 1.0, random).ink
        else:
            camera, ink = "tablet", draw(line.strokes, line.symbols, line.glyph_height, 1.0, TABLET_PEN).ink
        lines.append(HeldOutLine(f"{source}, {camera}", token_ids(line), ink))
    return lines


def observe(reader: Reader, lines: Sequence[HeldOutLine]) -> list[Observation]:
    """What the reader makes of each line."""
    candidates = [reader.candidates(line.ink)[0] for line in lines]
    return [Observation(line.source, best, best.ids == line.ids) for line, best in zip(lines, candidates, strict=True)]


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

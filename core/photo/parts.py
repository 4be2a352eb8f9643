"""The connected parts of an ink map: which of them can be writing, and where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.components import Labels, places
from core.photo.ink import Ink

Bounds: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom, in glyph heights."""

MOST_PARTS = 1200
"""Connected parts that are looked at on one picture: forty full lines have fewer."""

# In glyph heights.
GLYPH = 0.4
WIDE = 1.5
_SPECK = 0.08
_SLICE = 0.5


@dataclass(frozen=True)
class Parts:
    """Connected parts of the ink, one entry each: left, top, right, bottom (exclusive), in glyph heights.

    `whole` names the part that an entry is a piece of: for the parts themselves their own index.
    """

    left: NDArray[np.float64]
    top: NDArray[np.float64]
    right: NDArray[np.float64]
    bottom: NDArray[np.float64]
    at_border: NDArray[np.bool_]
    whole: NDArray[np.int64]

    @cached_property
    def width(self) -> NDArray[np.float64]:
        return self.right - self.left

    @cached_property
    def height(self) -> NDArray[np.float64]:
        return self.bottom - self.top

    @cached_property
    def is_glyph(self) -> NDArray[np.bool_]:
        """Full signs, as against dots, bars, primes and other marks."""
        return (self.height >= GLYPH) & (self.height >= 0.3 * self.width) | (self.height >= 0.7)

    def bounds(self, members: Iterable[int]) -> Bounds:
        """Left, top, right, bottom of several parts."""
        corners = self._corners[:, list(members)]
        left, top = corners[:2].min(axis=1).tolist()
        right, bottom = corners[2:].max(axis=1).tolist()
        return left, top, right, bottom

    @cached_property
    def _corners(self) -> NDArray[np.float64]:
        return np.stack([self.left, self.top, self.right, self.bottom])


def plausible(ink: Ink, labels: Labels, stats: Labels, unit: float) -> NDArray[np.bool_]:
    """Which connected parts can be writing: no specks, no blobs far thicker than the pen, no remains of rules."""
    wide, high, area = (stats[:, column] for column in (2, 3, 4))
    keep: NDArray[np.bool_] = area >= (_SPECK * unit) ** 2
    keep[0] = False
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    thickness = np.zeros(len(stats), np.float32)
    where = places(ink)
    np.maximum.at(thickness, labels.take(where), depth.take(where))
    pen = float(np.median(thickness[keep])) if keep.any() else 0.0
    keep &= thickness <= max(4.0 * pen, 0.2 * unit)
    bar = np.maximum(wide, high) > 4 * np.minimum(wide, high)
    keep &= ~(bar & (thickness < 0.5 * pen) & (pen >= 3.0))
    keep &= ~(_at_border(stats, ink.shape) & (bar | (np.maximum(wide, high) > 6 * unit)))
    return keep


def largest(numbers: NDArray[np.int64], stats: Labels) -> NDArray[np.int64]:
    """At most MOST_PARTS of the labels `numbers`, those with most ink: a picture of grain must not cost without end."""
    if len(numbers) <= MOST_PARTS:
        return numbers
    return np.sort(numbers[np.argsort(-stats[numbers, 4], kind="stable")[:MOST_PARTS]])


def _at_border(stats: Labels, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    left, top, wide, high = (stats[:, column] for column in range(4))
    return (left <= 1) | (top <= 1) | (left + wide >= shape[1] - 1) | (top + high >= shape[0] - 1)


def measure(stats: Labels, shape: tuple[int, ...], unit: float) -> Parts:
    left, top, width, height = (stats[:, column] / unit for column in range(4))
    return Parts(left, top, left + width, top + height, _at_border(stats, shape), np.arange(len(stats)))


def sliced(parts: Parts, labels: Labels, numbers: NDArray[np.int64], unit: float) -> Parts:
    """The parts, the wide ones cut into upright slices: a sloping root must not seem to reach into the line above."""
    pieces: list[tuple[float, float, float, float, int]] = []
    for index, number in enumerate(numbers):
        left, top, right, bottom = (round(side * unit) for side in parts.bounds([index]))
        if parts.width[index] <= WIDE:
            pieces.append((left, top, right, bottom, index))
            continue
        own = labels[top:bottom, left:right] == number
        edges = np.linspace(0, right - left, max(3, round(float(parts.width[index]) / _SLICE)) + 1).round().astype(int)
        for start, stop in pairwise(edges):
            filled = np.flatnonzero(own[:, start:stop].any(axis=1))
            if len(filled):
                pieces.append((left + start, top + filled[0], left + stop, top + filled[-1] + 1, index))
    left_, top_, right_, bottom_, whole = (np.array(column) for column in zip(*pieces, strict=True))
    return Parts(left_ / unit, top_ / unit, right_ / unit, bottom_ / unit, parts.at_border[whole], whole)

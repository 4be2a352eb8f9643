"""The boxes of what is about as large as a glyph: enough to tell how writing lies on a photo before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.outcome import Turn
from core.photo.components import connected
from core.photo.ink import Ink
from core.photo.shade import shrink

MOST_GLYPHS = 300
"""Boxes that are looked at, those with most ink first."""

# Lengths of a glyph's longer side, in that of a typical one: dots and specks are shorter, roots and frames longer.
_SHORTEST, _LONGEST = 0.35, 4.0

FARTHEST_GAP = 4.0
"""Glyphs further apart than this are no neighbours."""
_OVERLAP, _BESIDE = 0.4, 1.0

_LONG_SIDE = 1000
"""Pixels that glyphs are looked for on, about: where they lie need not be known to the pixel."""


@dataclass(frozen=True)
class GlyphBoxes:
    """Left, top, right and bottom of each box, in lengths of a typical glyph's longer side."""

    left: NDArray[np.float64]
    top: NDArray[np.float64]
    right: NDArray[np.float64]
    bottom: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)

    @property
    def width(self) -> NDArray[np.float64]:
        return self.right - self.left

    @property
    def height(self) -> NDArray[np.float64]:
        return self.bottom - self.top

    def turned(self, turn: Turn) -> GlyphBoxes:
        """As they lie on the picture turned clockwise by `turn` degrees; the origin is not kept."""
        boxes = self
        for _ in range(turn // 90):
            boxes = GlyphBoxes(-boxes.bottom, boxes.left, -boxes.top, boxes.right)
        return boxes


def glyph_boxes(ink: Ink) -> GlyphBoxes:
    """The boxes of the glyphs on an ink map. Unlike a glyph's height its longer side does not depend on the turn."""
    whole = max(1, round(max(ink.shape) / _LONG_SIDE))  # by a whole number, so that no stroke is smeared
    small = shrink(ink, max(ink.shape) // whole)
    _, stats = connected(small)
    boxes, area = stats[1:, :4].astype(np.float64), stats[1:, 4]
    if not len(area):
        return _scaled(boxes, 1.0)
    side, typical = _sides(boxes, area)
    glyphs = np.flatnonzero((side > _SHORTEST * typical) & (side < _LONGEST * typical))
    return _scaled(boxes[glyphs[np.argsort(-area[glyphs], kind="stable")[:MOST_GLYPHS]]], typical)


def gaps_beside(glyphs: GlyphBoxes) -> NDArray[np.float64]:
    """How far each glyph is from the nearest one beside it, FARTHEST_GAP at most."""
    gaps = _gaps(glyphs, glyphs)
    np.fill_diagonal(gaps, FARTHEST_GAP)
    nearest: NDArray[np.float64] = gaps.min(axis=1)
    return nearest


def _gaps(boxes: GlyphBoxes, others: GlyphBoxes) -> NDArray[np.float64]:
    """How far each of `boxes` is from each of `others` that stands beside it; FARTHEST_GAP at most, and where none
    does.
    """
    aside = np.maximum(boxes.left[:, None], others.left) - np.minimum(boxes.right[:, None], others.right)
    shared = np.minimum(boxes.bottom[:, None], others.bottom) - np.maximum(boxes.top[:, None], others.top)
    beside = shared > _OVERLAP * np.minimum(boxes.height[:, None], others.height)
    return np.where(beside, np.clip(aside, 0.0, FARTHEST_GAP), FARTHEST_GAP)


def without_cut_off(ink: Ink) -> Ink:
    """`ink` without what its border cuts off, unless something whole stands close beside it."""
    labels, stats = connected(ink)
    boxes, area = stats[1:, :4].astype(np.float64), stats[1:, 4]
    ends = boxes[:, :2] + boxes[:, 2:]
    cut = ((boxes[:, :2] <= 1) | (ends >= np.array(ink.shape[::-1]) - 1)).any(axis=1)
    if not cut.any():
        return ink
    side, typical = _sides(boxes, area)
    whole = boxes[~cut & (side > _SHORTEST * typical) & (side < _LONGEST * typical)]
    gaps = _gaps(_scaled(boxes[cut], typical), _scaled(whole, typical)).min(axis=1, initial=FARTHEST_GAP)
    gone = np.zeros(len(stats), np.bool_)
    gone[np.flatnonzero(cut)[gaps > _BESIDE] + 1] = True
    return np.where(gone[labels], 0, ink).astype(np.uint8)


def _sides(boxes: NDArray[np.float64], area: NDArray[Any]) -> tuple[NDArray[np.float64], float]:
    """The longer side of each box, and that of a typical glyph: half of all ink is in smaller parts."""
    side: NDArray[np.float64] = boxes[:, 2:].max(axis=1)
    order = np.argsort(side)
    passed = np.cumsum(area[order])
    return side, float(side[order][np.searchsorted(passed, 0.5 * passed[-1])])


def _scaled(boxes: NDArray[np.float64], typical: float) -> GlyphBoxes:
    left, top, width, height = (boxes / typical).T
    return GlyphBoxes(left, top, left + width, top + height)

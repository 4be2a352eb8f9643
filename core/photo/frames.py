"""Boxes drawn round an answer: found and taken off, so that the reader does not see them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.outcome import Box
from core.photo.components import Labels
from core.photo.ink import Ink

# In glyph heights.
_NARROWEST, _LOWEST = 2.0, 1.0
_BORDER = 0.4
_WIDEST_RING = 3.5

_ROUND = 0.87
"""Share of its box that the convex outline of a ring fills, at most: a circle 0.79, a crooked rectangle about 0.95."""


def without_frames(ink: Ink, labels: Labels, stats: Labels, unit: float) -> tuple[Ink, list[Box]]:
    """`ink` without its frames, and where they were. `labels`, `stats`: its connected parts; `unit`: pixels of a
    glyph's height.

    What touches a frame from within stays. A small ring is no frame: it may be that of a question's number.
    """
    centres = np.column_stack([stats[1:, 0] + stats[1:, 2] / 2, stats[1:, 1] + stats[1:, 3] / 2])
    boxes: list[Box] = []
    for number in range(1, len(stats)):
        left, top, wide, high = (int(value) for value in stats[number, :4])
        if wide < _NARROWEST * unit or high < _LOWEST * unit:
            continue
        within = ((centres > (left, top)) & (centres < (left + wide, top + high))).all(axis=1)
        own = labels[top : top + high, left : left + wide] == number
        if np.delete(within, number - 1).sum() < 2 or not _has_four_sides(own):
            continue
        if max(wide, high) >= _WIDEST_RING * unit or not _is_round(own):
            if not boxes:
                ink = ink.copy()
            ink[top : top + high, left : left + wide][own & ~_inside(own, _BORDER * unit)] = 0
            boxes.append(Box(left, top, wide, high))
    return ink, boxes


def _has_four_sides(own: NDArray[np.bool_]) -> bool:
    high, wide = own.shape
    lids = own[: high // 3].any(axis=0) & own[-(high // 3) :].any(axis=0)
    walls = own[:, : wide // 4].any(axis=1) & own[:, -(wide // 4) :].any(axis=1)
    return bool(lids.mean() > 0.7 and walls.mean() > 0.6)


def _is_round(own: NDArray[np.bool_]) -> bool:
    points = np.argwhere(own)[:, ::-1].astype(np.int32)
    return bool(cv2.contourArea(cv2.convexHull(points)) < _ROUND * own.size)


def _inside(own: NDArray[np.bool_], border: float) -> NDArray[np.bool_]:
    """What lies within the convex hull of a stroke, closed or not, and further from it than `border` pixels."""
    points = np.argwhere(own)[:, ::-1].astype(np.int32)
    filled = cv2.fillConvexPoly(np.zeros(own.shape, np.uint8), cv2.convexHull(points), 1)
    side = 2 * round(border) + 1
    return np.asarray(cv2.erode(filled, np.ones((side, side), np.uint8), borderValue=0) > 0)

"""Strokes that go round something: how much of their convex outline they follow, and what lies within it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.ink import Ink


def drawn_hull(pixels: NDArray[np.bool_]) -> float:
    """The share of a stroke's convex outline that the stroke follows: about 1 for a ring, a frame or a triangle."""
    points = np.argwhere(pixels)[:, ::-1].astype(np.int32)
    outline = cv2.polylines(np.zeros(pixels.shape, np.uint8), [cv2.convexHull(points)], True, 1)
    side = max(3, min(pixels.shape) // 6) | 1
    near = cv2.dilate(pixels.astype(np.uint8), np.ones((side, side), np.uint8))
    return float(near[outline > 0].mean())


def inside_hull(pixels: NDArray[np.bool_], x: float, y: float) -> float:
    """How many pixels within a stroke's convex outline a point lies; below 0 it lies outside."""
    points = np.argwhere(pixels)[:, ::-1].astype(np.int32)
    return float(cv2.pointPolygonTest(cv2.convexHull(points), (x, y), True))


def within_hull(ink: Ink, border: float) -> Ink:
    """`ink` without what lies nearer than `border` pixels to its convex outline."""
    side = 2 * round(border) + 1
    padded = np.pad(ink, 1)
    hull = cv2.convexHull(np.argwhere(padded > 0)[:, ::-1].astype(np.int32))
    filled = cv2.fillConvexPoly(np.zeros(padded.shape, np.uint8), hull, 1)
    inner = cv2.erode(filled, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return np.where(inner[1:-1, 1:-1] > 0, ink, 0).astype(np.uint8)

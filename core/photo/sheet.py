"""The sheet of paper on a photo: what lies round it, a desk or a cloth, is found and papered over.

A picture falls into regions along its sharp steps of light and colour; one large bright region is the sheet. A region
at the border of the picture is no paper if it is far darker than the sheet beside it or of another colour, or if it
leaves the sheet a corner. Other shadows stay: they keep the colour of the paper they fall on, and writing may lie in
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
Value = TypeVar("Value", np.uint8, np.float32)

_SIDE = 320
"""Pixels of the long side that the edges of a sheet are sought at. Other lengths here are in these pixels."""

_WIDEST_STROKE = 1 / 24
_MARGIN = 2
_LIGHT_STEP, _COLOUR_STEP = 0.3, 0.15
_LEAST_SHEET, _LEAST_REGION = 0.15, 0.003

# How a desk differs from the paper beside it, in natural logarithms of light.
_DARKER, _FAR_DARKER = -0.15, -1.3
_WARMER, _COOLER = 0.25, -0.45

_CONVEX = 0.97
_CORNER = (55.0, 125.0)


@dataclass(frozen=True)
class Sheet:
    """The part of a photo that holds the sheet. `pixels`: RGB uint8, paper all over; `left`, `top`: where it was.

    `paper`: where the sheet is, on a small version of the whole photo; None where nothing else is on it.
    """

    pixels: NDArray[np.uint8]
    left: int = 0
    top: int = 0
    paper: Mask | None = None


def sheet_of(rgb: NDArray[np.uint8]) -> Sheet:
    """The sheet on a photo (height, width, 3), cut out, with paper painted over what is not the sheet.

    A photo on which no edge of a sheet is found comes back whole.
    """
    height, width = rgb.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    small = _without_writing(
        cv2.resize(rgb, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    )
    desk = _desk(small)
    if not desk.any():
        return Sheet(rgb)
    across, down = (np.flatnonzero(~desk.all(axis=axis)) for axis in (0, 1))
    left, right = round(across[0] * width / columns), round((across[-1] + 1) * width / columns)
    top, bottom = round(down[0] * height / rows), round((down[-1] + 1) * height / rows)
    seen = (slice(down[0], down[-1] + 1), slice(across[0], across[-1] + 1))
    size = (right - left, bottom - top)
    paper = cv2.resize(_spread(small, ~desk)[seen], size, interpolation=cv2.INTER_LINEAR)
    covered = cv2.resize(desk[seen].astype(np.uint8) * 255, size, interpolation=cv2.INTER_LINEAR)
    pixels = rgb[top:bottom, left:right].copy()
    np.copyto(pixels, paper, where=(covered > 127)[:, :, None], casting="unsafe")
    return Sheet(pixels, left, top, ~desk)


def _without_writing(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Strokes are lifted out by a closing, but not a narrow strip of desk: the border is carried on outwards first."""
    reach = int(max(small.shape[:2]) * _WIDEST_STROKE / 2) + 1
    padded = cv2.copyMakeBorder(small, reach, reach, reach, reach, cv2.BORDER_REPLICATE)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, ellipse)[reach:-reach, reach:-reach]
    return np.ascontiguousarray(closed, dtype=np.uint8)


def _desk(small: NDArray[np.uint8]) -> Mask:
    """What is not the sheet, and a margin along its edges. `small`: (height, width, 3) without writing."""
    light = np.log(small.astype(np.float32) + 4.0)
    shade, hue = light.mean(axis=2), light[:, :, 0] - light[:, :, 2]
    steps = (_step(shade) > _LIGHT_STEP) | (_step(hue) > _COLOUR_STEP)
    _, regions = cv2.distanceTransformWithLabels(steps.astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_CCOMP)
    areas = np.bincount(regions[~steps], minlength=2)
    brightness = np.bincount(regions[~steps], small.mean(axis=2)[~steps], len(areas)) / np.maximum(areas, 1)
    sheet = int((areas * brightness**2).argmax())
    desk = np.zeros(shade.shape, np.bool_)
    if areas[sheet] < _LEAST_SHEET * shade.size:
        return desk
    doubtful = desk.copy()
    beside = _spread(light, (regions == sheet) & ~steps)
    at_border = np.unique(np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]]))
    for region in at_border[(at_border != sheet) & (areas[at_border] >= _LEAST_REGION * shade.size)]:
        own = (regions == region) & ~steps
        red, green, blue = np.median(light[own] - beside[own], axis=0)
        darker = (red + green + blue) / 3
        if darker < _FAR_DARKER or (darker < _DARKER and not _COOLER < red - blue < _WARMER):
            desk |= regions == region
        elif darker < _DARKER:
            doubtful |= regions == region
    if doubtful.any() and _has_corner(~(desk | doubtful)):
        desk |= doubtful
    if desk.mean() > 1 - _LEAST_SHEET:
        return np.zeros_like(desk)
    side = 2 * _MARGIN + 1
    return np.asarray(cv2.dilate(desk.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)


def _step(values: Map) -> Map:
    """How much `values` change within a pixel's reach."""
    gradient: Map = cv2.morphologyEx(values, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).astype(np.float32)
    return gradient


def _has_corner(paper: Mask) -> bool:
    """Whether an area is convex and has a corner of about a right angle in the picture: shadows bite into a page."""
    height, width = paper.shape
    outline = cv2.convexHull(np.argwhere(paper)[:, ::-1].astype(np.int32))
    if paper.sum() < _CONVEX * cv2.contourArea(outline):
        return False
    corners = cv2.approxPolyDP(outline, 0.02 * max(height, width), True)[:, 0].astype(np.float64)
    inside = ((corners > 3) & (corners < (width - 4, height - 4))).all(axis=1)
    before, after = np.roll(corners, 1, axis=0) - corners, np.roll(corners, -1, axis=0) - corners
    lengths = np.maximum(np.hypot(*before.T) * np.hypot(*after.T), 1.0)
    angles = np.degrees(np.arccos(np.clip((before * after).sum(axis=1) / lengths, -1.0, 1.0)))
    return bool((inside & (angles > _CORNER[0]) & (angles < _CORNER[1])).any())


def _spread(values: NDArray[Value], known: Mask) -> NDArray[Value]:
    """`values` (height, width, channels) where they are known, elsewhere those of the nearest known pixel."""
    _, nearest = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    place = np.zeros(int(nearest.max()) + 1, np.int64)
    place[nearest[known]] = np.flatnonzero(known)
    spread: NDArray[Value] = values.reshape(-1, values.shape[2])[place[nearest]]
    return spread

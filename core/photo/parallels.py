"""Lines on a photo that are parallel on the sheet: its edges, and its rules or grid, fitted on small versions of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.paths import smooth_paths
from core.photo.perspective import FOCAL_LENGTH, Lines
from core.photo.sheet import Mask, Sheet

_SIDE = 800
"""Pixels of the long side that rules are sought at, at most."""

_COLUMNS = 64
_STEEPEST = 0.3
_THIN = 5
_FAINTEST = 4.0
_MOST_HITS = 0.25
_STRAIGHT = 1.5

_LEAST_EDGE = 0.35
_NEAR_EDGE, _BORDER = 3.0, 3
_END = 0.06
_COVERED = 0.7

Segment: TypeAlias = tuple[float, float]
"""Where a line is at 0, and its slope."""


def parallels(sheet: Sheet, width: int, height: int) -> tuple[Lines, Lines]:
    """The level and the upright lines of a sheet on a photo of `width` by `height` pixels."""
    level: list[tuple[float, float, bool]] = []
    upright: list[tuple[float, float, bool]] = []
    focal = FOCAL_LENGTH * max(width, height)
    small, scale = _small(sheet.pixels)
    x, y = sheet.left - width / 2, sheet.top - height / 2
    for found, seen, left, top in ((level, small, x, y), (upright, np.ascontiguousarray(small.T), y, x)):
        found += [(*_placed(rule, scale, left, top, focal), False) for rule in _rules(seen)]
    if sheet.paper is not None:
        scale = max(width, height) / max(sheet.paper.shape)
        x, y = -width / 2, -height / 2
        for found, seen_paper, left, top in ((level, sheet.paper, x, y), (upright, sheet.paper.T, y, x)):
            found += [(*_placed(edge, scale, left, top, focal), True) for edge in _edges(seen_paper)]
    return _lines(level), _lines(upright)


def _small(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """The darkest channel of a picture, and how many of its pixels make one of that: halved, which is cheap."""
    scale = 1
    while max(pixels.shape) > _SIDE and min(pixels.shape[:2]) > 1:
        rows, columns = pixels.shape[0] // 2, pixels.shape[1] // 2
        halved = cv2.resize(pixels[: 2 * rows, : 2 * columns], (columns, rows), interpolation=cv2.INTER_AREA)
        pixels, scale = halved.astype(np.uint8, copy=False), 2 * scale
    red, green, blue = cv2.split(pixels)
    return cv2.min(cv2.min(red, green), blue).astype(np.uint8, copy=False), float(scale)


def _placed(line: Segment, scale: float, left: float, top: float, focal: float) -> Segment:
    """A line of a small picture, in focal lengths from the middle of the photo; its pixels measure `scale`."""
    offset, slope = line
    return (((offset + 0.5 - 0.5 * slope) * scale + top - slope * left) / focal, slope)


def _lines(found: list[tuple[float, float, bool]]) -> Lines:
    table = np.array(found, np.float64).reshape(-1, 3)
    return Lines(table[:, 0], table[:, 1], table[:, 2] > 0)


def _rules(picture: NDArray[np.uint8]) -> Iterator[Segment]:
    """The level rules of a picture (height, width), straight enough to tell their slope."""
    height, width = picture.shape
    columns = min(_COLUMNS, width // 4)
    if min(height, columns) < 16:
        return
    # What is dark and thinner than a rule can be; the noise of paper is outvoted along each narrow column.
    thin = cv2.morphologyEx(picture, cv2.MORPH_BLACKHAT, np.ones((_THIN, 1), np.uint8))
    response = cv2.resize(thin.astype(np.float32), (columns, height), interpolation=cv2.INTER_AREA)
    hits = response > float(np.median(response)) + _FAINTEST
    if hits.mean() > _MOST_HITS:
        return
    step = width / columns
    where = (np.arange(columns) + 0.5) * step - 0.5
    for path in smooth_paths(hits.astype(np.float32), max(1, round(_STEEPEST * step)), stray=2.0):
        offset, slope = _straight(where, path)
        near = np.abs(path - offset - slope * where) < _STRAIGHT
        if near.mean() > 0.8:
            yield _straight(where[near], path[near])


def _edges(paper: Mask) -> Iterator[Segment]:
    """The level edges of the largest piece of `paper` that are in the picture, straight and long."""
    height, width = paper.shape
    outlines, _ = cv2.findContours(np.ascontiguousarray(paper, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    corners = cv2.approxPolyDP(cv2.convexHull(outline), 0.015 * max(height, width), True)[:, 0].astype(np.float64)
    points = outline[:, 0].astype(np.float64)
    inside = ((points >= _BORDER) & (points < (width - _BORDER, height - _BORDER))).all(axis=1)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = end - start
        length = float(np.hypot(*along))
        if length < _LEAST_EDGE * max(height, width) or abs(along[0]) < abs(along[1]):
            continue
        place = (points - start) @ along / length**2
        off = np.abs((points - start) @ (-along[1], along[0])) / length
        own = points[inside & (off < _NEAR_EDGE) & (place > _END) & (place < 1 - _END)]
        if len(own) < _COVERED * abs(along[0]):
            continue
        offset, slope = _straight(own[:, 0], own[:, 1])
        if np.abs(own[:, 1] - offset - slope * own[:, 0]).mean() < 1.0:
            yield offset, slope


def _straight(x: NDArray[np.float64], y: NDArray[np.float64]) -> Segment:
    """The line that comes nearest to some points, by least squares."""
    away = x - x.mean()
    slope = float(away @ y / (away @ away))
    return float(y.mean() - slope * x.mean()), slope

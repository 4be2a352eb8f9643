"""The holes in a sheet: those of a spiral along its edge, with their wire, and pairs of punched ones. None is writing.

Spiral holes are many, alike, evenly spaced on a line, and between them and the edge there is nothing but such. Punched
ones are round and as far apart as ISO 838 or American binders have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.components import Labels, connected
from core.photo.ink import Ink
from core.photo.shade import shrink

_LONG_SIDE = 800
_SMALLEST, _LARGEST = 4, 0.09
"""Of a hole: pixels, and in long sides of the picture."""
_MOST = 400
_OUTER = 0.25
"""Of the width of the picture: holes lie this near to the edge."""

_FEWEST, _ROWS = 6, 4
_REACH = 0.4
_ALIKE, _UNLIKE = 0.3, (0.2, 0.45)
_STEEPEST, _UNEVEN, _LARGEST_PITCH = 0.3, 0.15, 5.0
_OFF_LINE, _IN_GAP, _FEW_IN_GAPS = 0.3, 0.3, 0.2
_ROOM, _MOST_CROWDED = 1.5, 0.3

_ROUND, _OVAL = 0.13, 0.35
_APART = (20.0, 38.0)
"""In radii: 80 mm between holes of 5.5 or 6 mm, 108 mm between such of 6.4 or 7.1 mm."""


@dataclass(frozen=True)
class _Parts:
    """Connected parts, with the edge in question on the left. `boxes`: left, top, right, bottom (n, 4); `labels`,
    `stats`: of the unturned picture, `stats` of these parts alone; `numbers`: their labels.
    """

    boxes: NDArray[np.float64]
    labels: Labels
    stats: Labels
    numbers: NDArray[np.intp]

    def turned(self, height: float) -> _Parts:
        """Turned a quarter clockwise: what was below is on the left. `height`: of the picture."""
        left, top, right, bottom = self.boxes.T
        return replace(self, boxes=np.stack([height - bottom, left, height - top, right], axis=1))

    def grid(self, index: int) -> NDArray[np.float32]:
        """How much of a part is ink, in each of 144 fields of its box, unturned."""
        own = self._pixels(index).astype(np.float32)
        return cv2.resize(own, (12, 12), interpolation=cv2.INTER_AREA).astype(np.float32, copy=False).ravel()

    def points(self, index: int) -> NDArray[np.float64]:
        """The pixels of a part on the unturned picture: x and y of each (n, 2)."""
        y, x = np.nonzero(self._pixels(index))
        return np.column_stack([x, y]).astype(np.float64) + self.stats[index, :2]

    def _pixels(self, index: int) -> NDArray[np.bool_]:
        left, top, wide, high, _ = self.stats[index]
        return np.asarray(self.labels[top : top + high, left : left + wide] == self.numbers[index])


def without_holes(ink: Ink) -> Ink:
    """`ink` without the holes of the sheet. Whichever way the picture is turned."""
    whole = max(1, round(max(ink.shape) / _LONG_SIDE))
    small = shrink(ink, max(ink.shape) // whole)
    parts = _parts(small)
    height, width = small.shape
    gone: set[int] = set()
    for _ in range(4):
        gone |= _beside(parts, width, height)
        parts, width, height = parts.turned(height), height, width
    if not gone:
        return ink
    ink, scale = ink.copy(), ink.shape[1] / small.shape[1]
    for left, top, right, bottom in np.round(parts.boxes[sorted(gone)] * scale).astype(int).tolist():
        ink[max(top - whole, 0) : bottom + whole, max(left - whole, 0) : right + whole] = 0
    return ink


def _parts(ink: Ink) -> _Parts:
    """The parts that can be holes."""
    labels, stats = connected(ink)
    side = stats[:, 2:4].max(axis=1)
    fit = (stats[:, 2:4].min(axis=1) >= _SMALLEST / 2) & (side >= _SMALLEST) & (side <= _LARGEST * max(ink.shape))
    fit[0] = False
    numbers = np.flatnonzero(fit)
    if len(numbers) > _MOST:
        numbers = numbers[:0]
    own = stats[numbers]
    return _Parts(np.hstack([own[:, :2], own[:, :2] + own[:, 2:4]]).astype(np.float64), labels, own, numbers)


def _beside(parts: _Parts, width: float, height: float) -> set[int]:
    """The holes along the left edge."""
    near = {index for index in range(len(parts.boxes)) if parts.boxes[index, 2] < _OUTER * width}
    gone: set[int] = set()
    for _ in range(_ROWS):
        row = max(_rows(parts, near - gone, height), key=len, default=set[int]())
        if not row or not _is_outermost(parts, row, gone):
            break
        gone |= row | _in_strip(parts, row)
    for pair in _punched(parts, near - gone):
        if _is_outermost(parts, pair, gone):
            gone |= pair
    return gone


def _rows(parts: _Parts, members: set[int], height: float) -> Iterator[set[int]]:
    """Evenly spaced parts that look alike, on a line along the edge."""
    order = np.array(sorted(members, key=lambda index: float(parts.boxes[index, 1])), np.intp)
    centres = (parts.boxes[:, :2] + parts.boxes[:, 2:]) / 2
    sizes = parts.boxes[:, 2:] - parts.boxes[:, :2]
    own = sizes[order]
    like = np.all(np.abs(own - own[:, None]) < _ALIKE * own[:, None] + 1, axis=2)
    for place, first in enumerate(order.tolist()):
        alike = order[place + 1 :][like[place, place + 1 :]].tolist()
        if len(alike) < _FEWEST - 1 or centres[alike, 1].max() - centres[first, 1] <= _REACH * height:
            continue
        for second in alike[:3]:
            step = centres[second] - centres[first]
            if not abs(step[0]) < _STEEPEST * step[1] < _STEEPEST * _LARGEST_PITCH * sizes[first].max():
                continue
            row = _followed(centres, [first, second], alike, step)
            reach = centres[row[-1], 1] - centres[first, 1]
            long = len(row) >= _FEWEST and reach > _REACH * height
            if long and _is_congruent(np.stack([parts.grid(index) for index in row])) and not _is_filled(centres, row):
                yield set(row)


def _followed(centres: NDArray[np.float64], row: list[int], others: list[int], step: NDArray[np.float64]) -> list[int]:
    """`row`, carried on from its last two by equal steps; one part may be missing at a time."""
    while True:
        for times in (1, 2):
            away = np.hypot(*(centres[others] - centres[row[-1]] - times * step).T)
            nearest = int(away.argmin())
            if away[nearest] < _UNEVEN * step[1] and others[nearest] not in row:
                step = (0.5 * step + 0.5 * (centres[others[nearest]] - centres[row[-1]]) / times).astype(np.float64)
                row = [*row, others[nearest]]
                break
        else:
            return row


def _is_filled(centres: NDArray[np.float64], row: list[int]) -> bool:
    """Whether something stands in the gaps between the parts of a row, as the other signs of a line of writing do."""
    own = centres[row]
    slope, place = np.polyfit(own[:, 1], own[:, 0], 1)
    pitch = float(np.median(np.diff(own[:, 1])))
    level = (centres[:, 1] > own[0, 1]) & (centres[:, 1] < own[-1, 1])
    beside = centres[level & (np.abs(centres[:, 0] - place - slope * centres[:, 1]) < _OFF_LINE * pitch)]
    apart = np.abs(beside[:, 1:] - own[:, 1]).min(axis=1)
    return bool((apart > _IN_GAP * pitch).sum() > _FEW_IN_GAPS * len(row))


def _in_strip(parts: _Parts, row: set[int]) -> set[int]:
    """What lies in the strip of a row or between it and the edge: holes that a rule breaks up, and bits of the wire."""
    left, top, right, bottom = parts.boxes[sorted(row)].T
    slope, place = np.polyfit((top + bottom) / 2, (left + right) / 2, 1)
    half = 0.6 * float(np.median(right - left))
    level = (parts.boxes[:, 1] + parts.boxes[:, 3]) / 2
    within = (parts.boxes[:, 2] < place + slope * level + half) & (level > top.min()) & (level < bottom.max())
    return set(np.flatnonzero(within).tolist())


def _is_congruent(grids: NDArray[np.float32]) -> bool:
    """Whether parts look like one another. `grids`: how much of each field of each part is ink (parts, fields)."""
    middle = np.median(grids, axis=0)
    spread = np.abs(grids - middle).sum(axis=1)
    unlike = np.percentile(spread / np.maximum(middle.sum(), 1e-6), (50, 80))
    return bool((unlike < _UNLIKE).all())


def _is_outermost(parts: _Parts, row: set[int], gone: set[int]) -> bool:
    """Whether nothing else stands between a row and the edge, and hardly anything close to it on the other side."""
    others = [index for index in range(len(parts.boxes)) if index not in row | gone]
    left, top, right, bottom = parts.boxes[others].T
    crowded = 0
    for own in parts.boxes[sorted(row)]:
        room = _ROOM * float(max(own[2] - own[0], own[3] - own[1]))
        level = (top < own[3]) & (bottom > own[1])
        if (level & (right <= own[0])).any():
            return False
        crowded += bool((level & (left < own[2] + room)).any())
    return crowded <= _MOST_CROWDED * len(row)


def _has_neighbour(parts: _Parts, hole: int) -> bool:
    left, top, right, bottom = parts.boxes[hole]
    room = _ROOM * max(right - left, bottom - top)
    near = (parts.boxes[:, :2] < (right + room, bottom + room)) & (parts.boxes[:, 2:] > (left - room, top - room))
    return bool(near.all(axis=1).sum() > 1)


def _punched(parts: _Parts, members: set[int]) -> Iterator[set[int]]:
    """Pairs of round holes, each by itself, at the distance of a binder's."""
    alone = [index for index in sorted(members) if not _has_neighbour(parts, index)]
    circles = {index: circle for index in alone if (circle := _circle(parts.points(index))) is not None}
    for first, second in combinations(circles, 2):
        (centre, radius), (other, other_radius) = circles[first], circles[second]
        # The circles are those of the unturned picture: only lengths may be compared with the boxes.
        apart = float(np.hypot(*(centre - other))) / (0.5 * (radius + other_radius))
        across, along = np.abs((parts.boxes[first] - parts.boxes[second])[:2])
        if abs(radius - other_radius) < 0.15 * radius and _APART[0] < apart < _APART[1] and across < _STEEPEST * along:
            yield {first, second}


def _circle(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], float] | None:
    """The middle and the radius of a disc, a ring, or the better part of one; None for what is not round.

    Kasa, "A circle fitting procedure and its error analysis" (1976), to the corners of the convex hull.
    """
    hull = cv2.convexHull(points.astype(np.float32)).reshape(-1, 2).astype(np.float64)
    if len(hull) < _FEWEST:
        return None
    system = np.column_stack([2 * hull, np.ones(len(hull))])
    a, b, c = np.linalg.lstsq(system, (hull**2).sum(axis=1), rcond=None)[0]
    centre, radius = np.array([a, b]), float(np.sqrt(max(c + a * a + b * b, 0.0)))
    off = np.abs(np.hypot(*(hull - centre).T) - radius)
    extent = np.ptp(points, axis=0)
    full = extent.max() > 1.6 * radius and extent.min() > _OVAL * extent.max()
    return (centre, radius) if full and off.max() < _ROUND * radius else None

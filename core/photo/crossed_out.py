"""Crossed-out work: one or two strokes drawn through a line or a piece of it, a zigzag or a scribble over it.

Whatever strikes writing through is one connected part with what it strikes. A stroke shows itself as the longest
straight run of ink in such a part, with ink on both of its sides at several places; a scribble by the many small holes
that it leaves between its own strokes and those below it. A fraction bar has whole glyphs on both of its sides, and a
struck-through 0 or 7, a slash, a cancelled factor and an unequal sign are too narrow to count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.parts import Parts

Shape = Callable[[int], NDArray[np.bool_]]
"""The pixels of a part, in its own box."""

Strokes = NDArray[np.uint8]
"""A part drawn small: (height, width), 1 where there is ink."""

_UNIT = 20.0
"""Pixels that a glyph height is scaled to before strokes are looked for."""

_ANGLES = np.radians(np.arange(-35.0, 36.0, 2.5))
_INK_SHARE = 0.25

# In glyph heights.
_NARROWEST_STRUCK, _WIDE_STRUCK = 3.3, 4.0
_LONG_RUN = 10.0
_NARROWEST_SCRIBBLE, _WIDE_SCRIBBLE = 3.0, 4.0
_HALF_PEN = 0.15
_LEVELS = (0.2, 0.35, 0.5)
"""How far from the middle of a stroke its two sides are looked at."""
_SLANT = 0.35
"""How far apart a crossing may lie on the two sides of the stroke."""
_HIGHEST_STRUCK = 1.9
"""Above a stroke and below it, together: twice a glyph's height has a fraction."""
_REACH = 0.3

_ALONG, _ALONG_IF_LONG = 0.9, 0.5
"""Share of its part that a stroke runs along, at least."""
_CROSSINGS, _CROSSINGS_IF_NARROW, _CROSSINGS_IF_LONG = 3, 4, 5

_HOLES, _HOLES_IF_DENSE, _DENSE = 2.2, 1.5, 1.4
"""Holes in a scribble for each glyph height of its width, and strokes that a level line crosses."""


@dataclass(frozen=True)
class _Run:
    """The longest straight run of ink. `length`: in glyph heights; `crossings`: places where strokes pass through it;
    `height`: how far what lies above and below reaches away from it, in glyph heights.
    """

    length: float
    crossings: int
    height: float


def without_crossed_out(parts: Parts, rows: list[set[int]], shape: Shape) -> tuple[list[set[int]], list[set[int]]]:
    """The rows without what is crossed out, and that. A row of which hardly anything else remains goes with it."""
    kept: list[set[int]] = []
    crossed: list[set[int]] = []
    for row in rows:
        struck = [part for part in row if _is_crossed_out(parts, part, shape)]
        gone = {part for stroke in struck for part in _below(parts, stroke, row)}
        rest = row - gone
        if not parts.is_glyph[sorted(rest)].any():
            gone, rest = (row, set[int]()) if struck else (gone, rest)
        if gone:
            crossed.append(gone)
        if rest:
            kept.append(rest)
    return kept, crossed


def _is_crossed_out(parts: Parts, part: int, shape: Shape) -> bool:
    width = float(parts.width[part])
    if width < _NARROWEST_SCRIBBLE or parts.height[part] < _REACH:
        return False
    strokes = _drawn_small(shape(part), float(parts.height[part]))
    return _is_scribble(strokes, width) or (width >= _NARROWEST_STRUCK and _is_struck(_longest_run(strokes), width))


def _is_scribble(strokes: Strokes, width: float) -> bool:
    paper, _ = cv2.connectedComponents(1 - np.pad(strokes, 1), connectivity=4)
    holes = (paper - 2) / width
    quarter = len(strokes) // 4
    middle = np.pad(strokes[quarter : len(strokes) - quarter], ((0, 0), (1, 0))).astype(np.int8)
    across = float(np.median((np.diff(middle, axis=1) == 1).sum(axis=1))) / width
    return holes >= _HOLES or (width >= _WIDE_SCRIBBLE and holes >= _HOLES_IF_DENSE and across >= _DENSE)


def _is_struck(run: _Run, width: float) -> bool:
    if run.height >= _HIGHEST_STRUCK:
        return False
    if run.length >= _LONG_RUN and run.length >= _ALONG_IF_LONG * width and run.crossings >= _CROSSINGS_IF_LONG:
        return True
    least = _CROSSINGS if width >= _WIDE_STRUCK else _CROSSINGS_IF_NARROW
    return run.length >= _ALONG * width and run.crossings >= least


def _below(parts: Parts, stroke: int, row: set[int]) -> Iterator[int]:
    """The parts of a row that a stroke goes over, itself among them: it may pass between the bars of an equals sign."""
    for part in row:
        x = (parts.left[part] + parts.right[part]) / 2
        y = (parts.top[part] + parts.bottom[part]) / 2
        beside = parts.left[stroke] < x < parts.right[stroke]
        if beside and parts.top[stroke] - _REACH < y < parts.bottom[stroke] + _REACH:
            yield part


def _drawn_small(pixels: NDArray[np.bool_], height: float) -> Strokes:
    scale = _UNIT * height / len(pixels)
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return (small > _INK_SHARE).astype(np.uint8)


def _longest_run(strokes: Strokes) -> _Run:
    """A straight run may wander by half the pen: the hand draws no straight lines."""
    thick = cv2.dilate(strokes, np.ones((3, 1), np.uint8)).astype(np.uint8)
    found = (0.0, 0.0, 0, 0, 0)
    for angle in _ANGLES:
        starts, stops = _runs(_sheared(thick, angle))
        lengths = (stops[1] - starts[1]) / math.cos(angle)
        longest = int(lengths.argmax())
        row, start, stop = (int(value[longest]) for value in (*starts, stops[1]))
        found = max(found, (float(lengths[longest]), float(angle), row, start, stop))
    length, angle, row, start, stop = found
    piece = _sheared(strokes, angle)[:, start:stop]
    edge = round(_HALF_PEN * _UNIT)
    above, below = piece[: max(0, row - edge)][::-1], piece[row + edge + 1 :]
    return _Run(length / _UNIT, _crossings(piece, row), _height(above) + _height(below))


def _crossings(piece: Strokes, row: int) -> int:
    """How many strokes lie on both sides of a level run."""
    offsets = [round(level * _UNIT) for level in _LEVELS]
    above = [_middles(piece[row - offset]) for offset in offsets if row >= offset]
    below = [_middles(piece[row + offset]) for offset in offsets if row + offset < len(piece)]
    return max((_matched(upper, lower) for upper in above for lower in below), default=0)


def _matched(upper: NDArray[np.float64], lower: NDArray[np.float64]) -> int:
    free = list(lower)
    for x in upper:
        near = min(free, key=lambda other: abs(other - x), default=math.inf)
        if abs(near - x) <= _SLANT * _UNIT:
            free.remove(near)
    return len(lower) - len(free)


def _middles(line: Strokes) -> NDArray[np.float64]:
    (_, starts), (_, stops) = _runs(line[None])
    return np.asarray((starts + stops) / 2, np.float64)


def _height(side: Strokes) -> float:
    """How far the ink on one side of a run, whose rows lead away from it, reaches in most columns; 0 without ink."""
    columns = side[:, side.any(axis=0)] if len(side) else side
    if not columns.size:
        return 0.0
    return float(np.quantile(len(columns) - columns[::-1].argmax(axis=0), 0.75)) / _UNIT


def _runs(strokes: Strokes) -> tuple[tuple[NDArray[np.intp], ...], tuple[NDArray[np.intp], ...]]:
    """Where the runs of ink along the rows start, and where they stop: rows and columns of each."""
    steps = np.diff(np.pad(strokes, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    return np.nonzero(steps == 1), np.nonzero(steps == -1)


def _sheared(strokes: Strokes, angle: float) -> Strokes:
    """`strokes` with every column moved so that what slopes by an angle (radians, downwards) becomes level."""
    height, width = strokes.shape
    columns = np.arange(width)
    shift = np.round(math.tan(angle) * (columns - width / 2)).astype(np.int64)
    sheared = np.zeros((height + int(np.ptp(shift)), width), np.uint8)
    sheared[np.arange(height)[:, None] + int(shift.max()) - shift, columns] = strokes
    return sheared

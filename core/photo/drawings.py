"""Drawings: a triangle or a circle beside the maths, with the letters and numbers that stand at it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.photo.outlines import drawn_hull, inside_hull
from core.photo.parts import Bounds, Parts

# In glyph heights.
_LOWEST, _NARROWEST = 2.5, 2.0
_WITHIN = 0.3
_LETTER_REACH, _LETTERS_WIDTH = 1.0, 2.5

_MOST_LETTERS = 4

_CLOSED = 0.85
"""Share of its outline that a drawing follows: a root, a bracket or an integral is open."""


def without_drawings(
    parts: Parts, rows: list[set[int]], shape: Callable[[int], NDArray[np.bool_]]
) -> tuple[list[set[int]], list[set[int]]]:
    """The rows that are maths, and the drawings. `shape`: the pixels of a part.

    A drawing is a large closed stroke; short rows that stand at it are its letters. A closed stroke with something
    within it rings an answer: it goes, and its line stays.
    """
    maths: list[set[int]] = []
    drawn: list[set[int]] = []
    for row in rows:
        strokes = {part for part in row if _is_drawn(parts, part, shape)}
        rest = row - strokes
        holds = any(_holds(parts, stroke, part, shape(stroke)) for stroke in strokes for part in rest)
        if strokes and not holds and sum(bool(parts.is_glyph[part]) for part in rest) <= _MOST_LETTERS:
            drawn.append(set(row))
        elif rest:
            maths.append(rest)
    for drawing in drawn:
        box = parts.bounds(drawing)
        letters = [row for row in maths if _stands_at(parts.bounds(row), box)]
        maths = [row for row in maths if row not in letters]
        drawing.update(*letters)
    return maths, drawn


def _is_drawn(parts: Parts, part: int, shape: Callable[[int], NDArray[np.bool_]]) -> bool:
    large = parts.height[part] >= _LOWEST and parts.width[part] >= _NARROWEST
    return bool(large and drawn_hull(shape(part)) > _CLOSED)


def _holds(parts: Parts, stroke: int, part: int, pixels: NDArray[np.bool_]) -> bool:
    """Whether the middle of a part lies well within a stroke, whose pixels are given."""
    scale = len(pixels) / float(parts.height[stroke])
    x = (parts.left[part] + parts.right[part]) / 2 - parts.left[stroke]
    y = (parts.top[part] + parts.bottom[part]) / 2 - parts.top[stroke]
    return inside_hull(pixels, float(x) * scale, float(y) * scale) > _WITHIN * scale


def _stands_at(row: Bounds, drawing: Bounds) -> bool:
    """Whether a short row stands at the edge of a drawing."""
    apart_x = max(row[0] - drawing[2], drawing[0] - row[2])
    apart_y = max(row[1] - drawing[3], drawing[1] - row[3])
    return row[2] - row[0] < _LETTERS_WIDTH and -0.5 < max(apart_x, apart_y) < _LETTER_REACH

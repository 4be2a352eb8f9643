"""Columns of a page: where lines stand beside each other in rows of their own, the left ones are read first.

A gutter is an upright strip of paper with lines ending on its left and lines beginning on its right, in several rows
one below the other. A wide gap in one line is none, nor are the gaps before equals signs that stand below each other,
nor those behind question labels. The strips are found as in Breuel, "Two geometric algorithms for layout analysis"
(2002): whitespace that the boxes of the writing leave free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from core.photo.parts import Bounds, Parts
from core.photo.structures import LINK_GAP

# In glyph heights.
_GUTTER, _SURE_GUTTER = 2.0, 3.3
_SPECK = 0.15
_NARROWEST = 3.0
"""A column is at least as wide: labels and the entries of a matrix are narrower."""
_ALIGNED = 1.2

_ROWS, _ROWS_IF_TIGHT = 2, 3
_MOST_COLUMNS = 4


@dataclass(frozen=True)
class _Pair:
    """Two chunks beside each other with paper between them."""

    left: Bounds
    right: Bounds


def column_of(parts: Parts, chunks: Sequence[set[int]]) -> NDArray[np.int64]:
    """For each part the place of its block in the order of reading: above the columns, each of them, below them.

    `chunks`: groups of parts that surely stand in one line.
    """
    order = np.zeros(len(parts.left), np.int64)
    everything = np.arange(len(parts.left))
    for place, block in enumerate(_blocks(parts, _with_marks(parts, chunks), everything, _MOST_COLUMNS)):
        order[block] = place
    return order


def _with_marks(parts: Parts, chunks: Sequence[set[int]]) -> list[set[int]]:
    """The chunks, each with the lone marks that stand on its level nearest to it: no gutter runs through a line's
    equals sign.
    """
    if not chunks:
        return []
    left, top, right, bottom = np.array([parts.bounds(chunk) for chunk in chunks]).T
    grown = [set(chunk) for chunk in chunks]
    for mark in sorted(set(range(len(parts.left))).difference(*chunks)):
        y = (parts.top[mark] + parts.bottom[mark]) / 2
        apart = np.maximum(np.maximum(left - parts.right[mark], parts.left[mark] - right), 0.0)
        apart = np.where((top < y) & (y < bottom), apart, np.inf)
        if parts.width[mark] > _SPECK and apart.min() < LINK_GAP:
            grown[int(apart.argmin())].add(mark)
    return grown


def _blocks(parts: Parts, chunks: list[set[int]], members: NDArray[np.int64], most: int) -> Iterator[NDArray[np.int64]]:
    """`members` in blocks, in reading order."""
    gutter = _gutter(parts, chunks) if most > 1 else None
    if gutter is None:
        yield members
        return
    middle, top, bottom = gutter
    y = (parts.top[members] + parts.bottom[members]) / 2
    x = (parts.left[members] + parts.right[members]) / 2
    within = (top <= y) & (y <= bottom)
    sides = (within & (x < middle), within & (x >= middle))
    # What stands above or below may have columns of its own, at other places.
    for own in (y < top, *sides, y > bottom):
        if own.any():
            block = members[own]
            inside = set(block.tolist())
            yield from _blocks(parts, [chunk for chunk in chunks if chunk <= inside], block, most - 1)


def _gutter(parts: Parts, chunks: list[set[int]]) -> tuple[float, float, float] | None:
    """The best gutter: the x of its middle, and from where to where it reaches down."""
    bounds = [parts.bounds(chunk) for chunk in chunks]
    begins_with_mark = {
        parts.bounds(chunk): not parts.is_glyph[min(chunk, key=lambda i: float(parts.left[i]))] for chunk in chunks
    }
    pairs = list(_pairs(bounds))
    found: list[tuple[int, float, tuple[float, float, float]]] = []
    for start in sorted({pair.left[2] for pair in pairs}):
        stop = start + _GUTTER
        crossing = [box for box in bounds if box[0] < stop and box[2] > start]
        here = [pair for pair in pairs if pair.left[2] <= start and stop <= pair.right[0]]
        for top, bottom in _free(crossing):
            facing = [
                pair for pair in here if top <= _middle(pair.left) <= bottom and top <= _middle(pair.right) <= bottom
            ]
            if _is_gutter(facing, begins_with_mark):
                left = max(pair.left[2] for pair in facing)
                right = min(pair.right[0] for pair in facing)
                found.append((len(facing), right - left, ((left + right) / 2, top, bottom)))
    return max(found)[2] if found else None


def _pairs(bounds: list[Bounds]) -> Iterator[_Pair]:
    for left, right in product(bounds, bounds):
        shared = min(left[3], right[3]) - max(left[1], right[1])
        if right[0] - left[2] >= _GUTTER and shared > 0.5 * min(left[3] - left[1], right[3] - right[1]):
            between = (
                other[0] < right[0] and other[2] > left[2] and other[1] < _middle(right) < other[3]
                for other in bounds
                if other not in (left, right)
            )
            if not any(between):
                yield _Pair(left, right)


def _free(crossing: list[Bounds]) -> Iterator[tuple[float, float]]:
    """The stretches, from top to bottom, that no box reaches into."""
    top = -np.inf
    for box in sorted(crossing, key=lambda box: box[1]):
        if box[1] > top:
            yield top, box[1]
        top = max(top, box[3])
    yield top, np.inf


def _is_gutter(pairs: list[_Pair], begins_with_mark: dict[Bounds, bool]) -> bool:
    lefts, rights = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    rows = min(len(lefts), len(rights))
    if rows < _ROWS:
        return False
    if any(np.median([box[2] - box[0] for box in side]) < _NARROWEST for side in (lefts, rights)):
        return False
    if 2 * sum(begins_with_mark[box] for box in rights) >= len(rights):
        return False  # the right-hand sides of equations that stand below each other
    width = min(pair.right[0] for pair in pairs) - max(pair.left[2] for pair in pairs)
    starts = [box[0] for box in rights]
    return width >= _SURE_GUTTER or (rows >= _ROWS_IF_TIGHT and float(np.ptp(starts)) < _ALIGNED)


def _middle(box: Bounds) -> float:
    return (box[1] + box[3]) / 2

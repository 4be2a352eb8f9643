"""Lines that touch: where a stroke of one line runs into a glyph of the next, the two are cut apart.

Such a part stands in two rows at once, each of which is a line without it. What belongs to several rows by right, the
brackets of a matrix or the brace of a system, is a single stroke from top to bottom and has nothing to be cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.photo.parts import Parts

# In glyph heights.
_LOWEST, _WIDEST = 1.7, 4.0
_LEVELS_APART = 0.9
_NEAR = 2.5
_LONG = 3.4
"""A line that ends beside what touches it is as long; a limit is shorter."""
_THIN = 0.4

_SLENDER = 0.45
"""Width of a stroke down for its height, at most."""
_FEWEST = 3
"""Glyphs of a row that is a line without what touches it."""
_TWO_STROKES = 0.15
"""Share of its height at which a level line meets two strokes or more of what may be cut."""


def may_touch(parts: Parts, shape: Callable[[int], NDArray[np.bool_]]) -> list[int]:
    """The parts that are high enough for two lines, and no bracket, sum or root. `shape`: the pixels of a part."""
    high = (parts.height >= _LOWEST) & (parts.width <= np.minimum(_WIDEST, 1.5 * parts.height))
    return [int(part) for part in np.flatnonzero(high) if _has_strokes_beside(shape(int(part)))]


def cuts(parts: Parts, part: int, rows: list[set[int]], pixels: NDArray[np.bool_]) -> Iterator[int]:
    """The rows of pixels of a part, in its own box, at which it is to be cut. `rows`: the lines that the other parts
    make.
    """
    scale = len(pixels) / float(parts.height[part])
    levels = sorted(level for row in rows if (level := _level(parts, part, row)) is not None)
    for upper, lower in pairwise(levels):
        if lower - upper < _LEVELS_APART:
            continue
        start, stop = (round((y - float(parts.top[part])) * scale) for y in (upper, lower))
        inked = pixels[start:stop].sum(axis=1)
        if len(inked) and inked.min() <= _THIN * scale:
            # Of several thin places the one that is nearest to the middle.
            thin = np.flatnonzero(inked == inked.min())
            y = start + int(thin[np.abs(thin - len(inked) / 2).argmin()])
            if not any(_is_tail(piece) for piece in (pixels[:y], pixels[y + 1 :])):
                yield y


def _level(parts: Parts, part: int, row: set[int]) -> float | None:
    """The height at which a line passes through a part, or None where it does not."""
    glyphs = np.array([member for member in sorted(row) if parts.is_glyph[member]], np.intp)
    if len(glyphs) < _FEWEST:
        return None
    apart = np.maximum(parts.left[glyphs] - parts.right[part], parts.left[part] - parts.right[glyphs])
    nearest = np.argsort(apart)[:2]
    left, right = parts.left[glyphs].min(), parts.right[glyphs].max()
    around = left < parts.left[part] and parts.right[part] < right
    if apart[nearest[0]] > _NEAR or not (around or right - left > _LONG):
        return None
    level = float((parts.top[glyphs[nearest]] + parts.bottom[glyphs[nearest]]).mean() / 2)
    return level if parts.top[part] < level < parts.bottom[part] else None


def _is_tail(pixels: NDArray[np.bool_]) -> bool:
    """Whether a piece is a mere stroke down: it may reach into another line, but is no glyph of it."""
    columns, rows = (np.flatnonzero(pixels.any(axis=axis)) for axis in (0, 1))
    if not len(rows):
        return True
    slender = np.ptp(columns) + 1 < _SLENDER * (np.ptp(rows) + 1)
    return bool(slender) and not _has_strokes_beside(pixels)


def _has_strokes_beside(pixels: NDArray[np.bool_]) -> bool:
    strokes = (np.diff(np.pad(pixels, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum(axis=1)
    return bool((strokes >= 2).mean() >= _TWO_STROKES)

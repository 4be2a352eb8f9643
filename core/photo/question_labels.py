"""Question labels at the left of a line, "1.", "10 -" or "a)": told from the maths that they number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.photo.parts import WIDE, Bounds, Parts
from core.photo.rows import LINK_GAP

Shape: TypeAlias = Callable[[int], NDArray[np.bool_]]
"""The pixels of a part, in its own box."""

# In glyph heights.
_WIDEST_LABEL = 3.5
_AFTER_STOP, _AFTER_DASH, _AFTER_BRACKET = 0.9, 1.6, 0.5
_MOST_SIGNS = 4

_ROUND = 0.06
"""How far the middle of a bracket lies beside its ends, in its own height; a "1" is straighter."""


def split_label(parts: Parts, row: set[int], bounds: list[Bounds], shape: Shape) -> list[tuple[set[int], bool]]:
    """A row in one piece or two, and of each whether it is a label. `bounds`: those of all rows.

    A label is the leftmost of its row, about as far left as anything on the page, and has maths on its right.
    """
    order = sorted(row, key=lambda i: parts.left[i])
    if parts.left[order[0]] > min(other[0] for other in bounds) + WIDE:
        return [(row, False)]
    for position in range(1, min(_MOST_SIGNS, len(order))):
        label, rest = order[: position + 1], order[position + 1 :]
        if parts.bounds(label)[2] - parts.left[order[0]] > _WIDEST_LABEL:
            break
        if rest:
            gap = min(parts.left[i] for i in rest) - parts.bounds(label)[2]
            beside = bool(parts.is_glyph[rest].sum() >= 2)
        else:
            gap = LINK_GAP
            beside = any(_is_right_of(parts.bounds(label), other) for other in bounds)
        if beside and (_has_stop_or_dash(parts, label, gap) or _has_bracket(parts, label, gap, shape)):
            return [(set(label), True)] + ([(set(rest), False)] if rest else [])
    return [(row, False)]


def _has_stop_or_dash(parts: Parts, label: list[int], gap: float) -> bool:
    """One to three glyphs, then a full stop low down or a dash half-way, then a gap wider than any before it."""
    *before, mark = label
    glyphs = [index for index in before if parts.is_glyph[index]]
    if not glyphs or any(parts.width[index] > 0.3 for index in before if index not in glyphs):
        return False
    _, top, right, bottom = parts.bounds(glyphs)
    space = float(parts.left[mark]) - right
    where = (float(parts.top[mark] + parts.bottom[mark]) / 2 - top) / (bottom - top)
    small = not parts.is_glyph[mark] or parts.height[mark] < 0.5
    is_mark = small and 0.25 < where < 1.2 and parts.width[mark] < 1.0
    return bool(is_mark and space > 0.0 and gap > max(2.0 * space, _AFTER_STOP if where > 0.65 else _AFTER_DASH))


def _has_bracket(parts: Parts, label: list[int], gap: float, shape: Shape) -> bool:
    """One or two glyphs and a bracket that closes although none was opened, which maths never does."""
    *before, bracket = label
    if len(before) > 2 or gap < _AFTER_BRACKET or not parts.is_glyph[label].all():
        return False
    narrow = [index for index in label if parts.height[index] > 2.0 * parts.width[index]]
    tall = parts.height[bracket] > 0.8 * parts.height[before].max()
    opened = any(_roundness(shape(index)) < -_ROUND for index in narrow)
    return bool(tall and bracket in narrow and _roundness(shape(bracket)) > _ROUND and not opened)


def _roundness(pixels: NDArray[np.bool_]) -> float:
    """How far to the right the middle third of a stroke lies from its ends, in heights: below 0 it lies to the left."""
    columns = np.arange(pixels.shape[1])
    top, middle, bottom = (float((third * columns).sum() / max(1, third.sum())) for third in np.array_split(pixels, 3))
    if (middle > top) != (middle > bottom):
        return 0.0
    return min(middle - top, middle - bottom, key=abs) / len(pixels)


def _is_right_of(label: Bounds, other: Bounds) -> bool:
    return other[0] > label[2] and min(label[3], other[3]) > max(label[1], other[1])

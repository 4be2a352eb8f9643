"""Question labels at the left of a line, "1.", "10 -", "7-)", "a)", "(b)" or a number in a ring: told from the maths.

What they say is read later, by the reader that reads the maths: a label is its body, a number or a letter, and the form
that its marks give it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.photo.outlines import drawn_hull, within_hull
from core.photo.parts import WIDE, Bounds, Parts
from core.photo.structures import LINK_GAP

Shape: TypeAlias = Callable[[int], NDArray[np.bool_]]
"""The pixels of a part, in its own box."""

# In glyph heights.
_WIDEST_LABEL = 3.5
_AFTER_STOP, _AFTER_DASH, _AFTER_BRACKET, _AFTER_BRACKETS, _AFTER_RING = 0.75, 1.3, 0.5, 1.2, 0.3
_RING, _RING_WITHOUT_BODY = (1.1, 3.5), 1.4
RING_BORDER = 0.3
"""What lies nearer to the outline of a ring belongs to the ring."""
_MOST_SIGNS = 6

_ROUND = 0.065
"""How far the middle of a bracket lies beside its ends, in its own height; a "1" is straighter."""
_THIN, _EVEN = 0.7, 2.2
"""A level line crosses at most so much of a bracket's width, or so much more than elsewhere: a "7" has a wider top."""

_CLOSED, _CLOSED_WITHOUT_BODY = 0.75, 0.95
"""How much of the hull of a ring, at least, is drawn."""
_INNER = 0.4
"""How much of its height is filled by a number that touches it."""


@dataclass(frozen=True)
class Label:
    """A question label. `members`: its parts; `body`: those of its number or letter; `form`: how the body is set, such
    as "{})"; `ringed`: all of it stands in a ring.
    """

    members: frozenset[int]
    body: frozenset[int]
    form: str
    ringed: bool = False


@dataclass(frozen=True)
class _Start:
    """The first signs of a row: their parts from left to right, the gap behind them, and the part that follows it."""

    parts: Parts
    signs: list[int]
    gap: float
    following: int | None
    shape: Shape


def split_label(parts: Parts, row: set[int], bounds: list[Bounds], shape: Shape) -> tuple[Label | None, set[int]]:
    """The label of a row, if it has one, and the rest. `bounds`: those of all rows.

    A label is the leftmost of its row, about as far left as anything in its column, and has maths on its right. Where
    all of the row is a label, that maths is another row.
    """
    order = sorted(row, key=lambda i: parts.left[i])
    if parts.left[order[0]] > min(other[0] for other in bounds) + WIDE:
        return None, row
    debris = list(takewhile(lambda i: not parts.is_glyph[i], order))  # remains of a rule, before a label
    order = order[len(debris) :]
    for count in range(1, min(_MOST_SIGNS, len(order)) + 1):
        signs, rest = order[:count], order[count:]
        if parts.bounds(signs)[2] - parts.left[order[0]] > _WIDEST_LABEL:
            break
        if rest:
            gap = float(parts.left[rest].min()) - parts.bounds(signs)[2]
            beside = bool(parts.is_glyph[rest].sum() >= 2)
        else:
            gap = LINK_GAP
            beside = any(is_right_of(parts.bounds(signs), other) for other in bounds)
        start = _Start(parts, signs, gap, rest[0] if rest else None, shape)
        for find in (_in_ring, _with_stop_or_dash, _with_bracket) if beside else ():
            label = find(start)
            if label is not None:
                return label, set(rest)
    return None, row


def is_right_of(label: Bounds, other: Bounds) -> bool:
    """Whether `other` begins behind `label`, on its level."""
    return other[0] > label[2] and min(label[3], other[3]) > max(label[1], other[1])


def _in_ring(start: _Start) -> Label | None:
    """A ring round one to three signs, or one that its number touches."""
    parts, (ring, *body) = start.parts, start.signs
    high, wide = float(parts.height[ring]), float(parts.width[ring])
    least, most = _RING
    if start.gap < _AFTER_RING or not (least < min(high, wide) and max(high, wide) < most):
        return None
    left, top, right, bottom = parts.bounds([ring])
    x, y = (parts.left[body] + parts.right[body]) / 2, (parts.top[body] + parts.bottom[body]) / 2
    near = np.where(parts.is_glyph[body], 0.2, 0.5)  # pieces of a broken ring
    if not ((x > left) & (x < right) & (y > top - near) & (y < bottom + near)).all():
        return None
    glyphs = [index for index in body if parts.is_glyph[index]]
    pixels = start.shape(ring)
    if len(glyphs) > 3 or drawn_hull(pixels) < (_CLOSED if glyphs else _CLOSED_WITHOUT_BODY):
        return None
    if not glyphs:  # the number touches its ring; an "a" or a "0" is hollow
        inner = within_hull(pixels.astype(np.uint8), RING_BORDER * pixels.shape[0] / high)
        rows = np.flatnonzero(inner.any(axis=1))
        if min(high, wide) < _RING_WITHOUT_BODY or len(rows) < _INNER * len(pixels):
            return None
    return Label(frozenset(start.signs), frozenset(start.signs), "({})", ringed=True)


def _with_stop_or_dash(start: _Start) -> Label | None:
    """One to three glyphs, then a full stop low down or a dash half-way, then a gap wider than any before it: a minus
    sign stands in the middle.
    """
    parts, (*body, mark) = start.parts, start.signs
    glyphs = [index for index in body if parts.is_glyph[index]]
    if not glyphs or len(glyphs) > 3 or any(parts.width[index] > 0.3 for index in body if index not in glyphs):
        return None
    space = float(parts.left[mark]) - parts.bounds(glyphs)[2]
    small = not parts.is_glyph[mark] or parts.height[mark] < max(0.5, 0.4 * parts.height[glyphs].max())
    where = _level(parts, mark, glyphs)
    if not (small and 0.25 < where < 1.2 and parts.width[mark] < 1.0 and space > 0.0):
        return None
    is_stop = where > 0.65
    if start.gap <= (max(2.0 * space, _AFTER_STOP) if is_stop else max(4.0 * space, _AFTER_DASH)):
        return None
    return Label(frozenset(start.signs), frozenset(body), "{}." if is_stop else "{}-")


def _with_bracket(start: _Start) -> Label | None:
    """One or two glyphs, perhaps a dash, and a bracket that closes although none was opened, which maths never does.

    Where one was opened the gap must be wider, and no operator may follow.
    """
    parts, (*before, bracket) = start.parts, start.signs
    glyphs = [index for index in before if parts.is_glyph[index]]
    marks = [index for index in before if index not in glyphs]
    if not 1 <= len(glyphs) <= 3 or start.gap < _AFTER_BRACKET or len(marks) > 1:
        return None
    tall = parts.height[bracket] > 0.8 * parts.height[glyphs].max()
    if not (tall and parts.is_glyph[bracket] and _bracket(start, bracket) > _ROUND):
        return None
    dashed = bool(marks) and marks[0] == before[-1] and 0.25 < _level(parts, marks[0], glyphs) < 0.8
    dotted = bool(marks) and parts.bottom[marks[0]] < parts.top[glyphs].min() + 0.3 and parts.width[marks[0]] < 0.4
    if marks and not dashed and not dotted:
        return None
    members = frozenset(start.signs)
    opened = [index for index in glyphs if _bracket(start, index) < -_ROUND]
    if len(glyphs) > 1 and opened:
        operator_follows = start.following is not None and not parts.is_glyph[start.following]
        if opened != glyphs[:1] or marks or operator_follows or start.gap < _AFTER_BRACKETS:
            return None
        return Label(members, frozenset(glyphs[1:]), "({})")
    body = frozenset(glyphs + (marks if dotted else []))
    return Label(members, body, "{}-)" if dashed else "{})") if len(glyphs) <= 2 else None


def _level(parts: Parts, mark: int, glyphs: list[int]) -> float:
    """How far down a mark stands beside glyphs: 0 at their top, 1 at their bottom."""
    _, top, _, bottom = parts.bounds(glyphs)
    return (float(parts.top[mark] + parts.bottom[mark]) / 2 - top) / (bottom - top)


def _bracket(start: _Start, index: int) -> float:
    """Above 0 a sign that bends as a closing bracket does, below 0 as an opening one; 0 where it is too wide."""
    pixels = start.shape(index)
    columns = np.arange(pixels.shape[1])
    reach = np.where(pixels, columns, -1).max(axis=1) - np.where(pixels, columns, len(columns)).min(axis=1) + 1
    is_thin = reach.max() < max(_THIN * pixels.shape[1], _EVEN * float(np.median(reach)))
    return _roundness(pixels) if is_thin and pixels.shape[0] > 2.0 * pixels.shape[1] else 0.0


def _roundness(pixels: NDArray[np.bool_]) -> float:
    """How far to the right the middle third of a stroke lies from the line between its ends, in heights; below 0 it
    lies to the left. 0 where it lies beside but one of the ends.
    """
    columns = np.arange(pixels.shape[1])
    top, middle, bottom = (float((third * columns).sum() / max(1, third.sum())) for third in np.array_split(pixels, 3))
    if (middle > top) != (middle > bottom):
        return 0.0
    return (middle - (top + bottom) / 2) / len(pixels)

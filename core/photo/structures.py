"""What makes one line of several rows: fractions, exponents and indices, limits, and ends that stand far off.

Each rule says which pairs of rows belong together. All distances are in glyph heights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.photo.parts import GLYPH, WIDE, Parts

Pair: TypeAlias = tuple[int, int]
Rule: TypeAlias = Callable[[Parts, Parts, list[set[int]]], Iterator[Pair]]
"""Parts, the same cut into slices, and rows: to pairs of rows that are one."""

# In glyph heights.
LINK_GAP = 3.3
_TAIL_GAP = 8.0
_TOUCHED_BAR = 2.0
_THIN = 0.45
_LONG_BAR = 3.0
_WIDEST_SCRIPT, _SCRIPT_GAP = 6.0, 0.8
_SUM, _INTEGRAL = 1.6, 2.2


@dataclass(frozen=True)
class _Bar:
    """A level stroke that can be a fraction bar: its part, the heights of its ends, and what touches it."""

    part: int
    start: float
    end: float
    touches_above: bool = False
    touches_below: bool = False


def _fractions(parts: Parts, slices: Parts, rows: list[set[int]]) -> Iterator[Pair]:
    """A bar with glyphs close above and close below, none sticking out over its ends, makes their rows one.

    So does it with what stands beside it. A long bar leaves more room, and need not quite reach as far as its glyphs.
    """
    row_of = {member: index for index, row in enumerate(rows) for member in row}
    for bar in _bars(parts, slices):
        glyphs = np.flatnonzero((parts.height >= GLYPH) & (np.arange(len(parts.left)) != bar.part))
        middle = (parts.left[glyphs] + parts.right[glyphs]) / 2
        left, right, width = parts.left[bar.part], parts.right[bar.part], parts.width[bar.part]
        level = np.interp(middle, [left, right], [bar.start, bar.end])
        reach = 0.7 if width <= WIDE else 1.0 if width <= _LONG_BAR else 1.3
        beyond = 0.1 if width <= WIDE else 0.5
        over, under = level - parts.bottom[glyphs], parts.top[glyphs] - level
        spanned = (middle > left - beyond) & (middle < right + beyond)
        crowded = (parts.right[glyphs] > left - 0.3) & (parts.left[glyphs] < right + 0.3) & ~spanned
        crowded &= np.maximum(over, under) > 0.0  # a sign beside the bar does not crowd it
        near = {"above": (over > -0.3) & (over < reach), "below": (under > -0.3) & (under < reach)}
        if bar.touches_above:
            del near["above"]
        if bar.touches_below:
            del near["below"]
        if all((side & spanned).any() and not (side & crowded).any() for side in near.values()):
            held = (glyph for side in near.values() for glyph in glyphs[side & spanned])
            yield from ((row_of[bar.part], row_of[int(glyph)]) for glyph in held)
            beside = (parts.top - 0.3 < parts.bottom[bar.part]) & (parts.bottom + 0.3 > parts.top[bar.part])
            beside &= np.maximum(left - parts.right, parts.left - right) < LINK_GAP
            yield from ((row_of[bar.part], row_of[int(part)]) for part in np.flatnonzero(beside))


def _bars(parts: Parts, slices: Parts) -> Iterator[_Bar]:
    thickest = np.zeros(len(parts.left))
    np.maximum.at(thickest, slices.whole, slices.height)
    low = (parts.height < 0.35 * parts.width) & (parts.height < 0.7)
    sloping = (parts.height < 0.5 * parts.width) & (thickest < _THIN)
    flat = np.flatnonzero((parts.width > 0.6) & (low | sloping))
    for bar in flat:
        shared = np.minimum(parts.right[flat], parts.right[bar]) - np.maximum(parts.left[flat], parts.left[bar])
        near = np.abs(parts.top[flat] - parts.top[bar]) < 0.6
        alike = (parts.width[flat] < 2 * parts.width[bar]) & (flat != bar)
        if not (near & alike & (shared > 0.5 * parts.width[bar])).any():  # neither half of an equals sign
            first, last = np.flatnonzero(slices.whole == bar)[[0, -1]]
            start, end = (float(slices.top[side] + slices.bottom[side]) / 2 for side in (first, last))
            yield _Bar(int(bar), start, end)
    for part in np.flatnonzero((parts.width > _TOUCHED_BAR) & (parts.height >= GLYPH)):
        first, *_, last = np.flatnonzero(slices.whole == part)
        ends_ = [first, last]
        if (slices.height[ends_] < 0.4).all():
            start, end = (float(slices.top[side] + slices.bottom[side]) / 2 for side in ends_)
            if (slices.bottom[ends_] < parts.bottom[part] - GLYPH).all():
                yield _Bar(int(part), start, end, touches_below=True)
            elif (slices.top[ends_] > parts.top[part] + GLYPH).all():
                yield _Bar(int(part), start, end, touches_above=True)


def _scripts(parts: Parts, slices: Parts, rows: list[set[int]]) -> Iterator[Pair]:
    """A short row that begins beside the upper or lower half of a glyph is its exponent or index.

    The shorter it is, the further up or down it may lie. Several exponents of one line may have been linked with each
    other: then each must begin beside a glyph.
    """
    owner = {member: index for index, row in enumerate(rows) for member in row}
    glyphs = np.flatnonzero(parts.is_glyph)
    owners = np.array([owner[int(glyph)] for glyph in glyphs])
    for index, row in enumerate(rows):
        others = owners != index
        base = _base(parts, row, glyphs[others])
        if base is None:
            bases = [_base(parts, piece, glyphs[others]) for piece in _pieces(parts, row)]
            if None not in bases and len({owner[found] for found in bases if found is not None}) == 1:
                base = bases[0]
        if base is not None:
            yield index, owner[base]


def _base(parts: Parts, row: set[int], glyphs: NDArray[np.intp]) -> int | None:
    """The glyph whose exponent or index a row is; `glyphs`: those of other rows."""
    left, top, right, bottom = parts.bounds(row)
    if right - left > _WIDEST_SCRIPT or bottom - top > 1.6:
        return None
    middles = (parts.top[glyphs] + parts.bottom[glyphs]) / 2
    off = 0.35 if right - left < 1.2 else 0.2 if right - left < 3.0 else -0.1
    apart = left - parts.right[glyphs]
    beside = (apart > -0.6) & (apart < 0.9)
    raised = (bottom > parts.top[glyphs] - off) & (bottom < middles + 0.3) & (top < parts.top[glyphs])
    lowered = (top < parts.bottom[glyphs] + off) & (top > middles) & (bottom - top < 1.0) & (right - left < 3.0)
    candidates = np.flatnonzero(beside & (raised | lowered))
    return int(glyphs[candidates[np.abs(apart[candidates]).argmin()]]) if len(candidates) else None


def _pieces(parts: Parts, row: set[int]) -> list[set[int]]:
    """A row cut at its gaps."""
    order = sorted(row, key=lambda part: float(parts.left[part]))
    pieces, reached = [{order[0]}], float(parts.right[order[0]])
    for part in order[1:]:
        if parts.left[part] - reached > _SCRIPT_GAP:
            pieces.append(set())
        pieces[-1].add(part)
        reached = max(reached, float(parts.right[part]))
    return pieces


def _limits(parts: Parts, slices: Parts, rows: list[set[int]]) -> Iterator[Pair]:
    """A short row of small glyphs close above or below a wider one is a limit of its sum or lim; and whatever small
    stands at an end of a sign much taller than the rest is a limit of that.
    """
    bounds = [parts.bounds(row) for row in rows]
    heights = [_typical_height(parts, row) for row in rows]
    tall = [[i for i in row if parts.height[i] >= _SUM] for row in rows]
    for small, large in permutations(range(len(rows)), 2):
        left, top, right, bottom = bounds[small]
        large_left, large_top, large_right, large_bottom = bounds[large]
        gap = max(top - large_bottom, large_top - bottom)
        if gap > 0.5:
            continue
        within = large_left - 0.5 <= left and right <= large_right + 0.5
        narrow = right - left < 0.6 * (large_right - large_left)
        if (within and narrow and gap < 0.3 and heights[small] < 0.7 * heights[large]) or any(
            _is_limit(bounds[small], heights[small], parts.bounds([sign])) for sign in tall[large]
        ):
            yield small, large


def _is_limit(row: tuple[float, float, float, float], height: float, sign: tuple[float, float, float, float]) -> bool:
    """Whether a row, of glyphs of some height, stands as a limit at the upper or lower end of a tall sign."""
    left, top, right, bottom = row
    sign_left, sign_top, sign_right, sign_bottom = sign
    tall, wide = sign_bottom - sign_top, sign_right - sign_left
    gap = max(top - sign_bottom, sign_top - bottom)
    if wide >= 0.5 * tall:  # a sum or a product
        centred = abs((left + right) - (sign_left + sign_right)) / 2 < 0.9
        return tall >= _SUM and centred and right - left < 4.0 and -0.4 < gap < 0.5 and height < 0.5 * tall
    beside = sign_left - 1.0 < left < sign_right + 0.8
    return tall >= _INTEGRAL and beside and right - left < 2.0 and -0.6 < gap < 0.4 and height < 0.45 * tall


def _tails(parts: Parts, slices: Parts, rows: list[set[int]]) -> Iterator[Pair]:
    """A far-off "=" or last digit belongs to the row on its left, although the gap is wide."""
    bounds = [parts.bounds(row) for row in rows]
    for tail, head in permutations(range(len(rows)), 2):
        left, top, right, bottom = bounds[tail]
        _, head_top, head_right, head_bottom = bounds[head]
        overlap = min(bottom, head_bottom) - max(top, head_top)
        if right - left < 2.5 and 0 < left - head_right < _TAIL_GAP and overlap > 0.5 * (bottom - top):
            yield tail, head


def _typical_height(parts: Parts, row: set[int]) -> float:
    heights = parts.height[list(row)]
    glyphs = heights[heights >= 0.3]
    return float(np.median(glyphs)) if len(glyphs) else float(heights.max())


STRUCTURES: tuple[Rule, ...] = (_fractions, _scripts, _limits, _tails)
"""In the order in which they are asked."""

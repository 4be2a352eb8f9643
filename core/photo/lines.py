"""Ink to expression lines in reading order: connected parts are linked into rows, then marks and fractions join them.

All distances are in glyph heights, so that large and small writing are treated alike. The links are between neighbours
only: a row may climb or bend, as on a tilted photo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from core.outcome import Box
from core.photo.ink import Ink, glyph_height
from core.photo.parts import GLYPH, WIDE, Labels, Parts, connected, measure, plausible, sliced

SMALLEST_GLYPH = 6.0
"""Pixels that a glyph must be high to be read; on empty paper nothing but grain is found, and that is smaller."""

# In glyph heights.
_LINK_GAP = 3.3
_TAIL_GAP = 8.0
_MARK_REACH = 0.35


@dataclass(frozen=True)
class FoundLine:
    """One expression. `box`: pixels of the ink map; `ink`: what lies in the box, less what belongs to other lines."""

    box: Box
    ink: Ink
    is_label: bool = False


def find_lines(ink: Ink) -> list[FoundLine]:
    """The expressions on an ink map (height, width), in reading order; question labels are marked as such.

    What touches the border without belonging to a line, blobs far wider than the pen and lone remains of rules are left
    out. Fractions, roots, sums and their limits stay whole.
    """
    unit = glyph_height(ink)
    if unit < SMALLEST_GLYPH:
        return []
    labels, stats = connected(ink)
    numbers = np.flatnonzero(plausible(ink, labels, stats, unit))
    if not len(numbers):
        return []
    parts = measure(stats[numbers], ink.shape, unit)
    slices = sliced(parts, labels, numbers, unit)
    rows = _attach_marks(parts, _link_glyphs(parts, slices))
    for join in (_fractions, _scripts, _limits, _tails):
        rows = _merged(rows, join(parts, rows))
    rows = _in_reading_order(parts, [row for row in rows if not _is_debris(parts, row)])
    pieces = [piece for row in rows for piece in _split_label(parts, row, rows)]
    return [_cut(ink, labels, numbers[list(members)], is_label) for members, is_label in pieces]


def _link_glyphs(parts: Parts, slices: Parts) -> list[set[int]]:
    """Rows: neighbours that overlap vertically, and whatever lies under a root or in a frame.

    Short bars and dots reach a little up and down, so that an equals sign carries a row over a wide gap.
    """
    wide = parts.width[slices.whole] > WIDE
    mark = ~slices.is_glyph & ~wide
    linking = (slices.is_glyph | mark) & ~(wide & ~slices.is_glyph)
    reach = np.where(mark, _MARK_REACH, 0.0)
    left, right = slices.left, slices.right
    top, bottom = slices.top - reach, slices.bottom + reach
    overlap = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    gap = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    least = np.minimum(bottom - top, (bottom - top)[:, None])
    linked = (overlap > 0.45 * least) & (gap < _LINK_GAP) & linking[:, None] & linking & ~(mark[:, None] & mark)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    under = (left[:, None] < middle_x) & (middle_x < right[:, None]) & (slices.top[:, None] < middle_y)
    linked |= under & (middle_y < parts.bottom[slices.whole][:, None]) & wide[:, None] & slices.is_glyph
    count = len(parts.left)
    between = np.zeros((count, count), np.bool_)
    first, second = np.nonzero(linked)
    between[slices.whole[first], slices.whole[second]] = True
    groups = _groups(between)
    return [group for group in groups if parts.is_glyph[list(group)].any()]


def _groups(linked: NDArray[np.bool_]) -> list[set[int]]:
    """Connected components of a relation given as a square matrix."""
    linked = linked | linked.T
    unseen = set(range(len(linked)))
    groups: list[set[int]] = []
    while unseen:
        group, frontier = set[int](), [unseen.pop()]
        while frontier:
            member = frontier.pop()
            group.add(member)
            fresh = [int(other) for other in np.flatnonzero(linked[member]) if int(other) in unseen]
            unseen.difference_update(fresh)
            frontier += fresh
        groups.append(group)
    return groups


def _attach_marks(parts: Parts, rows: list[set[int]]) -> list[set[int]]:
    """Marks without a row go to that of the nearest glyph; far from any they stay alone."""
    index_of = {member: index for index, row in enumerate(rows) for member in row}
    glyphs = np.array([member for member in sorted(index_of) if parts.is_glyph[member]], dtype=np.int64)
    attached = [set(row) for row in rows]
    for mark in sorted(set(range(len(parts.left))) - set(index_of)):
        if not len(glyphs):
            attached.append({mark})
            continue
        apart = np.maximum(parts.left[glyphs] - parts.right[mark], parts.left[mark] - parts.right[glyphs])
        # Height is judged from the glyph's middle: a minus sits beside a 7, not above the line below.
        middle = (parts.top[mark] + parts.bottom[mark]) / 2
        off = np.abs((parts.top[glyphs] + parts.bottom[glyphs]) / 2 - middle) - 0.3 * parts.height[glyphs]
        distance = np.hypot(np.maximum(apart, 0), 1.5 * np.maximum(off, 0))
        nearest = int(distance.argmin())
        if distance[nearest] <= _LINK_GAP:
            attached[index_of[int(glyphs[nearest])]].add(mark)
        else:
            attached.append({mark})
    return attached


def _merged(rows: list[set[int]], pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """`rows` with the given pairs of them made one."""
    joined = np.eye(len(rows), dtype=np.bool_)
    for first, second in pairs:
        joined[first, second] = True
    return [set[int]().union(*(rows[index] for index in group)) for group in _groups(joined)]


def _fractions(parts: Parts, rows: list[set[int]]) -> Iterator[tuple[int, int]]:
    """A bar with glyphs close above and close below, none sticking out over its ends, makes their rows one.

    So does it with what stands beside it.
    """
    row_of = {member: index for index, row in enumerate(rows) for member in row}
    glyphs = np.flatnonzero(parts.height >= GLYPH)
    middle = (parts.left[glyphs] + parts.right[glyphs]) / 2
    for bar in _bars(parts):
        left, right = parts.left[bar] - 0.1, parts.right[bar] + 0.1
        reach = 0.9 if parts.width[bar] > WIDE else 0.6
        over, under = parts.top[bar] - parts.bottom[glyphs], parts.top[glyphs] - parts.bottom[bar]
        spanned = (middle > left) & (middle < right) & (glyphs != bar)
        sides = [(gap > -0.3) & (gap < reach) for gap in (over, under)]
        crowded = (parts.right[glyphs] > left - 0.3) & (parts.left[glyphs] < right + 0.3) & ~spanned
        if all((side & spanned).any() and not (side & crowded).any() for side in sides):
            yield from ((row_of[bar], row_of[int(glyph)]) for glyph in glyphs[(sides[0] | sides[1]) & spanned])
            level = (parts.top - 0.3 < parts.bottom[bar]) & (parts.bottom + 0.3 > parts.top[bar])
            beside = level & (np.maximum(left - parts.right, parts.left - right) < _LINK_GAP)
            yield from ((row_of[bar], row_of[int(part)]) for part in np.flatnonzero(beside))


def _bars(parts: Parts) -> list[int]:
    """Level strokes that stand alone: neither half of an equals sign."""
    flat = np.flatnonzero((parts.width > 0.6) & (parts.height < 0.35 * parts.width) & (parts.height < 0.7))
    alone = []
    for bar in flat:
        shared = np.minimum(parts.right[flat], parts.right[bar]) - np.maximum(parts.left[flat], parts.left[bar])
        near = np.abs(parts.top[flat] - parts.top[bar]) < 0.6
        if not (
            near & (shared > 0.5 * parts.width[bar]) & (parts.width[flat] < 2 * parts.width[bar]) & (flat != bar)
        ).any():
            alone.append(int(bar))
    return alone


def _scripts(parts: Parts, rows: list[set[int]]) -> Iterator[tuple[int, int]]:
    """A short row that begins beside the upper or lower half of a glyph is its exponent or index."""
    owner = {member: index for index, row in enumerate(rows) for member in row}
    glyphs = np.flatnonzero(parts.is_glyph)
    owners = np.array([owner[int(glyph)] for glyph in glyphs])
    for index, row in enumerate(rows):
        left, top, right, bottom = parts.bounds(row)
        if right - left > 3.0 or bottom - top > 1.2:
            continue
        middles = (parts.top[glyphs] + parts.bottom[glyphs]) / 2
        beside = (left - parts.right[glyphs] > -0.6) & (left - parts.right[glyphs] < 0.8) & (owners != index)
        raised = (bottom > parts.top[glyphs] - 0.2) & (bottom < middles + 0.3) & (top < parts.top[glyphs])
        lowered = (top < parts.bottom[glyphs] + 0.1) & (top > middles) & (bottom - top < 0.8)
        candidates = np.flatnonzero(beside & (raised | lowered))
        if len(candidates):
            yield index, int(owners[candidates[np.abs(left - parts.right[glyphs][candidates]).argmin()]])


def _limits(parts: Parts, rows: list[set[int]]) -> Iterator[tuple[int, int]]:
    """A short row of small glyphs close above or below a wider one is a limit of its sum, integral or lim."""
    bounds = [parts.bounds(row) for row in rows]
    heights = [_typical_height(parts, row) for row in rows]
    for small, large in permutations(range(len(rows)), 2):
        left, top, right, bottom = bounds[small]
        large_left, large_top, large_right, large_bottom = bounds[large]
        within = large_left - 0.5 <= left and right <= large_right + 0.5
        narrow = right - left < 0.6 * (large_right - large_left)
        gap = max(top - large_bottom, large_top - bottom)
        if within and narrow and gap < 0.3 and heights[small] < 0.7 * heights[large]:
            yield small, large


def _tails(parts: Parts, rows: list[set[int]]) -> Iterator[tuple[int, int]]:
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


def _is_debris(parts: Parts, row: set[int]) -> bool:
    """Writing cut off by the border, or marks alone, while there is writing elsewhere."""
    index = np.array(sorted(row))
    elsewhere = np.delete(parts.is_glyph, index).any()
    glyphs = index[parts.is_glyph[index]]
    return bool(elsewhere and (not len(glyphs) or parts.at_border[glyphs].mean() > 0.5))


def _in_reading_order(parts: Parts, rows: list[set[int]]) -> list[set[int]]:
    """Top to bottom; rows at one height from left to right."""
    waiting = sorted(rows, key=lambda row: parts.bounds(row)[1])
    ordered: list[set[int]] = []
    while waiting:
        _, top, _, bottom = parts.bounds(waiting[0])
        level = [row for row in waiting if parts.bounds(row)[1] < (top + bottom) / 2 - 0.1]
        level = level or waiting[:1]
        ordered += sorted(level, key=lambda row: parts.bounds(row)[0])
        waiting = [row for row in waiting if row not in level]
    return ordered


def _split_label(parts: Parts, row: set[int], rows: list[set[int]]) -> list[tuple[set[int], bool]]:
    """A row and whether it is a label: "1." or "10 -" before a wide gap stands apart from its expression."""
    order = sorted(row, key=lambda i: parts.left[i])
    for position in range(1, min(4, len(order))):
        label, rest = order[: position + 1], order[position + 1 :]
        if parts.bounds(label)[2] - parts.left[order[0]] > 3.5:
            break
        if rest:
            gap = min(parts.left[i] for i in rest) - parts.bounds(label)[2]
            beside = bool(parts.is_glyph[rest].sum() >= 2)
        else:
            gap = _LINK_GAP
            beside = any(_is_right_of(parts.bounds(label), parts.bounds(other)) for other in rows if other is not row)
        if beside and _looks_like_label(parts, label, gap):
            return [(set(label), True)] + ([(set(rest), False)] if rest else [])
    return [(row, False)]


def _looks_like_label(parts: Parts, label: list[int], gap: float) -> bool:
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
    return bool(is_mark and space > 0.0 and gap > max(2.0 * space, 0.9 if where > 0.65 else 1.6))


def _is_right_of(label: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return other[0] > label[2] and min(label[3], other[3]) > max(label[1], other[1])


def _cut(ink: Ink, labels: Labels, members: NDArray[np.int64], is_label: bool) -> FoundLine:
    chosen = np.zeros(int(labels.max()) + 1, np.bool_)
    chosen[members] = True
    own = chosen[labels]
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    piece = np.where(own[top:bottom, left:right], ink[top:bottom, left:right], 0).astype(np.uint8)
    return FoundLine(Box(left, top, right - left, bottom - top), piece, is_label)

"""Ink to expression lines in reading order: debris dropped, frames taken off, question labels told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.outcome import Box
from core.photo.frames import without_frames
from core.photo.ink import Ink, glyph_height
from core.photo.parts import WIDE, Labels, Parts, connected, measure, plausible, sliced
from core.photo.rows import LINK_GAP, find_rows

SMALLEST_GLYPH = 6.0
"""Pixels that a glyph must be high to be read; on empty paper nothing but grain is found, and that is smaller."""


@dataclass(frozen=True)
class FoundLine:
    """One expression. `box`: pixels of the ink map; `ink`: what lies in the box, less what belongs to other lines."""

    box: Box
    ink: Ink
    is_label: bool = False


def find_lines(ink: Ink) -> list[FoundLine]:
    """The expressions on an ink map (height, width), in reading order; question labels are marked as such.

    What touches the border without belonging to a line, blobs far wider than the pen and lone remains of rules are left
    out. Fractions, roots, sums and their limits stay whole. A frame goes, and what stood in it is a line.
    """
    unit = glyph_height(ink)
    if unit < SMALLEST_GLYPH:
        return []
    ink, boxes = without_frames(ink, unit)
    labels, stats = connected(ink)
    numbers = np.flatnonzero(plausible(ink, labels, stats, unit))
    if not len(numbers):
        return []
    parts = measure(stats[numbers], ink.shape, unit)
    slices = sliced(parts, labels, numbers, unit)
    rows = find_rows(parts, slices, _frame_of(parts, boxes, unit))
    rows = _in_reading_order(parts, [row for row in rows if not _is_debris(parts, row)])
    pieces = [piece for row in rows for piece in _split_label(parts, row, rows)]
    return [_cut(ink, labels, numbers[list(members)], is_label) for members, is_label in pieces]


def _frame_of(parts: Parts, boxes: list[Box], unit: float) -> NDArray[np.int64]:
    """For each part the frame it stands in, or -1: what is framed is a line of its own."""
    x, y = (parts.left + parts.right) / 2 * unit, (parts.top + parts.bottom) / 2 * unit
    frame_of = np.full(len(parts.left), -1)
    for index, box in enumerate(boxes):
        frame_of[(box.x < x) & (x < box.x + box.w) & (box.y < y) & (y < box.y + box.h)] = index
    return frame_of


def _is_debris(parts: Parts, row: set[int]) -> bool:
    """Writing cut off by the border, marks alone or a lone underline, while there is writing elsewhere."""
    index = np.array(sorted(row))
    elsewhere = np.delete(parts.is_glyph, index).any()
    glyphs = index[parts.is_glyph[index]]
    underline = len(row) <= 2 and (parts.width[index] > 2.0 * parts.height[index]).all()
    return bool(elsewhere and (not len(glyphs) or underline or parts.at_border[glyphs].mean() > 0.5))


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
    """A row and whether it is a label: "1." or "10 -" on the left, before a wide gap, stands apart from its line."""
    order = sorted(row, key=lambda i: parts.left[i])
    if parts.left[order[0]] > min(parts.bounds(other)[0] for other in rows) + WIDE:
        return [(row, False)]
    for position in range(1, min(4, len(order))):
        label, rest = order[: position + 1], order[position + 1 :]
        if parts.bounds(label)[2] - parts.left[order[0]] > 3.5:
            break
        if rest:
            gap = min(parts.left[i] for i in rest) - parts.bounds(label)[2]
            beside = bool(parts.is_glyph[rest].sum() >= 2)
        else:
            gap = LINK_GAP
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

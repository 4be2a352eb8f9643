"""Ink to expression lines in reading order: debris dropped, frames taken off, question labels told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.outcome import Box
from core.photo.columns import column_of
from core.photo.frames import without_frames
from core.photo.ink import Ink, glyph_height
from core.photo.parts import Labels, Parts, connected, largest, measure, plausible, sliced
from core.photo.question_labels import split_label
from core.photo.rows import Place, find_rows, glyph_groups, link
from core.photo.texture import is_texture

SMALLEST_GLYPH = 6.0
"""Pixels that a glyph must be high to be read; on empty paper nothing but grain is found, and that is smaller."""


@dataclass(frozen=True)
class FoundLine:
    """One expression. `box`: pixels of the ink map; `ink`: what lies in the box, less what belongs to other lines;
    `glyph_height`: in pixels.
    """

    box: Box
    ink: Ink
    glyph_height: float
    is_label: bool = False


def find_lines(ink: Ink) -> list[FoundLine]:
    """The expressions on an ink map (height, width), in reading order; question labels are marked as such.

    What touches the border without belonging to a line, blobs far wider than the pen, lone remains of rules and grain
    are left out. Fractions, roots, sums and their limits stay whole. A frame goes, and what stood in it is a line.
    """
    unit = glyph_height(ink)
    if unit < SMALLEST_GLYPH:
        return []
    labels, stats = connected(ink)
    ink, boxes = without_frames(ink, labels, stats, unit)
    if boxes:
        labels, stats = connected(ink)
    numbers = largest(np.flatnonzero(plausible(ink, labels, stats, unit)), stats)
    if not len(numbers):
        return []
    parts = measure(stats[numbers], ink.shape, unit)
    slices = sliced(parts, labels, numbers, unit)
    links = link(parts, slices)
    block_of = column_of(parts, glyph_groups(parts, links.close))
    rows = find_rows(parts, slices, links, Place(_frame_of(parts, boxes, unit), block_of))
    rows = [row for row in rows if not _is_debris(parts, row)]
    blocks = [[row for row in rows if block_of[min(row)] == block] for block in range(int(block_of.max()) + 1)]

    def shape(part: int) -> NDArray[np.bool_]:
        left, top, width, height, _ = stats[numbers[part]]
        return np.asarray(labels[top : top + height, left : left + width] == numbers[part])

    pieces = [
        piece
        for block in blocks
        for row in _in_reading_order(parts, block)
        for piece in split_label(parts, row, [parts.bounds(other) for other in block], shape)
    ]
    lines = [_cut(ink, labels, stats, numbers[list(members)], is_label) for members, is_label in pieces]
    return [line for line in lines if not is_texture(line.ink, line.glyph_height, unit)]


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
    """Top to bottom; rows beside each other from left to right."""
    waiting = sorted(((parts.bounds(row), row) for row in rows), key=lambda entry: entry[0][1] + entry[0][3])
    ordered: list[set[int]] = []
    while waiting:
        (left, top, right, bottom), _ = waiting[0]
        beside = [
            number
            for number, (other, _) in enumerate(waiting)
            if number == 0 or ((other[0] > right or other[2] < left) and other[1] < (top + bottom) / 2 < other[3])
        ]
        ordered += [waiting[number][1] for number in sorted(beside, key=lambda number: waiting[number][0][0])]
        waiting = [entry for number, entry in enumerate(waiting) if number not in beside]
    return ordered


def _cut(ink: Ink, labels: Labels, stats: Labels, members: NDArray[np.int64], is_label: bool) -> FoundLine:
    left, top = (int(side) for side in stats[members, :2].min(axis=0))
    right, bottom = (int(side) for side in (stats[members, :2] + stats[members, 2:4]).max(axis=0))
    own = np.isin(labels[top:bottom, left:right], members)
    piece = np.where(own, ink[top:bottom, left:right], 0).astype(np.uint8)
    return FoundLine(Box(left, top, right - left, bottom - top), piece, glyph_height(piece), is_label)

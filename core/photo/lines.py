"""Ink to expression lines in reading order: debris dropped, frames taken off, question labels told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from core.outcome import Box
from core.photo.crossed_out import without_crossed_out
from core.photo.drawings import without_drawings
from core.photo.ink import Ink, glyph_height
from core.photo.layout import lay_out
from core.photo.outlines import within_hull
from core.photo.parts import Parts
from core.photo.question_labels import RING_BORDER, Label, split_label
from core.photo.texture import is_texture

SMALLEST_GLYPH = 6.0
"""Pixels that a glyph must be high to be read; on empty paper nothing but grain is found, and that is smaller."""


@dataclass(frozen=True)
class FoundLabel:
    """A question label. `box`, `ink`: all of it; `body`: the ink of its number or letter, which may be none;
    `glyph_height`: of the body; `form`: how that is set, such as "{})".
    """

    box: Box
    ink: Ink
    body: Ink
    glyph_height: float
    form: str


@dataclass(frozen=True)
class FoundLine:
    """One expression. `box`: pixels of the ink map; `ink`: what lies in the box, less what belongs to other lines;
    `glyph_height`: in pixels.
    """

    box: Box
    ink: Ink
    glyph_height: float
    label: FoundLabel | None = None


@dataclass(frozen=True)
class FoundAside:
    """What is no expression. `what`: drawing, or crossed out."""

    box: Box
    ink: Ink
    what: str


@dataclass(frozen=True)
class FoundPage:
    """What lies on an ink map: its expressions in reading order, and what else is written there."""

    lines: tuple[FoundLine, ...] = ()
    aside: tuple[FoundAside, ...] = ()


def find_lines(ink: Ink) -> FoundPage:
    """The expressions on an ink map (height, width), each with its question label.

    What touches the border without belonging to a line, blobs far wider than the pen, lone remains of rules and grain
    are left out. Fractions, roots, sums and their limits stay whole. A frame goes, and what stood in it is a line.
    """
    unit = glyph_height(ink)
    if unit < SMALLEST_GLYPH:
        return FoundPage()
    layout = lay_out(ink, unit)
    if layout is None:
        return FoundPage()
    parts, block_of, shape, cut = layout.parts, layout.block, layout.shape, layout.cut
    rows, crossed = without_crossed_out(parts, layout.rows, shape)
    rows, drawn = without_drawings(parts, [row for row in rows if not _is_debris(parts, row)], shape)
    blocks = [[row for row in rows if block_of[min(row)] == block] for block in range(int(block_of.max()) + 1)]
    lines: list[FoundLine] = []
    for block in blocks:
        bounds = [parts.bounds(row) for row in block]
        waiting: Label | None = None
        for row in _in_reading_order(parts, block):
            label, rest = split_label(parts, row, bounds, shape)
            waiting = label or waiting
            if rest:
                box, piece = cut(rest)
                height = glyph_height(piece)
                if not is_texture(piece, height, unit):
                    lines.append(FoundLine(box, piece, height, _found_label(waiting, cut, unit) if waiting else None))
                waiting = None
    aside = [(members, "crossed out") for members in crossed] + [(members, "drawing") for members in drawn]
    return FoundPage(tuple(lines), tuple(FoundAside(*cut(members), what) for members, what in aside))


def _found_label(label: Label, cut: Callable[[Iterable[int]], tuple[Box, Ink]], unit: float) -> FoundLabel:
    box, ink = cut(label.members)
    body = within_hull(ink, RING_BORDER * unit) if label.ringed else cut(label.body)[1]
    return FoundLabel(box, ink, body, glyph_height(body), label.form)


def _is_debris(parts: Parts, row: set[int]) -> bool:
    """Writing cut off by the border, marks alone, a lone underline or a lone upright stroke, while there is writing
    elsewhere.
    """
    index = np.array(sorted(row))
    elsewhere = np.delete(parts.is_glyph, index).any()
    glyphs = index[parts.is_glyph[index]]
    underline = len(row) <= 2 and (parts.width[index] > 2.0 * parts.height[index]).all()
    upright = len(row) == 1 and (parts.height[index] > max(1.8, 3.0 * float(parts.width[index].max()))).all()
    return bool(elsewhere and (not len(glyphs) or underline or upright or parts.at_border[glyphs].mean() > 0.5))


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

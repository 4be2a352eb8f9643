"""The writing on an ink map, laid out: its connected parts, the rows they make, and the block that each stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.outcome import Box
from core.photo.columns import column_of
from core.photo.components import Labels, connected
from core.photo.frames import without_frames
from core.photo.ink import Ink
from core.photo.parts import Parts, largest, measure, plausible, sliced
from core.photo.rows import Place, find_rows, glyph_groups, link
from core.photo.touching import cuts, may_touch


@dataclass(frozen=True)
class Layout:
    """The parts of an ink map that can be writing, and the rows they make, in no order. `labels`, `stats`: of all its
    connected parts; `numbers`: for each of `parts` its label; `block`: for each its place in the order of reading.
    """

    ink: Ink
    labels: Labels
    stats: Labels
    numbers: NDArray[np.int64]
    parts: Parts
    rows: list[set[int]]
    block: NDArray[np.int64]

    def shape(self, part: int) -> NDArray[np.bool_]:
        """The pixels of a part, in its own box."""
        left, top, width, height, _ = self.stats[self.numbers[part]]
        return np.asarray(self.labels[top : top + height, left : left + width] == self.numbers[part])

    def cut(self, members: Iterable[int]) -> tuple[Box, Ink]:
        """Where some parts lie, and their ink alone."""
        own = self.numbers[sorted(members)]
        left, top = (int(side) for side in self.stats[own, :2].min(axis=0))
        right, bottom = (int(side) for side in (self.stats[own, :2] + self.stats[own, 2:4]).max(axis=0))
        inside = np.isin(self.labels[top:bottom, left:right], own)
        piece = np.where(inside, self.ink[top:bottom, left:right], 0).astype(np.uint8)
        return Box(left, top, right - left, bottom - top), piece


def lay_out(ink: Ink, unit: float) -> Layout | None:
    """The layout of an ink map; None where nothing on it can be writing. `unit`: pixels of a glyph's height.

    Frames are gone, and what stood in one is a row of its own; lines that touch each other are cut apart.
    """
    labels, stats = connected(ink)
    ink, frames = without_frames(ink, labels, stats, unit)
    if frames:
        labels, stats = connected(ink)
    numbers = largest(np.flatnonzero(plausible(ink, labels, stats, unit)), stats)
    if not len(numbers):
        return None
    layout = _arranged(ink, labels, stats, numbers, frames, unit)
    apart = _without_touches(layout, frames, unit)
    if apart is None:
        return layout
    labels, stats = connected(apart)
    numbers = largest(np.flatnonzero(plausible(apart, labels, stats, unit)), stats)
    return _arranged(apart, labels, stats, numbers, frames, unit)


def _arranged(
    ink: Ink, labels: Labels, stats: Labels, numbers: NDArray[np.int64], frames: Sequence[Box], unit: float
) -> Layout:
    parts = measure(stats[numbers], ink.shape, unit)
    slices = sliced(parts, labels, numbers, unit)
    links = link(parts, slices)
    block = column_of(parts, glyph_groups(parts, links.close))
    rows = find_rows(parts, slices, links, Place(_frame_of(parts, frames, unit), block))
    return Layout(ink, labels, stats, numbers, parts, rows, block)


def _without_touches(layout: Layout, frames: Sequence[Box], unit: float) -> Ink | None:
    """The ink with its lines cut apart where they touch; None where none do."""
    suspects = may_touch(layout.parts, layout.shape)
    others = np.setdiff1d(np.arange(len(layout.numbers)), suspects)
    if not suspects or not len(others):
        return None
    without = _arranged(layout.ink, layout.labels, layout.stats, layout.numbers[others], frames, unit)
    rows = [{int(others[member]) for member in row} for row in without.rows]
    apart: Ink | None = None
    for part in suspects:
        pixels = layout.shape(part)
        for y in cuts(layout.parts, part, rows, pixels):
            apart = layout.ink.copy() if apart is None else apart
            left, top, width, _, _ = layout.stats[layout.numbers[part]]
            apart[top + y, left : left + width][pixels[y]] = 0
    return apart


def _frame_of(parts: Parts, boxes: Sequence[Box], unit: float) -> NDArray[np.int64]:
    """For each part the frame it stands in, or -1: what is framed is a line of its own."""
    x, y = (parts.left + parts.right) / 2 * unit, (parts.top + parts.bottom) / 2 * unit
    frame_of = np.full(len(parts.left), -1)
    for index, box in enumerate(boxes):
        frame_of[(box.x < x) & (x < box.x + box.w) & (box.y < y) & (y < box.y + box.h)] = index
    return frame_of

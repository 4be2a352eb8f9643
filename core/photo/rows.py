"""Connected parts to rows: neighbours are linked, then marks join them, and what `core.photo.structures` finds.

    link(parts, slices)                        which parts are neighbours
    glyph_groups(parts, links.close)           what surely stands in one line
    find_rows(parts, slices, links, place)     the rows

All distances are in glyph heights, so that large and small writing are treated alike. The links are between neighbours
only: a row may climb or bend, as on a tilted photo. A row is a set of indices of parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.photo.parts import WIDE, Parts
from core.photo.structures import LINK_GAP, STRUCTURES, Pair

# In glyph heights.
CLOSE_GAP = 1.6
"""Signs nearer than this surely stand in one line; further apart they may belong to different columns."""
_DOT_GAP = 1.2
_MARK_REACH = 0.35
_LOW_FRAME = 2.5


@dataclass(frozen=True)
class Links:
    """Which parts are neighbours in a row: square matrices. `close`: over CLOSE_GAP at most; `wide`: over LINK_GAP."""

    close: NDArray[np.bool_]
    wide: NDArray[np.bool_]


@dataclass(frozen=True)
class Place:
    """Where each part stands: in which frame, or -1, and in which block of the page."""

    frame: NDArray[np.int64]
    block: NDArray[np.int64]

    def shared(self) -> NDArray[np.bool_]:
        """Which parts stand in the same place, as a square matrix."""
        same: NDArray[np.bool_] = (self.frame[:, None] == self.frame) & (self.block[:, None] == self.block)
        return same


def find_rows(parts: Parts, slices: Parts, links: Links, place: Place) -> list[set[int]]:
    """The rows, in no order; none reaches from one place into another. `slices`: the same parts cut up."""
    rows = _attach_marks(parts, glyph_groups(parts, links.wide & place.shared()))
    rows = _merged(rows, _low_frames(parts, rows, place.frame))
    for pairs in STRUCTURES:
        where = [(int(place.frame[min(row)]), int(place.block[min(row)])) for row in rows]
        rows = _merged(rows, [pair for pair in pairs(parts, slices, rows) if where[pair[0]] == where[pair[1]]])
    return rows


def glyph_groups(parts: Parts, linked: NDArray[np.bool_]) -> list[set[int]]:
    """The parts that are linked with each other, directly or not, where a glyph is among them."""
    return [group for group in _groups(linked) if parts.is_glyph[list(group)].any()]


def link(parts: Parts, slices: Parts) -> Links:
    """Neighbours: parts beside each other that overlap vertically, and whatever lies under a root.

    Short bars and dots reach a little up and down, so that an equals sign carries a row over a wide gap.
    """
    wide = parts.width[slices.whole] > WIDE
    mark = ~slices.is_glyph & ~wide
    linking = (slices.is_glyph | mark) & ~(wide & ~slices.is_glyph)
    reach = np.where(mark, _MARK_REACH, 0.0)
    left, right = slices.left.astype(np.float32), slices.right.astype(np.float32)
    top, bottom = (slices.top - reach).astype(np.float32), (slices.bottom + reach).astype(np.float32)
    overlap = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    gap = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    least = np.minimum(bottom - top, (bottom - top)[:, None])
    level = (overlap > 0.45 * least) & linking[:, None] & linking & ~(mark[:, None] & mark)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    under = (left[:, None] < middle_x) & (middle_x < right[:, None]) & (slices.top[:, None] < middle_y)
    covered = under & (middle_y < parts.bottom[slices.whole][:, None]) & wide[:, None] & slices.is_glyph

    def between(linked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        wholes = np.zeros((len(parts.left), len(parts.left)), np.bool_)
        first, second = np.nonzero(linked)
        wholes[slices.whole[first], slices.whole[second]] = True
        return wholes

    return Links(between((level & (gap < CLOSE_GAP)) | covered), between((level & (gap < LINK_GAP)) | covered))


def _groups(linked: NDArray[np.bool_]) -> list[set[int]]:
    """Connected components of a relation given as a square matrix."""
    linked = linked | linked.T
    unseen = np.ones(len(linked), np.bool_)
    groups: list[set[int]] = []
    for first in range(len(linked)):
        if not unseen[first]:
            continue
        unseen[first] = False
        group, frontier = {first}, [first]
        while frontier:
            fresh = np.flatnonzero(linked[frontier.pop()] & unseen)
            unseen[fresh] = False
            frontier += fresh.tolist()
            group.update(fresh.tolist())
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
        if parts.at_border[mark] and off[nearest] > 0:
            attached.append({mark})  # the end of a stroke that the border cuts off
        elif distance[nearest] <= (LINK_GAP if parts.width[mark] > 0.4 else _DOT_GAP):
            attached[index_of[int(glyphs[nearest])]].add(mark)
        else:
            attached.append({mark})
    return attached


def _merged(rows: list[set[int]], pairs: Iterable[Pair]) -> list[set[int]]:
    """`rows` with the given pairs of them made one."""
    joined = np.eye(len(rows), dtype=np.bool_)
    for first, second in pairs:
        joined[first, second] = True
    return [set[int]().union(*(rows[index] for index in group)) for group in _groups(joined)]


def _low_frames(parts: Parts, rows: list[set[int]], frame_of: NDArray[np.int64]) -> Iterator[Pair]:
    """A frame too low for two lines holds one, whatever is underlined in it."""
    for frame in range(int(frame_of.max(initial=-1)) + 1):
        members = np.flatnonzero(frame_of == frame)
        if len(members):
            _, top, _, bottom = parts.bounds(members)
            framed = [index for index, row in enumerate(rows) if row & set(members.tolist())]
            if bottom - top < _LOW_FRAME:
                yield from pairwise(framed)

"""Where the readings of one line differ: marked in each of them, and sought in the handwriting.

Nobody says which stroke became which token. Where a doubtful part lies in the ink is therefore an estimate: it lies as
far along the line as it does in a rough setting of the formula, and is then taken to the nearest whole strokes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from functools import reduce
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text
from core.outcome import Box

RAISED = 0.65  # width of a script, as a part of the same thing on the line
SIGN = 1.5  # width of an operator with the room round it, in letters
BAR = 0.06  # of the height of a line: on each side of a fraction bar
INK = 100  # of 255: more is a stroke
MOST_OF_A_LINE = 0.6  # a doubtful part wider than this says nothing


@dataclass(frozen=True)
class Doubtful(Row):
    """A part of a reading that another reading has otherwise."""


@dataclass(frozen=True)
class Area:
    """A part of a line, as shares of its width (`left`, `right`) and of its height."""

    left: float
    right: float
    top: float = 0.0
    bottom: float = 1.0


def compared(readings: Sequence[Row]) -> tuple[Row, ...]:
    """`readings`, likeliest first, with what differs marked: in the first from any other, in the others from the
    first. Where that is all of a reading, nothing is marked.
    """
    if not readings:
        return ()
    first, *others = readings
    doubted = reduce(merged, (marked(first, other) for other in others), first)
    compared_with_first = (doubted, *(marked(other, first) for other in others))
    return tuple(
        plain if all(isinstance(item, Doubtful) for item in shown.items) else shown
        for plain, shown in zip(readings, compared_with_first, strict=True)
    )


def marked(row: Row, other: Row) -> Row:
    """`row` with the items that `other` lacks or has otherwise marked, as deep inside as possible."""
    found: list[Node] = []
    for change, start, end, other_start, other_end in SequenceMatcher(
        None, row.items, other.items, False
    ).get_opcodes():
        here, there = row.items[start:end], other.items[other_start:other_end]
        if change == "equal":
            found += here
        elif len(here) == len(there):
            found += map(marked_node, here, there)
        else:
            found += (Doubtful((item,)) for item in here)
    return Row(tuple(found))


def merged(one: Any, other: Any) -> Any:
    """A tree marked in two ways, with the marks of both; `one` and `other` are the same but for these."""
    if one == other or isinstance(one, Doubtful):
        return one
    if isinstance(other, Doubtful):
        return other
    if isinstance(one, tuple):
        return tuple(map(merged, one, other))
    changes = {field.name: merged(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)}
    return replace(one, **changes)


def marked_node(node: Node, other: Node) -> Node:
    if node == other:
        return node
    if type(node) is not type(other) or isinstance(node, Atom | Number | Text | Grid):
        return Doubtful((node,))
    changes: dict[str, Any] = {}
    for name in (field.name for field in fields(node)):
        here, there = getattr(node, name), getattr(other, name)
        if here == there:
            continue
        if isinstance(here, Row) and isinstance(there, Row):
            changes[name] = marked(here, there)
        elif isinstance(node, Script) and name == "base":
            changes[name] = marked_node(here, there)
        elif isinstance(here, Row):
            changes[name] = Doubtful(here.items)
        elif here is not None and not isinstance(here, Row):
            return Doubtful((node,))
    return replace(node, **changes)


def doubtful_strokes(reading: Row, ink: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Where in `ink` (height, width) the marked parts of `reading` probably lie, but for those that are almost
    everywhere.
    """
    whole = breadth(reading)
    areas = [area for area in areas_of(reading, Area(0.0, whole)) if area.right > area.left]
    count, _, stats, centres = cv2.connectedComponentsWithStats((ink > INK).astype(np.uint8), connectivity=8)
    if not areas or count < 2:
        return ()
    left, top = stats[1:, 0].min(), stats[1:, 1].min()
    wide, high = (stats[1:, side] + stats[1:, side + 2] for side in (0, 1))
    across, down = (centres[1:, 0] - left) / (wide.max() - left), (centres[1:, 1] - top) / (high.max() - top)
    found: list[set[int]] = []
    for area in areas:
        middle, reach = (area.left + area.right) / 2 / whole, (area.right - area.left) / 2 / whole
        distance = np.abs(across - middle) + np.where((down >= area.top) & (down <= area.bottom), 0.0, 1.0)
        chosen = {int(distance.argmin()), *np.flatnonzero(distance <= reach).tolist()}
        for near in [strokes for strokes in found if strokes & chosen]:
            found.remove(near)
            chosen |= near
        found.append(chosen)
    boxes = (around(stats[1:][sorted(strokes)]) for strokes in found)
    return tuple(box for box in boxes if box.w <= MOST_OF_A_LINE * (wide.max() - left))


def around(strokes: NDArray[Any]) -> Box:
    """The box round strokes, each a row of left, top, width, height."""
    left, top = strokes[:, :2].min(axis=0)
    right, bottom = (strokes[:, :2] + strokes[:, 2:4]).max(axis=0)
    return Box(int(left), int(top), int(right - left), int(bottom - top))


def breadth(node: Node) -> float:
    """How wide `node` is by hand, in letters."""
    match node:
        case Number(text) | Text(text):
            return float(len(text))
        case Atom(token):
            return SIGN if not token.isalnum() and len(token) == 1 else max(1.0, len(token.lstrip("\\")) / 2)
        case Row(items):
            return sum(map(breadth, items))
        case Fraction(top, bottom) | Binomial(top, bottom):
            return max(breadth(top), breadth(bottom))
        case Script(base, sub, sup):
            return breadth(base) + RAISED * max((breadth(part) for part in (sub, sup) if part), default=0.0)
        case Root(radicand):
            return 1 + breadth(radicand)
        case Fence(_, body, _):
            return 1 + breadth(body)
        case Accent(_, body):
            return breadth(body)
        case Grid(_, rows):
            return max((sum(map(breadth, row)) for row in rows), default=0.0)


def areas_of(node: Node, area: Area) -> Iterator[Area]:
    """The areas of what is marked inside `node`, which fills `area`; left and right in letters."""
    match node:
        case Doubtful():
            yield area
        case Row(items):
            left = area.left
            for item in items:
                yield from areas_of(item, replace(area, left=left, right=left + breadth(item)))
                left += breadth(item)
        case Fraction(top, bottom) | Binomial(top, bottom):
            middle = (area.top + area.bottom) / 2
            yield from areas_of(top, centred(top, replace(area, bottom=middle - BAR)))
            yield from areas_of(bottom, centred(bottom, replace(area, top=middle + BAR)))
        case Script(base, sub, sup):
            after = area.left + breadth(base)
            middle = (area.top + area.bottom) / 2
            yield from areas_of(base, replace(area, right=after))
            if sup is not None:
                yield from areas_of(sup, replace(area, left=after, bottom=middle))
            if sub is not None:
                yield from areas_of(sub, replace(area, left=after, top=middle))
        case Root(body) | Fence(_, body, _) | Accent(_, body):
            yield from areas_of(body, centred(body, area))
        case _:
            return


def centred(row: Row, area: Area) -> Area:
    """As much of the middle of `area` as `row` needs."""
    spare = (area.right - area.left - breadth(row)) / 2
    return replace(area, left=area.left + spare, right=area.right - spare)

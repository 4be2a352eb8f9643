"""Where the names of points go: beside each, where it covers least of the curves, the numbers and the other names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.transforms import Bbox

from core.render.plots.room import box_round, inside, overlap
from core.render.plots.sheet import Pixels, Sheet
from core.render.plots.ticks import number, place
from core.solver.plots.data import Mark, PlotData

SIZE = 13.0
MOST = 7
NEAR, FAR = 7.0, 16.0
DOT = 9.0
DIRECTIONS = ((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
CURVE, TAKEN, OUTSIDE, DISTANT = 1.0, 40.0, 400.0, 0.5
"""What it costs a label to cover a sample of a curve, to cover another label, to leave the picture, to stand off."""


def draw_labels(sheet: Sheet, data: PlotData, lines: Pixels) -> list[Bbox]:
    """Names the most important marks; the boxes that the names and all marks take up. `lines`: the curves' points; all
    in points.
    """
    marks = _named(data)
    dots = sheet.points_of([(mark.x, mark.y) for mark in data.marks])
    boxes: list[Bbox] = []
    for mark in marks:
        at = sheet.points_of([(mark.x, mark.y)])[0]
        text = sheet.number((0, 0), label(mark, data), SIZE, sheet.theme.ink, "center", 6)
        box = sheet.extent(text)
        wide, high = float(box.width), float(box.height)
        middle = min(_places(at, wide, high), key=lambda one: _cost(sheet, one, wide, high, lines, dots, boxes))
        text.set_position((middle[0] / sheet.width, middle[1] / sheet.height))
        sheet.veil(text)
        boxes.append(box_round(middle, wide, high))
    return [*boxes, *(box_round((float(x), float(y)), DOT, DOT) for x, y in dots)]


def label(mark: Mark, data: PlotData) -> str:
    """A point by both numbers; on an axis by the one that is not zero."""
    if mark.kind in ("root", "touch") and data.kind in ("graph", "equation"):
        return number(mark.x, data.x_in_pi)
    if mark.kind == "start" and data.kind == "area":
        return number(mark.x, data.x_in_pi)
    return place(mark.x, mark.y, data.x_in_pi)


def _named(data: PlotData) -> list[Mark]:
    """Crossings and turning points first; the places where a curve cuts an axis are also told by the axis."""
    ranks = {"crossing": 0, "hole": 0, "limit": 0, "tip": 0, "minimum": 1, "maximum": 1, "root": 2, "touch": 2}
    marks = [mark for mark in data.marks if mark.labelled]
    return sorted(marks, key=lambda mark: (ranks.get(mark.kind, 3), abs(mark.x)))[:MOST]


def _places(at: Pixels, wide: float, high: float) -> Iterator[tuple[float, float]]:
    for away in (NEAR, FAR):
        for across, up in DIRECTIONS:
            slant = 0.75 if across and up else 1.0
            yield (
                float(at[0]) + across * (wide / 2 + slant * away),
                float(at[1]) + up * (high / 2 + slant * away),
            )


def _cost(
    sheet: Sheet,
    middle: tuple[float, float],
    wide: float,
    high: float,
    lines: Pixels,
    dots: Pixels,
    boxes: Sequence[Bbox],
) -> float:
    box = box_round(middle, wide + 2, high + 1)
    cost = CURVE * inside(lines, box) + TAKEN * inside(dots, box_round(middle, wide + 8, high + 8))
    cost += TAKEN * sum(overlap(box, other) for other in boxes)
    if box.x0 < 4 or box.y0 < 4 or box.x1 > sheet.width - 4 or box.y1 > sheet.height - 4:
        cost += OUTSIDE
    return float(cost)

"""A number line: the stretches of a solution set, their ends filled where they belong to it."""

from __future__ import annotations

from core.render.plots.sheet import Sheet
from core.render.plots.ticks import number, ticks
from core.solver.plots.data import PlotData

MOST = 9
TICK_SIZE, END_SIZE = 12.0, 15.0
THICK = 5.0
DOT = 12.0
NOTCH = 0.07
"""Of the window's height: half the length of a tick."""
BELOW, ABOVE = 17.0, 19.0


def draw_number_line(sheet: Sheet, data: PlotData) -> None:
    """The line with its numbers below and the ends of the stretches above."""
    window, theme = data.window, sheet.theme
    marks = ticks(window.left, window.right, MOST, data.x_in_pi)
    sheet.arrow((window.left, 0.0), (window.right, 0.0), theme.muted, 1.2, 7.0)
    sheet.lines([((tick.at, -NOTCH), (tick.at, NOTCH)) for tick in marks], theme.muted, 1.2, 2)
    for tick in marks:
        x, y = sheet.points_of([(tick.at, 0.0)])[0]
        if x < sheet.width - 28:
            sheet.number((float(x), float(y) - BELOW), tick.text, TICK_SIZE, theme.muted, "center", 3)
    for stretch in data.stretches:
        left = window.left if stretch.left is None else stretch.left
        right = window.right if stretch.right is None else stretch.right
        if stretch.right is None:
            sheet.arrow((left, 0.0), (right, 0.0), theme.right, THICK, 14.0)
        elif stretch.left is None:
            sheet.arrow((right, 0.0), (left, 0.0), theme.right, THICK, 14.0)
        elif left < right:
            sheet.lines([((left, 0.0), (right, 0.0))], theme.right, THICK, 4)
    _draw_ends(sheet, data)


def _draw_ends(sheet: Sheet, data: PlotData) -> None:
    theme = sheet.theme
    ends: dict[float, bool] = {}
    for stretch in data.stretches:
        for at, is_open in ((stretch.left, stretch.left_open), (stretch.right, stretch.right_open)):
            if at is not None:
                ends[at] = ends.get(at, True) and is_open
    last = -1e9
    for at, is_open in sorted(ends.items()):
        sheet.dot((at, 0.0), DOT, theme.paper if is_open else theme.right, theme.right, 2.6)
        x, y = (float(value) for value in sheet.points_of([(at, 0.0)])[0])
        text = sheet.number((x, y + ABOVE), number(at, data.x_in_pi), END_SIZE, theme.ink, "center", 6)
        box = sheet.extent(text)
        if box.x0 < last + 4:
            text.remove()
            continue
        last = float(box.x1)

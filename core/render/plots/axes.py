"""The two axes through the origin where it is in sight, their numbers, and a faint grid."""

from __future__ import annotations

from typing import TypeAlias

from matplotlib.transforms import Bbox

from core.render.parsing import tree
from core.render.plots.mathtext import Unwritable, to_mathtext
from core.render.plots.room import inside, overlap
from core.render.plots.sheet import Pixels, Sheet, Side
from core.render.plots.ticks import Tick, ticks
from core.solver.plots.data import PlotData, Window

TICK_SIZE = 12.0
NAME_SIZE = 14.0
MOST_ACROSS, MOST_UP = 8, 7
AWAY = 9.0
BESIDE = 6.0
HEAD = 7.0
CROSSED = 4
"""Points: from an axis to the middle of its numbers below and to their end beside; the length of an arrow's head; and
how many points of a curve may lie under a number."""

Spot: TypeAlias = tuple[float, float, Side]


def draw_axes(sheet: Sheet, data: PlotData, lines: Pixels, taken: list[Bbox]) -> None:
    """Grid, axes and numbers, but no number where something else is written. `lines`: the curves' points; `taken`: what
    is written in already; all in points.
    """
    window, theme = data.window, sheet.theme
    across = ticks(window.left, window.right, MOST_ACROSS, data.x_in_pi)
    upward = ticks(window.bottom, window.top, MOST_UP)
    if data.equal:
        across, upward = _of_one_step(window, across)
    sheet.lines([((tick.at, window.bottom), (tick.at, window.top)) for tick in across], theme.rule, 0.8, 0)
    sheet.lines([((window.left, tick.at), (window.right, tick.at)) for tick in upward], theme.rule, 0.8, 0)
    level, upright = origin(window)
    sheet.arrow((window.left, level), (window.right, level), theme.muted, 1.1, HEAD, 2)
    sheet.arrow((upright, window.bottom), (upright, window.top), theme.muted, 1.1, HEAD, 2)
    boxes = [*taken, *_names(sheet, data, lines)]
    boxes += _numbers_across(sheet, across, level, upright, lines, boxes)
    _numbers_up(sheet, upward, level, upright, lines, boxes)


def origin(window: Window) -> tuple[float, float]:
    """The height of the level axis and the place of the upright one: zero, or the nearest edge."""
    return min(max(0.0, window.bottom), window.top), min(max(0.0, window.left), window.right)


def _of_one_step(window: Window, across: tuple[Tick, ...]) -> tuple[tuple[Tick, ...], tuple[Tick, ...]]:
    """Axes with one scale are marked at one distance."""
    step = across[1].at - across[0].at if len(across) > 1 else window.width
    most = max(1, int(window.height / step + 1e-9) + 1)
    return across, ticks(window.bottom, window.top, most)


def _numbers_across(
    sheet: Sheet, across: tuple[Tick, ...], level: float, upright: float, lines: Pixels, taken: list[Bbox]
) -> list[Bbox]:
    """Numbers below the level axis, or above it where a curve runs below."""
    boxes: list[Bbox] = []
    for tick in across:
        x, y = (float(value) for value in sheet.points_of([(tick.at, level)])[0])
        if abs(tick.at - upright) < 1e-9 * sheet.window.width:
            continue
        text = sheet.number((x, y - AWAY), tick.text, TICK_SIZE, sheet.theme.muted, "center", 3)
        below = sheet.extent(text)
        above = below.translated(0, 2 * AWAY)
        box = above if inside(lines, above) < inside(lines, below) else below
        outside = box.x0 < 2 or box.x1 > sheet.width - 2
        if (
            outside
            or inside(lines, box) > CROSSED
            or any(overlap(box.padded(1.5), other) for other in (*taken, *boxes))
        ):
            text.remove()
            continue
        text.set_position((x / sheet.width, (y + (AWAY if box is above else -AWAY)) / sheet.height))
        sheet.veil(text)
        boxes.append(box)
    return boxes


def _numbers_up(
    sheet: Sheet, upward: tuple[Tick, ...], level: float, upright: float, lines: Pixels, taken: list[Bbox]
) -> None:
    """Numbers left of the upright axis, or right of it where there is more room."""
    for tick in upward:
        x, y = (float(value) for value in sheet.points_of([(upright, tick.at)])[0])
        if abs(tick.at - level) < 1e-9 * sheet.window.height:
            continue
        text = sheet.number((x - BESIDE, y), tick.text, TICK_SIZE, sheet.theme.muted, "right", 3)
        left = sheet.extent(text)
        right = left.translated(2 * BESIDE + left.width, 0)
        box = right if left.x0 < 2 or inside(lines, right) < inside(lines, left) else left
        if inside(lines, box) > CROSSED or any(overlap(box.padded(1.0), other) for other in taken):
            text.remove()
            continue
        text.set_position(((box.x0 + box.width) / sheet.width, y / sheet.height))
        sheet.veil(text)


def _names(sheet: Sheet, data: PlotData, lines: Pixels) -> list[Bbox]:
    """The letters at the ends of the axes."""
    level, upright = origin(data.window)
    right, height = (float(value) for value in sheet.points_of([(data.window.right, level)])[0])
    across, top = (float(value) for value in sheet.points_of([(upright, data.window.top)])[0])
    below: list[Spot] = [(right - 1, height + 11, "right"), (right - 1, height - 12, "right")]
    beside: list[Spot] = [(across + 8, top - 5, "left"), (across - 8, top - 5, "right")]
    return [*_name(sheet, data.x_name, below, lines), *_name(sheet, data.y_name, beside, lines)]


def _name(sheet: Sheet, latex: str, spots: list[Spot], lines: Pixels) -> list[Bbox]:
    """A letter at the first of the spots where it covers least of the curves."""
    try:
        written = f"${to_mathtext(tree(latex))}$"
    except Unwritable:
        return []
    texts = [sheet.text((x, y), written, NAME_SIZE, sheet.theme.ink, side, 3) for x, y, side in spots]
    boxes = [sheet.extent(text) for text in texts]
    best = min(range(len(spots)), key=lambda n: inside(lines, boxes[n]))
    for n, text in enumerate(texts):
        if n != best:
            text.remove()
    sheet.veil(texts[best])
    return [boxes[best]]

"""PlotData -> Picture: a PNG in the cards' colours, twice as dense as a point, and its alt text."""

from __future__ import annotations

from core.outcome import Picture
from core.render.plots.alt import describe
from core.render.plots.axes import draw_axes, origin
from core.render.plots.header import colour_of, draw_header, header_height
from core.render.plots.labels import draw_labels
from core.render.plots.number_line import draw_number_line
from core.render.plots.room import curve_points
from core.render.plots.sheet import Sheet
from core.render.plots.words import plot_words
from core.render.style import PLAIN, CardStyle
from core.render.theme import Theme
from core.solver.plots.data import Arrow, Mark, PlotData

MARGIN = 16.0
HEIGHT = 290.0
LINE_HEIGHT = 92.0
STROKE = 2.4
SHADE = 0.17
ARROW_HEAD = 11.0


def draw(data: PlotData, style: CardStyle = PLAIN) -> Picture:
    """The plot as a picture as wide as a card. Takes some tens of milliseconds of CPU time; keep it out of an event
    loop.
    """
    theme, words = style.theme, plot_words(style.words.phrases, style.words.decimal_mark)
    over = header_height(data)
    height = LINE_HEIGHT if data.kind == "number line" else HEIGHT
    box = (MARGIN, MARGIN, theme.width - 2 * MARGIN, height)
    sheet = Sheet(
        theme, theme.width, height + over + MARGIN, box, data.window, not data.regions, style.words.decimal_mark
    )
    if data.kind == "number line":
        draw_number_line(sheet, data)
    else:
        _draw_plane(sheet, data)
    draw_header(sheet, data)
    png, wide, high = sheet.png()
    return Picture(png, describe(data, style.words, words), wide, high)


def _draw_plane(sheet: Sheet, data: PlotData) -> None:
    theme = sheet.theme
    lines = curve_points(sheet, data)
    draw_axes(sheet, data, lines, draw_labels(sheet, data, lines))
    for region in data.regions:
        for polygon in region.polygons:
            sheet.shade(polygon, theme.right, SHADE)
    sheet.lines(data.slopes, theme.muted, 1.0, 1)
    window = data.window
    level, upright = origin(window)
    for line in data.asymptotes:
        if line.at == (upright if line.axis == "x" else level):
            continue  # the axis itself
        ends = (
            ((line.at, window.bottom), (line.at, window.top))
            if line.axis == "x"
            else ((window.left, line.at), (window.right, line.at))
        )
        sheet.lines([ends], theme.unsure, 1.2, 3, dashed=True)
    for curve in data.curves:
        sheet.lines(curve.pieces, colour_of(curve, theme), STROKE, 4, curve.dashed)
    for arrow in sorted(data.arrows, key=lambda arrow: arrow.role == "first"):
        _draw_arrow(sheet, arrow)
    for mark in data.marks:
        if mark.kind != "tip":
            _draw_mark(sheet, mark)


def _draw_mark(sheet: Sheet, mark: Mark) -> None:
    theme = sheet.theme
    at = (mark.x, mark.y)
    if not mark.filled:
        sheet.dot(at, 9.0, theme.paper, theme.ink, 1.8)
    elif mark.kind == "term":
        sheet.dot(at, 6.5, theme.right, theme.paper, 0.6)
    else:
        sheet.dot(at, 9.0, theme.ink, theme.paper, 1.4)


def _draw_arrow(sheet: Sheet, arrow: Arrow) -> None:
    colour = _arrow_colour(arrow, sheet.theme)
    sheet.arrow(arrow.tail, arrow.head, colour, STROKE if arrow.role == "first" else 1.7, ARROW_HEAD)


def _arrow_colour(arrow: Arrow, theme: Theme) -> str:
    return {"first": theme.right, "second": theme.second, "faint": theme.second}[arrow.role]

"""What stands over a plot: the formula, or, of several curves, each one's colour and its name."""

from __future__ import annotations

from dataclasses import dataclass

from core.notation.write import to_unicode
from core.render.parsing import tree
from core.render.plots.mathtext import Unwritable, displayed
from core.render.plots.sheet import Sheet
from core.render.theme import Theme
from core.solver.plots.data import Curve, PlotData

TITLE_SIZE, LEAST_SIZE = 18.0, 11.0
LINE, TALL_LINE = 30.0, 46.0
TALL = ("\\dfrac", "\\int", "\\sum", "\\prod")
SWATCH = 24.0
GAP = 8.0
LONGEST = 60


@dataclass(frozen=True)
class Entry:
    """One line of the header. `curve`: whose colour stands before it, if any."""

    written: str
    curve: Curve | None = None

    @property
    def height(self) -> float:
        return TALL_LINE if any(sign in self.written for sign in TALL) else LINE


def entries(data: PlotData) -> tuple[Entry, ...]:
    """The lines of the header, from the top."""
    named = [curve for curve in data.curves if curve.latex]
    if named:
        return tuple(Entry(written(curve.latex), curve) for curve in named)
    return (Entry(written(data.latex)),) if data.latex else ()


def written(latex: str) -> str:
    """mathtext with its dollars; what mathtext cannot draw as plain text, cut off where it is long."""
    row = tree(latex)
    try:
        return f"${displayed(row)}$"
    except Unwritable:
        plain = to_unicode(row).replace("$", "")
        return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def header_height(data: PlotData) -> float:
    """Points that the header takes up."""
    return sum(entry.height for entry in entries(data)) + 10


def colour_of(curve: Curve, theme: Theme) -> str:
    return {"first": theme.right, "second": theme.second, "faint": theme.muted}[curve.role]


def draw_header(sheet: Sheet, data: PlotData) -> None:
    """Each line as large as it fits; a formula too long even for small letters is left to the card."""
    top = sheet.height - 8
    for entry in entries(data):
        y = top - entry.height / 2
        top -= entry.height
        left = sheet.theme.margin + (SWATCH + GAP if entry.curve else 0.0)
        room = sheet.width - left - sheet.theme.margin
        text = sheet.text((left, y), entry.written, TITLE_SIZE, sheet.theme.ink, "left", 6)
        box = sheet.extent(text)
        size = TITLE_SIZE * min(1.0, room / max(box.width, 1), (entry.height + 4) / max(box.height, 1))
        text.set_fontsize(max(size, LEAST_SIZE))
        if size < LEAST_SIZE and sheet.extent(text).width > room:
            text.remove()
        if entry.curve is not None:
            _swatch(sheet, entry.curve, y)


def _swatch(sheet: Sheet, curve: Curve, y: float) -> None:
    sheet.strip(((sheet.theme.margin, y), (sheet.theme.margin + SWATCH, y)), colour_of(curve, sheet.theme), 3.0)

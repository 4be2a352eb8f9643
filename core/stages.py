"""The stages of an answer: ink, read, solve, draw; and those on request: spell, plot, vector, mark.

Pure functions of picklable values, so that they can run anywhere.

Importing this module loads every room; only worker processes do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.limits import MathLimits, PhotoLimits
from core.notation import read as read_notation
from core.notation.write import to_latex
from core.outcome import InkLine, InkPage, Outcome, Page, Picture, Reading, Solution, Turn, VectorFormat
from core.photo import page
from core.predictor.canvas import unpacked
from core.predictor.reader import Reader
from core.render import card, marks
from core.render.plots import draw as plots
from core.render.style import CardStyle
from core.solver.plotting import plot_of
from core.solver.solve import solve_text


def ink(photo: bytes, limits: PhotoLimits, expression: bool, turn: Turn | None = None) -> InkPage:
    """The photo's lines as ink. With `expression` the photo is one cropped expression; `turn`: degrees clockwise that
    it is turned by, by default as it seems to lie. Raises PhotoError.
    """
    return page.ink_lines(photo, limits, expression, turn)


def read(reader: Reader, lines: tuple[InkLine, ...]) -> tuple[tuple[Reading, ...], ...]:
    """The readings of each line, likeliest first."""
    return tuple(reader.read(unpacked(line)) for line in lines)


def solve(text: str, limits: MathLimits) -> Solution:
    """What `text` asks and its checked answer; what cannot be understood or answered says so in `error`."""
    return solve_text(text, limits)


def spell(text: str, limits: MathLimits) -> str:
    """The LaTeX of typed maths, which need not be solvable. Raises MathError."""
    return to_latex(read_notation(text, limits))


def draw(outcome: Outcome, style: CardStyle) -> Picture:
    """The card of an outcome."""
    return card.draw(outcome, style)


def plot(text: str, limits: MathLimits, style: CardStyle) -> Picture:
    """The plot of what `text` asks. Raises MathError; NothingToPlot where it has none."""
    return plots.draw(plot_of(text, limits), style)


def vector(outcome: Outcome, style: CardStyle, file_format: VectorFormat) -> bytes:
    """The card of an outcome as a file that stays sharp at any size."""
    return card.vector(outcome, style, file_format)


def mark(photo: bytes, page: Page, limits: PhotoLimits, style: CardStyle) -> Picture:
    """The photo with a numbered box round each line that was read. Raises PhotoError."""
    return marks.mark(photo, page, limits, style)


STAGES: Mapping[str, Callable[..., Any]] = {
    "ink": ink,
    "read": read,
    "solve": solve,
    "spell": spell,
    "draw": draw,
    "plot": plot,
    "vector": vector,
    "mark": mark,
}

"""Plots as pictures, and the words that stand for them."""

from __future__ import annotations

import gc
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import NothingToPlot
from core.limits import MathLimits
from core.notation.decimals import DecimalMark
from core.outcome import Picture
from core.render.plots.alt import describe
from core.render.plots.draw import draw
from core.render.plots.words import PlotWords, plot_words
from core.render.style import PLAIN, CardStyle
from core.render.theme import DARK, LIGHT, Theme
from core.render.words import ENGLISH, CardWords
from core.solver.plotting import plot_of

LIMITS = MathLimits()
SHAPES = [
    "x^2-4", "e^x = x+2", "tan x", "x^2+y^2=9", "x+y=10, x-y=2", "y<2x+1", "x^2<4", "y'=x+y, y(0)=1", "a_n = 1/n",
    "z^4=1", "(3, 2)", "integrate sin x from 0 to pi", "lim_(x->0) |x|/x", "\\begin{pmatrix}1\\\\2\\end{pmatrix}",
]  # fmt: skip


def picture(text: str, style: CardStyle = PLAIN) -> Picture:
    return draw(plot_of(text, LIMITS), style)


def pixels(drawn: Picture) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(drawn.png)).convert("RGB"))


def hexed(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


@pytest.mark.parametrize("text", SHAPES)
def test_every_kind_is_drawn_as_wide_as_a_card(text: str) -> None:
    drawn = picture(text)

    assert pixels(drawn).shape == (drawn.height, drawn.width, 3)
    assert drawn.width == LIGHT.width * LIGHT.density
    assert 0 < len(drawn.alt) <= 1000


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_plot_wears_the_colours_of_its_theme(theme: Theme) -> None:
    shown = pixels(picture("e^x = x+2", CardStyle(theme=theme)))

    assert tuple(shown[0, 0]) == hexed(theme.paper)
    for colour in (theme.right, theme.second, theme.ink):
        assert (shown == hexed(colour)).all(axis=2).any()


def test_the_curve_is_where_the_function_is() -> None:
    data = plot_of("x^2-4", LIMITS)
    shown = pixels(draw(data))
    rows, columns = np.nonzero((shown == hexed(LIGHT.right)).all(axis=2))
    lowest = rows.max()

    assert abs(float(np.mean(columns[rows == lowest])) - shown.shape[1] / 2) < 6


WORDS = [
    ("x^2-4", ["crosses the x axis at minus 2 and 2", "lowest point (0, −4)"]),
    ("(x-1)^2", ["touches the x axis at 1"]),
    ("x^2+1", ["does not meet the x axis", "lowest point (0, 1)"]),
    ("1/x", ["vertical asymptote at x = 0"]),
    ("(x^2-4)/(x-2)", ["left out: the point (2, 4)"]),
    ("e^x = x+2", ["both sides", "they meet at (−1.84, 0.159) and (1.15, 3.15)"]),
    ("x = x+1", ["they do not meet here"]),
    ("floor(x) = 2", ["they lie on each other"]),
    ("sin x = 1/2", ["(π/6, 0.5)"]),
    ("x+y=10, x-y=2", ["they meet at (6, 4)"]),
    ("x^2<4", ["from minus 2, not included to 2, not included"]),
    ("x>=3", ["above 3, included"]),
    ("lim_(x->0) sin(x)/x", ["comes near to 1"]),
    ("sum n=0 to oo of 1/2^n", ["levels off at 2", "the first are 1, 1.5, 1.75 and 1.88"]),
    ("y'=y, y(0)=1", ["one solution goes through (0, 1)"]),
    ("(3, 2)", ["the arrow ends at (3, 2)"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WORDS, ids=[text for text, _ in WORDS])
def test_the_words_say_what_a_glance_would_find(text: str, said: list[str]) -> None:
    alt = picture(text).alt

    assert all(part in alt for part in said), alt


def test_a_catalogue_can_say_it_in_another_language() -> None:
    words = plot_words({"plot.roots": "schneidet die {axis}-Achse bei {numbers}", "plot.both": " und "})

    assert "schneidet die x-Achse bei minus 2 und 2" in describe(plot_of("x^2-4", LIMITS), ENGLISH, words)
    style = CardStyle(words=CardWords(phrases={"plot.lowest": "tiefster Punkt {places}"}))
    assert "tiefster Punkt (0, −4)" in picture("x^2-4", style).alt


COMMAS = [
    ("2x+3", "corta o eixo x em menos 1,5"),
    ("2x^2-3x+1", "corta o eixo x em 0,5 e 1"),
    ("sum n=0 to oo of 1/2^n", "os primeiros são 1; 1,5; 1,75 e 1,88"),
    ("x^2-5x+6=0", "ponto mais baixo (2,5; −0,25)"),
    ("x>=1.5", "acima de 1,5, incluído"),
]


@pytest.mark.parametrize(("text", "said"), COMMAS, ids=[text for text, _ in COMMAS])
def test_numbers_take_the_decimal_mark_of_the_style(text: str, said: str) -> None:
    words = plot_words(
        {
            "plot.roots": "corta o eixo {axis} em {numbers}",
            "plot.lowest": "ponto mais baixo {places}",
            "plot.first-values": "os primeiros são {numbers}",
            "plot.above": "acima de {left}",
            "plot.included": "{number}, incluído",
            "plot.minus": "menos {number}",
            "plot.both": " e ",
        },
        "comma",
    )

    assert said in describe(plot_of(text, LIMITS), ENGLISH, words)


def test_numbers_are_drawn_with_the_decimal_mark_of_the_style() -> None:
    point, comma = (
        pixels(draw(plot_of("2x+3", LIMITS), CardStyle(words=CardWords(decimal_mark=mark)))) for mark in MARKS
    )

    assert point.shape == comma.shape and (point != comma).any()


MARKS: tuple[DecimalMark, ...] = ("point", "comma")


def test_the_words_are_cut_where_there_are_too_many() -> None:
    assert len(describe(plot_of("sin x", LIMITS), ENGLISH, PlotWords(), longest=60)) == 60


def resident() -> int:
    """Kilobytes of this process that lie in memory."""
    fields = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in fields if line.startswith("VmRSS:"))


@pytest.mark.slow
def test_memory_stays_flat() -> None:
    def round_of_plots() -> None:
        for text in SHAPES[:5]:
            picture(text)

    for _ in range(2):
        round_of_plots()
    gc.collect()
    before = resident()
    for _ in range(3):
        round_of_plots()
    gc.collect()

    assert resident() < 1.03 * before


def test_nothing_is_drawn_of_what_has_no_picture() -> None:
    with pytest.raises(NothingToPlot):
        picture("2+3")

"""Outcome -> one card: what was read, the answer, and the mark that it was checked, for every problem.

The card is a Typst page in three parts: the theme as a dictionary, the layout (card.typ), and calls of the layout's
functions with what this outcome holds (body.py).
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib.resources import files

from core.limits import PictureLimits
from core.outcome import Outcome, Picture, VectorFormat
from core.render.alt import describe
from core.render.body import card_body
from core.render.style import PLAIN, CardStyle
from core.render.theme import Theme
from core.render.typesetting import png, png_size, typeset
from core.render.typst_math import literal

PHOTO_IN_CHAT = PictureLimits()
LONG_BODY = (
    12_000  # characters of Typst; more may be too tall for a picture, so its height is first taken at few pixels
)
PROBE_DENSITY = 0.25
FEWER = 0.7  # of the pixels each way, where a picture has too many bytes
SAFETY = 0.95  # of a limit on the picture, since whole pixels are rounded up


def draw(outcome: Outcome, style: CardStyle = PLAIN, limits: PictureLimits = PHOTO_IN_CHAT) -> Picture:
    """The card of `outcome`, within `limits`.

    A very tall card gets fewer pixels to a point, and a page wider than its column. Takes some tens of milliseconds of
    CPU time; keep it out of an event loop.
    """
    theme = style.theme
    body = "\n".join(card_body(outcome, style))
    density = theme.density if len(body) < LONG_BODY else PROBE_DENSITY
    data = png(page(body, theme, theme.width), density)
    width, height = (pixels / density for pixels in png_size(data))
    wide_enough = max(width, height / (limits.max_ratio * SAFETY))
    dense_enough = min(theme.density, limits.max_sides * SAFETY / (wide_enough + height))
    if (wide_enough, dense_enough) != (width, density):
        data = png(page(body, theme, wide_enough), dense_enough)
    while len(data) > limits.max_bytes:
        dense_enough *= FEWER
        data = png(page(body, theme, wide_enough), dense_enough)
    return Picture(data, describe(outcome, style.words), *png_size(data))


def vector(outcome: Outcome, style: CardStyle, file_format: VectorFormat) -> bytes:
    """The card of `outcome` as a file that stays sharp at any size, one page however tall."""
    return typeset(page("\n".join(card_body(outcome, style)), style.theme, style.theme.width), file_format)


def page(body: str, theme: Theme, page_width: float) -> str:
    """The whole Typst source of a card."""
    return f"#let theme = {theme_value(theme, page_width)}\n{layout()}\n{body}\n"


@cache
def layout() -> str:
    return files("core.render").joinpath("card.typ").read_text(encoding="utf-8")


def theme_value(theme: Theme, page_width: float) -> str:
    """`theme` as a Typst dictionary, with the width of the page."""
    values = {field.name.replace("_", "-"): getattr(theme, field.name) for field in fields(theme)}
    entries = [f"{name}: {length_or_colour(value)}" for name, value in values.items()]
    return f"({', '.join(entries)}, page-width: {length_or_colour(page_width)})"


def length_or_colour(value: float | str) -> str:
    return f"rgb({literal(value)})" if isinstance(value, str) else f"{value:.3f}pt"

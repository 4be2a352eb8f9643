"""`python -m docs.gallery`: draws every card and plot of cards.toml, light and dark, and the page that shows them."""

from __future__ import annotations

import html
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageColor

import core.errors
from bot.locale.catalogue import read_catalogues
from core.limits import MathLimits, PhotoLimits
from core.outcome import Answer, Box, Check, InkLine, Item, Line, Outcome, Picture, Reading, Solution
from core.photo.page import ink_lines
from core.render.card import draw
from core.render.plots import draw as plots
from core.render.style import CardStyle
from core.render.theme import THEMES, Theme
from core.render.words import ENGLISH, CardWords, card_words
from core.solver.plotting import plot_of
from core.solver.solve import solve_text

HERE = Path(__file__).parent
PHOTOS = HERE.parents[1] / "samples" / "photos"
STEPS = 8  # between a colour and its ground
SURE = 0.9
SHADED = 0.17  # how much of its colour an area on a plot has

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chalkline: a gallery of cards and plots</title>
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }}
body {{ max-width: 860px; margin: 2rem auto; padding: 0 1rem; }}
article {{ margin: 1.5rem 0 2.5rem; }}
.pair {{ display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; }}
img {{ width: 400px; max-width: 100%; height: auto; border-radius: 12px; border: 1px solid #8884; }}
code, p {{ overflow-wrap: anywhere; }}
article p {{ opacity: .75; font-size: .875rem; margin: .5rem 0 0; }}
</style>
<h1>A gallery of cards and plots</h1>
<p>Every card and plot of <a href="cards.toml">cards.toml</a>, light and dark, with its alt text.
Made by <code>make gallery</code>.</p>
{body}
</html>
"""

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One card or plot of the gallery: its name, what was typed, and its picture in each theme."""

    name: str
    asked: str
    pictures: Mapping[str, Picture]


def main() -> None:
    table = tomllib.loads((HERE / "cards.toml").read_text(encoding="utf-8"))
    spoken = {language: say.templates for language, say in read_catalogues().by_language.items()} | table["words"]
    words = {language: card_words(sentences) for language, sentences in spoken.items()}
    sections = []
    for number, group in enumerate(table["group"], start=1):
        cards = list(drawn(group, words, str(number)))
        for card in cards:
            for theme, picture in card.pictures.items():
                (HERE / file_name(card.name, theme)).write_bytes(small(picture.png, THEMES[theme]))
        sections.append(section(group["title"], cards))
    (HERE / "index.html").write_text(PAGE.format(body="\n".join(sections)), encoding="utf-8")


def drawn(group: Table, words: Mapping[str, CardWords], group_name: str) -> Iterator[Card]:
    """The cards of one group, in order."""
    for number, card in enumerate(group["cards"], start=1):
        spoken = words.get(card.get("words", ""), ENGLISH)
        styles = {name: CardStyle(theme, spoken) for name, theme in THEMES.items()}
        if "plot" in card:
            data = plot_of(card["plot"], MathLimits())
            asked, pictures = card["plot"], {name: plots.draw(data, style) for name, style in styles.items()}
        else:
            problems = [{"ask": problem} if isinstance(problem, str) else problem for problem in card["problems"]]
            outcome = Outcome(tuple(map(item, problems)))
            asked = "; ".join(problem["ask"] for problem in problems)
            pictures = {name: draw(outcome, style) for name, style in styles.items()}
        yield Card(f"{group_name}-{number}", asked, pictures)


def item(problem: Table) -> Item:
    """One problem of a card, solved unless the table says what came of it."""
    readings = tuple(Reading(latex, 0.3) for latex in problem.get("readings", ()))
    readings = readings or (Reading(problem["ask"], problem.get("confidence", SURE)),)
    line = Line(Box(0, 0, 1, 1), readings, problem.get("label"))
    on_photo = "label" in problem or "photo" in problem
    return Item(solution(problem), line if on_photo else None, readings[0].confidence < SURE, handwriting(problem))


def solution(problem: Table) -> Solution:
    ask = problem["ask"]
    if "error" in problem:
        return Solution(ask, ask, error=getattr(core.errors, problem["error"])().fault())
    if "candidates" in problem:
        found = tuple(Answer(latex, latex, None, "") for latex in problem["candidates"])
        return Solution(ask, ask, check=Check("no"), candidates=found)
    return solve_text(ask, MathLimits())


def handwriting(problem: Table) -> InkLine | None:
    if "photo" not in problem:
        return None
    number: int = problem["line"]
    return ink_lines((PHOTOS / problem["photo"]).read_bytes(), PhotoLimits()).lines[number - 1]


def small(png: bytes, theme: Theme) -> bytes:
    """The picture with a palette of what occurs on a card or plot, each colour on its ground; a third of its bytes."""
    shaded = "#{:02x}{:02x}{:02x}".format(*blend(theme.paper, theme.right, SHADED))
    grounds = [theme.paper, theme.answer_paper, shaded]
    inks = [theme.ink, theme.muted, theme.right, theme.unsure, theme.wrong, theme.rule, theme.second]
    blends = [blend(ground, ink, step / STEPS) for ground in grounds for ink in inks for step in range(STEPS + 1)]
    palette = np.array(list(dict.fromkeys(blends)))
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    colours, where = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    nearest = np.abs(colours[:, None].astype(int) - palette).sum(axis=2).argmin(axis=1).astype(np.uint8)
    picture = Image.fromarray(nearest[where].reshape(pixels.shape[:2]))
    picture.putpalette(palette.astype(np.uint8).tobytes())
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()


def blend(ground: str, colour: str, share: float) -> tuple[int, ...]:
    pairs = zip(ImageColor.getrgb(ground), ImageColor.getrgb(colour), strict=True)
    return tuple(round(below + (above - below) * share) for below, above in pairs)


def file_name(card: str, theme: str) -> str:
    return f"{card}-{theme}.png"


def section(title: str, cards: list[Card]) -> str:
    return f"<h2>{html.escape(title)}</h2>\n" + "\n".join(map(article, cards))


def article(card: Card) -> str:
    images = "\n".join(
        f'<img src="{file_name(card.name, theme)}" width="{picture.width}" height="{picture.height}" loading="lazy" '
        f'alt="{html.escape(picture.alt)}">'
        for theme, picture in card.pictures.items()
    )
    alt = html.escape(next(iter(card.pictures.values())).alt)
    return (
        f'<article id="card-{card.name}">\n<code>{html.escape(card.asked)}</code>\n'
        f'<div class="pair">\n{images}\n</div>\n'
        f"<p>{alt}</p>\n</article>"
    )


if __name__ == "__main__":
    main()

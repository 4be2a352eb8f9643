"""Outcome -> one card: what was read, the answer, and the mark that it was checked, for every problem.

The card is a Typst page in three parts: the theme as a dictionary, the layout (card.typ), and calls of the layout's
functions with what this outcome holds, every string of it escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib.resources import files

from core.limits import PictureLimits
from core.outcome import Answer, Check, Item, Outcome, Picture, Solution
from core.render.alt import describe
from core.render.line_breaks import Formula, formula
from core.render.parsing import tree
from core.render.style import PLAIN, CardStyle
from core.render.theme import Theme
from core.render.typesetting import png, png_size
from core.render.typst_math import literal
from core.render.words import CardWords

MOST_FORMS = 3
PHOTO_IN_CHAT = PictureLimits()
POWER_OF_TEN = re.compile(r"(?<=[0-9])e\+?(−?[0-9]+)")
LONG_BODY = 6000  # characters of Typst; more may be too tall for a picture, so its height is first taken at few pixels
PROBE_DENSITY = 0.25
SAFETY = 0.95  # of a limit on the picture, since whole pixels are rounded up


def draw(outcome: Outcome, style: CardStyle = PLAIN, limits: PictureLimits = PHOTO_IN_CHAT) -> Picture:
    """The card of `outcome`, within `limits`.

    A very tall card gets fewer pixels to a point, and a page wider than its column. Takes some tens of milliseconds of
    CPU time; keep it out of an event loop.
    """
    theme, words = style.theme, style.words
    body = "\n".join(card_body(outcome, words))
    density = theme.density if len(body) < LONG_BODY else PROBE_DENSITY
    data = png(page(body, theme, theme.width), density)
    width, height = (pixels / density for pixels in png_size(data))
    wide_enough = max(width, height / (limits.max_ratio * SAFETY))
    dense_enough = min(theme.density, limits.max_sides * SAFETY / (wide_enough + height))
    if (wide_enough, dense_enough) != (width, density):
        data = png(page(body, theme, wide_enough), dense_enough)
    return Picture(data, describe(outcome, words), *png_size(data))


def page(body: str, theme: Theme, page_width: float) -> str:
    """The whole Typst source of a card."""
    layout = files("core.render").joinpath("card.typ").read_text(encoding="utf-8")
    return f"#let theme = {theme_value(theme, page_width)}\n{layout}\n{body}\n"


def theme_value(theme: Theme, page_width: float) -> str:
    """`theme` as a Typst dictionary, with the width of the page."""
    values = {field.name.replace("_", "-"): getattr(theme, field.name) for field in fields(theme)}
    entries = [f"{name}: {length_or_colour(value)}" for name, value in values.items()]
    return f"({', '.join(entries)}, page-width: {length_or_colour(page_width)})"


def length_or_colour(value: float | str) -> str:
    return f"rgb({literal(value)})" if isinstance(value, str) else f"{value:.3f}pt"


def card_body(outcome: Outcome, words: CardWords) -> Iterator[str]:
    """Calls of the layout's functions, in reading order."""
    if outcome.error is not None:
        yield message(words.phrase(outcome.error.message), "unsure")
    for position, item in enumerate(outcome.items):
        if position or outcome.error is not None:
            yield "#divider"
        yield from problem(item, label(item, position, outcome.items, words), words)


def label(item: Item, position: int, items: Sequence[Item], words: CardWords) -> str | None:
    """What stands before a problem: its label on the photo, else its number where there are several."""
    if item.line is not None and item.line.label is not None:
        return item.line.label
    return words.number.format(number=position + 1) if len(items) > 1 else None


def problem(item: Item, label: str | None, words: CardWords) -> Iterator[str]:
    solution = item.solution
    options = f", label: {literal(label)}" if label is not None else ""
    yield f"#reading({formula_value(solution.latex)}{options})"
    if item.unsure:
        yield verdict("?", words.unsure, "unsure")
    if solution.error is not None:
        yield message(words.phrase(solution.error.message), "unsure")
    elif solution.check.verdict == "no":
        yield verdict("≠", words.disagree, "wrong")
        yield from (answer_box(candidate, trusted=False) for candidate in solution.candidates)
    elif solution.answer is not None:
        yield answer_box(solution.answer)
        yield check_mark(solution.check, words)
    elif item.line is not None:
        yield message(words.question, "muted")
    yield from extras(solution, words)


def answer_box(answer: Answer, trusted: bool = True) -> str:
    options = "" if trusted else ", trusted: false"
    options += f", decimal: {decimal_value(answer.decimal)}" if answer.decimal else ""
    return f"#answer({formula_value(answer.latex)}{options})"


def decimal_value(decimal: str) -> str:
    """A decimal as Typst content, with its sign, and its exponent raised: `-1.5e20` -> −1.5 × 10²⁰."""
    parts = POWER_OF_TEN.split(decimal.replace("-", "−"))
    powers = (
        f'" × 10" + super({literal(exponent)}) + {literal(rest)}'
        for exponent, rest in zip(parts[1::2], parts[2::2], strict=True)
    )
    return " + ".join((literal(parts[0]), *powers))


def check_mark(check: Check, words: CardWords) -> str:
    if check.verdict == "yes":
        said = words.checked.format(route=words.phrase(check.route.text)) if check.route else words.checked_somehow
        return verdict("✓", said, "right")
    return verdict("?", words.unchecked, "unsure")


def extras(solution: Solution, words: CardWords) -> Iterator[str]:
    """Choices and other forms, small."""
    for choice in solution.choices:
        yield f"#note({literal(words.phrase(choice.text))})"
    for form in solution.forms[:MOST_FORMS]:
        yield f"#form({literal(words.phrase(form.name.text))}, {formula_value(form.latex)})"


def message(text: str, colour: str) -> str:
    return f"#message({literal(text)}, theme.{colour})"


def verdict(mark: str, text: str, colour: str) -> str:
    return f"#verdict({literal(mark)}, {literal(text)}, theme.{colour})"


def formula_value(latex: str) -> str:
    """The formula as the layout takes it: in one piece, and in groups of pieces to break between."""
    shown: Formula = formula(tree(latex))
    groups = "".join(f"({''.join(f'$ {piece} $, ' for piece in group)}), " for group in shown.groups)
    return f"(whole: $ {shown.whole} $, groups: ({groups}))"

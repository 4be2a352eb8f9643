"""Outcome -> the body of its card: calls of the layout's functions (card.typ) in reading order, all text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.notation.tree import Row
from core.outcome import Answer, Check, InkLine, Item, Outcome, Solution
from core.render.doubt import compared
from core.render.handwriting import drawing
from core.render.line_breaks import formula
from core.render.parsing import answer_tree, tree
from core.render.style import CardStyle
from core.render.typst_math import literal
from core.render.words import CardWords

MOST_FORMS = 3
POWER_OF_TEN = re.compile(r"(?<=[0-9])e\+?(−?[0-9]+)")


def card_body(outcome: Outcome, style: CardStyle) -> Iterator[str]:
    if outcome.error is not None:
        yield message(style.words.fault(outcome.error), "unsure")
    for position, item in enumerate(outcome.items):
        if position or outcome.error is not None:
            yield "#divider"
        shown_label = label(item, position, outcome.items, style.words)
        yield from question(item, shown_label, style) if item.asked else problem(item, shown_label, style)


def label(item: Item, position: int, items: Sequence[Item], words: CardWords) -> str | None:
    """What stands before a problem: its label on the photo, else its number where there are several."""
    if item.line is not None and item.line.label is not None:
        return item.line.label
    return words.number.format(number=position + 1) if len(items) > 1 else None


def question(item: Item, label: str | None, style: CardStyle) -> Iterator[str]:
    """What was written, the ways to read it, numbered, and the question which one was meant."""
    readings = compared([tree(reading.latex) for reading in item.asked])
    if item.ink is not None:
        yield handwriting(item.ink, style, label, readings[0])
        label = None
    for number, reading in enumerate(readings, start=1):
        yield f"#option({literal(str(number))}, {formula_value(reading)}{option('label', label)})"
        label = None
    yield verdict("?", style.words.which, "unsure")


def problem(item: Item, label: str | None, style: CardStyle) -> Iterator[str]:
    """What was read, and what came of it."""
    solution, words = item.solution, style.words
    if item.ink is not None:
        yield handwriting(item.ink, style, label)
        label = None
    yield f"#reading({formula_value(tree(solution.latex))}{option('label', label)})"
    if item.unsure:
        yield verdict("?", words.unsure, "unsure")
    if solution.error is not None:
        yield verdict("!", words.fault(solution.error), "unsure")
    elif solution.check.verdict == "no":
        yield verdict("≠", words.disagree, "wrong")
        yield from (answer_box(candidate, words, trusted=False) for candidate in solution.candidates)
    elif solution.answer is not None:
        yield answer_box(solution.answer, words)
        yield check_mark(solution.check, words)
    elif item.line is not None:
        yield message(words.question, "muted")
    yield from extras(solution, words)


def option(name: str, text: str | None) -> str:
    """An argument of a layout function, where there is something to give it."""
    return f", {name}: {literal(text)}" if text is not None else ""


def handwriting(ink: InkLine, style: CardStyle, label: str | None, reading: Row | None = None) -> str:
    drawn = drawing(ink, style.theme, reading)
    return f"#handwriting({literal(drawn.svg)}, {drawn.width}, {drawn.height}{option('label', label)})"


def answer_box(answer: Answer, words: CardWords, trusted: bool = True) -> str:
    options = "" if trusted else ", trusted: false"
    options += f", decimal: {decimal_value(words.decimals(answer.decimal))}" if answer.decimal else ""
    return f"#answer({formula_value(answer_tree(answer.latex, words))}{options})"


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
        said = words.checked.format(route=words.phrase(check.route)) if check.route else words.checked_somehow
        return verdict("✓", said, "right")
    return verdict("?", words.unchecked, "unsure")


def extras(solution: Solution, words: CardWords) -> Iterator[str]:
    """Choices and other forms, small."""
    for choice in solution.choices:
        yield f"#note({literal(words.phrase(choice))})"
    for form in solution.forms[:MOST_FORMS]:
        yield f"#form({literal(words.phrase(form.name))}, {formula_value(answer_tree(form.latex, words))})"


def message(text: str, colour: str) -> str:
    return f"#message({literal(text)}, theme.{colour})"


def verdict(mark: str, text: str, colour: str) -> str:
    return f"#verdict({literal(mark)}, {literal(text)}, theme.{colour})"


def formula_value(row: Row) -> str:
    """The formula as the layout takes it: in one piece, and in groups of pieces to break between."""
    shown = formula(row)
    groups = "".join(f"({''.join(f'$ {piece} $, ' for piece in group)}), " for group in shown.groups)
    return f"(whole: $ {shown.whole} $, groups: ({groups}), hanging: {str(shown.hanging).lower()})"

"""The words that stand for a picture: what it shows, for somebody who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten

from core.notation.speech import to_words
from core.notation.tree import Row
from core.outcome import Check, Item, Line, Outcome, Page
from core.render.parsing import answer_tree, tree
from core.render.words import ENGLISH, CardWords

LONGEST = 1000
LONGEST_FORMULA = 400
LONG_NUMBER = re.compile(r"[0-9]{31,}")
SAID_DIGITS = 12
LONG_PAGE = 4  # problems; what a longer page holds is said first, as a whole


def describe(outcome: Outcome, words: CardWords = ENGLISH, longest: int = LONGEST) -> str:
    """Sentences for `outcome`, `longest` characters at most: where there are more, cut at a sentence, and said so."""
    return fit(tuple(sentences(outcome, words)), words.more_aloud, longest)


def describe_marks(page: Page, words: CardWords = ENGLISH, longest: int = LONGEST) -> str:
    """Sentences for the photo of `page` with its lines marked, cut like those of `describe`."""
    lines = (
        words.line_aloud.format(label=said_label(line, number), formula=spoken(tree(line.latex), words))
        for number, line in enumerate(page.lines, start=1)
    )
    return fit((words.photo_aloud, *lines), words.more_aloud, longest)


def fit(parts: tuple[str, ...], more: str, longest: int) -> str:
    """As many of `parts` as have room; if not all of them, then `more`."""
    whole = " ".join(parts)
    if len(whole) <= longest:
        return whole
    kept = ""
    for part in parts:
        if len(kept) + len(part) + 1 + len(more) > longest:
            break
        kept += part + " "
    return kept + more


def sentences(outcome: Outcome, words: CardWords) -> Iterator[str]:
    if outcome.error is not None:
        yield words.fault(outcome.error)
    if len(outcome.items) > LONG_PAGE:
        yield summary(outcome.items, words)
    for position, item in enumerate(outcome.items):
        if len(outcome.items) > 1:
            yield words.problem_aloud.format(label=said_label(item.line, position + 1)) + "."
        yield from question(item, words) if item.asked else problem(item, words)


def said_label(line: Line | None, number: int) -> str:
    """What a line is called: its label on the photo, without its bracket or dot, else its number."""
    return line.label.strip(".):(") if line is not None and line.label is not None else str(number)


def summary(items: Sequence[Item], words: CardWords) -> str:
    """How many problems there are, and how they went."""
    asked = sum(bool(item.asked) for item in items)
    answered = sum(not item.asked and item.solution.answer is not None for item in items)
    return words.page_aloud.format(
        count=len(items), answered=answered, asked=asked, failed=len(items) - answered - asked
    )


def question(item: Item, words: CardWords) -> Iterator[str]:
    yield words.doubtful_aloud.format(count=len(item.asked))
    for number, reading in enumerate(item.asked, start=1):
        yield words.reading_aloud.format(number=number, formula=spoken(tree(reading.latex), words))
    yield words.which


def problem(item: Item, words: CardWords) -> Iterator[str]:
    solution = item.solution
    yield words.read_aloud.format(formula=spoken(tree(solution.latex), words))
    if item.unsure:
        yield words.unsure_aloud
    if solution.error is not None:
        yield words.fault(solution.error)
    elif solution.check.verdict == "no":
        candidates = (spoken(answer_tree(candidate.latex, words), words) for candidate in solution.candidates)
        yield words.disagree_aloud.format(candidates=words.or_aloud.join(candidates))
    elif solution.answer is not None:
        yield words.answer_aloud.format(formula=spoken(answer_tree(solution.answer.latex, words), words))
        if solution.answer.decimal:
            yield words.decimal_aloud.format(
                decimal=shorten(
                    words.decimals(solution.answer.decimal), LONGEST_FORMULA, placeholder=f" {words.cut_aloud}"
                )
            )
        yield checked(solution.check, words)
    elif item.line is not None:
        yield words.question
    yield from map(words.phrase, solution.choices)


def checked(check: Check, words: CardWords) -> str:
    if check.verdict != "yes":
        return words.unchecked_aloud
    if check.route is None:
        return words.checked_somehow_aloud
    return words.checked_aloud.format(route=words.phrase(check.route))


def spoken(row: Row, words: CardWords) -> str:
    """`row` in words; a very long one is broken off, so that the sentences after it still have room."""
    said = LONG_NUMBER.sub(lambda digits: few_digits(digits[0], words), to_words(row, words.phrases))
    return shorten(said, LONGEST_FORMULA, placeholder=f" {words.cut_aloud}")


def few_digits(digits: str, words: CardWords) -> str:
    return words.digits_aloud.format(start=digits[:SAID_DIGITS], count=len(digits))

"""The words that stand for a card: what it shows, for somebody who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from core.notation.speech import to_words
from core.outcome import Check, Item, Outcome
from core.render.parsing import tree
from core.render.words import ENGLISH, CardWords

LONGEST = 1000
LONGEST_FORMULA = 400


def describe(outcome: Outcome, words: CardWords = ENGLISH, longest: int = LONGEST) -> str:
    """Sentences for `outcome`, `longest` characters at most: where there are more, cut at a sentence, and said so."""
    return fit(tuple(sentences(outcome, words)), words.more_aloud, longest)


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
        yield words.phrase(outcome.error.message)
    for position, item in enumerate(outcome.items):
        if len(outcome.items) > 1:
            label = item.line.label if item.line is not None and item.line.label is not None else str(position + 1)
            yield words.problem_aloud.format(label=label.strip(".):")) + "."
        yield from problem(item, words)


def problem(item: Item, words: CardWords) -> Iterator[str]:
    solution = item.solution
    yield words.read_aloud.format(formula=spoken(solution.latex))
    if item.unsure:
        yield words.unsure_aloud
    if solution.error is not None:
        yield words.phrase(solution.error.message)
    elif solution.check.verdict == "no":
        yield words.disagree_aloud.format(
            candidates=words.or_aloud.join(spoken(candidate.latex) for candidate in solution.candidates)
        )
    elif solution.answer is not None:
        yield words.answer_aloud.format(formula=spoken(solution.answer.latex))
        if solution.answer.decimal:
            yield words.decimal_aloud.format(decimal=solution.answer.decimal)
        yield checked(solution.check, words)
    elif item.line is not None:
        yield words.question
    yield from (words.phrase(choice.text) for choice in solution.choices)


def checked(check: Check, words: CardWords) -> str:
    if check.verdict != "yes":
        return words.unchecked_aloud
    if check.route is None:
        return words.checked_somehow_aloud
    return words.checked_aloud.format(route=words.phrase(check.route.text))


def spoken(latex: str) -> str:
    """`latex` in words; a very long one is broken off, so that the sentences after it still have room."""
    return shorten(to_words(tree(latex)), LONGEST_FORMULA, placeholder=" …")

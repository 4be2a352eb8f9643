"""LaTeX of an outcome -> presentation tree, for the eye (card) and the ear (alt text)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from core.errors import MathError
from core.limits import MathLimits
from core.notation.decimals import marked
from core.notation.latex import parse
from core.notation.tree import Atom, Node, Row, Text
from core.render.connectives import Connective, is_connective
from core.render.words import CardWords

NUMBER_SETS = frozenset("NZQRC")
# Wider than what may be asked: an answer can be longer than its question.
SHOWN = MathLimits(max_tokens=4000, max_depth=80)


def tree(latex: str) -> Row:
    """The tree of `latex`; where it cannot be read, its source as text, so that a card can always be drawn."""
    try:
        return parse(latex, SHOWN)
    except MathError:
        return Row((Text(latex),))


def answer_tree(latex: str, words: CardWords) -> Row:
    """The tree of an answer as `words` say it."""
    return as_said(tree(latex), words)


def as_said(answer: Row, words: CardWords) -> Row:
    """`answer` with our own words, and the sign for "or", said in `words`, and its numbers with their decimal mark."""
    row: Row = said_in(words, marked(answer, words.decimal_mark))
    return row


def with_number_sets(items: tuple[Node, ...]) -> Iterator[Node]:
    """`items` with the number sets in their own letters: our answers spell k in Z with a plain Z."""
    for before, item in zip((None, *items), items, strict=False):
        if before == Atom("\\in") and isinstance(item, Atom) and item.token in NUMBER_SETS:
            yield Atom(f"\\mathbb{{{item.token}}}")
        else:
            yield item


def said_in(words: CardWords, part: Any) -> Any:
    """A node, or what one of its fields holds, with its words translated."""
    match part:
        case Atom("\\lor"):
            return Connective(f" {words.in_answer('or')} ")
        case Row(items):
            return Row(tuple(said_in(words, item) for item in with_number_sets(items)))
        case Text(text):
            said = words.in_answer(text.strip())
            return Connective(f" {said} ") if is_connective(part) else replace(part, text=said)
        case tuple():
            return tuple(said_in(words, inner) for inner in part)
        case None | str():
            return part
        case _:
            return replace(part, **{field.name: said_in(words, getattr(part, field.name)) for field in fields(part)})

"""LaTeX of an outcome -> presentation tree, for the eye (card) and the ear (alt text)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from core.errors import MathError
from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tree import Atom, Row, Text
from core.render.typst_math import Connective, is_connective
from core.render.words import CardWords

# Wider than what may be asked: an answer can be longer than its question.
SHOWN = MathLimits(max_tokens=4000, max_depth=80)


def tree(latex: str) -> Row:
    """The tree of `latex`; where it cannot be read, its source as text, so that a card can always be drawn."""
    try:
        return parse(latex, SHOWN)
    except MathError:
        return Row((Text(latex),))


def answer_tree(latex: str, words: CardWords) -> Row:
    """The tree of an answer, with our own words in it, and the sign for "or", said in `words`."""
    row: Row = said_in(words, tree(latex))
    return row


def said_in(words: CardWords, part: Any) -> Any:
    """A node, or what one of its fields holds, with its words translated."""
    match part:
        case Atom("\\lor"):
            return Connective(words.in_answer("or"))
        case Text(text):
            said = words.in_answer(text.strip())
            return Connective(said) if is_connective(part) else replace(part, text=said)
        case tuple():
            return tuple(said_in(words, inner) for inner in part)
        case None | str():
            return part
        case _:
            return replace(part, **{field.name: said_in(words, getattr(part, field.name)) for field in fields(part)})

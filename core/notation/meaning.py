"""Presentation tree -> what it means: several readings, with reasons, where the writing is ambiguous."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.errors import NotUnderstood
from core.limits import MathLimits
from core.notation.calculus import leibniz
from core.notation.choices import Context
from core.notation.letters import is_primed, letter_name
from core.notation.scripted import FUNCTION_NAMES, bracketed_order
from core.notation.statements import read_line
from core.notation.terms import Term
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text
from core.notation.typed import parse_typed
from core.notation.units import unit_symbol
from core.outcome import Phrase
from core.phrases import PHRASES, phrase

CROSS = Atom("x")
USUAL_FUNCTIONS = frozenset("fghFGH")


@dataclass(frozen=True)
class Meaning:
    """One way to understand a line. `choices`: what was decided; `why`: what sets this reading apart from the first."""

    term: Term
    choices: tuple[Phrase, ...] = ()
    why: Phrase | None = None


def understand(row: Row) -> tuple[Meaning, ...]:
    """All readings of a line, the one that is answered first.

    Raises NotUnderstood, naming what could not be read, where there is not even one.
    """
    certain = function_letters(row)
    functions = certain | USUAL_FUNCTIONS
    context = Context("", _has_units(row), _only_crosses(row), functions, certain, orders=_has_orders(row))
    first = read_line(row, context)
    meanings = [Meaning(first, tuple(phrase(f"choice.{choice}") for choice in context.met))]
    for choice in (met for met in context.met if f"otherwise.{met}" in PHRASES):
        try:
            term = read_line(row, replace(context, otherwise=choice, met=[]))
        except NotUnderstood:
            continue
        if all(term != meaning.term for meaning in meanings):
            meanings.append(Meaning(term, (), phrase(f"otherwise.{choice}")))
    return tuple(meanings)


def understand_text(text: str, limits: MathLimits) -> tuple[Meaning, ...]:
    """All readings of a line as it was typed or recognised: those of its writing, and those that typing leaves open.

    Raises EmptyText, NotUnderstood, TooLong.
    """
    typing = Context()
    first, *others = understand(parse_typed(text, limits, typing))
    for choice in typing.met:
        try:
            other = understand(parse_typed(text, limits, Context(choice)))[0]
        except NotUnderstood:
            continue
        others.append(Meaning(other.term, (), phrase(f"otherwise.{choice}")))
    said = tuple(phrase(f"choice.{choice}") for choice in typing.met)
    return (Meaning(first.term, (*said, *first.choices)), *others)


def _has_orders(row: Row) -> bool:
    """Whether y^{(2)} can be the order of a derivative: in an equation, where no x is raised in the same way."""
    rows = _rows(row)
    powers = [item.base for items in rows for item in items if isinstance(item, Script) and bracketed_order(item.sup)]
    return any(Atom("=") in items for items in rows) and all(letter_name(base) in FUNCTION_NAMES for base in powers)


def _has_units(row: Row) -> bool:
    return any(isinstance(item, Text) and unit_symbol(item.text.strip()) for items in _rows(row) for item in items)


def _only_crosses(row: Row) -> bool:
    """Whether every x stands between two numbers."""
    rows = _rows(row)
    if any(isinstance(item, Script) and item.base == CROSS for items in rows for item in items):
        return False
    sides = [
        side
        for items in rows
        for at in range(len(items))
        if items[at] == CROSS
        for side in (items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None)
    ]
    return all(isinstance(side, Number) for side in sides)


def function_letters(row: Row) -> frozenset[str]:
    """Letters that must be functions: those with a prime or in dy/dx, and those defined as in `P(x) = ...`."""
    found: set[str] = set()
    for items in _rows(row):
        for item in items:
            if isinstance(item, Script) and is_primed(item):
                found.add(letter_name(item.base))
            if isinstance(item, Fraction) and (operator := leibniz(item)) and len(operator.body) == 1:
                found.add(letter_name(operator.body[0]))
        if len(items) > 2 and items[2] == Atom("=") and _is_one_letter(items[1]):
            found.add(letter_name(items[0]))
    return frozenset(found - {"", "e", "i", "pi", "x"})


def _is_one_letter(node: Node) -> bool:
    return isinstance(node, Fence) and len(node.body.items) == 1 and bool(letter_name(node.body.items[0]))


def _rows(node: Node) -> list[tuple[Node, ...]]:
    """Every row in the tree, as its items."""
    found: list[tuple[Node, ...]] = []
    waiting: list[Node | None] = [node]
    while waiting:
        current = waiting.pop()
        match current:
            case Row(items):
                found.append(items)
                waiting.extend(items)
            case Script(base, sub, sup):
                waiting += [base, sub, sup]
            case Fraction(first, second) | Binomial(first, second):
                waiting += [first, second]
            case Root(radicand, index):
                waiting += [radicand, index]
            case Fence(_, body, _) | Accent(_, body):
                waiting.append(body)
            case Grid(_, rows):
                waiting.extend(cell for line in rows for cell in line)
    return found

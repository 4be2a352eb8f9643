"""How derivatives, integrals, limits and series are written: finds their parts in a row, reads none of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import NotUnderstood
from core.notation.excerpts import around
from core.notation.letters import letter_name
from core.notation.terms import Sym
from core.notation.tree import Atom, Fraction, Node, Number, Row, Script
from core.phrases import phrase

DIFFERENTIALS = (Atom("d"), Atom("\\partial"))


@dataclass(frozen=True)
class Leibniz:
    """`d^n body / dx^n`; `body` is empty where the derivative acts on what follows the fraction."""

    variables: tuple[tuple[Sym, int], ...]
    body: tuple[Node, ...]
    partial: bool


def leibniz(fraction: Fraction) -> Leibniz | None:
    """The derivative that `fraction` writes, or None where it is a plain fraction."""
    above, below = fraction.numerator.items, fraction.denominator.items
    if not above or len(below) < 2 or below[0] not in DIFFERENTIALS:
        return None
    order = _order(above[0], below[0])
    variables: list[tuple[Sym, int]] = []
    for mark, written in zip(below[::2], below[1::2], strict=False):
        name, times = _powered_letter(written)
        if mark != below[0] or not name:
            return None
        variables.append((Sym(name), times))
    if len(below) % 2 or order != sum(times for _, times in variables):
        return None
    return Leibniz(tuple(variables), above[1:], below[0] == DIFFERENTIALS[1])


def _order(head: Node, mark: Node) -> int:
    if head == mark:
        return 1
    if isinstance(head, Script) and head.base == mark and head.sub is None and head.sup is not None:
        return _small_number(head.sup)
    return 0


def _powered_letter(node: Node) -> tuple[str, int]:
    if isinstance(node, Script) and node.sup is not None and node.sub is None:
        return letter_name(node.base), _small_number(node.sup)
    return letter_name(node), 1


def _small_number(row: Row) -> int:
    only = row.items[0] if len(row.items) == 1 else None
    return int(only.text) if isinstance(only, Number) and only.text.isdigit() and len(only.text) == 1 else -1


def is_integral(node: Node) -> bool:
    return node == Atom("\\int") or (isinstance(node, Script) and node.base == Atom("\\int"))


def integrand(items: Sequence[Node], start: int) -> tuple[tuple[Node, ...], Sym, int]:
    """Of the integral sign at `start`: what is integrated, by which letter, and where the writing goes on.

    Integrals within are skipped with their own differentials. Raises NotUnderstood where no differential closes it.
    """
    open_ones = 0
    at = start + 1
    while at < len(items):
        if is_integral(items[at]):
            open_ones += 1
        elif items[at] in DIFFERENTIALS[:1] and at + 1 < len(items) and (name := letter_name(items[at + 1])):
            if not open_ones:
                return tuple(items[start + 1 : at]), Sym(name), at + 2
            open_ones -= 1
            at += 1
        at += 1
    for at in range(start + 1, len(items)):
        item = items[at]
        if isinstance(item, Fraction) and (split := _differential_on_top(item)):
            rest, variable = split
            return (*items[start + 1 : at], rest), variable, at + 1
    raise NotUnderstood(phrase("reason.differential"), around(items, len(items)))


def has_differential(items: Sequence[Node], start: int) -> bool:
    """Whether the integral sign at `start` has a dx somewhere after it."""
    after = items[start + 1 :]
    letters = any(a in DIFFERENTIALS[:1] and letter_name(b) for a, b in itertools.pairwise(after))
    return letters or any(isinstance(item, Fraction) and _differential_on_top(item) for item in after)


def _differential_on_top(fraction: Fraction) -> tuple[Fraction, Sym] | None:
    """`\\frac{x dx}{x + 1}` -> `\\frac{x}{x + 1}` and x."""
    above = fraction.numerator.items
    for at in range(len(above) - 1):
        if above[at] == Atom("d") and (name := letter_name(above[at + 1])):
            left = (*above[:at], *above[at + 2 :]) or (Number("1"),)
            return Fraction(Row(left), fraction.denominator), Sym(name)
    return None


@dataclass(frozen=True)
class Approach:
    """`x -> a` under a limit."""

    variable: Sym
    target: tuple[Node, ...]
    side: Literal["+", "-", "+-"]


def approach(sub: Row | None) -> Approach:
    """What stands under a limit. Raises NotUnderstood where it is not `x -> a`."""
    items = sub.items if sub is not None else ()
    name = letter_name(items[0]) if items else ""
    if not name or len(items) < 3 or items[1] != Atom("\\rightarrow"):
        raise NotUnderstood(phrase("reason.limit"))
    target, side = items[2:], "+-"
    last = target[-1]
    if isinstance(last, Script) and last.sub is None and last.sup in (Row((Atom("+"),)), Row((Atom("-"),))):
        target = (*target[:-1], last.base)
        side = "+" if last.sup == Row((Atom("+"),)) else "-"
    return Approach(Sym(name), target, "+" if side == "+" else "-" if side == "-" else "+-")


def running_index(script: Script) -> tuple[Sym, tuple[Node, ...], tuple[Node, ...]]:
    """The index, its first and its last value, of a sum or product sign. Raises NotUnderstood where one is missing."""
    below = script.sub.items if script.sub is not None else ()
    name = letter_name(below[0]) if below else ""
    if not name or len(below) < 3 or below[1] != Atom("=") or script.sup is None or not script.sup.items:
        raise NotUnderstood(phrase("reason.series"))
    return Sym(name), below[2:], script.sup.items

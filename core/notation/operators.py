"""Derivatives, integrals, limits and series read into terms, each with its own idea of how far it reaches."""

from __future__ import annotations

from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation.calculus import approach, has_differential, integrand, leibniz, running_index
from core.notation.excerpts import around
from core.notation.reading import RowReader
from core.notation.terms import Derivative, Integral, Limit, Num, Series, Sym, Term, free_letters
from core.notation.tree import Atom, Fraction, Node, Script
from core.phrases import phrase

SERIES = {"\\sum": "sum", "\\prod": "product"}


def read_derivative(reader: RowReader, node: Fraction) -> Derivative | None:
    """The derivative that begins with the fraction, already passed; None where it is a plain fraction."""
    operator = leibniz(node)
    if operator is None:
        return None
    body = reader.read(operator.body) if operator.body else reader.operand("scope-derivative", wide=False)
    return Derivative(body, operator.variables, operator.partial)


def read_integral(reader: RowReader, node: Node) -> Integral:
    """The integral whose sign comes next. Raises NotUnderstood without a differential or with one bound only."""
    if not has_differential(reader.items, reader.at):
        return _over_the_only_letter(reader, node)
    inside, variable, stop = integrand(reader.items, reader.at)
    reader.at = stop
    context = reader.context.binding(variable.name)
    body: Term = reader.read(inside, context) if inside else Num(ExactFraction(1))
    return _bounded(reader, node, body, variable)


def _over_the_only_letter(reader: RowReader, node: Node) -> Integral:
    """An integral whose dx was left out."""
    excerpt = around(reader.items, len(reader.items))
    inside = reader.items[reader.at + 1 :]
    body = reader.read(inside)
    letters = sorted(free_letters(body))
    if len(letters) != 1:
        raise NotUnderstood(phrase("reason.differential"), excerpt)
    reader.at = len(reader.items)
    reader.context.decides("differential")
    return _bounded(reader, node, body, Sym(letters[0]))


def _bounded(reader: RowReader, node: Node, body: Term, variable: Sym) -> Integral:
    sub = node.sub if isinstance(node, Script) else None
    sup = node.sup if isinstance(node, Script) else None
    if (sub is None) != (sup is None):
        raise NotUnderstood(phrase("reason.one-bound"))
    if sub is None or sup is None:
        return Integral(body, variable)
    return Integral(body, variable, reader.read(sub), reader.read(sup))


def read_series(reader: RowReader, node: Script) -> Series:
    """The sum or product whose sign, with its index, has been passed."""
    index, first, last = running_index(node)
    bounds = reader.read(first), reader.read(last)
    body = _bound_operand(reader, index.name, "scope-series", wide=False)
    return Series("sum" if node.base == Atom("\\sum") else "product", body, index, *bounds)


def read_limit(reader: RowReader, node: Script) -> Limit:
    """The limit whose sign has been passed."""
    found = approach(node.sub)
    body = _bound_operand(reader, found.variable.name, "scope-limit", wide=True)
    return Limit(body, found.variable, reader.read(found.target), found.side)


def _bound_operand(reader: RowReader, name: str, choice: str, wide: bool) -> Term:
    outer, reader.context = reader.context, reader.context.binding(name)
    body = reader.operand(choice, wide)
    reader.context = outer
    return body

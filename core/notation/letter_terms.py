"""Letters in a row: unknowns, constants, functions that are applied, units, and C and P that count."""

from __future__ import annotations

from typing import Literal

from core.notation import functions
from core.notation.brackets import is_listed
from core.notation.numerals import split_at
from core.notation.reading import RowReader
from core.notation.scripted import COUNTED
from core.notation.terms import Call, Constant, Sym, Term, Unit
from core.notation.tree import Atom, Fence, Fraction, Node, Number, Text
from core.notation.units import UNITS

CONSTANTS: dict[str, Literal["e", "i", "pi"]] = {"e": "e", "i": "i", "pi": "pi"}


def read_letter(reader: RowReader, name: str) -> Term:
    """The letter that has just been passed, with the bracket after it where that belongs to it."""
    context = reader.context
    if context.units and name in UNITS and _measures(reader):
        return Unit(name)
    if name in COUNTED and (chosen := _chosen(reader, name)) is not None:
        return chosen
    if functions.is_unknown_function(reader, name):
        return functions.read_application(reader, name)
    if name in context.functions and name not in context.bound and is_call_bracket(reader.peek()):
        if name in context.certain or context.decides("call"):
            return functions.read_application(reader, name)
    elif name not in context.bound and name in CONSTANTS and _is_constant(reader, name):
        return Constant(CONSTANTS[name])
    return Sym(name)


def _is_constant(reader: RowReader, name: str) -> bool:
    """e and i may be meant as letters; not where e is all there is, or what a logarithm acts on."""
    if name == "e":
        before = reader.items[reader.at - 2] if reader.at > 1 else None
        alone = len(reader.items) == 1 or (isinstance(before, Atom) and before.token in functions.LOGARITHMS)
        return alone or reader.context.decides("euler")
    return name == "pi" or reader.context.decides("imaginary")


def _measures(reader: RowReader) -> bool:
    """Whether the letter just passed is where a unit stands: after a number or a stroke, or alone."""
    before = reader.items[reader.at - 2] if reader.at > 1 else None
    return len(reader.items) == 1 or isinstance(before, Number | Text | Fraction) or before == Atom("/")


def _chosen(reader: RowReader, name: str) -> Term | None:
    """C(5, 2): five things, two chosen."""
    bracket = reader.peek()
    parts = split_at(bracket.body.items, {",", ";"}) if is_listed(bracket) and isinstance(bracket, Fence) else []
    if len(parts) != 2 or not reader.context.decides("combinations"):
        return None
    reader.at += 1
    return Call(COUNTED[name], (reader.read(parts[0]), reader.read(parts[1])))


def is_call_bracket(node: Node | None) -> bool:
    return isinstance(node, Fence) and node.left == "(" and node.right == ")"

"""Commas between digits: decimal commas and thousands, joined into numbers before anything else is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.notation.choices import Context
from core.notation.tree import Accent, Atom, Fraction, Node, Number, Root, Row, Script

COMMA = Atom(",")


def join_commas(items: Sequence[Node], context: Context) -> tuple[Node, ...]:
    """`3 , 5` -> 3.5 and `1 , 0 0 0` -> 1000, here and in fractions, roots, scripts; lists in brackets stay."""
    joined: list[Node] = []
    at = 0
    while at < len(items):
        stop = at
        while _whole(items[at]) and stop + 2 < len(items) and items[stop + 1] == COMMA and _whole(items[stop + 2]):
            stop += 2
        groups = [item.text for item in items[at : stop + 1 : 2] if isinstance(item, Number)]
        number = _number(groups, context) if stop > at else None
        joined.append(number or _inside(items[at], context))
        at = stop + 1 if number else at + 1
    return tuple(joined)


def _whole(node: Node) -> bool:
    return isinstance(node, Number) and node.text.isdigit()


def _number(groups: list[str], context: Context) -> Number | None:
    thousands = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0].strip("0")
    if thousands and (len(groups) > 2 or context.decides("thousands")):
        return Number("".join(groups))
    if len(groups) == 2 and (thousands or context.decides("decimal-comma")):
        return Number(".".join(groups))
    return None


def _inside(node: Node, context: Context) -> Node:
    match node:
        case Fraction(numerator, denominator):
            return Fraction(_row(numerator, context), _row(denominator, context))
        case Root(radicand, index):
            return Root(_row(radicand, context), index)
        case Accent(command, body):
            return Accent(command, _row(body, context))
        case Script(_, _, Row() as sup):
            return replace(node, sup=_row(sup, context))
    return node


def _row(row: Row, context: Context) -> Row:
    return Row(join_commas(row.items, context))

"""Commas between digits: decimal commas and thousands, joined into numbers before anything else is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.notation.choices import Context
from core.notation.tree import Accent, Atom, Fence, Fraction, Node, Number, Root, Row, Script

COMMA = Atom(",")
SIGNS = {"+", "-", "\\times", "\\cdot", "\\div", "="}


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
        alone = not joined or (isinstance(joined[-1], Atom) and joined[-1].token in SIGNS)
        joined.append(number or _inside(items[at], context, alone))
        at = stop + 1 if number else at + 1
    return tuple(joined)


def _whole(node: Node) -> bool:
    return isinstance(node, Number) and node.text.replace(".", "", 1).isdigit()


def _number(groups: list[str], context: Context) -> Number | None:
    if len(groups) > 1 and any("." in group for group in groups):
        return _with_point(groups)
    thousands = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0].strip("0")
    if thousands and (len(groups) > 2 or context.decides("thousands")):
        return Number("".join(groups))
    if len(groups) == 2 and (thousands or context.decides("decimal-comma")):
        return Number(".".join(groups))
    return None


def _with_point(groups: list[str]) -> Number | None:
    """`1 , 2 3 4 . 5` and `1 . 2 3 4 , 5`: one sign groups the digits in threes, the other begins the decimals."""
    whole, _, decimals = groups[-1].partition(".")
    if decimals and len(whole) == 3 and all(len(g) == 3 and "." not in g for g in groups[1:-1]) and groups[0].isdigit():
        return Number("".join([*groups[:-1], groups[-1]]))
    thousands = groups[0].split(".")
    if len(groups) == 2 and "." not in groups[1] and len(thousands) == 2 and len(thousands[1]) == 3:
        return Number(f"{''.join(thousands)}.{groups[1]}")
    return None


def _inside(node: Node, context: Context, alone: bool) -> Node:
    match node:
        case Fence("(", Row((Number(whole), Atom(","), Number(part))), ")") if alone and (whole + part).isdigit():
            return node if context.decides("list") else Fence("(", Row((Number(f"{whole}.{part}"),)), ")")
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

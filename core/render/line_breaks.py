"""Where a formula may be broken when it is too wide for the card.

Typst measures and fills the lines (card.typ); here the formula is cut into pieces, each with the operator it begins
with, and the pieces are grouped: a line is broken between two groups sooner than inside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.notation.tree import Atom, Fence, Fraction, Grid, Node, Number, Row, Script, Text
from core.render.connectives import is_connective
from core.render.doubt import Doubtful
from core.render.symbols import COMMAS, OPENERS, OPERATIONS, RELATIONS
from core.render.typst_math import (
    THIN_SPACE,
    WIDE_SPACE,
    digit_groups,
    is_token,
    markup,
    side_by_side,
    spaced,
)

BREAKERS = OPERATIONS | RELATIONS | COMMAS
LINE_END = Atom("\\\\")
WORD_SPACE = Atom("\\ ")

LONG_FENCE = 16
LONG_PIECE = 24
LONG_FRACTION = 50
LONG_WORD = 30


@dataclass(frozen=True)
class Formula:
    """A formula for the card, in Typst maths markup: in one piece, and as groups of pieces to break between.

    `hanging`: whether every line but the first is set in, as it is but for a lone number.
    """

    whole: str
    groups: tuple[tuple[str, ...], ...]
    hanging: bool = True


def formula(row: Row) -> Formula:
    """`row` with its places to break: between statements if there are several, else at the relations of the one."""
    items = opened(spaced(row.items))
    statements = tuple(split(items, ends_statement))
    groups = statements if len(statements) > 1 else tuple(split(items, starts_relation))
    return Formula(
        whole=markup(row),
        groups=tuple(tuple(side_by_side(piece) for piece in split(group, may_break)) for group in groups),
        hanging=not (len(row.items) == 1 and isinstance(row.items[0], Number)),
    )


def width(node: Node) -> int:
    """How many characters wide `node` is, roughly."""
    match node:
        case Number() | Text():
            return len(node.text)
        case Row():
            return sum(map(width, node.items))
        case Fraction():
            return max(width(node.numerator), width(node.denominator))
        case Script():
            return width(node.base) + max((width(part) for part in (node.sub, node.sup) if part), default=0)
        case Fence():
            return 2 + width(node.body)
        case Grid():
            return max((sum(map(width, row)) for row in node.rows), default=0)
        case _:
            return 1


def opened(items: Sequence[Node]) -> tuple[Node, ...]:
    """`items` with what is long taken apart: brackets and fractions into what they hold, digits and words into runs."""
    return tuple(part for item in items for part in parts(item))


def parts(item: Node) -> Iterator[Node]:
    match item:
        case Doubtful():
            yield item
        case Row():
            yield from opened(item.items)
        case Fence() if is_long(item):
            yield from bracketed(item.left, item.body, item.right)
        case Script(base=Fence() as fence) if is_long(fence) and fence.right:
            *inside, closing = bracketed(fence.left, fence.body, fence.right)
            yield from (*inside, replace(item, base=closing))
        case Fraction() if width(item) > LONG_FRACTION:
            yield from bracketed("(", item.numerator, ")")
            yield Atom("/")
            round_it = len(item.denominator.items) > 1
            yield from bracketed("(" if round_it else "", item.denominator, ")" if round_it else "")
        case Number() if len(item.text) > LONG_PIECE:
            for digits in runs_of_digits(item.text):
                yield from (Number(digits), THIN_SPACE)
        case Text() if len(item.text) > LONG_PIECE:
            for word in re.findall(rf"\S{{1,{LONG_WORD}}}", item.text):
                yield from (Text(word), WORD_SPACE)
        case _:
            yield item


def runs_of_digits(text: str) -> Iterator[str]:
    """The groups of a long number, those behind its decimal mark too."""
    *groups, last = digit_groups(text)
    yield from groups
    yield from re.findall(r"[0-9]*[.,][0-9]{0,3}|.{1,3}", last)


def is_long(fence: Fence) -> bool:
    """Whether `fence` is long, and holds operators to break at."""
    return width(fence) > LONG_FENCE and any(is_token(item, BREAKERS) for item in fence.body.items)


def bracketed(left: str, body: Row, right: str) -> Iterator[Node]:
    """What a bracket holds, between signs that do not grow; an invisible one has none."""
    yield from (Atom(side) for side in (left,) if side)
    yield from opened(spaced(body.items))
    yield from (Atom(side) for side in (right,) if side)


def split(items: Sequence[Node], between: Callable[[Sequence[Node], Node], bool]) -> Iterator[tuple[Node, ...]]:
    """Runs of `items`, cut wherever `between` says so of the run so far and the next item."""
    run: list[Node] = []
    for item in items:
        if run and between(run, item):
            yield tuple(run)
            run = []
        run.append(item)
    yield tuple(run)


def ends_statement(run: Sequence[Node], _: Node) -> bool:
    """After the wide space that ends a statement, so that "or" begins a line, and at the end of a line."""
    return run[-1] == LINE_END or (run[-1] == WIDE_SPACE and not any(map(is_connective, run[-2:])))


def starts_relation(_: Sequence[Node], item: Node) -> bool:
    return is_token(item, RELATIONS)


def may_break(run: Sequence[Node], item: Node) -> bool:
    """Before a relation or an operation between two operands, after a separator, and anywhere in a long run."""
    if is_token(run[-1], COMMAS):
        return item != WIDE_SPACE
    if is_token(item, OPERATIONS | RELATIONS):
        return not is_token(run[-1], BREAKERS | OPENERS)
    if run[-1] == WORD_SPACE or (isinstance(item, Number) and isinstance(run[-2:][0], Number)):
        return True
    too_long = sum(map(width, run)) > LONG_PIECE
    return too_long and not is_token(run[-1], OPERATIONS | RELATIONS | OPENERS)

"""Where a formula may be broken when it is too wide for the card.

Typst measures and fills the lines (card.typ); here the formula is cut into pieces, each with the operator it
begins with. A line is broken before a relation sooner than before another operator: hence groups of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.notation.tree import Atom, Fence, Fraction, Grid, Node, Number, Row, Script, Text
from core.render.symbols import tokens
from core.render.typst_math import markup, spaced

RELATIONS = tokens(
    r"= < > \leq \le \geq \ge \neq \ne \approx \equiv \sim \propto \in \rightarrow \to \Rightarrow \implies"
    r" \Leftrightarrow \iff \therefore \because"
)
OPERATIONS = tokens(r"+ - \pm \mp \times \cdot \div \cup \cap \setminus \wedge \vee \land \lor")
OPENERS = tokens(r"( [ \{ \lfloor \lceil |")
SEPARATORS = frozenset((Atom(","), Atom(";"), Atom("\\\\"), Text("or"), Text("and"), Text("if")))

LONG_FENCE = 16
LONG_PIECE = 24
LONG_NUMBER = 12


@dataclass(frozen=True)
class Formula:
    """A formula for the card, in Typst maths markup: in one piece, and as groups of pieces to break between."""

    whole: str
    groups: tuple[tuple[str, ...], ...]


def formula(row: Row) -> Formula:
    """`row` with its places to break."""
    groups = split_at_relations(opened(spaced(row.items)))
    return Formula(markup(row), tuple(tuple(markup(piece) for piece in pieces(group)) for group in groups))


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
    """`items` with what is long taken apart: brackets into what they hold, digits and words into shorter runs."""
    return tuple(part for item in items for part in parts(item))


def parts(item: Node) -> Iterator[Node]:
    match item:
        case Row():
            yield from opened(item.items)
        case Fence() if width(item) > LONG_FENCE:
            yield from bracket(item.left)
            yield from opened(spaced(item.body.items))
            yield from bracket(item.right)
        case Script(base=Fence() as fence) if width(fence) > LONG_FENCE and fence.right:
            yield from bracket(fence.left)
            yield from opened(spaced(fence.body.items))
            yield replace(item, base=Atom(fence.right))
        case Number() if len(item.text) > LONG_NUMBER:
            yield from (Number(digits) for digits in re.findall(f".{{1,{LONG_NUMBER}}}", item.text))
        case Text() if width(item) > LONG_PIECE:
            yield from (
                Text(words) for words in re.findall(rf".{{1,{LONG_PIECE}}}(?:\s+|$)|.{{1,{LONG_PIECE}}}", item.text)
            )
        case _:
            yield item


def bracket(side: str) -> Iterator[Atom]:
    if side:
        yield Atom(side)


def split_at_relations(items: Sequence[Node]) -> Iterator[tuple[Node, ...]]:
    """Runs of `items`, each but the first beginning with a relation."""
    start = 0
    for position, item in enumerate(items):
        if position > start and is_token(item, RELATIONS):
            yield tuple(items[start:position])
            start = position
    yield tuple(items[start:])


def pieces(items: Sequence[Node]) -> Iterator[Row]:
    """Runs of `items` that stay on one line: cut before operations, after separators, and anywhere in a long run."""
    run: list[Node] = []
    for item in items:
        after_operand = bool(run) and not is_token(run[-1], OPERATIONS | RELATIONS | OPENERS)
        starts = is_token(item, OPERATIONS) and after_operand
        ended = bool(run) and run[-1] in SEPARATORS
        overlong = isinstance(item, Number | Text) and bool(run) and type(run[-1]) is type(item)
        overlong = overlong or (sum(map(width, run)) > LONG_PIECE and after_operand)
        if starts or ended or overlong:
            yield Row(tuple(run))
            run = []
        run.append(item)
    yield Row(tuple(run))


def is_token(node: Node, tokens: frozenset[str]) -> bool:
    return isinstance(node, Atom) and node.token in tokens

"""Numbers that are written with more than digits: repeating decimals, mixed numbers; and lists of things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation.terms import Num
from core.notation.tree import Atom, Fraction, Node, Number, Row
from core.phrases import phrase


def split_at(items: Sequence[Node], separators: set[str]) -> list[tuple[Node, ...]]:
    """The pieces between separators, in order."""
    return split_where(items, lambda item: isinstance(item, Atom) and item.token in separators)


def split_where(items: Sequence[Node], separates: Callable[[Node], bool]) -> list[tuple[Node, ...]]:
    """The pieces between the items for which `separates` is true, in order."""
    pieces: list[list[Node]] = [[]]
    for item in items:
        if separates(item):
            pieces.append([])
        else:
            pieces[-1].append(item)
    return [tuple(piece) for piece in pieces]


def repeating(text: str, repeated: Row) -> Num:
    """`text` up to the line, `repeated` under it: 0.1(6) = 1/10 + 6/90. Raises NotUnderstood unless digits."""
    only = repeated.items[0] if len(repeated.items) == 1 else None
    if not isinstance(only, Number) or not only.text.isdigit():
        raise NotUnderstood(phrase("reason.repeating"))
    digits = only.text
    steady = len(text.split(".")[1])
    value = ExactFraction(text + "0") + ExactFraction(int(digits), (10 ** len(digits) - 1) * 10**steady)
    return Num(value, "repeating", f"{text}({digits})")


def proper(fraction: Fraction) -> ExactFraction | None:
    """The value of a fraction of whole numbers below one, as it follows the whole part of a mixed number."""
    parts = [row.items[0] for row in (fraction.numerator, fraction.denominator) if len(row.items) == 1]
    numbers = [int(part.text) for part in parts if isinstance(part, Number) and part.text.isdigit()]
    return ExactFraction(*numbers) if len(numbers) == 2 and 0 < numbers[0] < numbers[1] else None

"""Exponents that may have been meant to be longer than they are written: `2 ^ 1 0`, `e ^ 2 x`, `- 3 ^ 2`."""

from __future__ import annotations

from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation.letters import letter_name
from core.notation.reading import RowReader
from core.notation.terms import Num, Power, Term, Times
from core.notation.tree import Atom, Node, Number, Script
from core.phrases import phrase


def exponent_goes_on(reader: RowReader) -> bool:
    """A digit right after a raised digit, `2 ^ 1 0`: braces may have been lost."""
    before = reader.items[reader.at - 1] if reader.at else None
    raised = before.sup.items if isinstance(before, Script) and before.sup is not None else ()
    digits = [node.text.isdigit() for node in (*raised, reader.peek()) if isinstance(node, Number)]
    return len(raised) == 1 and digits == [True, True]


def with_longer_exponent(reader: RowReader, left: Term) -> Term:
    """`left`, whose last factor is a power, with the next number at the end of its exponent."""
    following = reader.peek()
    reader.at += 1
    assert isinstance(following, Number)
    if isinstance(left, Times):
        return Times(left.left, _longer(left.right, following.text), left.sign)
    return _longer(left, following.text)


def _longer(power: Term, digits: str) -> Term:
    if isinstance(power, Power) and isinstance(power.exponent, Num):
        return Power(power.base, Num(ExactFraction(int(f"{power.exponent.value}{digits}"))))
    raise NotUnderstood(phrase("reason.exponent"))


def exponent_takes_a_letter(reader: RowReader) -> bool:
    """`e ^ { 2 } x` or `2 ^ { 3 } x`: the exponent may have been meant to go on; `e ^ { i } \\pi` as well."""
    before = reader.items[reader.at - 1] if reader.at else None
    following = reader.peek()
    if not isinstance(before, Script) or before.sup is None or before.sub is not None or len(before.sup.items) != 1:
        return False
    raised = before.sup.items[0]
    if raised == Atom("i"):
        return before.base == Atom("e") and following == Atom("\\pi")
    powered = before.base == Atom("e") or isinstance(before.base, Number)
    return powered and isinstance(raised, Number) and isinstance(following, Atom) and bool(letter_name(following))


def with_letter_in_exponent(reader: RowReader, left: Term) -> Term:
    """`left`, whose last factor is a power, with the next factor in its exponent."""
    head, power = (left.left, left.right) if isinstance(left, Times) else (None, left)
    if not isinstance(power, Power):
        raise NotUnderstood(phrase("reason.exponent"))
    longer = Power(power.base, Times(power.exponent, reader.factor()))
    return longer if head is None else Times(head, longer)


def is_even_power(node: Node | None) -> bool:
    """A power of a number with an even number as its exponent."""
    if not isinstance(node, Script) or not isinstance(node.base, Number) or node.sub or node.sup is None:
        return False
    raised = node.sup.items
    return len(raised) == 1 and isinstance(raised[0], Number) and raised[0].text[-1] in "02468"

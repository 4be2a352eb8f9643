"""Numbers, letters and differential operators as they are written, and how things stand side by side."""

from __future__ import annotations

from core.notation.letters import GREEK
from core.notation.terms import Num, Sym
from core.notation.tree import Accent, Atom, Fence, Fraction, Node, Number, Row, Script

Items = tuple[Node, ...]

SUM, PRODUCT, FACTOR, PRIMARY = range(4)


def number_written(term: Num) -> tuple[Items, int]:
    value = term.value
    if value < 0:
        return (Atom("-"), *number_written(Num(-value, term.style, term.text))[0]), SUM
    if term.style == "decimal":
        return (Number(term.text),), PRIMARY
    if term.style == "repeating":
        steady, repeated = term.text.rstrip(")").split("(")
        return (Number(steady), Accent("\\overline", Row((Number(repeated),)))), PRODUCT
    if value.denominator == 1:
        return (Number(str(value.numerator)),), PRIMARY
    whole, rest = divmod(value.numerator, value.denominator)
    if term.style != "mixed":
        whole, rest = 0, value.numerator
    fraction = Fraction(Row((Number(str(rest)),)), Row((Number(str(value.denominator)),)))
    return ((Number(str(whole)), fraction), PRODUCT) if whole else ((fraction,), FACTOR)


def letter_written(name: str) -> Items:
    base, _, index = name.partition("_")
    letter: Node = Atom("\\" + base if base in GREEK else base)
    if not index:
        return (letter,)
    if index in ("hat", "tilde", "bar"):
        return (Accent("\\" + index, Row((letter,))),)
    if index.isdigit():
        return (Script(letter, Row((Number(index),))),)
    pieces = [index] if index in GREEK else list(index)
    return (
        Script(
            letter, Row(tuple(Atom("\\" + p if p in GREEK else p) if not p.isdigit() else Number(p) for p in pieces))
        ),
    )


def may_touch(before: Node, after: Node) -> bool:
    """Whether two factors side by side cannot be taken for a mixed number, a longer number or a call."""
    if isinstance(after, Number) or (isinstance(before, Number) and isinstance(after, Fraction)):
        return False
    if isinstance(after, Script) and isinstance(after.base, Number):
        return False
    return not (isinstance(before, Atom) and isinstance(after, Fence))


def leibniz_written(variables: tuple[tuple[Sym, int], ...], partial: bool) -> Fraction:
    mark = Atom("\\partial" if partial else "d")
    below: list[Node] = []
    for letter, times in variables:
        written = only(letter_written(letter.name))
        below += [mark, written if times == 1 else Script(written, None, Row((Number(str(times)),)))]
    order = sum(times for _, times in variables)
    above: Node = mark if order == 1 else Script(mark, None, Row((Number(str(order)),)))
    return Fraction(Row((above,)), Row(tuple(below)))


def joined(pieces: list[Items], sign: Node) -> Items:
    items: list[Node] = []
    for piece in pieces:
        items += [sign, *piece] if items else piece
    return tuple(items)


def only(items: Items) -> Node:
    return items[0] if len(items) == 1 else Row(items)

"""Sums with dots: 1 + 2 + 3 + ... + 100 as a series, where its terms make an arithmetic or a geometric pattern."""

from __future__ import annotations

import itertools
from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation.terms import Constant, Negative, Num, Over, Plus, Power, Series, Sym, Term, Times, walk
from core.phrases import phrase

ELLIPSIS = Sym("…")
ONE = Num(ExactFraction(1))


def fill_dots(terms: list[Term]) -> Series:
    """The series that `terms` write, one of them ELLIPSIS. Raises NotUnderstood where no pattern is plain."""
    at = terms.index(ELLIPSIS)
    first = [_exact(term) for term in terms[:at]]
    last = terms[at + 1 :]
    numbers = [value for value in first if value is not None]
    if len(numbers) < 2 or len(numbers) != len(first) or len(last) > 1 or ELLIPSIS in last:
        raise NotUnderstood(phrase("reason.pattern"))
    index = next(Sym(name) for name in "kjmn" if Sym(name) not in [part for term in last for part in walk(term)])
    start, step, ratio = numbers[0], numbers[1] - numbers[0], numbers[1] / numbers[0] if numbers[0] else None
    pairs = list(itertools.pairwise(numbers))
    if step and all(b - a == step for a, b in pairs):
        return _arithmetic(start, step, index, last)
    if ratio not in (None, 0, 1) and all(a and b / a == ratio for a, b in pairs):
        assert ratio is not None
        return _geometric(start, ratio, index, last)
    raise NotUnderstood(phrase("reason.no-pattern"))


def _exact(term: Term) -> ExactFraction | None:
    match term:
        case Num(value):
            return value
        case Negative(Num(value)):
            return -value
        case Over(Num(above), Num(below)) if below:
            return above / below
    return None


def _arithmetic(start: ExactFraction, step: ExactFraction, index: Sym, last: list[Term]) -> Series:
    if not last:
        return Series("sum", _line(start, step, index), index, ONE, Constant("oo"))
    end = _exact(last[0])
    if end is None:
        count: Term = last[0] if start == step == 1 else Over(Plus((last[0], Num(step - start))), Num(step))
        return Series("sum", _line(start, step, index), index, ONE, count)
    number = (end - start) / step + 1
    if number.denominator != 1 or number < 2:
        raise NotUnderstood(phrase("reason.not-in-pattern"))
    if step == 1 and start.denominator == 1:
        return Series("sum", index, index, Num(start), Num(end))
    return Series("sum", _line(start, step, index), index, ONE, Num(number))


def _line(start: ExactFraction, step: ExactFraction, index: Sym) -> Term:
    growth: Term = index if step == 1 else Times(Num(step), index)
    return growth if start == step else Plus((growth, Num(start - step)))


def _geometric(start: ExactFraction, ratio: ExactFraction, index: Sym, last: list[Term]) -> Series:
    body = Times(Num(start), Power(Num(ratio), Plus((index, Negative(ONE)))))
    if not last:
        return Series("sum", body, index, ONE, Constant("oo"))
    end = _exact(last[0])
    value, number = start, 1
    while end is not None and value != end and number < 1000 and abs(value) < 10**60:
        value, number = value * ratio, number + 1
    if value != end:
        raise NotUnderstood(phrase("reason.not-in-pattern"))
    return Series("sum", body, index, ONE, Num(ExactFraction(number)))

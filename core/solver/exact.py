"""The second route for rational numbers: a term worked out exactly, in Python's own integers and fractions."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from core.notation.terms import Call, Negative, Num, Over, Plus, Power, Term, Times
from core.solver.numeric import Undefined

MAX_BITS = 200_000
MAX_POWER = 200_000


def exact_value(term: Term) -> Fraction:
    """The value of a term that is made of rational operations alone. Raises Undefined for any other, and for numbers
    too long to be worth it.
    """
    try:
        found = _value(term)
    except (ZeroDivisionError, ValueError) as error:
        raise Undefined(str(error)) from error
    return found


def _value(term: Term) -> Fraction:
    match term:
        case Num(number):
            return Fraction(number)
        case Plus(terms):
            return sum(map(_value, terms), Fraction(0))
        case Negative(operand):
            return -_value(operand)
        case Times(left, right):
            return _value(left) * _value(right)
        case Over(left, right):
            return _value(left) / _value(right)
        case Power(base, exponent):
            return _power(_value(base), _value(exponent))
        case Call(name, arguments) if name in EXACT:
            return EXACT[name]([_value(part) for part in arguments])
    raise Undefined


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    times = _whole(exponent)
    bits = max(abs(base.numerator), base.denominator).bit_length()
    if (base == 0 and times == 0) or abs(times) > MAX_POWER or bits * abs(times) > MAX_BITS:
        raise Undefined
    return Fraction(base**times)


def _whole(number: Fraction) -> int:
    if number.denominator != 1:
        raise Undefined
    return number.numerator


def _natural(number: Fraction, most: int = MAX_POWER) -> int:
    found = _whole(number)
    if not 0 <= found <= most:
        raise Undefined
    return found


EXACT: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "percent": lambda parts: parts[0] / 100,
    "abs": lambda parts: abs(parts[0]),
    "max": max,
    "min": min,
    "floor": lambda parts: Fraction(math.floor(parts[0])),
    "ceiling": lambda parts: Fraction(math.ceil(parts[0])),
    "mod": lambda parts: parts[0] % parts[1],
    "gcd": lambda parts: Fraction(math.gcd(*map(_whole, parts))),
    "lcm": lambda parts: Fraction(math.lcm(*map(_whole, parts))),
    "factorial": lambda parts: Fraction(math.factorial(_natural(parts[0], 10_000))),
    "binomial": lambda parts: Fraction(math.comb(*(_natural(part, 10_000) for part in parts))),
    "permutations": lambda parts: Fraction(math.perm(*(_natural(part, 10_000) for part in parts))),
    "mean": lambda parts: sum(parts, Fraction(0)) / len(parts),
}

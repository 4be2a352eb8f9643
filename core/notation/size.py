"""Cheap bounds on how large numbers would grow, before anything is evaluated."""

from __future__ import annotations

import math

from core.errors import TooLarge
from core.notation.terms import (
    Call,
    Constant,
    Negative,
    Num,
    Over,
    Plus,
    Power,
    Radical,
    Series,
    Term,
    Times,
    children,
    walk,
)

MAX_DIGITS = 40_000
MAX_ARGUMENT_DIGITS = 1000
"""Digits of a number under a root or in a function, which may have to be factored."""
OF_WHOLE_NUMBERS = frozenset({"abs", "gcd", "lcm", "mod", "max", "min", "percent", "mean", "median"})
MAX_FACTORIAL = 5000
MAX_EXPONENT = 1e6
MAX_SYMBOLIC_EXPONENT = 300
MAX_PRODUCT_LENGTH = 2000
MAX_MATRIX_SIDE = 8


def check_size(term: Term) -> None:
    """Raises TooLarge where a number in `term` would have too many digits, or a product too many factors."""
    for part in reversed(walk(term)):
        _digits(part)
        if isinstance(part, Series) and part.kind == "product":
            first, last = _value(part.first), _value(part.last)
            if first is not None and last is not None and last - first > MAX_PRODUCT_LENGTH:
                raise TooLarge("The product has too many factors.")


def _digits(term: Term) -> float | None:
    """A bound on log10 of |numerator| and |denominator| of `term`; None where it holds letters."""
    match term:
        case Num(exact):
            return math.log10(max(abs(exact.numerator), exact.denominator))
        case Constant(name):
            return None if name == "oo" else 0.5
        case Radical(radicand):
            digits = _digits(radicand)
            return None if digits is None else _bounded(digits, MAX_ARGUMENT_DIGITS)
        case Plus() | Times() | Over() | Negative():
            parts = [_digits(part) for part in children(term)]
            known = [part for part in parts if part is not None]
            return _bounded(sum(known) + 0.31 * len(parts)) if len(known) == len(parts) else None
        case Power(base, exponent):
            return _power(base, exponent)
        case Call("factorial", (argument,)):
            return _factorial(argument)
        case Call("binomial" | "permutations", (top, _)):
            value = _value(top)
            return None if value is None else _factorial(top)
        case Call(name, arguments):
            known = [part for part in map(_digits, arguments) if part is not None]
            if known and name not in OF_WHOLE_NUMBERS:
                _bounded(max(known), MAX_ARGUMENT_DIGITS)
            return max(known) if known and len(known) == len(arguments) else None
    return None


def _power(base: Term, exponent: Term) -> float | None:
    digits, value = _digits(base), _value(exponent)
    if value is None:
        return None
    size = abs(value)
    if digits is None:
        if size > MAX_SYMBOLIC_EXPONENT:
            raise TooLarge("The exponent is too large.")
        return None
    if digits == 0:
        return 0.0
    if size > MAX_EXPONENT:
        raise TooLarge
    if value != int(value):
        _bounded(digits, MAX_ARGUMENT_DIGITS)
    return _bounded(digits * size)


def _factorial(argument: Term) -> float | None:
    value = _value(argument)
    if value is None:
        return None
    if abs(value) > MAX_FACTORIAL:
        raise TooLarge(f"The factorial of a number above {MAX_FACTORIAL} would be too large.")
    return _bounded(math.lgamma(abs(value) + 1) / math.log(10))


def _bounded(digits: float, most: float = MAX_DIGITS) -> float:
    if digits > most:
        raise TooLarge
    return digits


def _value(term: Term) -> float | None:
    """A rough value of a term without letters: exact for integers, a bound from above in size for the rest."""
    match term:
        case Num(exact):
            return float(exact) if abs(exact) < 10**15 else math.copysign(1e15, exact)
        case Negative(operand):
            value = _value(operand)
            return None if value is None else -value
        case Over(left, Num(below)) if below:
            value = _value(left)
            return None if value is None else value / float(below)
    digits = _digits(term)
    return None if digits is None else 10.0 ** min(digits, 15)

"""Other ways to write a number: mixed, repeating, as prime factors, in polar form; and numbers too long to be shown."""

from __future__ import annotations

import math
from typing import Any

import sympy as sp

from core.notation.from_sympy import write_sympy
from core.solver.failures import sympy_may_fail
from core.solver.present import spaced, terminating

MAX_FACTORED_DIGITS = 60
FACTORING = 1.0
LONGEST = 300
"""Digits of a number that are all shown."""
LONGEST_PERIOD = 12
LEADING = 12
SHORT = 8


def number_forms(value: Any, decimals: bool = True, factors: bool = True) -> list[tuple[str, Any]]:
    """Name and LaTeX of each form that says something new; a repeating decimal and prime factors where they are asked
    for.
    """
    forms: list[tuple[str, Any]] = []
    if value.is_Rational and not value.is_Integer:
        if abs(value) > 1:
            forms.append(("mixed", _mixed(value)))
        if decimals and (repeating := _repeating(value)) is not None:
            forms.append(("repeating", repeating))
    if factors and (primes := _prime_factors(value)):
        forms.append(("prime-factors", primes))
    if value.has(sp.I) and (polar := _polar(value)) is not None:
        forms.append(("polar", polar))
    return forms


def _mixed(value: Any) -> str:
    whole, rest = divmod(abs(value.p), value.q)
    sign = "- " if value < 0 else ""
    return f"{sign}{spaced(str(whole))} \\frac {{ {spaced(str(rest))} }} {{ {spaced(str(value.q))} }}"


def _repeating(value: Any) -> str | None:
    """The decimal with a bar over its period, by long division; None where it ends or the period is long."""
    if terminating(value) is not None:
        return None
    whole, rest = divmod(abs(value.p), value.q)
    digits, seen = "", {}
    while rest not in seen and len(digits) <= 2 * LONGEST_PERIOD:
        seen[rest] = len(digits)
        digit, rest = divmod(10 * rest, value.q)
        digits += str(digit)
    start = seen.get(rest)
    if start is None or len(digits) - start > LONGEST_PERIOD:
        return None
    sign = "- " if value < 0 else ""
    return f"{sign}{spaced(f'{whole}.{digits[:start]}')} \\overline {{ {spaced(digits[start:])} }}"


def _prime_factors(value: Any) -> str:
    """Empty for primes and for what is no integer, and where the factors are not found in time."""
    if not value.is_Integer or not 3 < abs(value) < 10**MAX_FACTORED_DIGITS or sp.isprime(abs(value)):
        return ""
    factors: Any = ()
    with sympy_may_fail(seconds=FACTORING):
        factors = sp.factorint(abs(value)).items()
    pieces = [spaced(str(prime)) + (f" ^ {{ {spaced(str(n))} }}" if n > 1 else "") for prime, n in factors]
    return ("- " if value < 0 and pieces else "") + " \\cdot ".join(pieces)


def _polar(value: Any) -> str | None:
    """r e^{i phi}, where both are short."""
    length, angle = sp.simplify(sp.Abs(value)), sp.simplify(sp.arg(value))
    if length == 0 or angle == 0 or sp.count_ops(length) + sp.count_ops(angle) > SHORT:
        return None
    before = "" if length == 1 else f"{write_sympy(length)} "
    return f"{before}e ^ {{ {write_sympy(angle * sp.I)} }}"


def is_long(value: Any) -> bool:
    """Whether a number is a fraction or integer of more digits than are shown."""
    return bool(value.is_Rational) and max(abs(int(value.p)), int(value.q)).bit_length() > LONGEST * math.log2(10)


def digits_of(value: Any) -> int:
    """How many digits an integer has."""
    size = abs(int(value))
    count = int(size.bit_length() * math.log10(2))
    return count + int(size >= 10**count)


def scientific(value: Any) -> str:
    """The first digits, cut off, and the power of ten."""
    above, below = abs(int(value.p)), int(value.q)
    shift = digits_of(sp.Integer(above)) - digits_of(sp.Integer(below)) - LEADING
    leading = str(above // (below * 10**shift) if shift >= 0 else above * 10**-shift // below)
    exponent = shift + len(leading) - 1
    sign = "- " if value < 0 else ""
    return f"{sign}{spaced(f'{leading[0]}.{leading[1:]}')} \\ldots \\times 1 0 ^ {{ {spaced(str(exponent))} }}"

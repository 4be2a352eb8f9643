"""Comparing what sympy found with what the second route says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

import sympy as sp

from core.notation.terms import Limit, Term, walk
from core.outcome import Check, Phrase, Verdict
from core.solver.exact import exact_value
from core.solver.numeric import FINE, Undefined, value

TOLERANCE = 1e-8
ENOUGH = 3
SAMPLES = (
    Fraction(7, 5),
    Fraction(-13, 11),
    Fraction(31, 9),
    Fraction(5, 17),
    Fraction(-29, 8),
    Fraction(43, 6),
    Fraction(-3, 7),
)


def sample_points(letters: Sequence[str]) -> Iterator[dict[str, Fraction]]:
    """Points of both signs, a different value for each letter; the last ones all positive."""
    for shift in range(len(SAMPLES)):
        yield {name: SAMPLES[(shift + 3 * n) % len(SAMPLES)] for n, name in enumerate(letters)}
    for shift in range(4):
        yield {name: abs(SAMPLES[(shift + 2 * n) % len(SAMPLES)]) + n for n, name in enumerate(letters)}


def number(expression: Any, at: Mapping[str, Any] | None = None, digits: int = 25, odd_roots: bool = False) -> Any:
    """A sympy expression as an mpmath number. Raises Undefined where it has no finite value.

    `odd_roots`: odd roots of negative numbers are the real ones, where sympy takes the principal ones.
    """
    if isinstance(expression, int | float):
        return FINE.mpf(expression)
    symbols = {
        symbol: sp.Rational(str((at or {})[symbol.name]))
        for symbol in expression.free_symbols
        if symbol.name in (at or {})
    }
    placed = expression.xreplace(symbols).doit() if symbols else expression
    found = sp.N(with_real_roots(placed) if odd_roots else placed, digits)
    real, imaginary = found.as_real_imag()
    if not (real.is_number and imaginary.is_number) or not (real.is_finite and imaginary.is_finite):
        raise Undefined
    return FINE.mpc(str(real), str(imaginary)) if imaginary != 0 else FINE.mpf(str(real))


def agrees(expected: Any, expression: Any, at: Mapping[str, Any], tolerance: float = 1e-6) -> bool:
    """Whether `expression` has the expected value at a point, with principal or with real odd roots."""
    return any(close(expected, number(expression, at, odd_roots=real), tolerance) for real in (False, True))


def with_real_roots(expression: Any) -> Any:
    """Odd roots of negative numbers as schools mean them: (-8)^(1/3) is -2."""
    return expression.replace(_is_odd_root, _real_root)


def _is_odd_root(part: Any) -> bool:
    if not isinstance(part, sp.Pow) or not part.exp.is_Rational or part.exp.is_Integer:
        return False
    return bool(part.exp.q % 2 == 1 and part.base.is_negative)


def _real_root(part: Any) -> Any:
    return (-1) ** part.exp.p * (-part.base) ** part.exp


def close(first: Any, second: Any, tolerance: float = TOLERANCE) -> bool:
    return bool(abs(first - second) <= tolerance * (1 + abs(first) + abs(second)))


def tolerance_for(term: Term) -> float:
    """Limits are only approached by the second route, so values that hold one agree less closely."""
    return 2e-3 if any(isinstance(part, Limit) for part in walk(term)) else TOLERANCE


def same_number(term: Term, expression: Any, route: Phrase) -> Check:
    """Whether a term without letters has the value found: exactly where it is rational, else in decimals."""
    with suppress(Undefined):
        if isinstance(expression, sp.Rational):
            exact = Fraction(int(expression.p), int(expression.q))
            return Check("yes" if exact_value(term) == exact else "no", route)
    try:
        expected, found = value(term, context=FINE), number(expression)
    except Undefined:
        return Check("unknown", route)
    return Check("yes" if close(expected, found, tolerance_for(term)) else "no", route)


def same_everywhere(term: Term, expression: Any, letters: Sequence[str], route: Phrase) -> Check:
    """Whether `term` and `expression` agree at sample points; only those where the term is real count against."""
    agreed = differed = 0
    for point in sample_points(letters):
        exact = {name: FINE.mpf(at.numerator) / at.denominator for name, at in point.items()}
        try:
            expected = value(term, exact, FINE)
            same = agrees(expected, expression, point, max(1e-6, tolerance_for(term)))
        except Undefined:
            continue
        real = not hasattr(expected, "imag") or abs(expected.imag) < 1e-15
        if same:
            agreed += 1
        elif real:
            differed += 1
    return Check(decided(agreed, differed), route)


def decided(agreed: int, differed: int) -> Verdict:
    if differed:
        return "no"
    return "yes" if agreed >= ENOUGH else "unknown"


def is_real_number(expression: Any) -> bool:
    """Whether a sympy number is real and finite, decided numerically where sympy cannot say."""
    if expression.is_real is not None and not expression.has(sp.zoo, sp.nan, sp.oo):
        return bool(expression.is_real)
    try:
        found = number(expression)
    except (Undefined, TypeError, ValueError):
        return False
    return abs(found.imag) < 1e-15 * (1 + abs(found)) and math.isfinite(float(found.real))

"""The second route: the value of a meaning tree in plain numbers, worked out without sympy.

`FAST` works in machine floats, `FINE` in 30 digits. Anything that has no value here raises Undefined.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath

from core.notation.terms import (
    At,
    Call,
    Cases,
    Constant,
    Derivative,
    Either,
    Expansion,
    Integral,
    Limit,
    MatrixTerm,
    Negative,
    Num,
    Over,
    Plus,
    Power,
    Primed,
    Radical,
    Relation,
    Series,
    Sym,
    System,
    Term,
    Times,
    Unit,
    Vector,
    walk,
)  # fmt: skip
from core.notation.units import UNITS
from core.solver import dense
from core.solver.numeric_calls import called, whole

FAST: Any = mpmath.fp
FINE: Any = mpmath.MPContext()
FINE.dps = 30
MAX_TERMS = 20_000
COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip

Numbers = Mapping[str, Any]


class Undefined(ArithmeticError):
    """There is no number here: outside the domain, overflow, or nothing that this route can work out."""


def value(term: Term, at: Numbers | None = None, context: Any = FAST, real: bool = False) -> Any:
    """A real or complex number, with the letters of `term` given by `at`. Raises Undefined.

    `real`: nothing on the way may leave the real numbers, so that ln(-1) - ln(-1) has no value.
    """
    try:
        found = _Evaluator(context, real).value(term, dict(at or {}))
    except (ArithmeticError, ValueError, TypeError, KeyError, mpmath.libmp.NoConvergence) as error:
        raise Undefined(str(error)) from error
    if isinstance(found, list) or not _is_finite(found):
        raise Undefined
    return found


def real_value(term: Term, at: Numbers | None = None, context: Any = FAST) -> Any:
    """Like `value`, but Undefined where the number, or any function or root on the way to it, is not real."""
    found = value(term, at, context, real=not any(part == Constant("i") for part in walk(term)))
    if abs(_imaginary(found)) > 1e-9 * (1 + abs(found)):
        raise Undefined
    return found.real if hasattr(found, "real") else found


def _imaginary(number: Any) -> Any:
    return number.imag if hasattr(number, "imag") else 0


def _is_finite(number: Any) -> bool:
    return bool(mpmath.isfinite(mpmath.mpmathify(number)))


class _Evaluator:
    def __init__(self, context: Any, real: bool = False) -> None:
        self.context, self.real = context, real

    def value(self, term: Term, at: dict[str, Any]) -> Any:
        found = self._value(term, at)
        if self.real and isinstance(term, Power | Radical | Call) and hasattr(found, "imag") and found.imag != 0:
            raise Undefined
        return found

    def _value(self, term: Term, at: dict[str, Any]) -> Any:
        match term:
            case Num(exact):
                return self.context.mpf(exact.numerator) / exact.denominator
            case Sym(name):
                return at[name]
            case Constant(name):
                return {
                    "pi": self.context.pi,
                    "e": self.context.e,
                    "i": self.context.mpc(0, 1),
                    "oo": self.context.inf,
                }[name] * 1
            case Plus(terms):
                return dense.added([self.value(part, at) for part in terms])
            case Negative(operand):
                return dense.scaled(-1, self.value(operand, at))
            case Times(left, right):
                return dense.multiplied(self.value(left, at), self.value(right, at))
            case Over(left, right):
                return dense.scaled(1 / self.value(right, at), self.value(left, at))
            case Power(base, exponent):
                return self._power(self.value(base, at), self.value(exponent, at), written_fraction(exponent))
            case Radical(radicand, degree):
                return self._root(self.value(radicand, at), self.value(degree, at))
            case Call(name, arguments):
                return called(name, [self.value(part, at) for part in arguments], self.context)
            case MatrixTerm(rows):
                return [[self.value(cell, at) for cell in line] for line in rows]
            case Unit(symbol):
                size = UNITS[symbol].size
                return self.context.mpf(size.numerator) / size.denominator
            case Vector(items):
                return [[self.value(item, at)] for item in items]
            case Cases(pieces):
                for body, condition in pieces:
                    if holds(condition, at, self.context):
                        return self.value(body, at)
                raise Undefined
        return self._calculus(term, at)

    def _calculus(self, term: Term, at: dict[str, Any]) -> Any:
        match term:
            case Derivative(body, variables):
                return self._slope(body, {variable.name: order for variable, order in variables}, at)
            case At(body, variable, point):
                return self.value(body, {**at, variable.name: self.value(point, at)})
            case Expansion(body, variable, point, order):
                centre = self.value(point, at)
                parts = self.context.taylor(self._along(body, variable.name, at), centre, order)
                return self.context.polyval(parts[::-1], at[variable.name] - centre)
            case Primed(operand, order):
                letters = {part.name for part in walk(operand) if isinstance(part, Sym)}
                name = "x" if "x" in letters or len(letters) != 1 else next(iter(letters))
                return self._slope(operand, {name: order}, at)
            case Integral(body, variable, lower, upper) if lower is not None and upper is not None:
                ends = (self.value(lower, at), self.value(upper, at))
                nested = any(isinstance(part, Integral) for part in walk(body))
                return self._integral(self._along(body, variable.name, at), ends, nested)
            case Series(kind, body, index, first, last):
                return self._series(
                    kind, self._along(body, index.name, at), self.value(first, at), self.value(last, at)
                )
            case Limit(body, variable, target, side):
                return self._limit(self._along(body, variable.name, at), self.value(target, at), side)
        raise Undefined

    def _along(self, body: Term, name: str, at: dict[str, Any]) -> Callable[[Any], Any]:
        return lambda number: self.value(body, {**at, name: number})

    def _slope(self, body: Term, orders: dict[str, int], at: dict[str, Any]) -> Any:
        """The derivative by one or several letters, each to its order."""

        def function(*numbers: Any) -> Any:
            return self.value(body, {**at, **dict(zip(orders, numbers, strict=True))})

        place, times = tuple(at[name] for name in orders), tuple(orders.values())
        return self.context.diff(function, *((place, times) if len(place) > 1 else (place[0], times[0])))

    def _power(self, base: Any, exponent: Any, exact: Fraction | None) -> Any:
        """`exact`: the exponent, where a fraction was written. An odd root of a negative number is the real one."""
        if isinstance(base, list):
            return dense.power(base, whole(exponent))
        if base == 0 and exponent == 0:
            raise Undefined
        if exponent == int(exponent.real if hasattr(exponent, "real") else exponent):
            return base ** int(exponent.real)
        if exact is not None and exact.denominator % 2 == 1 and _imaginary(base) == 0 and base.real < 0:
            return (-1) ** exact.numerator * self.context.power(-base.real, exponent)
        return self.context.power(base, exponent)

    def _root(self, radicand: Any, degree: Any) -> Any:
        """An odd root of a negative number is the real one."""
        odd = degree == int(degree) and int(degree) % 2 == 1
        if odd and _imaginary(radicand) == 0 and radicand.real < 0:
            return -self.context.power(-radicand.real, 1 / degree)
        return self.context.sqrt(radicand) if degree == 2 else self.context.power(radicand, 1 / degree)

    def _integral(self, body: Callable[[Any], Any], ends: tuple[Any, Any], nested: bool) -> Any:
        """In four pieces where the ends are finite; Undefined where the estimate of the error is not small.

        `nested`: the body is an integral itself, and so it is asked for at few points.
        """
        lower, upper = ends
        pieces = [lower, upper]
        if _is_finite(lower) and _is_finite(upper) and not nested:
            pieces = [lower + (upper - lower) * n / 4 for n in range(5)]
        found, error = self.context.quad(body, pieces, error=True, maxdegree=4 if nested else None)
        if error > 1e-7 * (1 + abs(found)):
            raise Undefined
        return found

    def _series(self, kind: str, body: Callable[[Any], Any], first: Any, last: Any) -> Any:
        if last - first <= MAX_TERMS:
            found = 1 if kind == "product" else 0
            for number in range(whole(first), whole(last) + 1):
                found = found * body(number) if kind == "product" else found + body(number)
            return found
        if kind == "product" or not math.isinf(last):
            raise Undefined
        return mpmath.nsum(lambda n: self.value_of(body, n), [first, mpmath.inf])

    def value_of(self, body: Callable[[Any], Any], number: Any) -> Any:
        return body(mpmath.mpf(number))

    def _limit(self, body: Callable[[Any], Any], target: Any, side: str) -> Any:
        """The common value of the last points on the way; Undefined where the sides or the last points differ."""
        ways = {"+": (1,), "-": (-1,), "+-": (1, -1)}[side]
        ends = []
        for way in ways:
            if math.isinf(target):
                points = [self.context.mpf(10) ** n * (1 if target > 0 else -1) for n in (5, 6, 7)]
            else:
                points = [target + way * self.context.mpf(10) ** -n for n in (5, 6, 7)]
            ends.append([body(point) for point in points])
        last = ends[0][-1]
        if any(abs(found - last) > 1e-3 * (1 + abs(last)) for found in itertools.chain(*ends)):
            raise Undefined
        return last


def written_fraction(term: Term) -> Fraction | None:
    """The fraction that a term of two whole numbers is: 2/3, -1/3."""
    match term:
        case Num(exact):
            return Fraction(exact)
        case Negative(operand):
            inner = written_fraction(operand)
            return None if inner is None else -inner
        case Over(Num(above), Num(below)) if below:
            return Fraction(above) / Fraction(below)
    return None


def holds(term: Term | None, at: Numbers, context: Any = FAST) -> bool:
    """Whether a condition without tolerance is met; None is always met. Raises Undefined."""
    match term:
        case None:
            return True
        case System(parts):
            return all(holds(part, at, context) for part in parts)
        case Either(parts):
            return any(holds(part, at, context) for part in parts)
        case Relation(sign, left, right) if sign in COMPARED:
            return bool(COMPARED[sign](real_value(left, at, context), real_value(right, at, context)))
    raise Undefined


def matrix_value(term: Term, at: Numbers | None = None) -> list[list[Any]]:
    """The cells of a term that is a matrix, with its letters given by `at`. Raises Undefined."""
    try:
        found = _Evaluator(FAST).value(term, dict(at or {}))
    except (ArithmeticError, ValueError, TypeError, KeyError) as error:
        raise Undefined(str(error)) from error
    if not isinstance(found, list):
        raise Undefined
    return found

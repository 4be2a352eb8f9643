"""The second route: the value of a meaning tree in plain numbers, worked out without sympy.

`FAST` works in machine floats, `FINE` in 30 digits. Anything that has no value here raises Undefined.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

import mpmath

from core.notation.terms import (
    Call,
    Constant,
    Derivative,
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
    Series,
    Sym,
    Term,
    Times,
    walk,
)  # fmt: skip

FAST: Any = mpmath.fp
FINE: Any = mpmath.MPContext()
FINE.dps = 30
MAX_TERMS = 20_000

Numbers = Mapping[str, Any]


class Undefined(ArithmeticError):
    """There is no number here: outside the domain, overflow, or nothing that this route can work out."""


def value(term: Term, at: Numbers | None = None, context: Any = FAST) -> Any:
    """A real or complex number, with the letters of `term` given by `at`. Raises Undefined."""
    try:
        found = _Evaluator(context).value(term, dict(at or {}))
    except (ArithmeticError, ValueError, TypeError, KeyError, mpmath.libmp.NoConvergence) as error:
        raise Undefined(str(error)) from error
    if isinstance(found, list) or not _is_finite(found):
        raise Undefined
    return found


def real_value(term: Term, at: Numbers | None = None, context: Any = FAST) -> Any:
    """Like `value`, but Undefined where the number is not real."""
    found = value(term, at, context)
    if abs(_imaginary(found)) > 1e-9 * (1 + abs(found)):
        raise Undefined
    return found.real if hasattr(found, "real") else found


def _imaginary(number: Any) -> Any:
    return number.imag if hasattr(number, "imag") else 0


def _is_finite(number: Any) -> bool:
    return bool(mpmath.isfinite(mpmath.mpmathify(number)))


_MPMATH_NAMES: dict[str, str] = {
    **{name: name for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: name for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    **{f"arc{name}": f"a{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")},
    "exp": "exp", "floor": "floor", "ceiling": "ceil", "factorial": "factorial", "binomial": "binomial",
    "permutations": "ff", "conjugate": "conj", "sgn": "sign",
}  # fmt: skip


class _Evaluator:
    def __init__(self, context: Any) -> None:
        self.context = context

    def value(self, term: Term, at: dict[str, Any]) -> Any:
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
                return self._total([self.value(part, at) for part in terms])
            case Negative(operand):
                return _scaled(-1, self.value(operand, at))
            case Times(left, right):
                return _multiplied(self.value(left, at), self.value(right, at))
            case Over(left, right):
                return _scaled(1 / self.value(right, at), self.value(left, at))
            case Power(base, exponent):
                return self._power(self.value(base, at), self.value(exponent, at))
            case Radical(radicand, degree):
                return self._root(self.value(radicand, at), self.value(degree, at))
            case Call(name, arguments):
                return self._call(name, [self.value(part, at) for part in arguments])
            case MatrixTerm(rows):
                return [[self.value(cell, at) for cell in line] for line in rows]
        return self._calculus(term, at)

    def _calculus(self, term: Term, at: dict[str, Any]) -> Any:
        match term:
            case Derivative(body, ((variable, order),)):
                return self.context.diff(self._along(body, variable.name, at), at[variable.name], order)
            case Primed(operand, order):
                names = {part.name for part in walk(operand) if isinstance(part, Sym)}
                name = "x" if "x" in names or len(names) != 1 else next(iter(names))
                return self.context.diff(self._along(operand, name, at), at[name], order)
            case Integral(body, variable, lower, upper) if lower is not None and upper is not None:
                ends = [self.value(lower, at), self.value(upper, at)]
                return self._integral(self._along(body, variable.name, at), *ends)
            case Series(kind, body, index, first, last):
                return self._series(
                    kind, self._along(body, index.name, at), self.value(first, at), self.value(last, at)
                )
            case Limit(body, variable, target, side):
                return self._limit(self._along(body, variable.name, at), self.value(target, at), side)
        raise Undefined

    def _along(self, body: Term, name: str, at: dict[str, Any]) -> Callable[[Any], Any]:
        return lambda number: self.value(body, {**at, name: number})

    def _total(self, parts: list[Any]) -> Any:
        if isinstance(parts[0], list):
            return [[sum(cells) for cells in zip(*lines, strict=True)] for lines in zip(*parts, strict=True)]
        return sum(parts)

    def _power(self, base: Any, exponent: Any) -> Any:
        if isinstance(base, list):
            return _matrix_power(base, int(exponent))
        if base == 0 and exponent == 0:
            raise Undefined
        if exponent == int(exponent.real if hasattr(exponent, "real") else exponent):
            return base ** int(exponent.real)
        return self.context.power(base, exponent)

    def _root(self, radicand: Any, degree: Any) -> Any:
        """An odd root of a negative number is the real one."""
        odd = degree == int(degree) and int(degree) % 2 == 1
        if odd and _imaginary(radicand) == 0 and radicand.real < 0:
            return -self.context.power(-radicand.real, 1 / degree)
        return self.context.sqrt(radicand) if degree == 2 else self.context.power(radicand, 1 / degree)

    def _call(self, name: str, parts: list[Any]) -> Any:
        match name:
            case "log":
                return self.context.log(parts[0]) / self.context.log(parts[1])
            case "abs":
                return abs(parts[0])
            case "percent":
                return parts[0] / 100
            case "degrees":
                return parts[0] * self.context.pi / 180
            case "mod":
                return parts[0] - parts[1] * self.context.floor(parts[0] / parts[1])
            case "max" | "min":
                return max(parts) if name == "max" else min(parts)
            case "gcd" | "lcm":
                return (math.gcd if name == "gcd" else math.lcm)(*[_whole(part) for part in parts])
            case "determinant":
                return determinant(parts[0])
            case "transpose":
                return [list(line) for line in zip(*parts[0], strict=True)]
        return getattr(self.context, _MPMATH_NAMES[name])(*parts)

    def _integral(self, body: Callable[[Any], Any], lower: Any, upper: Any) -> Any:
        """In four pieces where the ends are finite; Undefined where the estimate of the error is not small."""
        ends = [lower, upper]
        if _is_finite(lower) and _is_finite(upper):
            ends = [lower + (upper - lower) * n / 4 for n in range(5)]
        found, error = self.context.quad(body, ends, error=True)
        if error > 1e-7 * (1 + abs(found)):
            raise Undefined
        return found

    def _series(self, kind: str, body: Callable[[Any], Any], first: Any, last: Any) -> Any:
        if last - first <= MAX_TERMS:
            found = 1 if kind == "product" else 0
            for number in range(_whole(first), _whole(last) + 1):
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


def determinant(matrix: list[list[Any]]) -> Any:
    """By elimination with the largest pivot."""
    rows = [list(line) for line in matrix]
    found: Any = 1
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda line: abs(rows[line][column]))
        if rows[pivot][column] == 0:
            return 0
        if pivot != column:
            rows[pivot], rows[column], found = rows[column], rows[pivot], -found
        found *= rows[column][column]
        for line in range(column + 1, len(rows)):
            factor = rows[line][column] / rows[column][column]
            rows[line] = [a - factor * b for a, b in zip(rows[line], rows[column], strict=True)]
    return found


def _whole(number: Any) -> int:
    if number != int(number):
        raise Undefined
    return int(number)


def _scaled(factor: Any, number: Any) -> Any:
    return [[factor * cell for cell in line] for line in number] if isinstance(number, list) else factor * number


def _multiplied(left: Any, right: Any) -> Any:
    if isinstance(left, list) and isinstance(right, list):
        return [
            [sum(a * b for a, b in zip(line, column, strict=True)) for column in zip(*right, strict=True)]
            for line in left
        ]
    return _scaled(left, right) if isinstance(right, list) else _scaled(right, left)


def _matrix_power(matrix: list[list[Any]], exponent: int) -> Any:
    size = len(matrix)
    found: Any = [[float(i == j) for j in range(size)] for i in range(size)]
    base = matrix if exponent >= 0 else _inverse(matrix)
    for _ in range(abs(exponent)):
        found = _multiplied(found, base)
    return found


def _inverse(matrix: list[list[Any]]) -> list[list[Any]]:
    """By cofactors over the determinant."""
    whole = determinant(matrix)
    size = range(len(matrix))
    minors = [[[[matrix[a][b] for b in size if b != j] for a in size if a != i] for j in size] for i in size]
    return [[(-1) ** (i + j) * determinant(minors[j][i]) / whole for j in size] for i in size]


def matrix_value(term: Term) -> list[list[Any]]:
    """The cells of a term that is a matrix of numbers. Raises Undefined."""
    try:
        found = _Evaluator(FAST).value(term, {})
    except (ArithmeticError, ValueError, TypeError, KeyError) as error:
        raise Undefined(str(error)) from error
    if not isinstance(found, list):
        raise Undefined
    return found

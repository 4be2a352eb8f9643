"""Known functions in sympy: of numbers, of lists of numbers, of matrices and vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import sympy as sp

from core.errors import NotUnderstood
from core.phrases import phrase

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "cot": sp.cot, "sec": sp.sec, "csc": sp.csc,
    "arcsin": sp.asin, "arccos": sp.acos, "arctan": sp.atan, "arccot": sp.acot, "arcsec": sp.asec, "arccsc": sp.acsc,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "coth": sp.coth, "sech": sp.sech, "csch": sp.csch,
    "arcsinh": sp.asinh, "arccosh": sp.acosh, "arctanh": sp.atanh, "exp": sp.exp, "sgn": sp.sign, "abs": sp.Abs,
    "floor": sp.floor, "ceiling": sp.ceiling, "factorial": sp.factorial, "double factorial": sp.factorial2,
    "binomial": sp.binomial, "conjugate": sp.conjugate, "max": sp.Max, "min": sp.Min, "mod": sp.Mod,
    "re": sp.re, "im": sp.im, "arg": sp.arg,
}  # fmt: skip


def called(name: str, parts: list[Any], evaluate: bool) -> Any:
    """The function `name` of `parts`; `evaluate=False` keeps its shape where sympy can. Raises NotUnderstood."""
    if name in OF_MATRICES:
        return OF_MATRICES[name](parts, evaluate)
    numbers = scalars(parts)
    if name in OF_LISTS:
        return OF_LISTS[name](numbers)
    return FUNCTIONS[name](*numbers, evaluate=evaluate)


def is_matrix(value: Any) -> bool:
    return isinstance(value, sp.MatrixBase | sp.MatrixExpr)


def scalars(parts: list[Any]) -> list[Any]:
    """The same parts. Raises NotUnderstood where one is no number or expression."""
    for part in parts:
        if not isinstance(part, sp.Expr) or is_matrix(part):
            raise NotUnderstood(phrase("reason.scalar"))
    return parts


def matrices(make: Any, parts: list[Any], evaluate: bool) -> Any:
    """The sum or product `make` of matrices and numbers. Raises NotUnderstood where their sizes do not fit."""
    try:
        built = make(*parts)
        return built.doit() if evaluate else built
    except (sp.ShapeError, TypeError) as error:
        raise NotUnderstood(phrase("reason.sizes")) from error


def taylor_polynomial(body: Any, letter: Any, point: Any, order: Any) -> Any:
    """The sum of the first terms of the power series, up to `order`."""
    return sp.series(body, letter, point, int(order) + 1).removeO()


def _determinant(parts: list[Any], evaluate: bool) -> Any:
    (matrix,) = parts
    if not is_matrix(matrix):
        raise NotUnderstood(phrase("reason.determinant"))
    if matrix.rows != matrix.cols:
        raise NotUnderstood(phrase("reason.square"))
    return sp.Determinant(matrix).doit() if evaluate else sp.Determinant(matrix)


def _transposed(parts: list[Any], evaluate: bool) -> Any:
    transposed = sp.Transpose(parts[0])
    return transposed.doit() if evaluate else transposed


def _rank(parts: list[Any], evaluate: bool) -> Any:
    if not isinstance(parts[0], sp.MatrixBase):
        raise NotUnderstood(phrase("reason.rank"))
    return sp.Integer(parts[0].rank())


def _columns(parts: list[Any]) -> list[Any]:
    if not all(isinstance(part, sp.MatrixBase) and part.cols == 1 for part in parts):
        raise NotUnderstood(phrase("reason.vectors"))
    return parts


def _dot(parts: list[Any], evaluate: bool) -> Any:
    left, right = _columns(parts)
    if left.rows != right.rows:
        raise NotUnderstood(phrase("reason.vector-lengths"))
    return left.dot(right)


def _cross(parts: list[Any], evaluate: bool) -> Any:
    left, right = _columns(parts)
    if left.rows != 3 or right.rows != 3:
        raise NotUnderstood(phrase("reason.cross"))
    return left.cross(right)


def _norm(parts: list[Any], evaluate: bool) -> Any:
    (vector,) = _columns(parts)
    return sp.sqrt(sum(part**2 for part in vector))


def _mean(numbers: list[Any]) -> Any:
    return sp.Add(*numbers) / len(numbers)


def _median(numbers: list[Any]) -> Any:
    if not all(number.is_real and number.is_number for number in numbers):
        raise NotUnderstood(phrase("reason.median"))
    ordered = sorted(numbers, key=lambda number: float(number))
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _mode(numbers: list[Any]) -> Any:
    """The number that occurs most often. Raises NotUnderstood where it is not one alone."""
    (first, often), *others = Counter(numbers).most_common(2)
    if any(count == often for _, count in others):
        raise NotUnderstood(phrase("reason.mode"))
    return first


def _variance(numbers: list[Any]) -> Any:
    """Of a whole population: the mean squared distance from the mean."""
    mean = _mean(numbers)
    return _mean([(number - mean) ** 2 for number in numbers])


OF_LISTS: dict[str, Callable[[list[Any]], Any]] = {
    "gcd": sp.gcd_list,
    "lcm": sp.lcm_list,
    "permutations": lambda numbers: sp.ff(*numbers),
    "mean": _mean,
    "median": _median,
    "mode": _mode,
    "variance": _variance,
    "deviation": lambda numbers: sp.sqrt(_variance(numbers)),
    "round": lambda numbers: sp.floor(numbers[0] + sp.Rational(1, 2)),
}
OF_MATRICES: dict[str, Callable[[list[Any], bool], Any]] = {
    "determinant": _determinant,
    "transpose": _transposed,
    "rank": _rank,
    "dot": _dot,
    "cross": _cross,
    "norm": _norm,
}

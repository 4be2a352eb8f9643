"""Named functions of plain numbers, matrices and lists, for the second route; `context` is an mpmath context."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from core.solver import dense

LARGEST = 2**53

MPMATH_NAMES: dict[str, str] = {
    **{name: name for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: name for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    **{f"arc{name}": f"a{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")},
    "exp": "exp", "floor": "floor", "ceiling": "ceil", "factorial": "factorial", "binomial": "binomial",
    "permutations": "ff", "conjugate": "conj", "sgn": "sign", "double factorial": "fac2", "gamma": "gamma",
    "re": "re", "im": "im", "arg": "arg", "abs": "fabs",
}  # fmt: skip


def called(name: str, parts: list[Any], context: Any) -> Any:
    """The value of the function. Raises what mpmath raises, KeyError for a function that has no value here."""
    if name in SEVERAL:
        return SEVERAL[name](parts, context)
    return getattr(context, MPMATH_NAMES[name])(*parts)


def whole(number: Any) -> int:
    """The integer that `number` is. Raises ValueError for any other, and where it may have lost digits."""
    if number != int(number) or abs(number) > LARGEST:
        raise ValueError("not a whole number")
    return int(number)


def _column(vector: list[list[Any]]) -> list[Any]:
    return [line[0] for line in vector]


def _dot(left: Any, right: Any) -> Any:
    return sum(a * b for a, b in zip(_column(left), _column(right), strict=True))


def _cross(left: Any, right: Any) -> Any:
    (a, b, c), (x, y, z) = _column(left), _column(right)
    return [[b * z - c * y], [c * x - a * z], [a * y - b * x]]


def _mean(parts: list[Any]) -> Any:
    return sum(parts) / len(parts)


def _median(parts: list[Any]) -> Any:
    ordered = sorted(parts)
    return (ordered[(len(parts) - 1) // 2] + ordered[len(parts) // 2]) / 2


def _variance(parts: list[Any]) -> Any:
    """By the mean of the squares less the square of the mean."""
    return _mean([part * part for part in parts]) - _mean(parts) ** 2


SEVERAL: dict[str, Callable[[list[Any], Any], Any]] = {
    "log": lambda parts, context: context.log(parts[0]) / context.log(parts[1]),
    "percent": lambda parts, context: parts[0] / 100,
    "degrees": lambda parts, context: parts[0] * context.pi / 180,
    "mod": lambda parts, context: parts[0] - parts[1] * context.floor(parts[0] / parts[1]),
    "round": lambda parts, context: context.floor(parts[0] + 0.5),
    "max": lambda parts, context: max(parts),
    "min": lambda parts, context: min(parts),
    "gcd": lambda parts, context: math.gcd(*map(whole, parts)),
    "lcm": lambda parts, context: math.lcm(*map(whole, parts)),
    "mean": lambda parts, context: _mean(parts),
    "median": lambda parts, context: _median(parts),
    "mode": lambda parts, context: max(parts, key=parts.count),
    "variance": lambda parts, context: _variance(parts),
    "deviation": lambda parts, context: context.sqrt(_variance(parts)),
    "determinant": lambda parts, context: dense.determinant(parts[0]),
    "transpose": lambda parts, context: [list(line) for line in zip(*parts[0], strict=True)],
    "rank": lambda parts, context: dense.rank(parts[0]),
    "rref": lambda parts, context: dense.reduced(parts[0]),
    "inverse": lambda parts, context: dense.inverse(parts[0]),
    "trace": lambda parts, context: sum(line[n] for n, line in enumerate(parts[0])),
    "dot": lambda parts, context: _dot(*parts),
    "cross": lambda parts, context: _cross(*parts),
    "norm": lambda parts, context: context.sqrt(_dot(parts[0], parts[0])),
}

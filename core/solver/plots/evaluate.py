"""The values of a sympy expression over whole arrays: real arithmetic in numpy, without generating any code.

Odd roots of negative numbers are the real ones. Where there is no real value the array holds nan, where it grows
beyond machine numbers an infinity.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import sympy as sp

from core.errors import NothingToPlot

Array: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Function: TypeAlias = Callable[..., Array]


def compiled(expression: Any, names: Sequence[str]) -> Function:
    """`expression` as a function of arrays, one for each of `names`. Raises NothingToPlot where it holds anything
    that has no real value, or another letter.
    """
    if expression.has(sp.Derivative):
        expression = expression.doit()
    if expression.has(sp.binomial):
        expression = sp.expand_func(expression)
    evaluate = _node(expression, tuple(names))

    def function(*arrays: Array) -> Array:
        shaped = [np.asarray(array, dtype=np.float64) for array in arrays]
        with np.errstate(all="ignore"):
            found = evaluate(shaped)
        return np.broadcast_to(np.asarray(found, dtype=np.float64), np.broadcast_shapes(*(a.shape for a in shaped)))

    return function


def _node(expression: Any, names: tuple[str, ...]) -> Callable[[list[Array]], Any]:
    if expression.is_Symbol:
        if expression.name not in names:
            raise NothingToPlot
        position = names.index(expression.name)
        return lambda arrays: arrays[position]
    if expression.is_number:
        constant = real_number(expression)
        return lambda arrays: constant
    if expression.is_Pow:
        return _power(expression, names)
    function = _FUNCTIONS.get(expression.func)
    if function is None:
        raise NothingToPlot
    parts = [_node(part, names) for part in expression.args]
    return lambda arrays: function(*[part(arrays) for part in parts])


def real_number(expression: Any) -> float:
    """The value of a sympy number; infinities count. Raises NothingToPlot where it is not real."""
    try:
        found = complex(sp.N(expression, 17))
    except (TypeError, ValueError, ArithmeticError) as error:
        raise NothingToPlot from error
    if math.isnan(found.real) or abs(found.imag) > 1e-12 * (1 + abs(found)):
        raise NothingToPlot
    return found.real


def _power(expression: Any, names: tuple[str, ...]) -> Callable[[list[Array]], Any]:
    base, exponent = expression.as_base_exp() if expression.exp.is_number else (expression.base, expression.exp)
    below, above = _node(base, names), _node(exponent, names)
    if exponent.is_Rational and not exponent.is_Integer and exponent.q % 2 == 1:
        sign = exponent.p % 2
        power = float(exponent)
        return lambda arrays: _real_root(below(arrays), power, sign)
    return lambda arrays: np.power(below(arrays), above(arrays))


def _real_root(base: Any, power: float, odd: int) -> Any:
    size = np.power(np.abs(base), power)
    return np.sign(base) * size if odd else size


def _sum(*parts: Any) -> Any:
    return sum(parts)


def _product(*parts: Any) -> Any:
    return math.prod(parts)


def _gamma(number: float) -> float:
    try:
        return math.gamma(number)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


_gammas = np.vectorize(_gamma, otypes=[np.float64])


def _factorial(number: Any) -> Any:
    """Between whole numbers the gamma function; nothing below zero."""
    return np.where(np.asarray(number) < 0, np.nan, _gammas(number + 1.0))


def _choose(top: Any, bottom: Any) -> Any:
    return _factorial(top) / (_factorial(bottom) * _factorial(top - bottom))


_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    sp.Add: _sum, sp.Mul: _product, sp.exp: np.exp, sp.log: np.log, sp.Abs: np.abs, sp.sign: np.sign,
    sp.sin: np.sin, sp.cos: np.cos, sp.tan: np.tan, sp.cot: lambda x: np.cos(x) / np.sin(x),
    sp.sec: lambda x: 1 / np.cos(x), sp.csc: lambda x: 1 / np.sin(x), sp.asin: np.arcsin, sp.acos: np.arccos,
    sp.atan: np.arctan, sp.acot: lambda x: np.arctan(1 / x), sp.asec: lambda x: np.arccos(1 / x),
    sp.acsc: lambda x: np.arcsin(1 / x), sp.sinh: np.sinh, sp.cosh: np.cosh, sp.tanh: np.tanh,
    sp.coth: lambda x: 1 / np.tanh(x), sp.sech: lambda x: 1 / np.cosh(x), sp.csch: lambda x: 1 / np.sinh(x),
    sp.asinh: np.arcsinh, sp.acosh: np.arccosh, sp.atanh: np.arctanh, sp.floor: np.floor, sp.ceiling: np.ceil,
    sp.Max: lambda *parts: np.max(np.broadcast_arrays(*parts), axis=0),
    sp.Min: lambda *parts: np.min(np.broadcast_arrays(*parts), axis=0),
    sp.Mod: lambda x, y: np.mod(x, y), sp.gamma: _gammas, sp.factorial: _factorial, sp.binomial: _choose,
}  # fmt: skip

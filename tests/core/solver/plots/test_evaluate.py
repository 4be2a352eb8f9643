"""Arrays of values against sympy's own."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from core.errors import NothingToPlot
from core.solver.plots.evaluate import compiled

X = sp.Symbol("x", real=True)

EXPRESSIONS = [
    X**2 - 3 * X + sp.Rational(1, 3), sp.sin(X) * sp.exp(-X), sp.log(X + 5), sp.sqrt(X + 4), sp.Abs(X), sp.floor(X),
    sp.ceiling(X), sp.sign(X), sp.atan(X), sp.tanh(X), X / (X**2 + 1), sp.pi**X, sp.Max(X, 1), sp.Min(X, 1, X**2),
    sp.factorial(X + 4), sp.binomial(X, 2), sp.Derivative(X**3, X), sp.Mod(X, 2), sp.cot(X), sp.sec(X), sp.asinh(X),
]  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_values_are_those_of_sympy(expression: sp.Expr) -> None:
    points = [-3.7, -1.2, 0.4, 2.6]

    found = compiled(expression, ["x"])(np.array(points))

    exact = [float(expression.doit().subs(X, sp.Rational(str(point))).evalf()) for point in points]
    assert found.tolist() == pytest.approx(exact, rel=1e-9)


def test_odd_roots_of_negative_numbers_are_real() -> None:
    assert compiled(sp.Pow(X, sp.Rational(1, 3)), ["x"])(np.array([-8.0])).tolist() == pytest.approx([-2])
    assert compiled(sp.Pow(X, sp.Rational(2, 3)), ["x"])(np.array([-8.0])).tolist() == pytest.approx([4])


def test_where_there_is_no_real_value_there_is_none() -> None:
    assert np.isnan(compiled(sp.sqrt(X), ["x"])(np.array([-1.0]))).all()


@pytest.mark.parametrize("expression", [X + sp.I, X + sp.Symbol("a"), sp.Function("f")(X), sp.zeta(X)], ids=str)
def test_what_has_no_values_says_so(expression: sp.Expr) -> None:
    with pytest.raises(NothingToPlot):
        compiled(expression, ["x"])

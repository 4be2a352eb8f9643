"""What sympy raises when it meets something it cannot do; each place that catches these goes on another way."""

from __future__ import annotations

import sympy as sp

SYMPY_FAILURES: tuple[type[Exception], ...] = (
    NotImplementedError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError,
    sp.PolynomialError, sp.PoleError, sp.polys.polyerrors.BasePolynomialError, sp.SympifyError,
)  # fmt: skip

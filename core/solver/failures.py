"""What sympy raises when it meets something it cannot do; each place that catches these goes on another way.

The list is long because sympy says "I cannot" in whatever way it stumbles on: an assertion deep in an integrator, a
missing attribute of a set, a comparison of complex numbers.
"""

from __future__ import annotations

import sympy as sp

SYMPY_FAILURES: tuple[type[Exception], ...] = (
    NotImplementedError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError,
    sp.PolynomialError, sp.PoleError, sp.polys.polyerrors.BasePolynomialError, sp.SympifyError,
)  # fmt: skip

ENGINES = frozenset({"sympy", "mpmath"})


def is_of_sympy(error: BaseException) -> bool:
    """True where `error` was raised inside sympy: a problem it cannot do. Anything else is a defect of ours."""
    trace = error.__traceback__
    module = ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        trace = trace.tb_next
    return module.partition(".")[0] in ENGINES

"""Taylor polynomials, lowest power first."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.terms import Expansion
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, decided, number
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, value

SECONDS = 5.0
MAX_ORDER = 12
STEPS = ("0.07", "-0.11", "0.13", "-0.05", "0.02")


def is_expansion(problem: Problem) -> bool:
    return isinstance(problem.term, Expansion)


def expansion(problem: Problem) -> Found:
    """The polynomial in powers of the distance from the point. Raises NoMethod where there is none."""
    term = problem.term
    assert isinstance(term, Expansion)
    if term.order > MAX_ORDER:
        raise NoMethod(phrase("reason.order", most=MAX_ORDER))
    with sympy_may_fail(NoMethod(), seconds=SECONDS):
        found = to_sympy(term)
    letter, centre = sp.Symbol(term.variable.name, real=True), to_sympy(term.point)
    if not isinstance(found, sp.Expr) or not found.is_polynomial(letter):
        raise NoMethod(phrase("reason.no-expansion"))
    return Found("expansion", found, _differentiated(term, found), _ascending(found, letter, centre))


def _ascending(polynomial: Any, letter: Any, centre: Any) -> str:
    """`a + b (x - c) + d (x - c)^2 + ...`."""
    distance = sp.Dummy("d")
    shifted = sp.Poly(sp.expand(polynomial.subs(letter, distance + centre)), distance)
    pieces: list[str] = []
    for (power,), factor in reversed(shifted.terms()):
        written = write_sympy(factor * (letter - centre) ** power)
        negative = written.startswith("- ")
        sign = "- " if negative else "+ " if pieces else ""
        pieces.append(f"{sign}{written[2:] if negative else written}")
    return f"{' '.join(pieces) or '0'} + \\ldots"


def _differentiated(term: Expansion, found: Any) -> Check:
    """The same polynomial from derivatives taken numerically, at points near the centre."""
    agreed = differed = 0
    for step in STEPS:
        try:
            at = value(term.point, context=FINE) + FINE.mpf(step)
            same = close(value(term, {term.variable.name: at}, FINE), number(found, {term.variable.name: at}), 1e-7)
        except (Undefined, TypeError, ValueError):
            continue
        agreed, differed = agreed + same, differed + (not same)
    return Check(decided(agreed, differed), phrase("route.differentiated-numerically"))

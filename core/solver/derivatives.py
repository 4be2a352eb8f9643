"""Derivatives: of an expression, at a point, and along a curve that an equation gives."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.meaning import USUAL_FUNCTIONS
from core.notation.term_tools import dependent_letters
from core.notation.terms import Apply, At, Derivative, Primed, Relation, Sym, System, Term, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, decided, number, same_everywhere, same_number
from core.solver.equations import difference_of
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, real_value
from core.solver.values import simplest_number

REWRITING = 1.0
STEP, ENOUGH = 1e-6, 3


def is_derivative(problem: Problem) -> bool:
    term = problem.term
    return isinstance(term.body if isinstance(term, At) else term, Derivative | Primed)


def derivative(problem: Problem) -> Found:
    """The derivative, in the shortest of its forms; at a point, its value there."""
    term = problem.term
    inner = term.body if isinstance(term, At) else term
    unknown = isinstance(inner, Derivative) and isinstance(inner.body, Sym) and inner.body.name in USUAL_FUNCTIONS
    if unknown or dependent_letters(term)[0] or any(isinstance(part, Apply) for part in walk(term)):
        raise NoMethod(phrase("reason.no-function"))
    plain = to_sympy(term).doit()
    route = phrase("route.differentiated-numerically")
    if isinstance(term, At) and not problem.letters:
        found = simplest_number(plain)
        if found.has(sp.zoo, sp.nan, sp.oo):
            raise NoMethod(phrase("reason.no-slope"))
        return Found("derivative", found, same_number(term, found, route))
    forms = [plain]
    for rewrite in (sp.simplify, sp.factor, sp.expand, sp.together):
        with sympy_may_fail(seconds=REWRITING):
            forms.append(rewrite(plain))
    shortest = min(forms, key=lambda form: (sp.count_ops(form), len(str(form))))
    check = same_everywhere(term, shortest, problem.letters, route)
    others = (("as-differentiated", plain),) if plain != shortest else ()
    return Found("derivative", shortest, check, forms=others)


def is_implicit_derivative(problem: Problem) -> bool:
    """An equation in x and y, and dy/dx or y' beside it."""
    match problem.term:
        case System((Relation("=", left, right), Derivative(Sym(), ((Sym(), 1),)) | Primed(Sym(), 1))):
            return not any(isinstance(part, Primed | Derivative) for side in (left, right) for part in walk(side))
    return False


def implicit_derivative(problem: Problem) -> Found:
    """dy/dx = - F_x / F_y along F(x, y) = 0."""
    assert isinstance(problem.term, System)
    relation, asked = problem.term.parts
    assert isinstance(relation, Relation)
    (dependent,), variable = dependent_letters(asked)
    if isinstance(asked, Primed):
        others = sorted(set(problem.letters) - {dependent})
        variable = "x" if "x" in others or not others else others[0]
    difference = difference_of(relation)
    curve = to_sympy(difference)
    x, y = (sp.Symbol(name, real=True) for name in (variable, dependent))
    across = sp.diff(curve, y)
    if across == 0:
        raise NoMethod(phrase("reason.letter-missing", letter=dependent))
    found = sp.simplify(-sp.diff(curve, x) / across)
    return Found("derivative", found, _along_the_curve(difference, variable, dependent, found))


def _along_the_curve(difference: Term, variable: str, dependent: str, slope: Any) -> Check:
    """The curve followed a little way by numbers, and the slope measured."""
    agreed = differed = 0
    for start in (FINE.mpf(n) / 7 for n in (3, 8, -5, 12, 19, -11)):
        for guess in (1.3, -1.7, 3.1):
            heights = [_height(difference, variable, dependent, start + step, guess) for step in (-STEP, 0.0, STEP)]
            if None in heights:
                continue
            measured = (heights[2] - heights[0]) / (2 * STEP)
            try:
                expected = number(slope, {variable: sp.Rational(str(start)), dependent: sp.Rational(str(heights[1]))})
            except (Undefined, TypeError, ValueError):
                continue
            same = close(measured, expected, 1e-4)
            agreed, differed = agreed + same, differed + (not same)
    return Check(decided(agreed, differed), phrase("route.curve-followed"))


def _height(difference: Term, variable: str, dependent: str, x: Any, guess: float) -> Any:
    """A y on the curve at this x, near the guess; None where none is found."""
    try:
        return FINE.findroot(lambda y: real_value(difference, {variable: x, dependent: y}, FINE), guess)
    except (Undefined, ValueError, ZeroDivisionError):
        return None

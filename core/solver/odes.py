"""Ordinary differential equations in one unknown function."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.term_tools import dependent_letters
from core.notation.terms import Apply, Primed, Relation, System, Term
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import decided, number
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import Undefined
from core.solver.wording import both_signs


def is_ode(problem: Problem) -> bool:
    parts = _parts(problem.term)
    return all(isinstance(part, Relation) for part in parts) and bool(dependent_letters(problem.term)[0])


def _parts(term: Term) -> tuple[Term, ...]:
    return term.parts if isinstance(term, System) else (term,)


def _is_condition(part: Term) -> bool:
    """`y(0) = 1` or `y'(0) = 2`: the value at a point."""
    left = part.left if isinstance(part, Relation) else part
    call = left.operand if isinstance(left, Primed) else left
    return (
        isinstance(call, Apply)
        and len(call.arguments) == 1
        and not any(s for s in to_sympy(call.arguments[0]).free_symbols)
    )


def ode(problem: Problem) -> Found:
    """The general solution, or the one through the given values; put back into the equation at sample points."""
    dependent, variable = dependent_letters(problem.term)
    parts = _parts(problem.term)
    if len(dependent) != 1 or sum(not _is_condition(part) for part in parts) != 1:
        raise NoMethod(phrase("reason.one-differential-equation"))
    letter = sp.Symbol(variable, real=True)
    function = sp.Function(next(iter(dependent)))(letter)
    built = to_sympy(problem.term)
    relations = list(built) if isinstance(built, sp.Tuple) else [built]
    equation = next(relation for relation, part in zip(relations, parts, strict=True) if not _is_condition(part))
    conditions = {relation.lhs: relation.rhs for relation in relations if relation is not equation}
    with sympy_may_fail(NoMethod(phrase("reason.no-differential-solution"))):
        found = sp.dsolve(equation.doit(), function, ics=conditions or None)
    solutions = found if isinstance(found, list) else [found]
    explicit = [solution for solution in solutions if isinstance(solution, sp.Equality) and solution.lhs == function]
    if not explicit or any(solution.rhs.has(sp.Integral) for solution in explicit):
        return Found("differential equation", solutions[0], Check("unknown", phrase("route.put-back")))
    checks = [_put_back(equation, function, solution.rhs, letter) for solution in explicit]
    worst = next((check for check in checks if check.verdict != "yes"), checks[0])
    values = [sp.Eq(function, _opened(solution.rhs), evaluate=False) for solution in explicit]
    pair = both_signs(*(write_sympy(value.rhs) for value in values)) if len(values) == 2 else None
    if pair is not None:
        return Found("differential equation", values[0], worst, f"{write_sympy(function)} = {pair}")
    others = tuple(("another-solution", value) for value in values[1:])
    return Found("differential equation", values[0], worst, forms=others)


def _opened(solution: Any) -> Any:
    """Each constant with its own function, where that is not much longer: (C1 + C2 e^x) e^x is C1 e^x + C2 e^{2x}."""
    opened = sp.powsimp(sp.expand(solution))
    return opened if sp.count_ops(opened) <= sp.count_ops(solution) + 4 else solution


def _put_back(equation: Any, function: Any, solution: Any, letter: Any) -> Check:
    residual = (equation.lhs - equation.rhs).subs(function, solution).doit()
    constants = sorted(residual.free_symbols - {letter}, key=str)
    agreed = differed = 0
    for n in range(6):
        at = {
            letter.name: sp.Rational(7 + 5 * n, 9),
            **{c.name: sp.Rational(3 + 2 * n + 4 * k, 5) for k, c in enumerate(constants)},
        }
        try:
            size = abs(number(residual, at))
        except (Undefined, TypeError, ValueError):
            continue
        agreed, differed = agreed + (size < 1e-9), differed + (size >= 1e-9)
    return Check(decided(agreed, differed), phrase("route.put-back-equation"))

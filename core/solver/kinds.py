"""The table of kinds of problems, tried from the top: how each is recognised and who solves it."""

from __future__ import annotations

from core.errors import NoMethod
from core.notation.terms import Apply, Derivative, Integral, Relation, Sym, System, Task, Term, walk
from core.phrases import phrase
from core.solver.definitions import defined
from core.solver.derivatives import derivative, implicit_derivative, is_derivative, is_implicit_derivative
from core.solver.equations import is_equation
from core.solver.expansions import expansion, is_expansion
from core.solver.found import Found, Kind, Problem
from core.solver.half_planes import half_plane, is_half_plane
from core.solver.inequalities import equation_or_intervals, inequality, is_inequality
from core.solver.integrals import integral, is_integral
from core.solver.limits import is_limit, limit
from core.solver.matrices import is_matrix_problem, matrix
from core.solver.memberships import is_membership, membership
from core.solver.odes import is_ode, ode
from core.solver.quantities import is_quantity, quantity
from core.solver.series import is_series, series
from core.solver.systems import is_system, system
from core.solver.values import arithmetic, is_expression, is_number, with_letters

KINDS: tuple[Kind, ...] = (
    Kind("implicit derivative", is_implicit_derivative, implicit_derivative),
    Kind("differential equation", is_ode, ode),
    Kind("inequality", is_inequality, inequality),
    Kind("system", is_system, system),
    Kind("equation", is_equation, equation_or_intervals),
    Kind("membership", is_membership, membership),
    Kind("matrix", is_matrix_problem, matrix),
    Kind("integral", is_integral, integral),
    Kind("derivative", is_derivative, derivative),
    Kind("limit", is_limit, limit),
    Kind("series", is_series, series),
    Kind("quantity", is_quantity, quantity),
    Kind("expansion", is_expansion, expansion),
    Kind("half-plane", is_half_plane, half_plane),
    Kind("arithmetic", is_number, arithmetic),
    Kind("expression", is_expression, with_letters),
)


def solve_term(term: Term) -> Found:
    """Solves by the first kind that applies. Raises NoMethod where none does."""
    problem = problem_of(term)
    if any(isinstance(part, Apply) for part in walk(problem.term)) and not isinstance(problem.term, Relation | System):
        raise NoMethod(phrase("reason.undefined-function"))
    for kind in KINDS:
        if kind.applies(problem):
            return kind.solve(problem)
    raise NoMethod


def problem_of(term: Term) -> Problem:
    """Without the word that says what to do; functions that the problem defines are put in."""
    if not isinstance(term, Task):
        return Problem(defined(term))
    body = defined(term.body)
    unknown = term.unknown.name if term.unknown else ""
    letter = term.unknown or _usual_letter(body)
    if term.verb == "differentiate":
        return Problem(Derivative(body, ((letter, 1),)))
    if term.verb == "integrate":
        return Problem(Integral(body, letter))
    return Problem(body, "" if term.verb == "solve" else term.verb, unknown)


def _usual_letter(term: Term) -> Sym:
    names = sorted({part.name for part in walk(term) if isinstance(part, Sym)})
    return Sym("x" if "x" in names or not names else names[0])

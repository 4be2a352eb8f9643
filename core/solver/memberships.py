"""Sets and memberships, such as x in [0, 1]: said in inequalities."""

from __future__ import annotations

import sympy as sp

from core.errors import NoMethod
from core.notation.terms import Relation, SetUnion, Span, Sym
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.found import Found, Problem
from core.solver.wording import interval_set


def is_membership(problem: Problem) -> bool:
    term = problem.term
    return isinstance(term, Span | SetUnion) or (isinstance(term, Relation) and term.sign == "in")


def membership(problem: Problem) -> Found:
    """The set, and what it says of the letter."""
    term = problem.term
    letter = term.left if isinstance(term, Relation) else Sym("x")
    values = to_sympy(term.right if isinstance(term, Relation) else term)
    if not isinstance(letter, Sym) or not isinstance(values, sp.Set):
        raise NoMethod
    return Found("set", values, Check("unknown", phrase("route.rewritten")), interval_set(letter.name, values))

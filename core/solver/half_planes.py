"""An inequality in two letters, solved for one of them: x + y > 2 becomes y > 2 - x."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.terms import Relation
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import decided, number, sample_points
from core.solver.equations import difference_of
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, holds
from core.solver.wording import spelt

SIGNS = {"<": "<", ">": ">", "<=": "\\leq", ">=": "\\geq"}
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
MAKERS = {"<": sp.Lt, ">": sp.Gt, "<=": sp.Le, ">=": sp.Ge}


def is_half_plane(problem: Problem) -> bool:
    return isinstance(problem.term, Relation) and problem.term.sign in SIGNS and len(problem.letters) == 2


def half_plane(problem: Problem) -> Found:
    """Solved for the second letter, or the one asked for, where it stands in the first power with a number."""
    relation = problem.term
    assert isinstance(relation, Relation)
    name = problem.unknown or problem.letters[1]
    letter = sp.Symbol(name, real=True)
    expression = sp.expand(to_sympy(difference_of(relation)))
    slope = expression.coeff(letter, 1)
    if not slope.is_number or slope == 0 or (expression - slope * letter).has(letter):
        raise NoMethod
    sign = relation.sign if slope.is_positive else MIRRORED[relation.sign]
    edge = sp.simplify(-(expression - slope * letter) / slope)
    return Found(
        "half-plane",
        MAKERS[sign](letter, edge),
        _tried(problem, relation, name, sign, edge),
        f"{spelt(name)} {SIGNS[sign]} {write_sympy(edge)}",
        choices=(phrase("note.solved-for", letter=name),),
    )


def _tried(problem: Problem, relation: Relation, name: str, sign: str, edge: Any) -> Check:
    """Points on either side of the edge, put into what was written."""
    agreed = differed = 0
    for point in sample_points(problem.letters):
        at = {letter: FINE.mpf(p.numerator) / p.denominator for letter, p in point.items()}
        try:
            border = number(edge, point)
            for beside in (-1, 1):
                above = beside > 0
                same = holds(relation, {**at, name: border + beside}, FINE) == (above == (sign in (">", ">=")))
                agreed, differed = agreed + same, differed + (not same)
        except (Undefined, TypeError, ValueError):
            continue
    return Check(decided(agreed, differed), phrase("route.inside-outside"))

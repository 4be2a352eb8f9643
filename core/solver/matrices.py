"""Matrices of numbers or letters: products, inverses, transposes; and what is worth knowing of a single matrix."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod, TooLarge
from core.notation.size import MAX_MATRIX_SIDE
from core.notation.terms import Call, Collection, MatrixTerm, Relation, SetUnion, Span, System, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, same_everywhere, same_number
from core.solver.found import Found, Problem
from core.solver.numeric import Undefined, matrix_value


def is_matrix_problem(problem: Problem) -> bool:
    holds = any(isinstance(part, MatrixTerm) for part in walk(problem.term))
    return holds and not isinstance(problem.term, Relation | System | Collection | Span | SetUnion)


def matrix(problem: Problem) -> Found:
    """The matrix or the number asked for. Raises TooLarge for matrices beyond MAX_MATRIX_SIDE."""
    for part in walk(problem.term):
        if isinstance(part, MatrixTerm) and max(len(part.rows), len(part.rows[0])) > MAX_MATRIX_SIDE:
            raise TooLarge("Matrices of this size are not calculated.")
    try:
        found = to_sympy(problem.term)
    except (ValueError, sp.matrices.exceptions.NonInvertibleMatrixError) as error:
        raise NoMethod("The matrix has no inverse, because its determinant is zero.") from error
    if isinstance(found, sp.MatrixExpr) and not isinstance(found, sp.MatrixBase):
        raise NoMethod
    if found.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        raise NoMethod("This has no value.")
    if isinstance(found, sp.MatrixBase):
        found = found.applyfunc(sp.simplify)
        forms = _facts(found) if isinstance(problem.term, MatrixTerm) else ()
        return Found("matrix", found, _recomputed(problem, found), forms=forms)
    kind = "determinant" if isinstance(problem.term, Call) else "matrix"
    found = sp.simplify(found)
    route = phrase("route.recomputed")
    check = (
        same_everywhere(problem.term, found, problem.letters, route)
        if problem.letters
        else same_number(problem.term, found, route)
    )
    return Found(kind, found, check)


def _facts(found: Any) -> tuple[tuple[str, Any], ...]:
    """Determinant, inverse, rank, transpose: what belongs to a matrix shown alone."""
    facts: list[tuple[str, Any]] = [("transposed", found.T), ("rank", sp.Integer(found.rank()))]
    if found.rows == found.cols:
        determinant = sp.factor(found.det())
        facts.insert(0, ("determinant", determinant))
        if determinant != 0:
            facts.insert(1, ("inverse", found.inv().applyfunc(sp.simplify)))
    return tuple(facts)


def _recomputed(problem: Problem, found: Any) -> Check:
    route = phrase("route.recomputed")
    try:
        cells = matrix_value(problem.term)
        exact = [[complex(cell) for cell in line] for line in found.tolist()]
    except (Undefined, TypeError, ValueError):
        return Check("unknown", route)
    same = all(close(a, b) for left, right in zip(cells, exact, strict=True) for a, b in zip(left, right, strict=True))
    return Check("yes" if same else "no", route)

"""Matrices and vectors of numbers or letters: what is worked out with them, and what is worth knowing of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from core.errors import NoMethod, TooLarge
from core.notation.from_sympy import write_sympy
from core.notation.size import MAX_MATRIX_SIDE
from core.notation.terms import Call, Collection, Either, MatrixTerm, Relation, SetUnion, Span, System, Vector, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, decided, number, same_everywhere, same_number, sample_points
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, matrix_value

SECONDS = 2.0
MAX_EIGEN_SIDE = 4
MAX_EIGEN_OPERATIONS = 30
SINGULAR = "reason.singular"


def is_matrix_problem(problem: Problem) -> bool:
    holds = any(isinstance(part, MatrixTerm | Vector) for part in walk(problem.term))
    return holds and not isinstance(problem.term, Relation | System | Either | Collection | Span | SetUnion)


def matrix(problem: Problem) -> Found:
    """The matrix or the number asked for. Raises TooLarge for matrices beyond MAX_MATRIX_SIDE."""
    for part in walk(problem.term):
        if isinstance(part, MatrixTerm) and max(len(part.rows), len(part.rows[0])) > MAX_MATRIX_SIDE:
            raise TooLarge(phrase("reason.matrix-size"))
    try:
        found = to_sympy(problem.term)
    except sp.matrices.exceptions.NonInvertibleMatrixError as error:
        raise NoMethod(phrase(SINGULAR)) from error
    except ValueError as error:
        raise NoMethod(phrase(SINGULAR) if "not invertible" in str(error) else None) from error
    if isinstance(found, sp.MatrixExpr) and not isinstance(found, sp.MatrixBase):
        raise NoMethod
    if found.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        raise NoMethod(phrase("reason.no-value"))
    if problem.verb in OPERATIONS and isinstance(found, sp.MatrixBase):
        return OPERATIONS[problem.verb](problem, found)
    if isinstance(found, sp.MatrixBase):
        found = found.applyfunc(sp.simplify)
        forms = _facts(found) if isinstance(problem.term, MatrixTerm | Vector) else ()
        return Found("matrix", found, _recomputed(problem, found), forms=forms)
    kind = "determinant" if isinstance(problem.term, Call) and problem.term.name == "determinant" else "matrix"
    found = sp.simplify(found)
    route = phrase("route.recomputed")
    check = (
        same_everywhere(problem.term, found, problem.letters, route)
        if problem.letters
        else same_number(problem.term, found, route)
    )
    return Found(kind, found, check)


def _facts(found: Any) -> tuple[tuple[str, Any], ...]:
    """What belongs to a matrix or vector shown alone: determinant, inverse, rank, eigenvalues; its length."""
    if found.cols == 1:
        return (("norm", sp.simplify(sp.sqrt(sum(abs(part) ** 2 for part in found)))),)
    facts: list[tuple[str, Any]] = [("transposed", found.T), ("rank", sp.Integer(found.rank()))]
    if found.rows == found.cols:
        determinant = sp.factor(found.det())
        facts.insert(0, ("determinant", determinant))
        if determinant != 0:
            facts.insert(1, ("inverse", found.inv().applyfunc(sp.simplify)))
        facts.append(("trace", sp.simplify(found.trace())))
        values = _eigenvalues(found)
        if values:
            facts.append(("eigenvalues", _listed(values)))
    return tuple(facts)


def _eigenvalues(found: Any) -> dict[Any, int]:
    """Each short exact eigenvalue with how often it counts; empty where one of them is not short."""
    values: dict[Any, int] = {}
    if found.rows != found.cols or found.rows > MAX_EIGEN_SIDE:
        return values
    with sympy_may_fail(seconds=SECONDS):
        values = {sp.simplify(root): times for root, times in found.eigenvals().items()}
    short = all(sp.count_ops(root) <= MAX_EIGEN_OPERATIONS for root in values)
    return values if short and sum(values.values()) == found.rows else {}


def _listed(values: dict[Any, int]) -> str:
    """`lambda_1 = 1 , lambda_2 = 3`; one that counts twice stands twice."""
    repeated = [root for root, times in sorted(values.items(), key=_by_size) for _ in range(times)]
    return " , ".join(f"\\lambda _ {{ {n} }} = {write_sympy(root)}" for n, root in enumerate(repeated, 1))


def _by_size(item: tuple[Any, int]) -> Any:
    root, _ = item
    return tuple(float(part) for part in sp.N(root, 15).as_real_imag()) if root.is_number else (0.0, 0.0)


def _eigenvalues_found(problem: Problem, found: Any) -> Found:
    values = _eigenvalues(found)
    if not values:
        raise NoMethod(phrase("reason.no-eigenvalues"))
    total = sp.simplify(sum(root * times for root, times in values.items()) - found.trace())
    product = sp.simplify(sp.Mul(*[root**times for root, times in values.items()]) - found.det())
    check = Check("yes" if total == 0 and product == 0 else "no", phrase("route.traces"))
    return Found("matrix", sp.FiniteSet(*values), check, _listed(values))


def _eigenvectors_found(problem: Problem, found: Any) -> Found:
    """Each eigenvalue with vectors that span its space."""
    if not _eigenvalues(found):
        raise NoMethod(phrase("reason.no-eigenvalues"))
    spaces: list[Any] = []
    with sympy_may_fail(NoMethod(), seconds=SECONDS):
        spaces = found.eigenvects()
    vectors = [(sp.simplify(root), vector.applyfunc(sp.simplify)) for root, _, space in spaces for vector in space]
    wrong = any((found * v - root * v).applyfunc(sp.simplify) != sp.zeros(found.rows, 1) for root, v in vectors)
    latex = " , ".join(f"\\lambda = {write_sympy(root)} : {write_sympy(vector)}" for root, vector in vectors)
    value = sp.FiniteSet(*[sp.Tuple(root, sp.ImmutableDenseMatrix(vector)) for root, vector in vectors])
    return Found("matrix", value, Check("no" if wrong else "yes", phrase("route.eigen")), latex)


def _number_of(name: str, make: Callable[[Any], Any]) -> Callable[[Problem, Any], Found]:
    """An operation that gives a number or a matrix, checked as the call of that name."""

    def operation(problem: Problem, found: Any) -> Found:
        with sympy_may_fail(NoMethod(phrase(SINGULAR) if name == "inverse" else None)):
            result = make(found)
        asked = Problem(Call(name, (problem.term,)))
        if isinstance(result, sp.MatrixBase):
            result = sp.ImmutableDenseMatrix(result.applyfunc(sp.simplify))
            return Found("matrix", result, _recomputed(asked, result))
        result = sp.simplify(result)
        route = phrase("route.recomputed")
        check = (
            same_everywhere(asked.term, result, asked.letters, route)
            if asked.letters
            else same_number(asked.term, result, route)
        )
        return Found("matrix", result, check)

    return operation


OPERATIONS: dict[str, Callable[[Problem, Any], Found]] = {
    "eigenvalues": _eigenvalues_found,
    "eigenvectors": _eigenvectors_found,
    "rank": _number_of("rank", lambda found: sp.Integer(found.rank())),
    "rref": _number_of("rref", lambda found: found.rref()[0]),
    "trace": _number_of("trace", lambda found: found.trace()),
    "inverse": _number_of("inverse", lambda found: found.inv()),
    "transpose": _number_of("transpose", lambda found: found.T),
    "determinant": _number_of("determinant", lambda found: found.det()),
}


def _recomputed(problem: Problem, found: Any) -> Check:
    """Cell by cell, with numbers in place of the letters."""
    agreed = differed = 0
    for point in sample_points(problem.letters) if problem.letters else [{}]:
        at = {name: FINE.mpf(p.numerator) / p.denominator for name, p in point.items()}
        try:
            cells = matrix_value(problem.term, at)
            exact = [[number(cell, point) for cell in line] for line in found.tolist()]
        except (Undefined, TypeError, ValueError):
            continue
        pairs = [pair for left, right in zip(cells, exact, strict=True) for pair in zip(left, right, strict=True)]
        same = all(close(a, b) for a, b in pairs)
        agreed, differed = agreed + same, differed + (not same)
    route = phrase("route.recomputed")
    if not problem.letters:
        return Check("no" if differed else "yes" if agreed else "unknown", route)
    return Check(decided(agreed, differed), route)

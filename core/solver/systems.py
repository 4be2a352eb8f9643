"""Several equations in several unknowns."""

from __future__ import annotations

import itertools
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.term_tools import signs_chosen
from core.notation.terms import Relation, System
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, is_real_number, number, sample_points
from core.solver.equations import difference_of
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, value
from core.solver.wording import either, nothing, spelt

MAX_UNKNOWNS = 6


def is_system(problem: Problem) -> bool:
    term = problem.term
    return isinstance(term, System) and all(
        isinstance(part, Relation) and part.sign in ("=", "~") for part in term.parts
    )


def system(problem: Problem) -> Found:
    """All common solutions, the unknowns in alphabetical order; free unknowns stay as letters in the answer."""
    assert isinstance(problem.term, System)
    relations = [part for part in problem.term.parts if isinstance(part, Relation)]
    names = list(problem.letters)
    if not names or len(names) > MAX_UNKNOWNS:
        raise NoMethod
    unknowns = _unknowns(names, len(relations))
    symbols = [sp.Symbol(name, real=True) for name in unknowns]
    choices = [_solve(list(way), symbols) for way in itertools.product(*[signs_chosen(r) for r in relations])]
    rows = [row for rows in choices for row in rows]
    if not rows:
        check = _inconsistent(relations, symbols)
        return Found("system", sp.S.EmptySet, check, nothing(*unknowns), choices=(phrase("note.no-solution"),))
    check = _put_back(relations, names, unknowns, rows)
    real = [row for row in rows if all(not item.is_number or is_real_number(item) for item in row)]
    noted = () if real else (phrase("note.complex"),)
    kept = real or rows
    free = sorted({symbol.name for row in kept for item in row for symbol in item.free_symbols} & set(unknowns))
    if free:
        parameters = _parameters(free, names)
        kept = [[item.xreplace(parameters) for item in row] for row in kept]
        letters = [parameter.name for parameter in parameters.values()]
        noted = (*noted, phrase("note.infinitely-many", letters=", ".join(letters)))
    latex = either(_written(unknowns, row) for row in kept)
    return Found("system", sp.FiniteSet(*[sp.Tuple(*row) for row in kept]), check, latex, choices=noted)


def _unknowns(names: list[str], equations: int) -> list[str]:
    """All letters, or, where there are more letters than equations, those that usually are unknowns."""
    usual = [name for name in names if name[0] in "xyzuvw"]
    return usual if len(names) > equations and len(usual) == equations else names


def _parameters(free: list[str], names: list[str]) -> dict[Any, Any]:
    """A new letter for each unknown that can be chosen: t, then s, r and so on."""
    usual = [name for name in ("t", "s", "r", "k", "p", "q") if name not in names]
    return {sp.Symbol(name, real=True): sp.Symbol(new, real=True) for name, new in zip(free, usual, strict=False)}


def _solve(relations: list[Any], symbols: list[Any]) -> list[list[Any]]:
    expressions = [to_sympy(difference_of(relation)) for relation in relations]
    if not all(isinstance(expression, sp.Expr) for expression in expressions):
        raise NoMethod
    if all(_is_linear(expression, symbols) for expression in expressions):
        return [list(row) for row in sp.linsolve(expressions, *symbols)]
    complex_symbols = [sp.Symbol(symbol.name) for symbol in symbols]
    there = dict(zip(symbols, complex_symbols, strict=True))
    back = {plain: symbol for symbol, plain in there.items()}
    with sympy_may_fail(NoMethod(phrase("reason.no-system-solution"))):
        found = sp.solve([expression.xreplace(there) for expression in expressions], complex_symbols, dict=True)
    rows = [[sp.simplify(row.get(letter, letter)).xreplace(back) for letter in complex_symbols] for row in found]
    return sorted(rows, key=lambda row: [float(sp.re(sp.N(item))) if item.is_number else 0.0 for item in row])


def _is_linear(expression: Any, symbols: list[Any]) -> bool:
    polynomial = expression.as_poly(*symbols)
    return polynomial is not None and polynomial.total_degree() <= 1


def _written(unknowns: list[str], row: list[Any]) -> str:
    return " , ".join(f"{spelt(name)} = {write_sympy(item)}" for name, item in zip(unknowns, row, strict=True))


def _put_back(relations: list[Relation], names: list[str], unknowns: list[str], rows: list[list[Any]]) -> Check:
    """Every solution put into every equation; letters that stay free are given numbers."""
    agreed = differed = 0
    for row, point in itertools.product(rows, itertools.islice(sample_points(names), 3)):
        try:
            at = {name: FINE.mpf(p.numerator) / p.denominator for name, p in point.items()}
            at |= {name: number(item, point) for name, item in zip(unknowns, row, strict=True)}
            for relation in relations:
                branches = [b for b in signs_chosen(relation) if isinstance(b, Relation)]
                holds = any(close(value(b.left, at, FINE), value(b.right, at, FINE)) for b in branches)
                agreed, differed = agreed + holds, differed + (not holds)
        except Undefined:
            differed += 1
    return Check("no" if differed else "yes" if agreed else "unknown", phrase("route.put-back-everywhere"))


def _inconsistent(relations: list[Relation], symbols: list[Any]) -> Check:
    """For linear equations the ranks tell whether there is no solution."""
    check = Check("unknown", phrase("route.searched-solutions"))
    with sympy_may_fail():
        matrix, right = sp.linear_eq_to_matrix([to_sympy(difference_of(relation)) for relation in relations], symbols)
        contradicts = matrix.rank() < matrix.row_join(right).rank()
        check = Check("yes" if contradicts else "no", phrase("route.ranks"))
    return check

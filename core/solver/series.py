"""Sums and products over whole numbers: closed forms, values, and series that have none."""

from __future__ import annotations

import itertools
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.terms import Series
from core.notation.to_sympy import to_sympy
from core.outcome import Check, Phrase
from core.phrases import phrase
from core.solver.checks import close, same_number
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.giac import confirmed, same_value
from core.solver.limits import is_sequence
from core.solver.numeric import FINE, Undefined, value
from core.solver.present import unicode_of
from core.solver.values import simplest_number
from core.solver.wording import NO_VALUE

SECONDS, REWRITING = 4.0, 1.0
SIZES = tuple(sp.Rational(a, b) for a, b in ((3, 1), (5, 1), (8, 1), (1, 3), (-1, 4), (2, 5), (-3, 7)))
ENOUGH = 3
DIGITS = 12
SEVERAL = 40


def is_series(problem: Problem) -> bool:
    return isinstance(problem.term, Series)


def series(problem: Problem) -> Found:
    """The closed form of a sum or product; where there is none, its decimals; or that it diverges."""
    term = problem.term
    assert isinstance(term, Series)
    if is_sequence(term.body, term.index.name):
        raise NoMethod(phrase("reason.sequence"))
    built = to_sympy(term)
    found = built
    with sympy_may_fail(seconds=SECONDS):
        found = built.doit()
    found, condition = _general_case(found)
    if found.has(sp.Sum, sp.Product, sp.nan, sp.zoo):
        return _without_closed_form(term, built, found)
    if found.free_symbols:
        shortest = min(_rewritten(found), key=lambda form: (sp.count_ops(form), len(str(form))))
        return Found("series", shortest, _counted(problem, term, shortest, condition), choices=_noted(condition))
    found = simplest_number(found)
    if found in (sp.oo, -sp.oo):
        check = confirmed(_partial_sums(term), same_value(term, found))
        return Found("series", found, check, choices=(phrase("note.sum-diverges"),))
    check = confirmed(same_number(term, found, phrase("route.added-up")), same_value(term, found))
    return Found("series", found, check)


def _rewritten(found: Any) -> list[Any]:
    forms = [found]
    for rewrite in (sp.simplify, sp.factor):
        with sympy_may_fail(seconds=REWRITING):
            forms.append(rewrite(found))
    return forms


def _general_case(found: Any) -> tuple[Any, Any]:
    """Of cases, the first, and the condition on the letters under which it holds."""
    if isinstance(found, sp.Piecewise):
        return found.args[0].expr, found.args[0].cond
    return found, sp.true


def _noted(condition: Any) -> tuple[Phrase, ...]:
    if condition in (sp.true, sp.false) or not isinstance(condition, sp.core.relational.Relational):
        return ()
    return (phrase("note.holds-where", condition=unicode_of(condition)),)


def _without_closed_form(term: Series, built: Any, found: Any) -> Found:
    """A series that diverges, or one whose decimals two ways of summing agree on."""
    if built.free_symbols:
        raise NoMethod(phrase("reason.no-closed-form"))
    check = _partial_sums(term)
    if check.verdict == "yes" or found.has(sp.nan, sp.zoo) or not _converges(built):
        return Found("series", sp.nan, check, NO_VALUE, choices=(phrase("note.sum-diverges"),))
    decimal = sp.nan
    with sympy_may_fail(seconds=SECONDS):
        decimal = sp.N(built, DIGITS + 3)
    if not decimal.is_Float:
        raise NoMethod(phrase("reason.no-closed-form"))
    check = confirmed(same_number(term, decimal, phrase("route.added-up")), same_value(term, decimal))
    return Found("series", sp.Float(decimal, DIGITS), check)


def _converges(built: Any) -> bool:
    converges = True
    with sympy_may_fail(seconds=REWRITING):
        converges = bool(built.is_convergent())
    return converges


def _partial_sums(term: Series) -> Check:
    """Terms that do not shrink, or terms of one sign whose sums grow as much over each next ten times as many."""
    route = phrase("route.partial-sums")
    name = term.index.name
    try:
        first = int(value(term.first))
        terms = [value(term.body, {name: FINE.mpf(first + n)}, FINE).real for n in range(4001)]
    except (Undefined, AttributeError, OverflowError):
        return Check("unknown", route)
    if term.kind == "product":
        return Check("unknown", route)
    sums = list(itertools.accumulate(terms))
    growth = [sums[40] - sums[4], sums[400] - sums[40], sums[4000] - sums[400]]
    steady = growth[2] / growth[1] if growth[1] else 0
    one_sign = max(terms[40:]) <= 0 or min(terms[40:]) >= 0
    sizes = [max(map(abs, terms[end - SEVERAL : end])) for end in (400, 4000)]
    lasting = sizes[1] > 0.9 * sizes[0] > 0
    return Check("yes" if (one_sign and steady >= 0.95) or lasting else "unknown", route)


def _counted(problem: Problem, term: Series, found: Any, condition: Any) -> Check:
    """The closed form against the sum itself, for a few numbers in place of the letters that the condition allows."""
    names = [name for name in problem.letters if name != term.index.name]
    route = phrase("route.added-up-sometimes")
    agreed = differed = 0
    for size in SIZES:
        if condition.xreplace(dict.fromkeys(condition.free_symbols, size)) == sp.false:
            continue
        try:
            counted = value(term, {name: FINE.mpf(size.p) / size.q for name in names}, FINE)
            exact = sp.N(found.xreplace(dict.fromkeys(found.free_symbols, size)), 25)
            same = close(complex(counted), complex(exact))
        except (Undefined, TypeError, ValueError):
            continue
        agreed, differed = agreed + same, differed + (not same)
    return Check("no" if differed else "yes" if agreed >= ENOUGH else "unknown", route)

"""Antiderivatives and definite integrals."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.terms import Integral, Num, Sym, free_letters, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import agrees, decided, same_everywhere, same_number, sample_points
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.giac import Claim, confirmed, same_value
from core.solver.improper import growing_pieces
from core.solver.integration import DIRECT, LAST_RESORTS, candidates, without_cases
from core.solver.numeric import FINE, Undefined, value
from core.solver.values import simplest_number
from core.solver.wording import NO_VALUE

SHORT = 40
INTERVALS = ((Fraction(1, 7), Fraction(1, 3)), (Fraction(2, 3), Fraction(3, 4)), (Fraction(6, 5), Fraction(7, 4)))
CLOSED_FORM, DECIMALS, REWRITING = 3.0, 2.0, 1.0


def is_integral(problem: Problem) -> bool:
    return isinstance(problem.term, Integral)


def integral(problem: Problem) -> Found:
    term = problem.term
    assert isinstance(term, Integral)
    bounded = all(part.lower is not None for part in walk(term) if isinstance(part, Integral))
    return _definite(problem, term) if bounded else _antiderivative(problem, term)


def _antiderivative(problem: Problem, term: Integral) -> Found:
    """The first antiderivative whose derivative is right; its constant is added in the writing."""
    if isinstance(term.body, Integral) or term.lower is not None:
        raise NoMethod
    built = to_sympy(term)
    integrand, letter = built.function, built.variables[0]
    best: tuple[Any, Check] | None = None
    for candidate in itertools.chain(*(candidates(integrand, letter, methods) for methods in (DIRECT, LAST_RESORTS))):
        check = _differentiated(term, candidate, letter)
        sure = best is not None and best[1].verdict == "yes"
        if best is None or (check.verdict == "yes", -_size(candidate)) > (sure, -_size(best[0])):
            best = candidate, check
        if sure or (check.verdict == "yes" and _size(candidate) <= SHORT):
            break
    if best is None:
        raise NoMethod(phrase("reason.no-antiderivative"))
    found, check = best
    check = confirmed(check, over_intervals(term, found, letter))
    return Found("integral", found, check, f"{write_sympy(found)} + C")


def over_intervals(term: Integral, found: Any, letter: Any) -> Iterator[Claim]:
    """What the antiderivative gains over a few intervals is the definite integral there."""
    names = sorted(free_letters(term.body) - {letter.name})
    for low, high in INTERVALS:
        over = replace(term, lower=Num(low), upper=Num(high))
        ends = (found.subs(letter, sp.Rational(str(end))) for end in (high, low))
        yield from same_value(over, operator.sub(*ends), itertools.islice(sample_points(names), int(not names) or 3))


def _size(candidate: Any) -> int:
    return int(sp.count_ops(candidate))


def _differentiated(term: Integral, candidate: Any, letter: Any) -> Check:
    """The slope of the answer, taken numerically, against the integrand as it was written."""
    names = sorted({part.name for part in walk(term.body) if isinstance(part, Sym)} | {letter.name})
    slope = sp.diff(candidate, letter)
    agreed = differed = 0
    for point in sample_points(names):
        at = {name: FINE.mpf(p.numerator) / p.denominator for name, p in point.items()}
        try:
            expected = value(term.body, at, FINE)
            same = agrees(expected, slope, point)
        except (Undefined, TypeError, ValueError):
            continue
        real = not hasattr(expected, "imag") or abs(expected.imag) < 1e-15
        if same:
            agreed += 1
        elif real:
            differed += 1
    return Check(decided(agreed, differed), phrase("route.differentiated"))


def _definite(problem: Problem, term: Integral) -> Found:
    built = to_sympy(term)
    route = phrase("route.integrated-numerically")
    value_found = _evaluated(built)
    if value_found.free_symbols:
        found = value_found
        with sympy_may_fail(seconds=REWRITING):
            found = sp.simplify(value_found)
        check = same_everywhere(term, found, problem.letters, route)
        points = itertools.islice(sample_points(problem.letters), 3)
        return Found("integral", found, confirmed(check, same_value(term, found, points)))
    if value_found.has(sp.nan, sp.zoo) or value_found.has(sp.oo):
        boundless = value_found in (sp.oo, -sp.oo)
        return Found(
            "integral",
            value_found if boundless else sp.nan,
            confirmed(growing_pieces(term, built), same_value(term, value_found) if boundless else ()),
            "" if boundless else NO_VALUE,
            choices=(phrase("note.integral-diverges"),),
        )
    check = confirmed(same_number(term, value_found, route), same_value(term, value_found))
    rival = sp.Float(str(value(term, context=FINE).real), 12) if check.verdict == "no" else None
    return Found("integral", value_found, check, rival=rival)


def _evaluated(built: Any) -> Any:
    """sympy's value; where it has none in closed form, a decimal."""
    found = built
    with sympy_may_fail(seconds=CLOSED_FORM):
        found = built.doit()
    if found.has(sp.Integral):
        decimal = sp.nan
        with sympy_may_fail(seconds=DECIMALS):
            decimal = sp.N(built, 15)
        if not decimal.is_Float:
            raise NoMethod(phrase("reason.no-integral"))
        return sp.Float(decimal, 10)
    if found.has(sp.Piecewise):
        found = without_cases(found)
    return simplest_number(found) if found.is_number else found

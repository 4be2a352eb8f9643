"""Inequalities in one unknown, by a chart of signs: between neighbouring critical points the truth does not change."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.terms import Either, Relation, System, Term, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import is_real_number, number
from core.solver.equations import difference_of, equation
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, real_value
from core.solver.periodic import period_of, periodic_roots
from core.solver.present import unicode_of
from core.solver.roots import HoldsOnIntervals, find_roots, polynomial_roots
from core.solver.scanning import scan
from core.solver.statements import statement
from core.solver.wording import interval_set

SOLVING = 2.0
BETWEEN_ONES = (sp.asin, sp.acos, sp.atanh, sp.acosh, sp.asec, sp.acsc)
ORDER = {"<", ">", "<=", ">=", "!="}


def is_inequality(problem: Problem) -> bool:
    """One or several conditions on one letter, at least one of them not an equation; or a choice between conditions."""
    conditions = _conditions(problem.term)
    signs = {part.sign for part in conditions if isinstance(part, Relation)}
    return (
        all(isinstance(part, Relation) for part in conditions)
        and (bool(signs & ORDER) or isinstance(problem.term, Either))
        and "in" not in signs
        and len(problem.letters) <= 1
    )


def _conditions(term: Term) -> list[Term]:
    """The single statements; the conditions inside a function in pieces are none."""
    return (
        [part for inner in term.parts for part in _conditions(inner)] if isinstance(term, System | Either) else [term]
    )


def equation_or_intervals(problem: Problem) -> Found:
    """An equation; one that holds on whole intervals, such as |x| = x, by the chart of signs."""
    try:
        return equation(problem)
    except HoldsOnIntervals:
        return replace(inequality(problem), kind="equation")


def inequality(problem: Problem) -> Found:
    """The set of real numbers for which the conditions hold."""
    term = problem.term
    relations = [part for part in walk(term) if isinstance(part, Relation)]
    if not problem.letters:
        return statement(relations)
    name = problem.letters[0]
    letter = sp.Symbol(name, real=True)
    period = _shared_period(relations, letter)
    if period is not None:
        return _periodic(relations, letter, period)
    critical = sorted(
        {point for relation in relations for point in _critical_points(relation, letter)}, key=lambda p: float(sp.N(p))
    )
    solution = _charted(term, name, _without_repeats(critical), -sp.oo, sp.oo)
    return Found(
        "inequality",
        solution,
        _sampled(term, relations, name, solution),
        interval_set(name, solution),
        forms=_as_interval(solution),
        choices=(phrase("note.no-solution"),) if solution == sp.S.EmptySet else (),
    )


def _as_interval(solution: Any) -> tuple[tuple[str, Any], ...]:
    return (("interval", solution),) if isinstance(solution, sp.Interval | sp.Union) else ()


def _critical_points(relation: Relation, letter: Any) -> list[Any]:
    """Where the sides are equal, where they are not defined, and where their parts change their nature."""
    difference = difference_of(relation)
    expression = to_sympy(difference)
    try:
        found = list(find_roots(difference, expression, letter).real)
    except HoldsOnIntervals:
        found = []
    found += _polynomial_zeros(sp.denom(sp.together(expression)), letter)
    for part in expression.atoms(sp.Abs, sp.log, sp.Pow, sp.sign, sp.Max, sp.Min):
        if isinstance(part, sp.Pow) and ((part.exp.is_Integer and part.exp.is_positive) or not part.base.has(letter)):
            continue
        for argument in part.args if not isinstance(part, sp.Pow) else (part.base,):
            found += _polynomial_zeros(sp.numer(sp.together(argument)), letter)
            found += _polynomial_zeros(sp.denom(sp.together(argument)), letter)
    for part in expression.atoms(*BETWEEN_ONES):
        for end in (-1, 1):
            found += _polynomial_zeros(sp.numer(sp.together(part.args[0] - end)), letter)
    if expression.has(sp.floor, sp.ceiling):
        raise NoMethod
    return [point for point in found if is_real_number(point)]


def _polynomial_zeros(expression: Any, letter: Any) -> list[Any]:
    if not expression.has(letter):
        return []
    if expression.is_polynomial(letter):
        return polynomial_roots(expression, letter)
    found: list[Any] = []
    with sympy_may_fail(seconds=SOLVING):
        found = sp.solve(expression, letter)
    return [root for root in found if isinstance(root, sp.Expr) and is_real_number(root)]


def _without_repeats(points: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for point in points:
        if not kept or abs(float(sp.N(point)) - float(sp.N(kept[-1]))) > 1e-9 * (1 + abs(float(sp.N(point)))):
            kept.append(point)
    return kept


def _charted(term: Term, name: str, critical: list[Any], low: Any, high: Any) -> Any:
    ends = [low, *critical, high]
    pieces: list[Any] = []
    for left, right in itertools.pairwise(ends):
        if _true(term, {name: _between(left, right)}):
            pieces.append(sp.Interval.open(left, right))
    pieces += [sp.FiniteSet(point) for point in critical if _true(term, {name: number(point)}, touching=True)]
    return sp.Union(*pieces) if pieces else sp.S.EmptySet


def _between(left: Any, right: Any) -> Any:
    """A number strictly between, as exact as the machine allows, off the middle so as to miss special points."""
    if left == -sp.oo and right == sp.oo:
        return FINE.mpf("0.3719")
    if left == -sp.oo:
        return number(right) - FINE.mpf("0.7391")
    if right == sp.oo:
        return number(left) + FINE.mpf("0.7391")
    return number(left) + (number(right) - number(left)) * FINE.mpf("0.4327")


def _true(term: Term, at: dict[str, Any], touching: bool = False) -> bool:
    """Whether the conditions hold; at a critical point itself the sides may be equal, told apart within rounding."""
    match term:
        case System(parts):
            return all(_true(part, at, touching) for part in parts)
        case Either(parts):
            return any(_true(part, at, touching) for part in parts)
    assert isinstance(term, Relation)
    return _holds(term, at, touching)


def _holds(relation: Relation, at: dict[str, Any], touching: bool = False) -> bool:
    try:
        left, right = (real_value(side, at, FINE) for side in (relation.left, relation.right))
    except Undefined:
        return False
    equal = abs(left - right) <= FINE.mpf(10) ** (-12 if touching else -22) * (1 + abs(left) + abs(right))
    match relation.sign:
        case "=" | "~":
            return bool(equal)
        case "!=":
            return not equal
        case "<" | "<=":
            return bool(left < right and not equal) or (equal and relation.sign == "<=")
        case _:
            return bool(left > right and not equal) or (equal and relation.sign == ">=")


def _sampled(term: Term, relations: list[Relation], name: str, solution: Any) -> Check:
    """Membership and truth compared at many points, near the ends above all."""
    points = [Fraction(37 * n + 5, 111) for n in range(-60, 61)]
    ends = [end for end in (solution.boundary if solution is not sp.S.EmptySet else ()) if end.is_finite]
    for end in ends:
        near = Fraction(str(round(float(sp.N(end)), 6)))
        points += [near + Fraction(1, 97), near - Fraction(1, 97)]
    for relation in relations:
        points += [
            Fraction(str(round(at, 6))) + side
            for at in scan(difference_of(relation), name, (-12, 12), 240)
            for side in (Fraction(1, 997), -Fraction(1, 997))
        ]
    wrong = sum(
        bool(solution.contains(sp.Rational(p.numerator, p.denominator)))
        != _true(term, {name: FINE.mpf(p.numerator) / p.denominator})
        for p in points
    )
    return Check("no" if wrong else "yes", phrase("route.inside-outside"))


def _shared_period(relations: list[Relation], letter: Any) -> Any:
    periods = [period_of(to_sympy(difference_of(relation)), letter) for relation in relations]
    return periods[0] if len(periods) == 1 else None


def _periodic(relations: list[Relation], letter: Any, period: Any) -> Found:
    """A trigonometric inequality: its solutions in one period, from 0 on."""
    relation = relations[0]
    difference = difference_of(relation)
    expression = to_sympy(difference)
    families, _ = periodic_roots(difference, expression, letter, period)
    below = sp.denom(
        sp.together(
            expression.rewrite(sp.sin).rewrite(sp.cos) if expression.has(sp.tan, sp.cot, sp.sec, sp.csc) else expression
        )
    )
    critical = {root + n * turn for root, turn in families for n in range(int(period / turn))}
    if below.has(letter):
        poles = sp.solveset(below, letter, sp.Interval.Ropen(0, period))
        critical |= set(poles) if isinstance(poles, sp.FiniteSet) else set()
    inside = sorted((p for p in critical if 0 < float(p) < float(period)), key=float)
    solution = _charted(relation, letter.name, inside, sp.S.Zero, period)
    if _true(relation, {letter.name: FINE.mpf(0)}, touching=True):
        solution = sp.Union(solution, sp.FiniteSet(0))
    again = phrase("note.one-period", period=unicode_of(period))
    return Found(
        "inequality",
        solution,
        Check("yes", phrase("route.signs")),
        interval_set(letter.name, solution),
        choices=(again,),
    )

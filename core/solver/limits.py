"""Limits, from both sides unless one is named."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.meaning import USUAL_FUNCTIONS
from core.notation.terms import Limit, Sym, Term, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import decided, number, sample_points
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.giac import confirmed, same_value
from core.solver.numeric import FINE, Numbers, Undefined, value
from core.solver.values import simplest_number
from core.solver.wording import NO_VALUE

CLOSE, FAR, STEADY = 2e-3, 0.2, 100.0
SECONDS, REWRITING = 5.0, 1.0


def is_limit(problem: Problem) -> bool:
    return isinstance(problem.term, Limit)


def limit(problem: Problem) -> Found:
    """The limit; from both sides unless one is named or the target is infinite."""
    term = problem.term
    assert isinstance(term, Limit)
    if is_sequence(term.body, term.variable.name):
        raise NoMethod(phrase("reason.sequence"))
    if not _is_given(term):
        raise NoMethod(phrase("reason.undefined-function"))
    body, letter, target, _ = to_sympy(term).args
    sides = ["-"] if target == sp.oo else ["+"] if target == -sp.oo else list(term.side.replace("+-", "-+"))
    ends = [_one_sided(body, letter, target, side) for side in sides]
    if len(ends) == 2 and ends[0] != ends[1] and sp.simplify(ends[0] - ends[1]) != 0:
        forms = tuple(zip(("from-left", "from-right"), ends, strict=True))
        return _missing(_apart(term, ends), forms)
    if ends[0].has(sp.oo, sp.zoo) and ends[0].free_symbols:  # which infinity it is depends on the letters
        return Found("limit", ends[0], Check("unknown", phrase("route.approached")))
    found = simplest_number(ends[0]) if ends[0].is_number else _simplified(ends[0])
    if isinstance(found, sp.AccumBounds):
        return _missing(_swinging(term))
    return Found("limit", found, _checked(problem, term, found))


def _is_given(term: Limit) -> bool:
    """False for a lone f, which stands for a function that is not given."""
    names = {part.name for part in walk(term.body) if isinstance(part, Sym)}
    return term.variable.name in names or not names & USUAL_FUNCTIONS


def is_sequence(body: Term, index: str) -> bool:
    """Whether a letter in `body` has `index` in its own index, as in a_n, and so is not a number."""
    return any(isinstance(part, Sym) and index in part.name.partition("_")[2] for part in walk(body))


def _missing(check: Check, forms: tuple[tuple[str, Any], ...] = ()) -> Found:
    return Found("limit", sp.nan, check, NO_VALUE, forms=forms, choices=(phrase("note.no-limit"),))


def _simplified(found: Any) -> Any:
    short = found
    with sympy_may_fail(seconds=REWRITING):
        short = sp.simplify(found)
    return short


def _one_sided(body: Any, letter: Any, target: Any, side: str) -> Any:
    """At minus infinity the letter is mirrored first, where sympy's own way to it fails for powers such as 3^x."""
    if target == -sp.oo:
        body, target, side = body.subs(letter, -letter), sp.oo, "-"
    with sympy_may_fail(NoMethod(phrase("reason.no-limit-found")), seconds=SECONDS):
        found = sp.limit(body, letter, target, side)
    if found.has(sp.Limit):
        raise NoMethod(phrase("reason.no-limit-found"))
    return found


def _apart(term: Limit, ends: list[Any]) -> Check:
    """Whether numbers on either side confirm that the two ends differ."""
    left, right = replace(term, side="-"), replace(term, side="+")
    agree = [_approached(side, end).verdict == "yes" for side, end in zip((left, right), ends, strict=True)]
    check = Check("yes" if all(agree) else "unknown", phrase("route.both-approached"))
    return confirmed(check, itertools.chain(same_value(left, ends[0]), same_value(right, ends[1])))


def _swinging(term: Limit) -> Check:
    """Whether values on the way keep apart from each other, however near they are to the target."""
    target = to_sympy(term.target)
    if not target.is_number:
        return Check("unknown", phrase("route.approached"))
    near = [0.7 + 0.37 * n for n in range(12)]
    points = [1e6 * at if target.is_infinite else float(target) + 1e-6 / at for at in near]
    seen = []
    for point in points:
        try:
            seen.append(value(term.body, {term.variable.name: FINE.mpf(-point if target == -sp.oo else point)}, FINE))
        except Undefined:
            continue
    apart = len(seen) > 6 and max(abs(a - b) for a, b in itertools.combinations(seen, 2)) > FAR
    return Check("yes" if apart else "unknown", phrase("route.approached"))


def _checked(problem: Problem, term: Limit, found: Any) -> Check:
    """Values on the way, for a few numbers in place of the other letters."""
    if not problem.letters:
        return confirmed(_approached(term, found), same_value(term, found))
    agreed = differed = 0
    for point in itertools.islice(sample_points(problem.letters), 7):
        at = {name: FINE.mpf(p.numerator) / p.denominator for name, p in point.items()}
        try:
            here = complex(number(found, point))
        except (Undefined, TypeError, ValueError):
            continue
        verdict = _near(term, here, at)
        agreed, differed = agreed + (verdict == "yes"), differed + (verdict == "no")
    check = Check(decided(agreed, differed), phrase("route.approached"))
    return confirmed(check, same_value(term, found, itertools.islice(sample_points(problem.letters), 3)))


def _approached(term: Limit, found: Any) -> Check:
    """Values on the way: near the limit found, or growing beyond bounds where it is infinite."""
    route = phrase("route.approached")
    if found in (sp.oo, -sp.oo):
        if _grows(term, 1 if found == sp.oo else -1):
            return Check("yes", route)
        try:
            return Check("no" if abs(complex(value(term, context=FINE))) < STEADY else "unknown", route)
        except Undefined:
            return Check("unknown", route)
    return Check(_near(term, complex(sp.N(found)), {}), route)


def _near(term: Limit, exact: complex, at: Numbers) -> Any:
    try:
        gap = abs(complex(value(term, at, FINE)) - exact) / (1 + abs(exact))
    except Undefined:
        return "unknown"
    return "yes" if gap <= CLOSE else "no" if gap > FAR else "unknown"


def _grows(term: Limit, sign: int) -> bool:
    target = to_sympy(term.target)
    ways = {"+": (1,), "-": (-1,), "+-": (1, -1)}[term.side]
    for way in ways:
        steps = [10.0**n for n in (2, 4, 6)] if target.is_infinite else [10.0**-n for n in (3, 5, 7)]
        centre = 0.0 if target.is_infinite else float(target)
        direction = (1 if target == sp.oo else -1) if target.is_infinite else way
        try:
            values = [
                value(term.body, {term.variable.name: FINE.mpf(centre) + direction * FINE.mpf(step)}, FINE)
                for step in steps
            ]
        except Undefined:
            return False
        if not all(sign * (b - a).real > 0 for a, b in itertools.pairwise(values)) or sign * values[-1].real < 1:
            return False
    return True

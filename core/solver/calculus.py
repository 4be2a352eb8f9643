"""Derivatives, limits, sums and products."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.term_tools import dependent_letters
from core.notation.terms import Apply, Derivative, Limit, Primed, Series
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import same_everywhere, same_number
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, value
from core.solver.values import simplest_number
from core.solver.wording import words

CLOSE, FAR, STEADY = 2e-3, 0.2, 100.0
REWRITING, LIMIT_SECONDS = 1.0, 5.0
NO_WAY = "No way was found to take this limit."


def is_derivative(problem: Problem) -> bool:
    return isinstance(problem.term, Derivative | Primed)


def derivative(problem: Problem) -> Found:
    """The derivative, in the shortest of its forms."""
    term = problem.term
    if dependent_letters(term)[0] or any(isinstance(part, Apply) for part in (getattr(term, "operand", None),)):
        raise NoMethod("The function to be differentiated is not given.")
    plain = to_sympy(term).doit()
    forms = [plain]
    for rewrite in (sp.simplify, sp.factor, sp.expand, sp.together):
        with sympy_may_fail(seconds=REWRITING):
            forms.append(rewrite(plain))
    shortest = min(forms, key=lambda form: (sp.count_ops(form), len(str(form))))
    check = same_everywhere(term, shortest, problem.letters, phrase("route.differentiated-numerically"))
    others = (("as-differentiated", plain),) if plain != shortest else ()
    return Found("derivative", shortest, check, forms=others)


def is_limit(problem: Problem) -> bool:
    return isinstance(problem.term, Limit)


def limit(problem: Problem) -> Found:
    """The limit; from both sides unless one is named or the target is infinite."""
    term = problem.term
    assert isinstance(term, Limit)
    body, letter, target, _ = to_sympy(term).args
    sides = ["-"] if target == sp.oo else ["+"] if target == -sp.oo else list(term.side.replace("+-", "-+"))
    ends = [_one_sided(body, letter, target, side) for side in sides]
    if len(ends) == 2 and ends[0] != ends[1] and sp.simplify(ends[0] - ends[1]) != 0:
        forms = tuple(zip(("from-left", "from-right"), ends, strict=True))
        return Found("limit", sp.nan, _apart(term, ends), words("no-limit"), forms=forms)
    found = simplest_number(ends[0]) if ends[0].is_number else sp.simplify(ends[0])
    if isinstance(found, sp.AccumBounds):
        return Found("limit", sp.nan, Check("unknown", phrase("route.both-compared")), words("no-limit"))
    return Found("limit", found, _approached(term, found))


def _apart(term: Limit, ends: list[Any]) -> Check:
    """Whether numbers on either side confirm that the two ends differ."""
    left, right = replace(term, side="-"), replace(term, side="+")
    agree = [_approached(side, end).verdict == "yes" for side, end in zip((left, right), ends, strict=True)]
    return Check("yes" if all(agree) else "unknown", phrase("route.both-approached"))


def _one_sided(body: Any, letter: Any, target: Any, side: str) -> Any:
    """At minus infinity the letter is mirrored first, where sympy's own way to it fails for powers such as 3^x."""
    if target == -sp.oo:
        body, target, side = body.subs(letter, -letter), sp.oo, "-"
    found = sp.Limit(body, letter, target, side)
    with sympy_may_fail(NoMethod(NO_WAY), seconds=LIMIT_SECONDS):
        found = sp.limit(body, letter, target, side)
    if found.has(sp.Limit):
        raise NoMethod(NO_WAY)
    return found


def _approached(term: Limit, found: Any) -> Check:
    """Values on the way: near the limit found, or growing beyond bounds where it is infinite."""
    route = phrase("route.approached")
    if found.free_symbols:
        return Check("unknown", route)
    if found in (sp.oo, -sp.oo) and _grows(term, 1 if found == sp.oo else -1):
        return Check("yes", route)
    try:
        near = complex(value(term, context=FINE))
    except Undefined:
        return Check("unknown", route)
    if found in (sp.oo, -sp.oo):
        return Check("no" if abs(near) < STEADY else "unknown", route)
    exact = complex(sp.N(found))
    gap = abs(near - exact) / (1 + abs(exact))
    return Check("yes" if gap <= CLOSE else "no" if gap > FAR else "unknown", route)


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


def is_series(problem: Problem) -> bool:
    return isinstance(problem.term, Series)


def series(problem: Problem) -> Found:
    """The closed form of a sum or product, or that it diverges."""
    term = problem.term
    assert isinstance(term, Series)
    built = to_sympy(term)
    found = built.doit()
    if isinstance(found, sp.Piecewise):
        found = found.args[0].expr
    if found.has(sp.Sum, sp.Product):
        if not _converges(built):
            return Found("series", sp.oo, Check("unknown", phrase("route.convergence")), words("diverges"))
        raise NoMethod("No closed form was found for this sum.")
    if found.has(sp.nan, sp.zoo):
        return Found("series", sp.nan, Check("unknown", phrase("route.convergence")), words("diverges"))
    if found.free_symbols:
        shortest = min(
            (found, sp.simplify(found), sp.factor(found)), key=lambda form: (sp.count_ops(form), len(str(form)))
        )
        return Found("series", shortest, _counted(problem, term, shortest))
    found = simplest_number(found)
    if found in (sp.oo, -sp.oo):
        return Found(
            "series", found, Check("unknown", phrase("route.convergence")), choices=(phrase("note.sum-diverges"),)
        )
    return Found("series", found, same_number(term, found, phrase("route.added-up")))


def _converges(built: Any) -> bool:
    converges = True
    with sympy_may_fail(seconds=REWRITING):
        converges = bool(built.is_convergent())
    return converges


def _counted(problem: Problem, term: Series, found: Any) -> Check:
    """The closed form against the sum itself, for a few whole numbers in place of the letters."""
    names = [name for name in problem.letters if name != term.index.name]
    route = phrase("route.added-up-sometimes")
    try:
        pairs = []
        for size in (3, 5, 8):
            at = {name: FINE.mpf(size) for name in names}
            exact = found.xreplace({symbol: sp.Integer(size) for symbol in found.free_symbols})
            pairs.append((complex(value(term, at, FINE)), complex(sp.N(exact))))
    except (Undefined, TypeError, ValueError):
        return Check("unknown", route)
    good = all(abs(a - b) <= 1e-8 * (1 + abs(a)) for a, b in pairs)
    return Check("yes" if good else "no", route)

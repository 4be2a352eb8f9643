"""Expressions worked out: exact arithmetic, and simplifying, expanding and factoring with letters."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod, TooLarge
from core.notation.term_tools import signs_chosen
from core.notation.terms import (
    Collection,
    MatrixTerm,
    Num,
    Over,
    Plus,
    Relation,
    SetUnion,
    Span,
    System,
    Task,
    Term,
    walk,
)
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import same_everywhere, same_number
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.present import spaced, terminating

NO_EXPRESSION = (Relation, System, Task, Collection, Span, SetUnion, MatrixTerm)
UNFINISHED = (sp.Limit, sp.Integral, sp.Sum, sp.Product, sp.Derivative)
MAX_TERMS = 400
REWRITING = 1.0
MAX_FACTORED_DIGITS = 18


def arithmetic(problem: Problem) -> Found:
    """The exact value of an expression without letters."""
    branches = signs_chosen(problem.term)
    if len(branches) > 1:
        return _both_signs(branches)
    value = simplest_number(worked_out(problem.term))
    if value.has(sp.zoo, sp.nan):
        raise NoMethod("This has no value: it divides by zero.")
    check = same_number(problem.term, value, phrase("route.recomputed"))
    if value in (sp.oo, -sp.oo):
        check = Check("unknown", phrase("route.recomputed"))
    forms = tuple(number_forms(value))
    if value.is_Rational and not value.is_Integer and _written_in_decimals(problem.term):
        written = terminating(value)
        if written is not None:
            return Found("arithmetic", value, check, spaced(written), "", (("fraction", value), *forms))
    return Found("arithmetic", value, check, forms=forms)


def worked_out(term: Term) -> Any:
    """The term in sympy, the limits, integrals and sums inside it worked out. Raises NoMethod."""
    built = to_sympy(term)
    if isinstance(built, sp.Expr) and built.has(*UNFINISHED):
        built = built.doit()
        if built.has(*UNFINISHED):
            raise NoMethod
    return built


def _both_signs(branches: list[Term]) -> Found:
    values = [simplest_number(to_sympy(branch)) for branch in branches]
    checks = [
        same_number(branch, value, phrase("route.recomputed")) for branch, value in zip(branches, values, strict=True)
    ]
    check = next((check for check in checks if check.verdict != "yes"), checks[0])
    return Found("arithmetic", sp.FiniteSet(*values), check)


def simplest_number(value: Any) -> Any:
    """The shortest exact form of a number: radicals gathered and denested, denominators rational."""
    if not isinstance(value, sp.Expr):
        return value
    if value.is_Rational or value.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        return value
    candidates = [value]
    for rewrite in (
        sp.radsimp,
        sp.sqrtdenest,
        sp.expand,
        sp.simplify,
        sp.trigsimp,
        lambda v: sp.radsimp(sp.sqrtdenest(sp.simplify(v))),
    ):
        with sympy_may_fail(seconds=REWRITING):
            candidates.append(rewrite(value))
    return min(candidates, key=_length)


def _length(value: Any) -> tuple[int, int, int]:
    """Shorter first; at the same length a rational denominator before a radical one."""
    radicals_below = sum(1 for power in value.atoms(sp.Pow) if power.exp.is_negative and not power.base.is_Rational)
    radicals_below += sum(1 for power in value.atoms(sp.Pow) if power.exp == sp.Rational(-1, 2))
    return sp.count_ops(value) + 3 * radicals_below, len(str(value)), radicals_below


def number_forms(value: Any) -> list[tuple[str, Any]]:
    """Other forms of a number: mixed for an improper fraction, prime factors of an integer."""
    forms: list[tuple[str, Any]] = []
    if value.is_Rational and not value.is_Integer and abs(value) > 1:
        whole, rest = divmod(abs(value.p), value.q)
        sign = "- " if value < 0 else ""
        forms.append(
            ("mixed", f"{sign}{spaced(str(whole))} \\frac {{ {spaced(str(rest))} }} {{ {spaced(str(value.q))} }}")
        )
    if value.is_Integer and 3 < abs(value) < 10**MAX_FACTORED_DIGITS and not sp.isprime(abs(value)):
        factors = sp.factorint(abs(value)).items()
        pieces = [spaced(str(p)) + (f" ^ {{ {spaced(str(n))} }}" if n > 1 else "") for p, n in factors]
        forms.append(("prime-factors", ("- " if value < 0 else "") + " \\cdot ".join(pieces)))
    return forms


def _written_in_decimals(term: Term) -> bool:
    """Whether decimals were written, and no fractions beside them."""
    parts = walk(term)
    styles = {part.style for part in parts if isinstance(part, Num)}
    fractions = any(isinstance(part, Over) and part.sign == "fraction" for part in parts)
    return "decimal" in styles and "mixed" not in styles and not fractions


def with_letters(problem: Problem) -> Found:
    """The simplest form of an expression with letters, or the form that was asked for; others beside it."""
    value = worked_out(problem.term)
    if not isinstance(value, sp.Expr):
        raise NoMethod
    if value.has(sp.zoo, sp.nan):
        raise NoMethod("This has no value: it divides by zero.")
    forms = _forms(value)
    ranked = _ranked(problem, value, forms)
    route = phrase("route.sampled")
    checked = ((form, same_everywhere(problem.term, form, problem.letters, route)) for form in ranked)
    chosen, check = next((pair for pair in checked if pair[1].verdict != "no"), (ranked[0], Check("no", route)))
    kept = tuple((name, form) for name, form in forms.items() if form not in (chosen, value))
    return Found(problem.verb or "simplify", chosen, check, forms=kept)


def _forms(value: Any) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    makers = {"simplified": simplify, "factored": sp.factor, "expanded": expand, "cancelled": sp.cancel}
    for name, make in makers.items():
        with sympy_may_fail(seconds=REWRITING):
            form = make(value)
            if form not in forms.values():
                forms[name] = form
    return forms


def simplify(value: Any) -> Any:
    """The shortest of what sympy's simplifiers make of `value`."""
    candidates = [value, sp.simplify(value)]
    if value.atoms(sp.Pow) and not value.is_polynomial():
        candidates += [sp.radsimp(candidates[-1]), sp.powsimp(sp.powdenest(value, force=True), force=True)]
    if value.has(sp.log):
        candidates.append(sp.logcombine(value, force=True))
    return min(candidates, key=lambda v: (sp.count_ops(v), len(str(v))))


def expand(value: Any) -> Any:
    """Multiplied out, unless that would make too many terms. Raises TooLarge."""
    for power in value.atoms(sp.Pow):
        if power.base.is_Add and power.exp.is_Integer:
            terms, times = len(power.base.args), abs(int(power.exp))
            if sp.binomial(terms + times - 1, times) > MAX_TERMS:
                raise TooLarge("Multiplied out, this would have too many terms.")
    return sp.expand(value)


def _ranked(problem: Problem, value: Any, forms: dict[str, Any]) -> list[Any]:
    """The most useful first: what was asked for; sums of powers factored, products multiplied out; the shortest."""
    shortest = sorted([value, *forms.values()], key=lambda v: (sp.count_ops(v), len(str(v))))
    asked = forms.get({"factor": "factored", "expand": "expanded"}.get(problem.verb, ""))
    letters = sorted(value.free_symbols, key=str)
    if asked is None and letters and value.is_polynomial(*letters):
        asked = expanded = forms.get("expanded", value)
        if isinstance(problem.term, Plus) and expanded.is_Add and len(expanded.args) == len(problem.term.terms):
            factored = forms.get("factored", value)
            asked = factored if factored.is_Mul or factored.is_Pow else expanded
    return [*([] if asked is None else [asked]), *shortest]


def is_number(problem: Problem) -> bool:
    return not problem.letters and _is_expression(problem.term)


def is_expression(problem: Problem) -> bool:
    return bool(problem.letters) and _is_expression(problem.term)


def _is_expression(term: Term) -> bool:
    return not isinstance(term, NO_EXPRESSION)

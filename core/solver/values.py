"""Expressions worked out: exact arithmetic, and simplifying, expanding and factoring with letters."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod, TooLarge
from core.notation.term_tools import signs_chosen
from core.notation.terms import (
    Collection,
    Constant,
    MatrixTerm,
    Num,
    Over,
    Plus,
    Power,
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
from core.solver.checks import same_everywhere, same_number, with_real_roots
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.number_forms import MAX_FACTORED_DIGITS, digits_of, is_long, number_forms, scientific
from core.solver.numeric import Undefined
from core.solver.numeric import value as numeric
from core.solver.present import spaced, terminating

NO_EXPRESSION = (Relation, System, Task, Collection, Span, SetUnion, MatrixTerm)
UNFINISHED = (sp.Limit, sp.Integral, sp.Sum, sp.Product, sp.Derivative)
MAX_TERMS = 400
REWRITING = 1.0


def arithmetic(problem: Problem) -> Found:
    """The exact value of an expression without letters; real where it can be."""
    branches, parts = signs_chosen(problem.term), walk(problem.term)
    if len(branches) > 1:
        return _both_signs(branches)
    if any(isinstance(part, Power) and _is_zero(part.base) and _is_zero(part.exponent) for part in parts):
        raise NoMethod(phrase("reason.zero-to-zero"))
    principal = worked_out(problem.term)
    if principal.has(sp.zoo, sp.nan):
        infinite = any(part == Constant("oo") for part in walk(problem.term))
        raise NoMethod(phrase("reason.no-value" if infinite else "reason.divides-by-zero"))
    if is_long(principal):
        return _summarised(problem.term, principal)
    value = simplest_number(with_real_roots(principal))
    check = same_number(problem.term, value, phrase("route.recomputed"))
    if value in (sp.oo, -sp.oo):
        check = Check("unknown", phrase("route.recomputed"))
    asked_in_decimals = problem.verb == "decimal" or any(isinstance(p, Num) and p.style != "integer" for p in parts)
    alone = problem.verb == "factor" or isinstance(problem.term, Num)
    forms = tuple(number_forms(value, asked_in_decimals, alone))
    if with_real_roots(principal) != principal:
        forms = (*forms, ("principal-value", simplest_number(sp.expand_complex(principal))))
    if value.is_Rational and not value.is_Integer and _written_in_decimals(problem.term):
        written = terminating(value)
        if written is not None:
            return Found("arithmetic", value, check, spaced(written), "", (("fraction", value), *forms))
    if problem.verb == "factor" and forms and forms[-1][0] == "prime-factors":
        return Found("factor", value, check, forms[-1][1])
    prime = (
        isinstance(problem.term, Num) and value.is_Integer and 1 < value < 10**MAX_FACTORED_DIGITS and sp.isprime(value)
    )
    noted = (phrase("note.prime", number=value),) if prime else ()
    return Found("arithmetic", value, check, forms=forms, choices=noted)


def _is_zero(term: Term) -> bool:
    try:
        return bool(numeric(term) == 0)
    except Undefined:
        return False


def _summarised(term: Term, value: Any) -> Found:
    """A number too long to be shown: its first digits, and how many there are. The exact spelling stays as written."""
    check = same_number(term, value, phrase("route.recomputed"))
    count = digits_of(value)
    noted = (phrase("note.digits", count=count),) if value.is_Integer else ()
    return Found("arithmetic", to_sympy(term, evaluate=False), check, scientific(value), choices=noted)


def worked_out(term: Term) -> Any:
    """The term in sympy, the limits, integrals and sums inside it worked out. Raises NoMethod."""
    built = to_sympy(term)
    if isinstance(built, sp.Expr) and built.has(sp.Piecewise):
        built = sp.piecewise_fold(built).doit()
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
    nested = sum(
        1 for power in value.atoms(sp.Pow) if _is_radical(power) and any(map(_is_radical, power.base.atoms(sp.Pow)))
    )
    return sp.count_ops(value) + 3 * radicals_below + 5 * nested, len(str(value)), radicals_below


def _is_radical(power: Any) -> bool:
    return bool(power.exp.is_Rational and not power.exp.is_Integer)


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
        raise NoMethod(phrase("reason.divides-by-zero"))
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
            split_up = name == "expanded" and any(sp.denom(part).free_symbols for part in sp.Add.make_args(form))
            if form not in forms.values() and not split_up:
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
                raise TooLarge(phrase("reason.too-many-terms"))
    return sp.expand(value)


def _ranked(problem: Problem, value: Any, forms: dict[str, Any]) -> list[Any]:
    """The most useful first: what was asked for; sums of powers factored, products multiplied out, sums of fractions
    as one; the shortest.
    """
    shortest = sorted([value, *forms.values()], key=lambda v: (sp.count_ops(v), len(str(v))))
    asked = forms.get({"factor": "factored", "expand": "expanded"}.get(problem.verb, ""))
    letters = sorted(value.free_symbols, key=str)
    if asked is None and letters and value.is_polynomial(*letters):
        asked = expanded = expand(value)
        if isinstance(problem.term, Plus) and expanded.is_Add and len(expanded.args) == len(problem.term.terms):
            factored = forms.get("factored", value)
            asked = factored if factored.is_Mul or factored.is_Pow else expanded
    elif asked is None and isinstance(problem.term, Plus) and value.is_rational_function(*letters):
        single = [form for name in ("simplified", "factored", "cancelled") if (form := forms.get(name)) and form.is_Mul]
        asked = min(single, key=sp.count_ops, default=None)
    return [*([] if asked is None else [asked]), *shortest]


def is_number(problem: Problem) -> bool:
    return not problem.letters and _is_expression(problem.term)


def is_expression(problem: Problem) -> bool:
    return bool(problem.letters) and _is_expression(problem.term)


def _is_expression(term: Term) -> bool:
    return not isinstance(term, NO_EXPRESSION)

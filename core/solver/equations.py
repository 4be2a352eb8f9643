"""One equation: in one unknown, with several letters solved for one of them, or a definition of a function."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.term_tools import signs_chosen
from core.notation.terms import Apply, MatrixTerm, Negative, Num, Plus, Relation, Sym, Term, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check, Phrase
from core.phrases import phrase
from core.solver.checks import close, decided, number, sample_points
from core.solver.failures import sympy_may_fail
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, value
from core.solver.periodic import as_latex, as_set, period_of, periodic_roots
from core.solver.roots import Roots, find_roots
from core.solver.scanning import WINDOW
from core.solver.statements import statement
from core.solver.wording import both_signs, everything, finite, nothing, spelt

SOLVING, REWRITING = 3.0, 1.0
PREFERRED = ("x", "y", "z", "t", "n", "w", "u", "theta")
ZERO = Num(Fraction(0))


def is_equation(problem: Problem) -> bool:
    term = problem.term
    return (
        isinstance(term, Relation)
        and term.sign in ("=", "~")
        and not any(isinstance(part, MatrixTerm) for part in walk(term))
    )


def difference_of(relation: Relation) -> Term:
    return Plus((relation.left, Negative(relation.right)))


def equation(problem: Problem) -> Found:
    """Solves for the unknown; a statement without letters is true or false."""
    relation = problem.term
    assert isinstance(relation, Relation)
    defined = _defined(relation)
    if defined and not problem.unknown:
        return _function(relation, defined)
    branches = [branch for branch in signs_chosen(relation) if isinstance(branch, Relation)]
    letters = problem.letters
    if not letters:
        return statement(branches)
    unknown = problem.unknown or _unknown(relation, letters)
    if unknown not in letters:
        raise NoMethod(phrase("reason.letter-missing", letter=unknown))
    if letters == (unknown,):
        return _in_one_unknown(branches, unknown)
    return _for_one_letter(branches, unknown, letters, bool(problem.unknown))


def _defined(relation: Relation) -> str:
    """The letter x of `f(x) = ...` or of `y = ...`, where nothing but x stands on the right; else the empty string."""
    names = {part.name for part in walk(relation.right) if isinstance(part, Sym)}
    match relation.left:
        case Apply(_, (Sym(name),)) if names <= {name}:
            return name
        case Sym("y") if names == {"x"}:
            return "x"
    return ""


def _function(relation: Relation, name: str) -> Found:
    """A function of one letter: where it is zero."""
    body = relation.right
    inner = _in_one_unknown([Relation("=", body, ZERO)], name)
    return Found(
        "function",
        inner.value,
        inner.check,
        inner.latex,
        inner.decimal,
        inner.forms,
        _noted_zeros(inner),
    )


def _unknown(relation: Relation, letters: tuple[str, ...]) -> str:
    """A lone letter on one side asks for the others; a curve in x and y is solved for y; else x, y, z first."""
    lone = (
        {side.name for side in (relation.left, relation.right) if isinstance(side, Sym)} if len(letters) > 1 else set()
    )
    if letters == ("x", "y") and "y" not in lone:
        return "y"
    for name in (*PREFERRED, *letters):
        if name in letters and name not in lone:
            return name
    return letters[0]


def _in_one_unknown(branches: list[Relation], name: str) -> Found:
    letter = sp.Symbol(name, real=True)
    results = [_roots_of(branch, letter) for branch in branches]
    if len(results) == 1 and isinstance(results[0], Found):
        return results[0]
    every = [result for result in results if isinstance(result, Roots)]
    if len(every) != len(results):
        raise NoMethod
    found = _roots_found(name, every)
    return replace(found, forms=(*found.forms, *_factors(branches, letter)))


def _factors(branches: list[Relation], letter: Any) -> tuple[tuple[str, str], ...]:
    """A polynomial equation as a product, which shows how often each root counts."""
    if len(branches) != 1:
        return ()
    expression = to_sympy(difference_of(branches[0]))
    if not expression.is_polynomial(letter) or sp.degree(expression, letter) < 2:
        return ()
    content, factors = sp.factor_list(expression, letter)
    factored = sp.Mul(*[factor**times for factor, times in factors])
    if sum(times for _, times in factors) < 2 or factored * content == to_sympy(branches[0].left):
        return ()
    return (("factored", f"{write_sympy(factored)} = 0"),)


def _roots_of(relation: Relation, letter: Any) -> Roots | Found:
    difference = difference_of(relation)
    expression = to_sympy(difference)
    if not isinstance(expression, sp.Expr):
        raise NoMethod
    period = period_of(expression, letter)
    if period is None:
        return find_roots(difference, expression, letter)
    families, check = periodic_roots(difference, expression, letter, period)
    if not families:
        return _without_solution(Check("yes", phrase("route.period-searched")), letter.name)
    choices = (phrase("note.whole-number"),)
    decimals = None
    return Found("equation", as_set(families), check, as_latex(spelt(letter.name), families), decimals, choices=choices)


def _roots_found(name: str, results: list[Roots]) -> Found:
    if any(result.everything for result in results):
        return Found("equation", sp.S.Reals, results[0].check, everything(name), choices=(phrase("note.always"),))
    real = sp.FiniteSet(*[root for result in results for root in result.real])
    others = sp.FiniteSet(*[root for result in results for root in result.complex])
    searched = phrase("note.searched", end=f"{WINDOW:.0f}")
    choices = [searched] if any(result.found_by_scan for result in results) else []
    check = next((result.check for result in results if result.check.verdict != "yes"), results[0].check)
    if not real and others:
        return Found("equation", others, check, finite(name, others), choices=(*choices, phrase("note.complex")))
    if not real:
        return _without_solution(check, name)
    forms = (("complex", finite(name, real + others)),) if others else ()
    return Found("equation", real, check, finite(name, real), forms=forms, choices=tuple(choices))


def _without_solution(check: Check, name: str) -> Found:
    return Found("equation", sp.S.EmptySet, check, nothing(name), choices=(phrase("note.no-solution"),))


def _noted_zeros(inner: Found) -> tuple[Phrase, ...]:
    if inner.value == sp.S.EmptySet:
        return (phrase("note.no-zeros"),)
    return (phrase("note.zeros"), *inner.choices)


def _for_one_letter(branches: list[Relation], unknown: str, letters: tuple[str, ...], asked: bool) -> Found:
    """Several letters: solved for one of them, by sympy, and put back with numbers for the others."""
    letter = sp.Symbol(unknown, real=True)
    found = [root for branch in branches for root in _formulas(to_sympy(difference_of(branch)), letter)]
    if not found:
        raise NoMethod(phrase("reason.not-solvable-for", letter=unknown))
    others = [name for name in letters if name != unknown]
    check = _put_back(branches, unknown, others, found)
    chosen = () if asked else (phrase("note.solved-for", letter=unknown),)
    return Found("formula", sp.FiniteSet(*found), check, _as_formula(unknown, found), choices=chosen)


def _formulas(expression: Any, letter: Any) -> list[Any]:
    """Roots by formula. The other letters are first taken to be positive, which spares sympy its distinctions; roots
    that are real for such letters come without the complex ones.
    """
    plain = sp.Symbol(letter.name)
    positive = {symbol: sp.Dummy(symbol.name, positive=True) for symbol in expression.free_symbols - {letter}}
    back = {dummy: symbol for symbol, dummy in positive.items()} | {plain: letter}
    found: list[Any] = []
    with sympy_may_fail(seconds=SOLVING):
        found = sp.solve(expression.xreplace({letter: plain, **positive}), plain)
    roots = [root for root in found if isinstance(root, sp.Expr)]
    roots = [root for root in roots if not root.has(sp.I)] or roots
    return list(dict.fromkeys(_shortest(root).xreplace(back) for root in roots))


def _as_formula(unknown: str, found: list[Any]) -> str:
    pair = both_signs(*map(write_sympy, found)) if len(found) == 2 else None
    return finite(unknown, sp.FiniteSet(*found)) if pair is None else f"{spelt(unknown)} = {pair}"


def _shortest(root: Any) -> Any:
    forms = [root]
    for rewrite in (sp.simplify, sp.factor, sp.radsimp, _gathered):
        with sympy_may_fail(seconds=REWRITING):
            forms.append(rewrite(root))
    return min(forms, key=lambda form: (sp.count_ops(form), len(str(form))))


def _gathered(root: Any) -> Any:
    """A product of roots of one degree as one root."""
    degrees = {power.exp.q for power in root.atoms(sp.Pow) if power.exp.is_Rational and not power.exp.is_Integer}
    if len(degrees) != 1 or root.is_Add:
        return root
    degree = degrees.pop()
    negative = root.could_extract_minus_sign()
    inside = sp.simplify((-root if negative else root) ** degree)
    whole = sp.Pow(inside, sp.Rational(1, degree), evaluate=False)
    return -whole if negative else whole


def _put_back(branches: list[Relation], unknown: str, others: list[str], roots: list[Any]) -> Check:
    agreed = differed = 0
    for point in sample_points(others):
        exact = {name: FINE.mpf(at.numerator) / at.denominator for name, at in point.items()}
        for root in roots:
            try:
                at = number(root, point)
                sides = [[value(side, {**exact, unknown: at}, FINE) for side in (b.left, b.right)] for b in branches]
            except Undefined:
                continue
            if any(close(*pair) for pair in sides):
                agreed += 1
            else:
                differed += 1
    return Check("yes" if agreed > 2 * differed and agreed > 2 else decided(agreed, differed), phrase("route.put-back"))

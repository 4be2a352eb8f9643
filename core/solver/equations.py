"""One equation: in one unknown, with several letters solved for one of them, or a definition of a function."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.term_tools import signs_chosen
from core.notation.terms import Apply, MatrixTerm, Negative, Num, Plus, Relation, Sym, Term, walk
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, decided, number, sample_points
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, value
from core.solver.periodic import as_latex, as_set, period_of, periodic_roots
from core.solver.roots import WINDOW, Roots, find_roots
from core.solver.wording import finite, spelt, words

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
        return _statement(branches)
    unknown = problem.unknown or _unknown(relation, letters)
    if unknown not in letters:
        raise NoMethod(f"The letter {unknown} does not occur in the equation.")
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
    latex = inner.latex if inner.value != sp.S.EmptySet else words("no-zeros")
    return Found(
        "function",
        inner.value,
        inner.check,
        latex,
        inner.decimal,
        inner.forms,
        (phrase("note.zeros"), *inner.choices),
    )


def _statement(branches: list[Relation]) -> Found:
    relation = branches[0]
    left, right = to_sympy(relation.left), to_sympy(relation.right)
    if not isinstance(left, sp.Expr) or not isinstance(right, sp.Expr):
        raise NoMethod
    true = sp.simplify(left - right) == 0
    try:
        sides = [value(side, context=FINE) for side in (relation.left, relation.right)]
        check = Check("yes" if close(sides[0], sides[1], 1e-15) == true else "no", phrase("route.sides-recomputed"))
    except Undefined:
        check = Check("unknown", phrase("route.sides-recomputed"))
    return Found("statement", sp.true if true else sp.false, check, words("true" if true else "false"))


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
    return _roots_found(name, every)


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
        return Found("equation", sp.S.EmptySet, Check("yes", phrase("route.period-searched")), words("no-solution"))
    choices = (phrase("note.whole-number"),)
    decimals = None
    return Found("equation", as_set(families), check, as_latex(spelt(letter.name), families), decimals, choices=choices)


def _roots_found(name: str, results: list[Roots]) -> Found:
    if any(result.everything for result in results):
        return Found("equation", sp.S.Reals, results[0].check, words("always"))
    real = sp.FiniteSet(*[root for result in results for root in result.real])
    others = sp.FiniteSet(*[root for result in results for root in result.complex])
    searched = phrase("note.searched", end=f"{WINDOW:.0f}")
    choices = [searched] if any(result.found_by_scan for result in results) else []
    check = next((result.check for result in results if result.check.verdict != "yes"), results[0].check)
    if not real and others:
        return Found("equation", others, check, finite(name, others), choices=(*choices, phrase("note.complex")))
    return Found("equation", real, check, finite(name, real), choices=tuple(choices))


def _for_one_letter(branches: list[Relation], unknown: str, letters: tuple[str, ...], asked: bool) -> Found:
    """Several letters: solved for one of them, by sympy, and put back with numbers for the others."""
    letter = sp.Symbol(unknown, real=True)
    found: list[Any] = []
    for branch in branches:
        expression = to_sympy(difference_of(branch))
        plain = sp.Symbol(unknown)
        solved = sp.solve(expression.xreplace({letter: plain}), plain)
        found += [root.xreplace({plain: letter}) for root in solved if isinstance(root, sp.Expr)]
    if not found:
        raise NoMethod(f"No way was found to solve this for {unknown}.")
    others = [name for name in letters if name != unknown]
    check = _put_back(branches, unknown, others, found)
    values = sp.FiniteSet(*[_shortest(root) for root in found])
    chosen = () if asked else (phrase("note.solved-for", letter=unknown),)
    return Found("formula", values, check, finite(unknown, values), choices=chosen)


def _shortest(root: Any) -> Any:
    return min((root, sp.simplify(root), sp.factor(root)), key=lambda form: (sp.count_ops(form), len(str(form))))


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

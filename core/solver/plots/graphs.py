"""Graphs over one letter: a function, both sides of an equation, the area of a definite integral, a limit."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import sympy as sp

from core.errors import NothingToPlot
from core.notation.from_meaning import to_tree
from core.notation.term_tools import signs_chosen
from core.notation.terms import Apply, Derivative, Integral, Primed, Relation, Sym, Term, free_letters
from core.notation.to_sympy import to_sympy
from core.notation.write import to_latex
from core.solver.equations import difference_of
from core.solver.found import Problem
from core.solver.periodic import TRIGONOMETRIC, period_of
from core.solver.plots.curves import sampled
from core.solver.plots.data import Asymptote, Curve, Mark, MarkKind, PlotData, PlotKind, Role, Window
from core.solver.plots.evaluate import Array, Function, compiled
from core.solver.plots.features import Features, features, probe, snapped
from core.solver.plots.window import across, periodic, upright
from core.solver.wording import spelt

FINE_GRID = 2001
MOST_MARKS = 9
MOST_TRIMS = 6
LEAST = 1e-250
ROLES: tuple[Role, ...] = ("first", "second")


def latex_of(term: Term) -> str:
    return to_latex(to_tree(term))


def expression_of(term: Term) -> Any:
    """Raises NothingToPlot where the term is no expression."""
    built = to_sympy(term)
    if not isinstance(built, sp.Expr):
        raise NothingToPlot
    return built


def graph(problem: Problem) -> PlotData:
    """y as a function of one letter; with ± in it both branches, of a derivative the function it was taken of, too."""
    term, x_name, y_name = as_function(problem.term)
    branches = signs_chosen(term)
    bodies = [expression_of(branch.body if isinstance(branch, Integral) else branch) for branch in branches]
    names = [""] if len(branches) == 1 else [latex_of(branch) for branch in branches]
    if isinstance(term, Derivative | Primed) and len(bodies) == 1:
        original = term.body if isinstance(term, Derivative) else term.operand
        bodies = [expression_of(original), bodies[0].doit()]
        names = [latex_of(original), latex_of(term)]
    if isinstance(term, Integral) and len(bodies) == 1:
        names = [latex_of(term.body)]
    return _graphs("graph", bodies, names, x_name, y_name)


def as_function(term: Term) -> tuple[Term, str, str]:
    """The body of a function of one letter, that letter, and what stands on the other axis."""
    if isinstance(term, Relation):
        letters = free_letters(term.right)
        match term.left:
            case Apply(name, (Sym(letter),)):
                return term.right, letter, f"{spelt(name)} ( {spelt(letter)} )"
            case Sym(name) if letters != {name}:
                return term.right, next(iter(letters), "x"), spelt(name)
    letter = next(iter(free_letters(term)), "x")
    return term, letter, "y"


def equation(problem: Problem) -> PlotData:
    """Both sides of an equation in one unknown and where they cross; against nothing but zero, where the other side
    is zero.
    """
    relation = problem.term
    assert isinstance(relation, Relation)
    name = problem.letters[0]
    sides = (relation.left, relation.right)
    bodies = [[expression_of(branch) for branch in signs_chosen(side)] for side in sides]
    flat = [body for side in bodies for body in side]
    latex = [latex_of(branch) for side in sides for branch in signs_chosen(side)]
    if len(flat) == 2 and flat[1] == 0:
        return replace(_graphs("equation", flat[:1], [""], name, "y"), kind="equation")
    if len(flat) == 2 and flat[0] == 0:
        return replace(_graphs("equation", flat[1:], [""], name, "y"), kind="equation")
    differences = [
        expression_of(difference_of(branch)) for branch in signs_chosen(relation) if isinstance(branch, Relation)
    ]
    return _graphs("equation", flat, latex, name, "y", differences)


def _graphs(
    kind: PlotKind, bodies: list[Any], names: list[str], x_name: str, y_name: str, differences: list[Any] | None = None
) -> PlotData:
    """Curves of `bodies`. `differences`: expressions whose roots are the crossings that matter."""
    letter = sp.Symbol(x_name, real=True)
    functions = [compiled(body, [x_name]) for body in bodies]
    apart = [compiled(body, [x_name]) for body in differences or ()]
    whole = sp.Add(*bodies, evaluate=False) if len(bodies) > 1 else bodies[0]
    left, right = _ends(functions, apart, whole, letter)
    xs = np.linspace(left, right, FINE_GRID)
    samples = [function(xs) for function in functions]
    if not any(np.isfinite(values).any() for values in samples):
        raise NothingToPlot
    found = [features(function, xs) for function in functions]
    marks = _crossings(functions[0], apart, xs) if apart else _marks(functions, found, xs)
    window = Window(left, right, *upright(samples, [mark.y for mark in marks if left <= mark.x <= right]))
    if not LEAST < window.height < 1 / LEAST:
        raise NothingToPlot
    curves = tuple(
        Curve(sampled(function, window, (*one.poles, *one.jumps)), name, ROLES[n % len(ROLES)])
        for n, (function, one, name) in enumerate(zip(functions, found, names, strict=True))
    )
    if not any(curve.pieces for curve in curves):
        raise NothingToPlot
    holes = [
        hole
        for body, function in zip(bodies, functions, strict=True)
        for hole in _holes(body, function, letter, window)
    ]
    missing = {round(hole.x, 6) for hole in holes}
    marks = _told_apart([mark for mark in marks if round(mark.x, 6) not in missing], window)
    asymptotes = sorted({x for one in found for x in one.poles if round(x, 6) not in missing})
    return PlotData(
        kind, "", window, spelt(x_name), y_name,
        x_in_pi=in_pi(whole, letter),
        curves=curves,
        marks=(*marks, *holes),
        asymptotes=tuple(Asymptote("x", x) for x in asymptotes),
        coincide=any(_is_zero(function(xs)) for function in (apart or functions[:1])),
    )  # fmt: skip


def _is_zero(values: Array) -> bool:
    """Whether a difference is nothing over a stretch, not only at single places."""
    return bool(np.count_nonzero(values == 0) > 0.01 * len(values))


def _told_apart(marks: list[Mark], window: Window) -> list[Mark]:
    """The marks in the window nearest to the middle axis; none of those that crowd together."""
    seen = [mark for mark in marks if window.holds(mark.x, mark.y)]
    alone = [
        mark
        for mark in seen
        if sum(
            abs(mark.x - other.x) < 0.012 * window.width and abs(mark.y - other.y) < 0.5 * window.height
            for other in seen
        )
        < 3
    ]
    return sorted(alone, key=lambda mark: abs(mark.x))[:MOST_MARKS]


def in_pi(expression: Any, letter: Any) -> bool:
    """Whether multiples of π are what to count in: sines and the like of whole or broken multiples of the letter."""
    inside = [part.args[0] for part in expression.atoms(*TRIGONOMETRIC) if part.has(letter)]
    return bool(inside) and all(sp.diff(part, letter).is_Rational for part in inside)


def _ends(functions: list[Function], apart: list[Function], whole: Any, letter: Any) -> tuple[float, float]:
    period = period_of(whole, letter)
    if period is not None:
        return periodic(float(period))
    xs = probe()
    kinks = _kinks(whole, letter, xs)
    found = [replace(features(function, xs), kinks=kinks) for function in functions]
    must = sorted((x for function in apart for x in features(function, xs).roots), key=abs)[:6]
    left, right = across(found, must)
    seen = [x for x in (*must, *(x for one in found for x in one.places)) if left <= x <= right]
    inner = (min(seen), max(seen)) if seen else ((left + right) / 2, (left + right) / 2)
    for _ in range(MOST_TRIMS if inner[0] == inner[1] else 2):
        if not _runs_away(functions, np.linspace(left, right, FINE_GRID)):
            break
        left, right = (left + inner[0]) / 2, (right + inner[1]) / 2
    return left, right


def _kinks(expression: Any, letter: Any, xs: Array) -> tuple[float, ...]:
    """Where what stands in bars is zero, and where the parts of a greatest or least value are equal."""
    parts = [part.args[0] for part in expression.atoms(sp.Abs)]
    parts += [a - b for part in expression.atoms(sp.Max, sp.Min) for a, b in itertools.combinations(part.args, 2)]
    roots = {x for part in parts if part.has(letter) for x in features(compiled(part, [letter.name]), xs).roots}
    return tuple(sorted(roots))


def _runs_away(functions: list[Function], xs: Array) -> bool:
    """Whether a curve is so steep that half of it would look flat."""
    for function in functions:
        values = function(xs)
        finite = values[np.isfinite(values)]
        if not len(finite) or finite.min() == finite.max():
            continue
        bottom, top = upright([values])
        middle = np.median(finite)
        flat = min(middle - finite.min(), finite.max() - middle) < 0.02 * (top - bottom)
        if flat and finite.max() - finite.min() > 10 * (top - bottom):
            return True
    return False


def _crossings(function: Function, apart: list[Function], xs: Array) -> list[Mark]:
    roots = sorted({_at_zero(x, xs) for one in apart for x in features(one, xs).roots})
    heights = function(np.array(roots)).tolist()
    return [Mark(x, _at_zero(snapped(y), xs), "crossing") for x, y in zip(roots, heights, strict=True)]


def _at_zero(number: float, xs: Array) -> float:
    """Zero instead of what differs from it by rounding alone, as roots of a high order do."""
    return 0.0 if abs(number) < 1e-6 * (xs[-1] - xs[0]) else number


def _marks(functions: list[Function], found: list[Features], xs: Array) -> list[Mark]:
    """Roots, turning points and where the curve cuts the upright axis, the roots first; of one curve only."""
    if len(functions) != 1:
        return []
    function, one = functions[0], found[0]
    turns = {x for x, _ in one.turns}
    marks = [Mark(_at_zero(x, xs), 0.0, "touch" if x in turns else "root") for x in one.roots]
    for x, highest in one.turns:
        if x in one.roots:
            continue
        y = snapped(float(function(np.array([x]))[0]))
        kind: MarkKind = "maximum" if highest else "minimum"
        marks.append(Mark(x, y if abs(y) > 1e-12 else 0.0, kind))
    before, at_zero, after = function(np.array([-1e-9, 0.0, 1e-9])).tolist()
    beside = [y for y in (before, after) if not math.isnan(y)]
    if (
        beside
        and all(abs(y - at_zero) < 1e-3 * (1 + abs(at_zero)) for y in beside)
        and all(abs(mark.x) > 1e-9 for mark in marks)
    ):
        marks.append(Mark(0.0, snapped(at_zero), "intercept" if at_zero else "root"))
    return marks


def _holes(body: Any, function: Function, letter: Any, window: Window) -> list[Mark]:
    """Single points left out of a curve that goes on beyond them: where a denominator is zero and the limit finite."""
    below = body.as_numer_denom()[1]
    if not below.has(letter):
        return []
    xs = np.linspace(window.left, window.right, FINE_GRID)
    found: list[Mark] = []
    denominator = compiled(below, [letter.name])
    for x in features(denominator, xs).roots:
        step = 1e-5 * (1 + abs(x))
        near = function(np.array([x - step, x + step]))
        if abs(denominator(np.array([x]))[0]) > 1e-6 * abs(denominator(np.array([x + step]))[0]):
            continue  # only nearly zero
        size = 1 + abs(near).max()
        if np.isfinite(near).all() and abs(near[0] - near[1]) < 1e-3 * size:
            height = float(near.mean())
            rounded = round(height, 6)
            found.append(Mark(x, rounded if abs(rounded - height) < 1e-8 * size else height, "hole", filled=False))
    return found

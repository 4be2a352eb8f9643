"""Single places: the terms of a sequence, the partial sums of a series, complex numbers, vectors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import sympy as sp

from core.errors import NothingToPlot
from core.notation.terms import Collection, Constant, MatrixTerm, Over, Plus, Relation, Series, Sym, Term, Times, walk
from core.notation.to_sympy import to_sympy
from core.solver.equations import difference_of
from core.solver.found import Problem
from core.solver.plots.data import Arrow, Asymptote, Mark, PlotData, Role, Window
from core.solver.plots.evaluate import Array, compiled, real_number
from core.solver.plots.features import snapped
from core.solver.plots.graphs import expression_of
from core.solver.plots.planes import SHAPE
from core.solver.plots.window import squared, upright
from core.solver.values import worked_out
from core.solver.wording import spelt

TERMS = 20
MANY_TERMS = 20_000
MOST_DEGREE = 24


def is_sequence(problem: Problem) -> bool:
    """`a_n = ...` with nothing but n on the right."""
    term = problem.term
    if not isinstance(term, Relation) or term.sign != "=" or not isinstance(term.left, Sym):
        return False
    index = term.left.name.rpartition("_")[2]
    return index in ("n", "k", "m") and term.left.name != index and set(problem.letters) == {term.left.name, index}


def sequence(problem: Problem) -> PlotData:
    """The first terms of a sequence."""
    relation = problem.term
    assert isinstance(relation, Relation) and isinstance(relation.left, Sym)
    index = relation.left.name.rpartition("_")[2]
    numbers = np.arange(1.0, TERMS + 1)
    values = compiled(expression_of(relation.right), [index])(numbers)
    return _dots(numbers, values, index, spelt(relation.left.name), None)


def series(problem: Problem) -> PlotData:
    """The sums (or products) of the first so many terms, and the level they settle at."""
    term = problem.term
    assert isinstance(term, Series)
    function = compiled(expression_of(term.body), [term.index.name])
    first = real_number(expression_of(term.first))
    last_expression = expression_of(term.last)
    last = math.inf if last_expression.free_symbols else real_number(last_expression)
    if not math.isfinite(first):
        raise NothingToPlot
    numbers = np.arange(first, min(last, first + TERMS - 1) + 1)
    add = np.cumprod if term.kind == "product" else np.cumsum
    with np.errstate(all="ignore"):
        values = np.asarray(add(function(numbers)), dtype=np.float64)
        level = None
        if math.isinf(last) and last_expression == sp.oo:
            far = add(function(np.arange(first, first + MANY_TERMS)))
            settled = np.isfinite(far[-1]) and abs(far[-1] - far[MANY_TERMS // 2]) < 1e-3 * (1 + abs(far[-1]))
            level = float(far[-1]) if settled else None
    return _dots(numbers, values, "n", "s", level)


def _dots(numbers: Array, values: Array, x_name: str, y_name: str, level: float | None) -> PlotData:
    if np.isfinite(values).sum() < 2:
        raise NothingToPlot
    with np.errstate(all="ignore"):
        huge = np.abs(values) > 1e12
    numbers, values = numbers[~huge], values[~huge]
    bottom, top = upright([values], [*_tame(values), *([0.0] if level is None else [0.0, level])])
    left = min(0.0, float(numbers[0]))
    window = Window(left - 0.8, float(numbers[-1]) + 1, bottom, top)
    return PlotData(
        "sequence", "", window, spelt(x_name), y_name,
        marks=tuple(
            Mark(float(x), snapped(float(y)), "term", labelled=False)
            for x, y in zip(numbers, values, strict=True)
            if window.holds(float(x), float(y))
        ),
        asymptotes=() if level is None else (Asymptote("y", level),),
    )  # fmt: skip


def _tame(values: Array) -> list[float]:
    """The least and the greatest value, unless they would press all others flat."""
    lower, upper = np.percentile(values, [25, 75])
    low, high = float(values.min()), float(values.max())
    return [low, high] if high - low <= 40 * (upper - lower) else []


def is_complex_number(problem: Problem) -> bool:
    return not problem.letters and any(part == Constant("i") for part in walk(problem.term))


def complex_number(problem: Problem) -> PlotData:
    """A complex number as an arrow; of a product or a quotient, both of its parts as fainter ones."""
    term = problem.term
    arrows = [_complex_arrow(term, "first")]
    if isinstance(term, Times | Over):
        arrows += [_complex_arrow(part, "faint") for part in (term.left, term.right) if _has_i(part)]
    return _plane("complex", arrows)


def _has_i(term: Term) -> bool:
    return any(part == Constant("i") for part in walk(term))


def _complex_arrow(term: Term, role: Role) -> Arrow:
    value = worked_out(term)
    if not isinstance(value, sp.Expr) or not value.is_number:
        raise NothingToPlot
    real, imaginary = value.as_real_imag()
    return Arrow((0.0, 0.0), (snapped(real_number(real)), snapped(real_number(imaginary))), role)


def is_complex_equation(problem: Problem) -> bool:
    """An equation for z, which is a complex number by custom."""
    return isinstance(problem.term, Relation) and problem.term.sign == "=" and problem.letters == ("z",)


def complex_roots(problem: Problem) -> PlotData:
    """All complex roots of a polynomial equation."""
    relation = problem.term
    assert isinstance(relation, Relation)
    letter = sp.Symbol("z", real=True)
    polynomial = expression_of(difference_of(relation)).as_poly(letter)
    if polynomial is None or not 0 < polynomial.degree() <= MOST_DEGREE:
        raise NothingToPlot
    roots = np.roots([complex(sp.N(number)) for number in polynomial.all_coeffs()])
    marks = sorted({(snapped(round(root.real, 9)), snapped(round(root.imag, 9))) for root in roots.tolist()})
    return _plane("complex", [], tuple(Mark(x, y, "root") for x, y in marks))


def is_vector(problem: Problem) -> bool:
    """Two numbers in brackets, or a sum of columns of two."""
    if problem.letters:
        return False
    term = problem.term
    if isinstance(term, Collection):
        return term.kind == "tuple" and len(term.items) == 2
    matrices = [part for part in walk(term) if isinstance(part, MatrixTerm)]
    return bool(matrices) and all([len(line) for line in part.rows] == [1, 1] for part in matrices)


def vector(problem: Problem) -> PlotData:
    """An arrow from the origin; of a sum its parts, tip to tail."""
    term = problem.term
    whole = Arrow((0.0, 0.0), _components(term))
    arrows = []
    tail = (0.0, 0.0)
    for part in term.terms if isinstance(term, Plus) else ():
        x, y = _components(part)
        head = (snapped(tail[0] + x), snapped(tail[1] + y))
        arrows.append(Arrow(tail, head, role="faint"))
        tail = head
    return _plane("vectors", [*arrows, whole])


def _components(term: Term) -> tuple[float, float]:
    value: Any = to_sympy(term) if isinstance(term, Collection) else worked_out(term)
    parts = list(value) if isinstance(value, sp.Tuple | sp.MatrixBase) else []
    if len(parts) != 2:
        raise NothingToPlot
    return snapped(real_number(parts[0])), snapped(real_number(parts[1]))


def _plane(kind: Any, arrows: list[Arrow], marks: tuple[Mark, ...] = ()) -> PlotData:
    places = [(0.0, 0.0), *((mark.x, mark.y) for mark in marks)]
    places += [place for arrow in arrows for place in (arrow.tail, arrow.head)]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    size = max(max(xs) - min(xs), max(ys) - min(ys))
    if size == 0:
        raise NothingToPlot
    room = 0.25 * size
    window = Window(*squared(min(xs) - room, max(xs) + room, min(ys) - room, max(ys) + room, SHAPE))
    names = ("\\mathrm { R e }", "\\mathrm { I m }") if kind == "complex" else ("x", "y")
    tips = tuple(Mark(*arrow.head, "tip") for arrow in arrows if arrow.role == "first")
    return PlotData(kind, "", window, *names, equal=True, arrows=tuple(arrows), marks=(*marks, *tips))

"""Equations and inequalities in two letters: curves, systems with their crossings, shaded regions."""

from __future__ import annotations

import itertools
from typing import Any

import sympy as sp

from core.errors import NothingToPlot
from core.notation.term_tools import signs_chosen
from core.notation.terms import Relation, System, Term
from core.solver.equations import difference_of
from core.solver.found import Problem
from core.solver.plots.data import Curve, Mark, Place, PlotData, Region, Window
from core.solver.plots.evaluate import Function, compiled, real_number
from core.solver.plots.features import snapped
from core.solver.plots.graphs import ROLES, expression_of, latex_of
from core.solver.plots.implicit import closed_extent, crossings, filled, on_axes, zero_lines
from core.solver.plots.window import squared
from core.solver.wording import spelt

SHAPE = 0.78
"""Height by width of a picture whose axes have one scale."""
ROOM = 0.45
USUAL = 4.0
LOPSIDED = 5.0
MOST_RELATIONS = 6


def parts_of(term: Term) -> list[Relation]:
    parts = term.parts if isinstance(term, System) else (term,)
    return [part for part in parts if isinstance(part, Relation)]


def curve(problem: Problem) -> PlotData:
    """The curve of one equation in two letters."""
    relation = problem.term
    assert isinstance(relation, Relation)
    names = list(problem.letters)
    functions = [_cleared(branch, names) for branch in signs_chosen(relation) if isinstance(branch, Relation)]
    window, equal = _window(functions, [])
    pieces = tuple(piece for function in functions for piece in zero_lines(function, window))
    if not pieces:
        raise NothingToPlot
    marks = _cuts(functions[0], window) if len(functions) == 1 else ()
    return PlotData(
        "curve", "", window, spelt(names[0]), spelt(names[1]), equal=equal, curves=(Curve(pieces),), marks=marks
    )


def system(problem: Problem) -> PlotData:
    """The curves of several equations in two letters and the places that lie on all of them."""
    relations, names = parts_of(problem.term)[:MOST_RELATIONS], list(problem.letters)
    functions = [_cleared(relation, names) for relation in relations]
    shared = [
        place
        for place in _meetings(relations[0], relations[1], functions[0], functions[1], names)
        if all(abs(float(function(*place))) < 1e-6 for function in functions)
    ]
    window, equal = _window(functions, shared)
    curves = tuple(
        Curve(zero_lines(function, window), latex_of(relation), ROLES[n % len(ROLES)])
        for n, (relation, function) in enumerate(zip(relations, functions, strict=True))
    )
    if not any(curve.pieces for curve in curves):
        raise NothingToPlot
    marks = tuple(Mark(x, y, "crossing") for x, y in sorted(shared) if window.holds(x, y))
    return PlotData("system", "", window, spelt(names[0]), spelt(names[1]), equal=equal, curves=curves, marks=marks)


def region(problem: Problem) -> PlotData:
    """Where one or several inequalities in two letters hold; the border dashed where it does not belong to them."""
    relations, names = parts_of(problem.term)[:MOST_RELATIONS], list(problem.letters)
    inside = [_oriented(relation, names) for relation in relations if relation.sign not in ("=", "!=", "~")]
    borders = [compiled(expression_of(difference_of(relation)), names) for relation in relations]
    corners = [
        place
        for a, b in itertools.combinations(range(len(relations)), 2)
        for place in _meetings(relations[a], relations[b], borders[a], borders[b], names)
        if all(float(function(*place)) > -1e-6 for function in inside)
    ]
    window, equal = _window(borders, corners)
    polygons = filled(inside, window)
    curves = tuple(
        Curve(zero_lines(border, window), dashed=relation.sign in ("<", ">", "!="))
        for relation, border in zip(relations, borders, strict=True)
    )
    if not polygons and not any(curve.pieces for curve in curves):
        raise NothingToPlot
    return PlotData(
        "region", "", window, spelt(names[0]), spelt(names[1]),
        equal=equal,
        curves=curves,
        marks=tuple(Mark(x, y, "crossing") for x, y in sorted(set(corners)) if window.holds(x, y))[:6],
        regions=(Region(polygons),),
    )  # fmt: skip


def _cleared(relation: Relation, names: list[str]) -> Function:
    """Left less right, without denominators where there are any, so that poles are no part of the curve."""
    difference = expression_of(difference_of(relation))
    return compiled(difference.as_numer_denom()[0], names)


def _oriented(relation: Relation, names: list[str]) -> Function:
    """Positive where the inequality holds."""
    difference = expression_of(difference_of(relation))
    return compiled(difference if relation.sign in (">", ">=") else -difference, names)


def _meetings(first: Relation, second: Relation, f: Function, g: Function, names: list[str]) -> tuple[Place, ...]:
    """Where two curves meet; straight lines wherever that is."""
    symbols = [sp.Symbol(name, real=True) for name in names]
    expressions = [expression_of(difference_of(relation)) for relation in (first, second)]
    if all(_is_linear(expression, symbols) for expression in expressions):
        solution = sp.linsolve(expressions, *symbols)
        rows = [row for row in solution if not row.free_symbols] if isinstance(solution, sp.FiniteSet) else []
        return tuple((snapped(real_number(x)), snapped(real_number(y))) for x, y in rows)
    return crossings(f, g)


def _is_linear(expression: Any, symbols: list[Any]) -> bool:
    polynomial = expression.as_poly(*symbols)
    return polynomial is not None and polynomial.total_degree() <= 1


def _window(functions: list[Function], must: list[Place]) -> tuple[Window, bool]:
    """What shows the curves: all of a closed one, else where they cut the axes and `must`; and whether one scale
    does for both axes.
    """
    xs, ys = [x for x, _ in must], [y for _, y in must]
    closed = False
    for function in functions:
        extent = closed_extent(function)
        if extent is not None:
            closed = True
            xs += extent[:2]
            ys += extent[2:]
            continue
        level, upright = on_axes(function)
        xs += level
        ys += upright
    if not closed:
        xs, ys = [*xs, 0.0], [*ys, 0.0]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    room = (0.15 if closed else ROOM) * max(wide, high)
    if not closed and not must and (0.2 < max(wide, high) < USUAL or wide == high == 0):
        room = max(room, (2 * USUAL - max(wide, high)) / 2)  # a line has no scale of its own
    lopsided = min(wide, high) > 0 and max(wide, high) > LOPSIDED * min(wide, high)
    if lopsided:
        share = 0.15 if closed else ROOM
        return Window(
            min(xs) - share * wide, max(xs) + share * wide, min(ys) - share * high, max(ys) + share * high
        ), False
    return Window(*squared(min(xs) - room, max(xs) + room, min(ys) - room, max(ys) + room, SHAPE)), True


def _cuts(function: Function, window: Window) -> tuple[Mark, ...]:
    level, upright = on_axes(function)
    marks = [Mark(x, 0.0, "root") for x in level]
    marks += [Mark(0.0, y, "intercept") for y in upright if y != 0]
    return tuple(mark for mark in marks if window.holds(mark.x, mark.y))

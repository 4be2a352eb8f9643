"""The area of a definite integral, and what a limit comes near to."""

from __future__ import annotations

import math

import numpy as np
import sympy as sp

from core.errors import NothingToPlot
from core.notation.terms import Integral, Limit
from core.solver.found import Problem
from core.solver.plots.curves import sampled
from core.solver.plots.data import Asymptote, Curve, Mark, PlotData, Region, Window
from core.solver.plots.evaluate import Function, compiled, real_number
from core.solver.plots.features import features, snapped
from core.solver.plots.graphs import FINE_GRID, expression_of, in_pi
from core.solver.plots.window import upright
from core.solver.wording import spelt


def area(problem: Problem) -> PlotData:
    """The area of a definite integral of one letter: shaded between the curve and the axis."""
    term = problem.term
    assert isinstance(term, Integral) and term.lower is not None and term.upper is not None
    name = term.variable.name
    letter = sp.Symbol(name, real=True)
    body = expression_of(term.body)
    function = compiled(body, [name])
    ends = [real_number(expression_of(end)) for end in (term.lower, term.upper)]
    left, right, shaded = _around(ends, function)
    inner = np.linspace(*shaded, FINE_GRID)
    outer = np.linspace(left, right, FINE_GRID)
    found = features(function, outer)
    turns = function(np.array([x for x, _ in found.turns])).tolist() if found.turns else []
    bottom, top = upright([function(inner)], [0.0, *turns])
    window = Window(left, right, bottom, top)
    pieces = sampled(function, Window(*shaded, bottom, top), (*found.poles, *found.jumps))
    curve = Curve(sampled(function, window, (*found.poles, *found.jumps)))
    if not curve.pieces or not pieces:
        raise NothingToPlot
    region = Region(tuple((((piece[0][0], 0.0), *piece, (piece[-1][0], 0.0)),) for piece in pieces))
    return PlotData(
        "area", "", window, spelt(name), "y",
        x_in_pi=in_pi(body, letter),
        curves=(curve,),
        marks=tuple(Mark(snapped(end), 0.0, "start") for end in sorted(ends) if math.isfinite(end)),
        regions=(region,),
        asymptotes=tuple(Asymptote("x", x) for x in found.poles),
    )  # fmt: skip


def _around(ends: list[float], function: Function) -> tuple[float, float, tuple[float, float]]:
    """The window's ends and the shaded stretch; an infinite end reaches beyond the picture's."""
    low, high = min(ends), max(ends)
    if math.isinf(low) or math.isinf(high):
        start = next((end for end in (low, high) if math.isfinite(end)), 0.0)
        reach = 6.0
        left = start - 1.5 if math.isfinite(low) else start - reach
        right = start + 1.5 if math.isfinite(high) else start + reach
        return left, right, (max(low, left), min(high, right))
    if low == high:
        raise NothingToPlot
    width = high - low
    left, right = low - 0.3 * width, high + 0.3 * width
    left = -0.15 * width if 0 <= low <= 1.2 * width else left
    right = 0.15 * width if -1.2 * width <= high <= 0 else right
    return min(left, low - 0.15 * width), max(right, high + 0.15 * width), (low, high)


def limit(problem: Problem) -> PlotData:
    """The function near the place that its letter goes to, and the value it comes near to."""
    term = problem.term
    assert isinstance(term, Limit)
    name = term.variable.name
    letter = sp.Symbol(name, real=True)
    body = expression_of(term.body)
    function = compiled(body, [name])
    target = real_number(expression_of(term.target))
    far = math.isinf(target)
    if far:
        left, right = (-2.0, 18.0) if target > 0 else (-18.0, 2.0)
    else:
        left, right = target - 3.0, target + 3.0
    xs = np.linspace(left, right, FINE_GRID)
    found = features(function, xs)
    values = function(xs)
    ends = _limits(function, target, term.side)
    window = Window(left, right, *upright([values], [y for _, y in ends]))
    curve = Curve(sampled(function, window, (*found.poles, *found.jumps)))
    if not curve.pieces:
        raise NothingToPlot
    marks = () if far else tuple(Mark(target, y, "limit", filled=False) for y in sorted({y for _, y in ends}))
    level = tuple(Asymptote("y", y) for _, y in ends) if far else ()
    return PlotData(
        "limit", "", window, spelt(name), "y",
        x_in_pi=in_pi(body, letter) and not far,
        curves=(curve,),
        marks=tuple(mark for mark in marks if window.holds(mark.x, mark.y)),
        asymptotes=(*(Asymptote("x", x) for x in found.poles), *level),
    )  # fmt: skip


def _limits(function: Function, target: float, side: str) -> list[tuple[int, float]]:
    """The values that the function settles at, by side, -1 from the left."""
    found: list[tuple[int, float]] = []
    ways = (
        [1 if target > 0 else -1]
        if math.isinf(target)
        else [{"-": -1, "+": 1}[sign] for sign in side.replace("+-", "-+")]
    )
    for way in ways:
        steps = np.array([1e3, 1e4, 1e5]) if math.isinf(target) else np.array([1e-3, 1e-4, 1e-5])
        values = function(way * steps if math.isinf(target) else target + way * steps)
        size = 1 + float(np.abs(values).max())
        if np.isfinite(values).all() and abs(values[2] - values[1]) < 2e-3 * size:
            rounded = round(float(values[2]), 3)
            found.append((way, rounded if abs(rounded - values[2]) < 2e-4 * size else float(values[2])))
    return found

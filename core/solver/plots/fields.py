"""Differential equations: the field of slopes, and solutions traced through it by the Runge-Kutta method of order 4."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy as sp

from core.errors import NothingToPlot
from core.notation.term_tools import dependent_letters
from core.notation.terms import System
from core.notation.to_sympy import to_sympy
from core.solver.found import Problem
from core.solver.odes import is_ode
from core.solver.plots.data import Curve, Mark, Path, Place, PlotData, Window
from core.solver.plots.evaluate import Array, compiled, real_number
from core.solver.plots.features import snapped
from core.solver.plots.window import upright
from core.solver.wording import spelt

REACH = 4.0
STEPS = 160
COLUMNS, ROWS = 19, 15
STARTS = (-2.0, -1.0, 0.5, 1.0, 2.0)
MOST_ORDER = 4

Slope = Callable[[float, Array], Array]


def is_field(problem: Problem) -> bool:
    return is_ode(problem) and len(dependent_letters(problem.term)[0]) == 1


def field(problem: Problem) -> PlotData:
    """The solution through the given values, or several where none are given; of a first-order equation the slopes
    everywhere.
    """
    dependent, variable = dependent_letters(problem.term)
    name = next(iter(dependent))
    letter = sp.Symbol(variable, real=True)
    function = sp.Function(name)(letter)
    relations, conditions = _split(problem, function)
    order, right = _highest(relations, function, letter)
    names = [variable, *(f"y{n}" for n in range(order))]
    slope = _system(compiled(right, names), order)
    start, values = _start(conditions, function, letter, order)
    given = values is not None
    states = np.array(values)[:, None] if values is not None else _family(order)
    left, right_end = start - REACH, start + REACH
    paths = _traced(slope, start, states, REACH)
    heights = np.array([y for path in paths for x, y in path if abs(x - start) <= REACH / 2])
    low, high = upright([heights], states[0].tolist())
    middle = float(states[0].mean())
    bottom, top = (low, high) if given else (max(low, middle - REACH), min(high, middle + REACH))
    window = Window(left, right_end, bottom, top)
    limit = 8 * window.height
    pieces = tuple(tuple((x, y) for x, y in path if bottom - limit < y < top + limit) for path in paths)
    pieces = tuple(piece for piece in pieces if len(piece) > 1)
    if not pieces:
        raise NothingToPlot
    return PlotData(
        "field", "", window, spelt(variable), spelt(name),
        curves=(Curve(pieces),),
        marks=(Mark(snapped(start), snapped(float(states[0, 0])), "start"),) if given else (),
        slopes=_slopes(slope, window) if order == 1 else (),
    )  # fmt: skip


def _split(problem: Problem, function: Any) -> tuple[Any, list[Any]]:
    """The equation itself, and the values given at a point."""
    built = to_sympy(problem.term)
    parts = list(built) if isinstance(problem.term, System) and isinstance(built, sp.Tuple) else [built]
    if not all(isinstance(part, sp.Equality) for part in parts):
        raise NothingToPlot
    equations = [part for part in parts if part.has(function) and not part.has(sp.Subs)]
    if len(equations) != 1:
        raise NothingToPlot
    return equations[0], [part for part in parts if part is not equations[0]]


def _highest(equation: Any, function: Any, letter: Any) -> tuple[int, Any]:
    """The order, and the highest derivative as an expression of the letter and of y0, y1 ... for the lower ones."""
    difference = equation.lhs - equation.rhs
    derivatives = difference.atoms(sp.Derivative)
    order = max((derivative.derivative_count for derivative in derivatives), default=0)
    if not 0 < order <= MOST_ORDER:
        raise NothingToPlot
    symbols = [sp.Symbol(f"y{n}", real=True) for n in range(order + 1)]
    for n in range(order, 0, -1):
        difference = difference.subs(sp.Derivative(function, (letter, n)), symbols[n])
    difference = difference.subs(function, symbols[0])
    factor = sp.diff(difference, symbols[order])
    if factor == 0 or factor.has(symbols[order]) or difference.has(sp.Derivative):
        raise NothingToPlot
    return order, -difference.subs(symbols[order], 0) / factor


def _system(highest: Callable[..., Array], order: int) -> Slope:
    def slope(x: float, state: Array) -> Array:
        last = highest(np.full(state.shape[1], x), *state)
        return np.vstack([state[1:], last[None, :]]) if order > 1 else last[None, :]

    return slope


def _start(conditions: list[Any], function: Any, letter: Any, order: int) -> tuple[float, list[float] | None]:
    """Where the solution starts and its values there; None where fewer are given than the order asks for."""
    given: dict[int, float] = {}
    places: set[float] = set()
    for condition in conditions:
        side = condition.lhs
        if isinstance(side, sp.Subs):
            given[side.expr.derivative_count] = real_number(condition.rhs)
            places.add(real_number(side.point[0]))
        elif side.func == function.func:
            given[0] = real_number(condition.rhs)
            places.add(real_number(side.args[0]))
    if len(places) == 1 and set(given) == set(range(order)):
        return places.pop(), [given[n] for n in range(order)]
    return 0.0, None


def _family(order: int) -> Array:
    """Starting values of several solutions, one a column."""
    states = np.zeros((order, len(STARTS)))
    states[0] = STARTS
    return states


def _traced(slope: Slope, start: float, states: Array, reach: float) -> list[Path]:
    """Solutions from `start`, to both sides."""
    ways = [_one_way(slope, start, states, side * reach / STEPS) for side in (-1, 1)]
    paths: list[Path] = []
    for n in range(states.shape[1]):
        before: list[Place] = [(x, float(state[0, n])) for x, state in reversed(ways[0][1:])]
        after: list[Place] = [(x, float(state[0, n])) for x, state in ways[1]]
        paths.append(tuple(place for place in (*_finite(before[::-1])[::-1], *_finite(after))))
    return paths


def _finite(places: list[Place]) -> list[Place]:
    """As far as the solution goes before it runs away or ends."""
    for n, (_, y) in enumerate(places):
        if not abs(y) < 1e9:
            return places[:n]
    return places


def _one_way(slope: Slope, start: float, states: Array, step: float) -> list[tuple[float, Array]]:
    x, state = start, states
    found = [(x, state)]
    with np.errstate(all="ignore"):
        for n in range(STEPS):
            x = start + n * step
            first = slope(x, state)
            second = slope(x + step / 2, state + step / 2 * first)
            third = slope(x + step / 2, state + step / 2 * second)
            fourth = slope(x + step, state + step * third)
            state = state + step / 6 * (first + 2 * second + 2 * third + fourth)
            found.append((x + step, state))
    return found


def _slopes(slope: Slope, window: Window) -> tuple[tuple[Place, Place], ...]:
    """Short dashes of one length to the eye, along the slope at each place of a grid."""
    found: list[tuple[Place, Place]] = []
    length = 0.6 * window.width / COLUMNS
    squash = window.height / window.width
    for column in range(COLUMNS):
        x = window.left + (column + 0.5) * window.width / COLUMNS
        ys = window.bottom + (np.arange(ROWS) + 0.5) * window.height / ROWS
        for y, rise in zip(ys.tolist(), slope(x, ys[None, :])[0].tolist(), strict=True):
            if rise != rise or abs(rise) == float("inf"):
                continue
            seen = rise / squash
            dx = length / 2 / (1 + seen * seen) ** 0.5
            found.append(((x - dx, y - rise * dx), (x + dx, y + rise * dx)))
    return tuple(found)

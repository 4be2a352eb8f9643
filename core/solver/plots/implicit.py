"""Curves and regions that an equation or an inequality in two letters describes, by contours on a grid."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from contourpy import FillType, LineType, contour_generator

from core.solver.plots.data import Path, Place, Window
from core.solver.plots.evaluate import Array, Function
from core.solver.plots.features import features, probe, snapped

GRID = 241
COARSE = 121
REACHES = (5.0, 20.0, 100.0, 500.0)
NEWTON = 30


def grid(window: Window, size: int = GRID) -> tuple[Array, Array]:
    return np.linspace(window.left, window.right, size), np.linspace(window.bottom, window.top, size)


def heights(function: Function, window: Window, size: int = GRID) -> tuple[Array, Array, Array]:
    """The grid's places and the values there, a row for each height."""
    xs, ys = grid(window, size)
    values = function(xs[None, :], ys[:, None])
    return xs, ys, np.where(np.isfinite(values), values, np.nan)


def zero_lines(function: Function, window: Window) -> tuple[Path, ...]:
    """Where `function` of two letters is zero; where it only changes its sign across a pole is left out."""
    xs, ys, values = heights(function, window)
    if not np.isfinite(values).any():
        return ()
    generator = contour_generator(xs, ys, np.ma.masked_invalid(values), line_type=LineType.Separate)
    found: list[Path] = []
    for line in generator.lines(0.0):
        found += _without_poles(function, np.asarray(line), float(xs[1] - xs[0]), float(ys[1] - ys[0]))
    return tuple(found)


def _without_poles(function: Function, line: Array, across: float, upward: float) -> list[Path]:
    x, y = line[:, 0], line[:, 1]
    with np.errstate(all="ignore"):
        here = np.abs(function(x, y))
        beside = np.nanmax(
            np.abs(
                [function(x + across, y), function(x - across, y), function(x, y + upward), function(x, y - upward)]
            ),
            axis=0,
        )
        true = ~(here > beside)
    pieces: list[Path] = []
    for keep, group in itertools.groupby(range(len(line)), key=lambda n: bool(true[n])):
        places = tuple((float(x[n]), float(y[n])) for n in group)
        if keep and len(places) > 1:
            pieces.append(places)
    return pieces


def filled(functions: Sequence[Function], window: Window) -> tuple[tuple[Path, ...], ...]:
    """Polygons, each with its holes, where every function is positive."""
    xs, ys, values = heights(functions[0], window)
    for function in functions[1:]:
        values = np.minimum(values, heights(function, window)[2])
    if not np.isfinite(values).any() or np.nanmax(values) <= 0:
        return ()
    generator = contour_generator(xs, ys, np.ma.masked_invalid(values), fill_type=FillType.OuterOffset)
    polygons: list[tuple[Path, ...]] = []
    for points, offsets in zip(*generator.filled(0.0, np.inf), strict=True):
        rings = itertools.pairwise(offsets.tolist())
        polygons.append(tuple(tuple((float(x), float(y)) for x, y in points[a:b]) for a, b in rings))
    return tuple(polygons)


def on_axes(function: Function) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where the curve cuts the two axes, the nearest few."""
    xs = probe()
    level = features(lambda x: function(x, np.zeros_like(x)), xs).roots
    upright = features(lambda y: function(np.zeros_like(y), y), xs).roots
    return tuple(sorted(level, key=abs)[:3]), tuple(sorted(upright, key=abs)[:3])


def closed_extent(function: Function) -> tuple[float, float, float, float] | None:
    """Left, right, bottom and top of the curve where all of it lies around the middle of a picture; else None."""
    for reach in REACHES:
        box = Window(-reach, reach, -reach, reach)
        extent = _extent(function, box)
        if extent is None:
            continue
        left, right, bottom, top = extent
        if max(abs(left), abs(right), abs(bottom), abs(top)) > 0.97 * reach:
            return None
        wide, high = max(right - left, 0.02 * reach), max(top - bottom, 0.02 * reach)
        return _extent(function, Window(left - wide, right + wide, bottom - high, top + high)) or extent
    return None


def _extent(function: Function, window: Window) -> tuple[float, float, float, float] | None:
    xs, ys, values = heights(function, window, COARSE)
    sign = np.sign(values)
    with np.errstate(all="ignore"):
        change = (sign[:-1, :-1] * sign[1:, 1:] <= 0) | (sign[1:, :-1] * sign[:-1, 1:] <= 0)
    rows, columns = np.nonzero(change)
    if not len(rows):
        return None
    return float(xs[columns.min()]), float(xs[columns.max() + 1]), float(ys[rows.min()]), float(ys[rows.max() + 1])


def crossings(first: Function, second: Function) -> tuple[Place, ...]:
    """Where two curves meet: seen along the first one, then closed in on by Newton's method; the nearest few."""
    for reach in REACHES:
        box = Window(-reach, reach, -reach, reach)
        found: list[Place] = []
        for path in zero_lines(first, box):
            places = np.array(path)
            values = second(places[:, 0], places[:, 1])
            with np.errstate(all="ignore"):
                starts = places[:-1][np.sign(values[:-1]) * np.sign(values[1:]) <= 0]
            for start in starts[:24]:
                place = _newton(first, second, start)
                if place is not None and all(abs(place[0] - x) + abs(place[1] - y) > 2e-3 * reach for x, y in found):
                    found.append(place)
        if found:
            return tuple(sorted(found, key=lambda place: abs(place[0]) + abs(place[1]))[:8])
    return ()


def _newton(first: Function, second: Function, start: Array) -> Place | None:
    place = np.array(start, dtype=float)
    step = 1e-6
    for _ in range(NEWTON):
        xs = place[0] + np.array([0.0, step, 0.0])
        ys = place[1] + np.array([0.0, 0.0, step])
        values = np.array([first(xs, ys), second(xs, ys)])
        slopes = np.column_stack([(values[:, 1] - values[:, 0]) / step, (values[:, 2] - values[:, 0]) / step])
        if not np.isfinite(slopes).all() or abs(np.linalg.det(slopes)) < 1e-12:
            break
        move = np.linalg.solve(slopes, values[:, 0])
        place = place - move
        if np.abs(move).max() < 1e-12 * (1 + np.abs(place).max()):
            break
    left = np.abs([first(place[:1], place[1:]), second(place[:1], place[1:])]).max()
    if not left < 1e-6:
        return None
    return snapped(float(place[0])), snapped(float(place[1]))

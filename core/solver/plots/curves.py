"""A function of one letter as a line: sampled evenly, closed in on at jumps and edges, broken at poles."""

from __future__ import annotations

import itertools

import numpy as np

from core.solver.plots.data import Path, Window
from core.solver.plots.evaluate import Array, Flags, Function

SAMPLES = 801
HALVINGS = 32
BEYOND = 8.0
"""Window heights that a line may leave the window by before it is cut level."""
STEEP = 0.03
"""Of the window's height: a rise between neighbours that is looked into."""
MOST_RISES = 400


def sampled(function: Function, window: Window, breaks: tuple[float, ...] = ()) -> tuple[Path, ...]:
    """The pieces of the graph in the window, left to right. `breaks`: poles and jumps already known."""
    xs = np.linspace(window.left, window.right, SAMPLES)
    around = [at + side for at in breaks for side in (-1e-9 * (1 + abs(at)), 1e-9 * (1 + abs(at)))]
    xs = np.unique(np.concatenate([xs, [x for x in around if window.left < x < window.right]]))
    ys = function(xs)
    xs, ys, cut = _closed_in(function, xs, ys, window)
    low, high = window.bottom - BEYOND * window.height, window.top + BEYOND * window.height
    cut |= np.array([any(a <= at <= b for at in breaks) for a, b in itertools.pairwise(xs)], dtype=bool)
    pieces: list[Path] = []
    piece: list[tuple[float, float]] = []
    for n, (x, y) in enumerate(zip(xs.tolist(), ys.tolist(), strict=True)):
        if y == y:
            piece.append((x, min(max(y, low), high)))
        if piece and (y != y or n == len(xs) - 1 or cut[n]):
            pieces.append(tuple(piece))
            piece = []
    return tuple(piece for piece in pieces if len(piece) > 1 and _visible(piece, window))


def _visible(piece: Path, window: Window) -> bool:
    heights = [y for _, y in piece]
    return min(heights) <= window.top and max(heights) >= window.bottom


def _closed_in(function: Function, xs: Array, ys: Array, window: Window) -> tuple[Array, Array, Flags]:
    """More samples where the line ends or rises steeply; and after which samples it is broken."""
    real = ~np.isnan(ys)
    with np.errstate(all="ignore"):
        gaps = np.abs(np.diff(np.clip(ys, window.bottom - window.height, window.top + window.height)))
    steep = real[:-1] & real[1:] & (gaps > STEEP * window.height)
    ends = real[:-1] != real[1:]
    extra: list[float] = []
    broken = np.empty(0)
    for n in np.flatnonzero(ends):
        extra += _edge(function, float(xs[n]), float(xs[n + 1]), bool(real[n]))
    rises = np.flatnonzero(steep)[:MOST_RISES]
    if len(rises):
        low, high, whole = _jumps(function, xs[rises], xs[rises + 1])
        broken = low[~whole]
        extra += [*broken, *high[~whole]]
        extra += np.linspace(xs[rises], xs[rises + 1], 9)[1:-1].ravel().tolist()
    if extra:
        xs = np.unique(np.concatenate([xs, extra]))
        ys = function(xs)
    return xs, ys, np.isin(xs[:-1], broken)


def _edge(function: Function, left: float, right: float, real_on_left: bool) -> list[float]:
    """The last places with a real value, closer and closer to where they end."""
    inside, outside = (left, right) if real_on_left else (right, left)
    found: list[float] = []
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if np.isnan(function(np.array([middle]))[0]):
            outside = middle
        else:
            inside = middle
            found.append(middle)
    return found


def _jumps(function: Function, left: Array, right: Array) -> tuple[Array, Array, Flags]:
    """Both ends of where each rise is steepest, and whether the line is whole there: then it rises ever less."""
    below, above = function(left), function(right)
    first = np.abs(above - below)
    whole = np.ones(len(left), dtype=bool)
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        at = function(middle)
        whole &= np.isfinite(at)
        with np.errstate(all="ignore"):
            lower = np.abs(at - below) >= np.abs(above - at)
        left, right = np.where(lower, left, middle), np.where(lower, middle, right)
        below, above = np.where(lower, below, at), np.where(lower, at, above)
    with np.errstate(all="ignore"):
        return left, right, whole & (np.abs(above - below) < 0.05 * first)

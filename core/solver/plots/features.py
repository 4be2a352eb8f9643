"""Where a function of one letter does something: roots, turning points, poles, edges of its domain.

All are found from samples and then closed in on, many at a time: bisection for roots, poles and edges, golden sections
for turning points (Press et al., Numerical Recipes, chapters 9 and 10).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.solver.plots.evaluate import Array, Function

BISECTIONS = 60
SECTIONS = 50
GOLDEN = (np.sqrt(5.0) - 1) / 2
MOST = 400
"""Features of one kind that are closed in on; where there are more, nobody could tell them apart."""


@dataclass(frozen=True)
class Features:
    """Places on the axis, ascending. `turns`: turning points, True for a highest. `jumps`: where the function is not
    continuous but finite on both sides. `begins` and `ends`: where stretches of its domain begin and end. `kinks`:
    where its rule changes, as that of |x| does at zero.
    """

    roots: tuple[float, ...] = ()
    turns: tuple[tuple[float, bool], ...] = ()
    poles: tuple[float, ...] = ()
    jumps: tuple[float, ...] = ()
    begins: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    kinks: tuple[float, ...] = ()

    @property
    def places(self) -> tuple[float, ...]:
        """All places but the jumps, ascending, those closer than rounding only once."""
        every = sorted([*self.roots, *(x for x, _ in self.turns), *self.poles, *self.begins, *self.ends, *self.kinks])
        kept: list[float] = []
        for place in every:
            if not kept or place - kept[-1] > 1e-6 * (1e-3 + abs(place)):
                kept.append(place)
        return tuple(kept)


def probe() -> Array:
    """Samples on every scale that a problem is likely to live on."""
    far = np.geomspace(12, 20011.3, 400)
    near = np.geomspace(1e-5, 0.01, 60)
    middle = np.linspace(-12, 12, 2401)
    return np.unique(np.concatenate([-far, middle, near, -near, far]))


def features(function: Function, xs: Array) -> Features:
    """What `function` does between the first and the last of `xs`."""
    ys = function(xs)
    finite = np.isfinite(ys)
    begins, ends = _edges(function, xs, ys)
    roots, poles, jumps = _sign_changes(function, xs, ys)
    turns, more_poles = _turns(function, xs, ys)
    scale = float(np.median(np.abs(ys[finite]))) if finite.any() else 1.0
    touching = [x for x, _ in turns if abs(float(function(np.array([x]))[0])) <= 1e-12 * (1e-6 + scale)]
    at_ends = [x for x in (*begins, *ends) if abs(float(function(np.array([x]))[0])) <= 1e-7 * (1e-6 + scale)]
    at_nodes = _zero_nodes(xs, ys)
    infinite = [float(x) for x in xs[1:-1][np.isinf(ys[1:-1]) & finite[:-2] & finite[2:]]]
    return Features(
        _merged([*roots, *touching, *at_nodes, *at_ends]),
        tuple(turns),
        _merged([*poles, *more_poles, *infinite]),
        _merged(jumps),
        begins,
        ends,
    )


def _merged(places: list[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 1e-7 * (1e-3 + abs(place)):
            kept.append(place)
    return tuple(snapped(place) for place in kept)


def snapped(number: float) -> float:
    """The whole or short decimal number that `number` can be told from only by rounding."""
    short = round(number, 6) + 0.0
    return short if abs(number - short) <= 2e-9 * (1 + abs(number)) else number


def _zero_nodes(xs: Array, ys: Array) -> list[float]:
    """Samples that are roots themselves, unless the function stays zero there."""
    zero = ys == 0
    before = np.concatenate([[False], zero[:-1]])
    after = np.concatenate([zero[1:], [False]])
    return [float(x) for x in xs[zero & ~before & ~after][:MOST]]


def _sign_changes(function: Function, xs: Array, ys: Array) -> tuple[list[float], list[float], list[float]]:
    """Roots, poles and jumps across which the sign changes."""
    with np.errstate(all="ignore"):
        change = np.flatnonzero((np.sign(ys[:-1]) * np.sign(ys[1:]) < 0) & np.isfinite(ys[:-1]) & np.isfinite(ys[1:]))
    change = change[:MOST]
    if not len(change):
        return [], [], []
    low, high = xs[change].copy(), xs[change + 1].copy()
    sign = np.sign(ys[change])
    first = np.maximum(np.abs(ys[change]), np.abs(ys[change + 1]))
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        here = np.sign(function(middle)) == sign
        low, high = np.where(here, middle, low), np.where(here, high, middle)
    ends = np.fmax(np.abs(function(low)), np.abs(function(high)))
    with np.errstate(all="ignore"):
        root, pole = ends < 1e-3 * first, ~(ends <= first * 1.5)
    middles = (low + high) / 2
    jump = ~root & ~pole
    return [*map(float, middles[root])], [*map(float, middles[pole])], [*map(float, middles[jump])]


def _edges(function: Function, xs: Array, ys: Array) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where real values begin and where they end; not at single places with a value, or without one."""
    real = ~np.isnan(ys)
    change = np.flatnonzero(real[:-1] != real[1:])[:MOST]
    if not len(change):
        return (), ()
    begins = real[change + 1]
    inside = np.where(begins, xs[change + 1], xs[change])
    outside = np.where(begins, xs[change], xs[change + 1])
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        here = ~np.isnan(function(middle))
        inside, outside = np.where(here, middle, inside), np.where(here, outside, middle)
    single = np.array([np.sum(np.abs(outside - x) < 1e-7 * (1 + abs(x))) > 1 for x in outside])
    return _merged(outside[begins & ~single].tolist()), _merged(outside[~begins & ~single].tolist())


def _turns(function: Function, xs: Array, ys: Array) -> tuple[list[tuple[float, bool]], list[float]]:
    """Turning points, and the poles that looked like some."""
    with np.errstate(all="ignore"):
        rise = ys[1:-1] - ys[:-2]
        fall = ys[1:-1] - ys[2:]
        least = 2e-15 * np.abs(ys[1:-1])
        highest = (rise > least) & (fall > least)
        lowest = (rise < -least) & (fall < -least)
    at = np.flatnonzero(np.isfinite(ys[1:-1]) & np.isfinite(rise) & np.isfinite(fall) & (highest | lowest))[:MOST] + 1
    if not len(at):
        return [], []
    sign = np.where(highest[at - 1], 1.0, -1.0)
    low, high = xs[at - 1].copy(), xs[at + 1].copy()
    for _ in range(SECTIONS):
        reach = GOLDEN * (high - low)
        left, right = high - reach, low + reach
        with np.errstate(all="ignore"):
            better = sign * function(left) > sign * function(right)
        low, high = np.where(better, low, left), np.where(better, right, high)
    middles = (low + high) / 2
    values = function(middles)
    step = (xs[at + 1] - xs[at - 1]) * 1e-4
    beside = np.maximum(np.abs(function(middles - step) - values), np.abs(function(middles + step) - values))
    across = np.maximum(np.abs(ys[at] - ys[at - 1]), np.abs(ys[at] - ys[at + 1]))
    found: list[tuple[float, bool]] = []
    poles: list[float] = []
    for x, y, kind, node, gap, usual in zip(middles, values, sign, ys[at], beside, across, strict=True):
        if not np.isfinite(y) or abs(y) > 1e4 * (1 + abs(node)):
            poles.append(snapped(float(x)))
        elif gap <= 0.1 * usual:  # else the function jumps there
            found.append((_rounded(function, float(x), float(y), float(kind)), bool(kind > 0)))
    return found, poles


def _rounded(function: Function, x: float, y: float, kind: float) -> float:
    """A turning point is flat, so its place is only known to half the digits: a short one nearby is taken for it."""
    for digits in range(4):
        near = round(x, digits) + 0.0
        close = abs(near - x) < 1e-6 * (1 + abs(x))
        if close and kind * (float(function(np.array([near]))[0]) - y) > -1e-9 * (1 + abs(y)):
            return near
    return x

"""Which part of the plane to show: where something happens, and as much room around it as shows how it goes on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from core.solver.plots.evaluate import Array
from core.solver.plots.features import Features

HOME = 12.0
"""Nearer to zero than this is where most problems live."""
USUAL = 8.0
"""Width shown where nothing tells the scale."""
MANY = 12
FEW = 8


def across(found: Sequence[Features], must: Iterable[float] = ()) -> tuple[float, float]:
    """The left and the right end of a window that shows what `found` holds. `must`: places that have to be in it."""
    needed = sorted(must)
    places = needed if len(needed) > 1 else _interesting(found, needed)
    if needed:
        places = [place for place in places if min(abs(place - one) for one in needed) <= USUAL / 2]
    if not places:
        return -USUAL / 2, USUAL / 2
    low, high = places[0], places[-1]
    telling = {x for one in found for x in (*one.roots, *(x for x, _ in one.turns), *one.poles)} | set(needed)
    alone = len([x for x in telling if low <= x <= high]) < 2
    scale = max(high - low, USUAL / 2) if alone else high - low
    if 0 < low <= 2.5 * scale:
        low = 0.0
    if -2.5 * scale <= high < 0:
        high = 0.0
    outer = {low, high} & {x for one in found for x in one.poles}
    wide = not needed and (outer or len([x for x in telling if low <= x <= high]) < 3)
    room = max((1.0 if wide else 0.35) * (high - low), (USUAL - (high - low)) / 2 if alone else 0.0)
    little = 0.12 * (high - low + room)
    begins = all(one.begins and low <= one.begins[0] < min(one.ends, default=math.inf) for one in found)
    ends = all(one.ends and high >= one.ends[-1] > max(one.begins, default=-math.inf) for one in found)
    return low - (little if begins else room), high + (little if ends else room)


def _interesting(found: Sequence[Features], needed: list[float]) -> list[float]:
    """All places where they are few; else those near zero; of very many the ones nearest to zero."""
    every = sorted({*needed, *(place for one in found for place in one.places)})
    if len(every) <= FEW:
        return every
    near = [place for place in every if abs(place) <= HOME]
    if not near or len(near) > MANY:
        gaps = np.diff(near or every)
        if gaps.max() > 20 * np.median(gaps):  # they crowd together, as those of sin(1/x) do
            reach = 3 * max(abs(place) for place in near or every)
            return [-reach, reach]
        near = sorted(near or every, key=abs)[:9]
    return sorted({*near, *needed})


def periodic(period: float) -> tuple[float, float]:
    """Two waves, or three branches of a short period."""
    half = period if period >= 6 else 1.5 * period
    return -half, half


def upright(samples: Sequence[Array], must: Iterable[float] = ()) -> tuple[float, float]:
    """The bottom and the top of a window for these values, leaving out what runs away.

    What runs away is told by Tukey's fences, one and a half times the distance of the quartiles beyond them. `must`:
    values that have to be in it.
    """
    needed = [y for y in must if math.isfinite(y)]
    lows, highs = list(needed), list(needed)
    for values in samples:
        finite = values[np.isfinite(values)]
        if not len(finite):
            continue
        lower, upper = np.percentile(finite, [25, 75])
        reach = 1.5 * (upper - lower)
        lows.append(float(max(finite.min(), lower - reach)))
        highs.append(float(min(finite.max(), upper + reach)))
    if not lows:
        return -1.0, 1.0
    low, high = min(lows), max(highs)
    size = max(abs(low), abs(high))
    if high - low <= 1e-9 * size or high == low:
        return (min(0.0, 1.5 * low), max(0.0, 1.5 * high)) if size else (-1.0, 1.0)
    height = high - low
    if 0 < low <= height:
        low = 0.0
    if -height <= high < 0:
        high = 0.0
    return low - 0.1 * (high - low), high + 0.12 * (high - low)


def squared(left: float, right: float, bottom: float, top: float, ratio: float) -> tuple[float, float, float, float]:
    """The window grown in one direction until its height is `ratio` times its width, for axes with one scale."""
    width, height = right - left, top - bottom
    if height < ratio * width:
        more = (ratio * width - height) / 2
        return left, right, bottom - more, top + more
    more = (height / ratio - width) / 2
    return left - more, right + more, bottom, top

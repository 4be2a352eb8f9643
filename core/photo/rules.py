"""Ruled lines and grids: found as long thin paths from edge to edge, and taken away without hurting the writing.

A path may be tilted and bent as paper is, so it is traced over narrow columns (`core.photo.paths`) and held
against a smooth curve. A fraction bar, a minus or an equals sign never reaches from edge to edge, so it is no rule.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.paths import smooth_paths
from core.photo.rule_removal import Map, Rule, median, remove, strip_along

_COLUMNS = 128
_STEEPEST = 0.28
_PASSES = 4
_PIECES = 12
_FEWEST_SAMPLES = 400
"""Columns that a rule is measured at, at least."""
_LONE_LINE_IS_WRITING = 0.8
_FAN = 5
_LEAST_SEEN = 0.1


def without_rules(darkness: Map, noise: float) -> Map:
    """`darkness` (height, width; 0 paper, 1 black) without level and upright rules. `noise`: its deviation on paper."""
    across = _without_level_rules(darkness, noise)
    return np.ascontiguousarray(_without_level_rules(np.ascontiguousarray(across.T), noise).T)


def _without_level_rules(darkness: Map, noise: float) -> Map:
    height, width = darkness.shape
    if min(height, width) < 24:
        return darkness
    reach = max(4, width // 160)
    # White top-hat along y: what is taller than a rule can be is no part of one.
    thin = darkness - cv2.morphologyEx(darkness, cv2.MORPH_OPEN, np.ones((reach + 2, 1), np.uint8))
    columns = min(_COLUMNS, width // 4)
    response = cv2.resize(thin, (columns, height), interpolation=cv2.INTER_AREA)
    faintest = float(np.median(response)) + max(0.02, 1.5 * noise)
    edge = max(2, width // 200)
    ends = np.stack([thin[:, :edge].mean(axis=1), thin[:, -edge:].mean(axis=1)]) > faintest
    hits = (response > faintest).astype(np.float32)
    contrast = max(0.03, 1.2 * noise)
    thinning = max(1, width // _FEWEST_SAMPLES)
    thinned = np.ascontiguousarray(darkness[:, ::thinning])
    rules: list[Rule] = []
    for _ in range(_PASSES):
        paths = smooth_paths(hits, max(1, round(_STEEPEST * width / columns)), stray=max(1.5, width / 600))
        for path in paths:
            rules.append(_rule(_stretched(path, thinned.shape[1]), thinned, ends, reach, contrast))
            crossed = np.round(path).astype(np.int64) + np.arange(-reach, reach + 1)[:, None]
            hits[np.clip(crossed, 0, height - 1), np.arange(columns)] = 0
        if not paths:
            break
    believed = [_widened(rule, thinning, width) for rule in _believable(rules, thinning, darkness, faintest)]
    if believed:
        darkness = darkness.copy()
    for rule in believed:
        remove(rule, darkness, noise)
    for outwards in (believed, believed[::-1]):
        _remove_cut_off(outwards, darkness, contrast, noise)
    return darkness


def _believable(rules: list[Rule], thinning: int, darkness: Map, faintest: float) -> list[Rule]:
    """Rules go from edge to edge or come evenly spaced; a lone line as dark as the writing is a fraction bar.

    `rules` were measured at every `thinning`-th column.
    """
    steady = [rule for rule in rules if rule.steady > 0.6]
    if not steady:
        return []
    parallel = [rule for rule, apart in zip(steady, _askew(steady), strict=True) if apart < 0.03 * thinning]
    parallel.sort(key=lambda rule: rule.height)
    even = _evenly_spaced([rule.height for rule in parallel])
    if len(even) < (3 if any(parallel[index].edges for index in even) else 5):
        even = set()
    believed = [
        rule
        for index, rule in enumerate(parallel)
        if index in even or rule.edges == 2 or (rule.edges == 1 and rule.unbroken > 0.95)
    ]
    if len(believed) == 1:
        pen = float(np.percentile(darkness[darkness > min(faintest, steady[0].level)], 90))
        return [] if believed[0].level > _LONE_LINE_IS_WRITING * pen else believed
    return believed


def _askew(rules: list[Rule]) -> NDArray[np.float64]:
    """How far the slope of each rule is from that of all, or from the fan that parallels make when seen askew.

    In a fan the slope changes evenly with height: the median over pairs, as in Theil and Sen's line.
    """
    slopes, heights = np.array([rule.slope for rule in rules]), np.array([rule.height for rule in rules])
    askew: NDArray[np.float64] = np.abs(slopes - np.median(slopes))
    if len(rules) < _FAN:
        return askew
    first, second = np.triu_indices(len(rules), 1)
    apart = np.where(heights[first] == heights[second], np.inf, heights[first] - heights[second])
    level = slopes - np.median((slopes[first] - slopes[second]) / apart) * heights
    fanned: NDArray[np.float64] = np.abs(level - np.median(level))
    return np.where(fanned < askew, fanned, askew)


def _evenly_spaced(heights: list[float]) -> set[int]:
    """Indices of the longest run of ascending `heights` whose gaps change little; one may be missing."""
    longest: set[int] = set()
    for first, second in combinations(range(len(heights)), 2):
        run, gap = [first, second], heights[second] - heights[first]
        if len(longest) > 2 * (heights[-1] - heights[first]) / max(gap, 1.0):
            continue
        while gap >= 8:
            ahead = [heights[run[-1]] + gap, heights[run[-1]] + 2 * gap]
            nearest = [_nearest(heights, y) for y in ahead]
            close = [i for i, y in zip(nearest, ahead, strict=True) if abs(heights[i] - y) < 0.2 * gap and i > run[-1]]
            if not close:
                break
            step = heights[close[0]] - heights[run[-1]]
            gap = step / round(step / gap)
            run.append(close[0])
        if len(run) > len(longest):
            longest = set(run)
    return longest


def _nearest(ascending: list[float], value: float) -> int:
    """The index of what is nearest to `value`, the first of two."""
    place = bisect_left(ascending, value)
    before = place > 0 and (place == len(ascending) or value - ascending[place - 1] <= ascending[place] - value)
    return place - 1 if before else place


def _widened(rule: Rule, thinning: int, width: int) -> Rule:
    """A rule that was measured at every `thinning`-th column, at every column."""
    if thinning == 1:
        return rule
    heights = np.interp(np.arange(width), np.arange(0, width, thinning), rule.heights)
    return replace(rule, heights=heights, profile=np.repeat(rule.profile, thinning, axis=0)[:width])


def _stretched(path: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """The heights of a path at every x."""
    heights: NDArray[np.float64] = np.interp(np.arange(width), (np.arange(len(path)) + 0.5) * width / len(path), path)
    return heights


def _rule(heights: NDArray[np.float64], darkness: Map, ends: NDArray[np.bool_], reach: int, contrast: float) -> Rule:
    """The rule at about `heights`. `ends`: where thin ink meets the left and the right edge (2, height)."""
    width = darkness.shape[1]
    heights = _centred(heights, darkness, reach)
    strip = strip_along(darkness, heights, reach)
    profile = _profile(strip)
    middle = profile[:, reach - 1 : reach + 2].max(axis=1)
    steady = float((middle - median(profile, axis=1) > contrast).mean())
    ridge = cv2.blur(strip, (1, 2 * (width // 200) + 3))[:, reach - 1 : reach + 2].max(axis=1)
    unbroken = float((ridge > 0.4 * np.median(middle)).mean())
    edges = sum(
        bool(ends[side, max(0, round(y) - reach) : round(y) + reach + 1].any())
        for side, y in ((0, heights[0]), (1, heights[-1]))
    )
    return Rule(heights, profile, steady, unbroken, edges)


def _centred(heights: NDArray[np.float64], darkness: Map, reach: int) -> NDArray[np.float64]:
    """`heights` moved to the middle of the dark ridge beside them."""
    strip = strip_along(darkness, heights, reach)
    # Writing beside the rule is darker than the rule, and must not draw it away.
    level = float(np.median(strip.max(axis=1)))
    ridge = cv2.blur(np.minimum(strip, 1.2 * level), (1, 2 * (len(heights) // 64) + 1))
    # One long row: the filter is several times slower on one long column.
    offsets = ridge.argmax(axis=1).astype(np.uint8)[None, :]
    smooth = cv2.medianBlur(offsets, min(255, 2 * (len(heights) // 24) + 3))[0].astype(np.float64)
    centred: NDArray[np.float64] = heights + (smooth - reach)
    return centred


def _profile(strip: Map) -> Map:
    """The middle darkness across a rule, following its fading along x; writing on the rule is outvoted."""
    width = len(strip)
    pieces = min(_PIECES, width)
    middles = np.stack([median(piece, axis=0) for piece in np.array_split(strip, pieces)])
    middles = np.minimum(middles, 1.5 * median(middles, axis=0))
    centres = (np.arange(pieces) + 0.5) * width / pieces
    return np.stack([np.interp(np.arange(width), centres, m) for m in middles.T], axis=1).astype(np.float32)


def _remove_cut_off(rules: list[Rule], darkness: Map, contrast: float, noise: float) -> None:
    """Takes away the rules before the first of evenly spaced `rules` that leave through the top or the bottom.

    They are sought where those that follow tell them to be, and believed if they look alike.
    """
    if len(rules) < 3:
        return
    height, width = darkness.shape
    reach, level = rules[0].profile.shape[1] // 2, float(np.median([rule.level for rule in rules]))
    nearest, second, third = (rule.heights for rule in rules[:3])
    while True:
        gap, before = float(np.median(nearest - second)), float(np.median(second - third))
        if not 0.8 * abs(before) < abs(gap) < 1.25 * abs(before):
            return
        expected = nearest + gap / before * (nearest - second)
        seen = np.flatnonzero((expected >= 0) & (expected < height))
        if not _LEAST_SEEN * width <= len(seen) < width:
            return
        part = darkness[:, seen[0] : seen[-1] + 1]
        rule = _rule(expected[seen[0] : seen[-1] + 1], part, np.zeros((2, height), np.bool_), reach, contrast)
        if rule.steady < 0.6 or rule.unbroken < 0.9 or not 0.5 * level < rule.level < 1.5 * level:
            return
        remove(rule, part, noise)
        nearest, second, third = expected, nearest, second

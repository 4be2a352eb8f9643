"""Ruled lines and grids: found as long thin paths from edge to edge, and taken away without hurting the writing.

A path may be tilted and bent as paper is, so it is traced over narrow columns (`core.photo.paths`) and held
against a smooth curve. A fraction bar, a minus or an equals sign never reaches from edge to edge, so it is no rule.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.paths import smooth_paths
from core.photo.rule_removal import Columns, Heights, Rule, median, quantile, remove, strip_along
from core.photo.shade import STEPS, Darkness, Shade, darkness

_COLUMNS = 128
_STEEPEST = 0.28
_PASSES = 4
_PIECES, _SAMPLES = 12, 480
"""Of a rule: stretches whose darkness is that of their middle, and columns that it is measured at."""
_CENTRING, _STEADYING, _BRIDGING = 15, 43, 7
"""Of those columns: how many are looked at together where a rule is followed, and where it is asked whether it ends."""
_LONE_LINE_IS_WRITING = 0.8
_FAN = 5
_LEAST_SEEN = 0.1


def without_rules(shade: Shade, noise: float) -> Shade:
    """A shade map without level and upright rules. `noise`: the deviation of darkness on its paper."""
    across = _without_level_rules(shade, noise)
    upright = _without_level_rules(cv2.transpose(across).astype(np.uint8, copy=False), noise)
    return cv2.transpose(upright).astype(np.uint8, copy=False)


def _without_level_rules(shade: Shade, noise: float) -> Shade:
    height, width = shade.shape
    if min(height, width) < 24:
        return shade
    reach = max(4, width // 160)
    # White top-hat along y: what is taller than a rule can be is no part of one.
    thin = cv2.morphologyEx(shade, cv2.MORPH_TOPHAT, np.ones((reach + 2, 1), np.uint8)).astype(np.uint8, copy=False)
    columns = min(_COLUMNS, width // 4)
    response = _averaged(thin, columns)
    faintest = float(np.median(response[::4])) + max(0.02, 1.5 * noise)
    edge = max(2, width // 200)
    ends = np.stack([thin[:, :edge].mean(axis=1), thin[:, -edge:].mean(axis=1)]) / STEPS > faintest
    hits = (response > faintest).astype(np.float32)
    contrast = max(0.03, 1.2 * noise)
    sampled = _sampled(0, width - 1)
    rules: list[Rule] = []
    for _ in range(_PASSES):
        paths = smooth_paths(hits, max(1, round(_STEEPEST * width / columns)), stray=max(1.5, width / 600))
        for path in paths:
            heights = np.interp(sampled, (np.arange(columns) + 0.5) * width / columns, path)
            rules.append(_rule(shade, sampled, heights, ends, reach, contrast))
            crossed = np.rint(path).astype(np.intp) + np.arange(-reach, reach + 1)[:, None]
            hits[np.clip(crossed, 0, height - 1), np.arange(columns)] = 0
        if not paths:
            break
    believed = _believable(rules, shade, faintest)
    if believed:
        shade = shade.copy()
    for rule in believed:
        remove(rule, shade, noise)
    for outwards in (believed, believed[::-1]):
        _remove_cut_off(outwards, shade, contrast, noise)
    return shade


def _averaged(thin: Shade, columns: int) -> Darkness:
    """The mean of a difference of shades over each of so many strips of columns: (height, columns)."""
    width = thin.shape[1]
    side = width // columns
    sums = cv2.boxFilter(thin, cv2.CV_16U, (side, 1), normalize=False)
    middles = ((np.arange(columns) + 0.5) * width / columns).astype(np.intp)
    averaged: Darkness = sums[:, middles].astype(np.float32) / np.float32(side * STEPS)
    return averaged


def _sampled(first: int, last: int) -> Columns:
    """The columns between two that rules are measured at."""
    return np.rint(np.linspace(first, last, _SAMPLES)).astype(np.intp)


def _believable(rules: list[Rule], shade: Shade, faintest: float) -> list[Rule]:
    """Rules go from edge to edge or come evenly spaced; a lone line as dark as the writing is a fraction bar."""
    steady = [rule for rule in rules if rule.steady > 0.6]
    if not steady:
        return []
    parallel = [rule for rule, apart in zip(steady, _askew(steady), strict=True) if apart < 0.03]
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
        lost = darkness(shade)
        pen = float(np.percentile(lost[lost > min(faintest, steady[0].level)], 90))
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
    passed: set[tuple[int, int]] = set()
    for first, second in combinations(range(len(heights)), 2):
        run, gap = [first, second], heights[second] - heights[first]
        # A run that begins within one already followed goes on as that did, and is shorter.
        if (first, second) in passed or len(longest) > 2 * (heights[-1] - heights[first]) / max(gap, 1.0):
            continue
        while gap >= 8:
            ahead = _next(heights, run[-1], gap)
            if ahead is None:
                break
            step = heights[ahead] - heights[run[-1]]
            missing = round(step / gap) - 1
            gap = step / (missing + 1)
            if not missing:
                passed.add((run[-1], ahead))
            run.append(ahead)
        if len(run) > len(longest):
            longest = set(run)
    return longest


def _next(heights: list[float], last: int, gap: float) -> int | None:
    """The index of what follows the `last` of a run, one or two gaps further on."""
    for times in (1, 2):
        expected = heights[last] + times * gap
        nearest = _nearest(heights, expected)
        if nearest > last and abs(heights[nearest] - expected) < 0.2 * gap:
            return nearest
    return None


def _nearest(ascending: list[float], value: float) -> int:
    """The index of what is nearest to `value`, the first of two."""
    place = bisect_left(ascending, value)
    before = place > 0 and (place == len(ascending) or value - ascending[place - 1] <= ascending[place] - value)
    return place - 1 if before else place


def _rule(
    shade: Shade, columns: Columns, heights: Heights, ends: NDArray[np.bool_], reach: int, contrast: float
) -> Rule:
    """The rule at about `heights`. `ends`: where thin ink meets the left and the right edge (2, height)."""
    heights = _centred(shade, columns, heights, reach)
    strip = strip_along(shade, columns, heights, reach)
    profile = _profile(strip)
    middle = profile[reach - 1 : reach + 2].max(axis=0)
    # Between the stretches a profile changes evenly: some of its columns tell as much as all.
    few = slice(_SAMPLES // _PIECES // 8, None, _SAMPLES // _PIECES // 4)
    steady = float((middle[few] - median(np.ascontiguousarray(profile[:, few].T)) > contrast).mean())
    ridge = cv2.blur(strip, (_BRIDGING, 1))[reach - 1 : reach + 2].max(axis=0)
    unbroken = float((ridge > 0.4 * quantile(middle, 0.5)).mean())
    edges = sum(
        bool(ends[side, max(0, round(y) - reach) : round(y) + reach + 1].any())
        for side, y in ((0, heights[0]), (1, heights[-1]))
    )
    return Rule(columns, heights, profile, steady, unbroken, edges)


def _centred(shade: Shade, columns: Columns, heights: Heights, reach: int) -> Heights:
    """`heights` moved to the middle of the dark ridge beside them."""
    strip = strip_along(shade, columns, heights, reach)
    # Writing beside the rule is darker than the rule, and must not draw it away.
    level = quantile(strip.max(axis=0), 0.5)
    ridge = cv2.blur(np.minimum(strip, 1.2 * level), (_CENTRING, 1))
    offsets = ridge.argmax(axis=0).astype(np.uint8)[None, :]
    smooth = cv2.medianBlur(offsets, _STEADYING)[0].astype(np.float64)
    centred: Heights = heights + (smooth - reach)
    return centred


def _profile(strip: Darkness) -> Darkness:
    """The middle darkness across a rule, following its fading along x; writing on the rule is outvoted."""
    middles = median(strip.reshape(len(strip), _PIECES, -1))
    middles = np.minimum(middles, 1.5 * median(middles)[:, None])
    profile: Darkness = cv2.resize(middles, (_SAMPLES, len(strip))).astype(np.float32, copy=False)
    return profile


def _remove_cut_off(rules: list[Rule], shade: Shade, contrast: float, noise: float) -> None:
    """Takes away the rules before the first of evenly spaced `rules` that leave through the top or the bottom.

    They are sought where those that follow tell them to be, and believed if they look alike.
    """
    if len(rules) < 3:
        return
    height = len(shade)
    reach, level = rules[0].profile.shape[0] // 2, float(np.median([rule.level for rule in rules]))
    everywhere = rules[0].columns
    nearest, second, third = (rule.heights for rule in rules[:3])
    while True:
        gap, before = float(np.median(nearest - second)), float(np.median(second - third))
        if not 0.8 * abs(before) < abs(gap) < 1.25 * abs(before):
            return
        expected = nearest + gap / before * (nearest - second)
        seen = np.flatnonzero((expected >= 0) & (expected < height))
        if not _LEAST_SEEN * len(expected) <= len(seen) < len(expected):
            return
        columns = _sampled(int(everywhere[seen[0]]), int(everywhere[seen[-1]]))
        heights = np.interp(columns, everywhere, expected)
        rule = _rule(shade, columns, heights, np.zeros((2, height), np.bool_), reach, contrast)
        if rule.steady < 0.6 or rule.unbroken < 0.9 or not 0.5 * level < rule.level < 1.5 * level:
            return
        remove(rule, shade, noise)
        nearest, second, third = expected, nearest, second

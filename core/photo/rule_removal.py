"""Takes a ruled line away without hurting the writing on it: what is darker than the line itself is a stroke."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]

_LEAST_ALONE = 0.1
_FAINTEST_PEN = 0.06
_BESIDE_A_STROKE = 3
"""Pixels from a stroke within which what is a little darker than a rule belongs to that stroke."""
_PHASES, _FEWEST_OF_A_PHASE = 4, 12


@dataclass(frozen=True)
class Rule:
    """One rule. `heights`: y at every x. `profile`: darkness across it at every x (width, offsets -reach to reach).

    `steady`: share of its length where it stands out from its sides; `unbroken`: where it is there at all, writing
    or not; `edges`: how many edges of the picture it meets.
    """

    heights: NDArray[np.float64]
    profile: Map
    steady: float
    unbroken: float
    edges: int

    @cached_property
    def level(self) -> float:
        return float(np.median(self.profile.max(axis=1)))

    @property
    def height(self) -> float:
        return float(np.median(self.heights))

    @property
    def slope(self) -> float:
        return float(self.heights[-1] - self.heights[0]) / len(self.heights)


def remove(rule: Rule, darkness: Map, noise: float) -> None:
    """Takes a rule out of `darkness`. Where a stroke crosses it all stays; where one runs into it, what is darker than
    the rule shines through. `noise`: the deviation of darkness on paper.
    """
    height, width = darkness.shape
    reach = rule.profile.shape[1] // 2
    heights = _refined(rule, darkness)
    across = np.median(rule.profile, axis=0)
    inside = np.flatnonzero(across > 0.15 * across.max()) - reach
    top, bottom = max(int(inside.min()) - 1, -reach), min(int(inside.max()) + 1, reach)
    centre = max(-top, bottom) + 2
    strip = strip_along(darkness, heights, centre)
    beside = strip[:, [centre + top - 2, centre + bottom + 2]]
    above, below = (beside > _stroke_level(beside, rule.level, noise)).T
    alone = ~_widely(above | below, _BESIDE_A_STROKE)
    band = strip[:, centre + top : centre + bottom + 1]
    expected = _expected(rule, heights, band, alone)
    excess = band - expected
    sure = 0.6 * expected.max(axis=1) + _FAINTEST_PEN
    slack = sure
    if alone.sum() > _LEAST_ALONE * width:
        slack = np.minimum(sure, np.quantile(excess[alone].max(axis=1), 0.95) + noise)
    kept = np.where(excess > np.where(alone, sure, slack)[:, None], excess, 0.0)
    # The soft edges of what is kept are kept too.
    soft = (cv2.dilate(kept, np.ones((3, 3), np.uint8)) > 0) & ~alone[:, None]
    lightened = np.where(soft, np.maximum(excess, 0.0), kept)
    rows = np.round(heights).astype(np.int64)[:, None] + np.arange(top, bottom + 1)[None, :]
    columns = np.broadcast_to(np.arange(width)[:, None], rows.shape)
    touched = ~(above & below)[:, None] & (rows >= 0) & (rows < height)
    darkness[rows[touched], columns[touched]] = lightened[touched]


def _refined(rule: Rule, darkness: Map) -> NDArray[np.float64]:
    """The heights of a rule to a fraction of a pixel: the middle of the weight of its ridge, smoothed along x."""
    strip = np.clip(strip_along(darkness, rule.heights, 2), 0.0, 1.2 * rule.level)
    offsets = (strip * np.arange(-2, 3)).sum(axis=1) / np.maximum(strip.sum(axis=1), 1e-3)
    ridge, x = np.round(rule.heights) + offsets, np.arange(len(offsets))
    bent = np.polynomial.Polynomial.fit(x, ridge, 2)(x)
    # In sixteenths of a pixel: the median filter takes bytes.
    away = np.clip(np.round((ridge - bent) * 16) + 128, 0, 255).astype(np.uint8)[None, :]
    side = min(255, 2 * (len(x) // 24) + 3)
    smooth = cv2.blur(cv2.medianBlur(away, side).astype(np.float32), (side // 2 | 1, 1))[0]
    refined: NDArray[np.float64] = bent + (smooth.astype(np.float64) - 128) / 16
    return refined


def _expected(rule: Rule, heights: NDArray[np.float64], band: Map, alone: NDArray[np.bool_]) -> Map:
    """The darkness of a rule itself in each pixel of `band`, from where it runs `alone`. A rule between two rows of
    pixels is another sight than one in the middle of a row.
    """
    phase = np.clip(((heights - np.round(heights) + 0.5) * _PHASES).astype(np.int64), 0, _PHASES - 1)
    known = [band[alone & (phase == one)] for one in range(_PHASES)]
    every = band[alone] if alone.any() else band
    sights = np.stack([median(some if len(some) >= _FEWEST_OF_A_PHASE else every, axis=0) for some in known])
    strength = rule.profile.max(axis=1)
    expected: Map = sights[phase] * (strength / np.median(strength))[:, None]
    return np.maximum(expected, 0.0).astype(np.float32)


def _stroke_level(beside: Map, rule_level: float, noise: float) -> float:
    """The darkness from which what stands `beside` a rule is a stroke: half the pen's own, or of the rule's."""
    faintest = max(4.0 * noise, _FAINTEST_PEN)
    usual = 0.5 * rule_level + _FAINTEST_PEN
    marked = beside[beside > faintest]
    if len(marked) < 0.01 * beside.size:
        return usual
    return min(usual, max(faintest, 0.5 * float(np.percentile(marked, 75))))


def _widely(columns: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """`columns` and those within `reach` of them."""
    return np.asarray(cv2.dilate(columns.astype(np.uint8)[None, :], np.ones((1, 2 * reach + 1), np.uint8))[0] > 0)


def strip_along(darkness: Map, heights: NDArray[np.float64], reach: int) -> Map:
    """Values across a rule: (width, 2 * reach + 1)."""
    height, width = darkness.shape
    rows = np.round(heights).astype(np.int64)[:, None] + np.arange(-reach, reach + 1)[None, :]
    strip: Map = darkness.reshape(-1).take(np.clip(rows, 0, height - 1) * width + np.arange(width)[:, None])
    return strip


def median(values: Map, axis: int) -> Map:
    """As numpy's, but many times faster where there are many short runs to take it of."""
    ordered, count = np.sort(values, axis=axis), values.shape[axis]
    middle: Map = (ordered.take((count - 1) // 2, axis) + ordered.take(count // 2, axis)) / 2
    return middle

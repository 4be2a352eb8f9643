"""Takes a ruled line away without hurting the writing on it: what is darker than the line itself is a stroke."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.shade import Darkness, Shade, darkness, shaded

Heights = NDArray[np.float64]
Columns = NDArray[np.intp]

_LEAST_ALONE = 0.1
_FAINTEST_PEN = 0.06
_BESIDE_A_STROKE = 3
"""Pixels from a stroke within which what is a little darker than a rule belongs to that stroke."""
_PHASES, _FEWEST_OF_A_PHASE = 4, 12


@dataclass(frozen=True)
class Rule:
    """One rule, measured at some ascending `columns` from its left end to its right.

    `heights`: y at each of them. `profile`: darkness across it there (offsets -reach to reach, columns). `steady`:
    share of its length where it stands out from its sides; `unbroken`: where it is there at all, writing or not;
    `edges`: how many edges of the picture it meets.
    """

    columns: Columns
    heights: Heights
    profile: Darkness
    steady: float
    unbroken: float
    edges: int

    @cached_property
    def level(self) -> float:
        return float(quantile(self.profile.max(axis=0), 0.5))

    @cached_property
    def height(self) -> float:
        return quantile(self.heights, 0.5)

    @property
    def slope(self) -> float:
        """Pixels down for each to the right."""
        return float(self.heights[-1] - self.heights[0]) / max(1, int(self.columns[-1] - self.columns[0]))


def remove(rule: Rule, shade: Shade, noise: float) -> None:
    """Takes a rule out of a shade map, in place. Where a stroke crosses it all stays; where one runs into it, what is
    darker than the rule shines through. `noise`: the deviation of darkness on paper.
    """
    reach = rule.profile.shape[0] // 2
    columns = np.arange(rule.columns[0], rule.columns[-1] + 1)
    heights = np.interp(columns, rule.columns, _refined(rule, shade))
    across = median(rule.profile)
    peak, outside = int(across.argmax()), np.flatnonzero(across <= 0.15 * across.max())
    top = max(int(outside[outside < peak].max(initial=-1)) - reach, -reach)
    bottom = min(int(outside[outside > peak].min(initial=2 * reach + 1)) - reach, reach)
    centre = max(-top, bottom) + 2
    strip = strip_along(shade, columns, heights, centre)
    beside = strip[[centre + top - 2, centre + bottom + 2]]
    above, below = beside > _stroke_level(beside, rule.level, noise)
    alone = ~_widely(above | below, _BESIDE_A_STROKE)
    band = strip[centre + top : centre + bottom + 1]
    strength = np.interp(columns, rule.columns, rule.profile.max(axis=0)).astype(np.float32)
    expected = _expected(heights, band, alone, strength)
    excess = band - expected
    sure = 0.6 * expected.max(axis=0) + np.float32(_FAINTEST_PEN)
    slack = sure
    if alone.sum() > _LEAST_ALONE * len(columns):
        slack = np.minimum(sure, quantile(excess.max(axis=0)[alone], 0.95) + noise)
    kept = np.where(excess > np.where(alone, sure, slack), excess, np.float32(0))
    # The soft edges of what is kept are kept too.
    soft = (cv2.dilate(kept, np.ones((3, 3), np.uint8)) > 0) & ~alone
    lightened = np.where(soft, np.maximum(excess, 0), kept)
    rows = np.rint(heights).astype(np.intp) + np.arange(top, bottom + 1)[:, None]
    touched = ~(above & below) & (rows >= 0) & (rows < len(shade))
    shade.reshape(-1)[(rows * shade.shape[1] + columns)[touched]] = shaded(lightened[touched])


def _refined(rule: Rule, shade: Shade) -> Heights:
    """The heights of a rule to a fraction of a pixel: the middle of the weight of its ridge, smoothed along x."""
    strip = np.clip(strip_along(shade, rule.columns, rule.heights, 2), 0, 1.2 * rule.level)
    offsets = (strip * np.arange(-2, 3)[:, None]).sum(axis=0) / np.maximum(strip.sum(axis=0), 1e-3)
    ridge = np.rint(rule.heights) + offsets
    bent = _parabola(ridge)
    # In sixteenths of a pixel: the median filter takes bytes.
    away = np.clip(np.rint((ridge - bent) * 16) + 128, 0, 255).astype(np.uint8)[None, :]
    side = min(255, 2 * (len(ridge) // 24) + 3)
    smooth = cv2.blur(cv2.medianBlur(away, side).astype(np.float32), (side // 2 | 1, 1))[0]
    refined: Heights = bent + (smooth.astype(np.float64) - 128) / 16
    return refined


def _parabola(heights: Heights) -> Heights:
    """The parabola that comes nearest to evenly spaced heights."""
    x = np.linspace(-1.0, 1.0, len(heights))
    square = x * x - np.mean(x * x)
    # The three are at right angles to each other.
    fitted: Heights = sum(
        (one * (one @ heights / (one @ one)) for one in (np.ones_like(x), x, square)), np.zeros_like(x)
    )
    return fitted


def _expected(heights: Heights, band: Darkness, alone: NDArray[np.bool_], strength: Darkness) -> Darkness:
    """The darkness of a rule itself in each pixel of `band`, from where it runs `alone`. A rule between two rows of
    pixels is another sight than one in the middle of a row. `strength`: its darkness along x.
    """
    phase = np.clip(((heights - np.rint(heights) + 0.5) * _PHASES).astype(np.intp), 0, _PHASES - 1)
    every = band.compress(alone, axis=1) if alone.any() else band
    known = [band.compress(alone & (phase == one), axis=1) for one in range(_PHASES)]
    sights = np.stack([median(some if some.shape[1] >= _FEWEST_OF_A_PHASE else every) for some in known], axis=1)
    relative = strength * np.float32(1.0 / quantile(strength, 0.5))
    expected: Darkness = np.maximum(sights.take(phase, axis=1) * relative, 0)
    return expected


def _stroke_level(beside: Darkness, rule_level: float, noise: float) -> float:
    """The darkness from which what stands `beside` a rule is a stroke: half the pen's own, or of the rule's."""
    faintest = max(4.0 * noise, _FAINTEST_PEN)
    usual = 0.5 * rule_level + _FAINTEST_PEN
    marked = beside[beside > faintest]
    if len(marked) < 0.01 * beside.size:
        return usual
    return min(usual, max(faintest, 0.5 * quantile(marked, 0.75)))


def _widely(columns: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """`columns` and those within `reach` of them."""
    return np.asarray(cv2.dilate(columns.astype(np.uint8)[None, :], np.ones((1, 2 * reach + 1), np.uint8))[0] > 0)


def strip_along(shade: Shade, columns: Columns, heights: Heights, reach: int) -> Darkness:
    """Darkness across a rule at some columns: (2 * reach + 1, columns)."""
    height, width = shade.shape
    middle = np.rint(heights).astype(np.intp)
    offsets = np.arange(-reach, reach + 1)[:, None]
    if reach <= middle.min() and middle.max() < height - reach:
        return darkness(shade.reshape(-1).take(middle * width + columns + offsets * width))
    return darkness(shade.reshape(-1).take(np.clip(middle + offsets, 0, height - 1) * width + columns))


def median(values: Darkness) -> Darkness:
    """The median along the last axis: sorting short runs is many times faster than numpy's own."""
    ordered, count = np.sort(values, axis=-1), values.shape[-1]
    middle: Darkness = (ordered[..., (count - 1) // 2] + ordered[..., count // 2]) * np.float32(0.5)
    return middle


def quantile(values: NDArray[np.floating], share: float) -> float:
    """As numpy's, many times faster."""
    place = share * (len(values) - 1)
    ordered, below = np.sort(values), int(place)
    above = min(below + 1, len(values) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))

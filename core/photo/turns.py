"""How writing lies on a photo, told from the boxes of its glyphs: quarter turns are proposed, skew is measured.

Whether writing runs level is a matter of geometry. Which of the two ways along that axis is up is left to the reader:
upside down, hardly anything can be read.
"""

from __future__ import annotations

import numpy as np

from core.outcome import Turn
from core.photo.glyphs import GlyphBoxes, gaps_beside

STEEPEST_SKEW = 18.0
"""Degrees by which lines of writing may climb or fall."""

# Odds that writing runs level, by logistic regression over 800 expressions of CROHME 2012 and 2013 and some photos:
# for each glyph the gap above or below it less that beside it; the share of level bars less that of upright
# ones; how much taller than wide glyphs are, and how much wider than tall all the writing is, as logarithms.
_GAPS, _BARS, _TALLNESS, _EXTENT = 0.87, 0.55, 0.39, 2.10
_UNDECIDED = 2.0
_LEVEL: tuple[Turn, ...] = (0, 180)
_UPRIGHT: tuple[Turn, ...] = (90, 270)
_PRIOR = 1.0
"""Log-odds that a photo is upright, before it is looked at: people turn their phones."""

_SKEW_STEP = 0.5
_BIN = 0.25
_LEVEL_IS_LIKELIER = 0.008
_LEAST_GAIN, _LEAST_GAIN_OF_ONE = 1.03, 0.8
_LEAST_SKEW = 2.5


def likely_turns(glyphs: GlyphBoxes) -> tuple[Turn, ...]:
    """Degrees clockwise that may bring the writing upright, likeliest first.

    Both ways along the axis of the writing, and those of the other axis too where it is hard to tell which it is.
    """
    odds = _level_odds(glyphs) + _PRIOR
    likely, unlikely = (_LEVEL, _UPRIGHT) if odds > 0 else (_UPRIGHT, _LEVEL)
    return likely + unlikely if abs(odds) < _UNDECIDED else likely


def skew(glyphs: GlyphBoxes) -> float:
    """Degrees by which level writing falls to the right, 0 where it hardly does or where that is hard to tell.

    Baird, "The skew angle of printed documents" (1987): along the right direction the feet of glyphs fall together.
    Here so do their heads and middles: expressions have no common baseline.
    """
    if len(glyphs) < 2:
        return 0.0
    angles = np.arange(-STEEPEST_SKEW, STEEPEST_SKEW + _SKEW_STEP / 2, _SKEW_STEP)
    alignment = np.array([_alignment(glyphs, angle) for angle in angles])
    alignment *= 1.0 - _LEVEL_IS_LIKELIER * np.abs(angles)
    best = int(alignment.argmax())
    gain = alignment[best] / alignment[len(angles) // 2]
    believed = gain > _LEAST_GAIN + _LEAST_GAIN_OF_ONE / len(glyphs)
    return float(angles[best]) if believed and abs(angles[best]) >= _LEAST_SKEW else 0.0


def _level_odds(glyphs: GlyphBoxes) -> float:
    """Log-odds that lines of writing run level rather than upright; it changes its sign with a quarter turn."""
    if len(glyphs) < 2:
        return 0.0
    width, height = glyphs.width, glyphs.height
    gaps = np.mean(gaps_beside(glyphs.turned(90)) - gaps_beside(glyphs))
    bars = np.mean((width > 3 * height).astype(float) - (height > 3 * width).astype(float))
    signs = np.minimum(width, height) > 0.3 * np.maximum(width, height)
    tallness = np.log(height[signs] / width[signs]).mean() if signs.any() else 0.0
    extent = np.log(np.ptp([glyphs.left, glyphs.right]) / np.ptp([glyphs.top, glyphs.bottom]))
    return float(_GAPS * gaps + _BARS * bars + _TALLNESS * tallness + _EXTENT * extent)


def _alignment(glyphs: GlyphBoxes, degrees: float) -> float:
    """How closely feet, heads and middles fall together when they are projected along a direction."""
    slope = np.tan(np.radians(degrees))
    x = (glyphs.left + glyphs.right) / 2
    x = x - x.mean()
    middles = (glyphs.top + glyphs.bottom) / 2
    bar = glyphs.width > 2.5 * glyphs.height
    total = 0.0
    for y, weight in ((glyphs.bottom, 1.0 - bar), (middles, 1.0 - 0.5 * bar), (glyphs.top, 1.0 - bar)):
        place = (y - x * slope) / _BIN
        place -= place.min()
        below = np.floor(place).astype(np.int64)
        above = place - below
        counts = np.bincount(below + 1, weight * (1.0 - above), int(below.max()) + 4)
        counts += np.bincount(below + 2, weight * above, len(counts))
        total += float((np.convolve(counts, (0.5, 1.0, 0.5)) ** 2).sum())
    return total

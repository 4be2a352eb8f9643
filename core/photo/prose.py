"""Words told from maths by their strokes alone, before anything is read.

Writing in words has many strokes and hardly a level bar; maths has minus signs, equals signs and fraction bars. What
the reader makes of a line decides together with this: see `core.sifting`, where the two are weighed.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.photo.components import connected
from core.photo.ink import GLYPH_HEIGHT, INK, Ink

_BARS, _FRACTION, _STROKES = -6.0, -4.0, 1.0
"""Log-odds for all signs being level bars, for a fraction, and for each doubling of the strokes."""

# In glyph heights.
_BAND = 0.9
_SPECK = 0.1
_LOWEST_GLYPH, _SHORTEST_BAR = 0.4, 0.3
_SHORTEST_FRACTION, _TO_FRACTION = 1.0, 1.5
_BAR_RATIO = 1.6
_MOST_ROWS = 0.7
_WORD_GAP, _MOST_TAILS = 0.5, 3

LEAST_WORDY = 2.5
"""Ink that is less wordy hardly holds a word."""


def wordiness(ink: Ink) -> float:
    """Log-odds, but for a constant, that normalised ink (height, width) is words, as far as its strokes tell.

    The weights were fitted by logistic regression to lines of maths by many hands and to lines of words; that of a
    fraction, which words never hold, was set.
    """
    strokes = (ink >= INK).astype(np.uint8)
    _, stats = connected(strokes)
    signs = stats[1:][stats[1:, 4] >= (_SPECK * GLYPH_HEIGHT) ** 2]
    if not len(signs):
        return 0.0
    boxes = signs.astype(np.float64) / GLYPH_HEIGHT
    wide, high = boxes[:, 2], boxes[:, 3]
    bars = (high < _LOWEST_GLYPH) & (wide > _BAR_RATIO * high) & (wide > _SHORTEST_BAR)
    fraction = any(_is_fraction(boxes, bar) for bar in np.flatnonzero(bars & (wide > _SHORTEST_FRACTION)))
    across = math.log2(max(1.0, _strokes_across(strokes)))
    return _BARS * float(bars.mean()) + _FRACTION * fraction + _STROKES * across


def tail_starts(ink: Ink) -> list[int]:
    """The columns of normalised ink at which maths may begin after words, from the left: behind its widest gaps."""
    filled = np.flatnonzero((ink >= INK).any(axis=0))
    gaps = np.diff(filled)
    wide = np.flatnonzero(gaps >= _WORD_GAP * GLYPH_HEIGHT)
    widest = wide[np.argsort(-gaps[wide], kind="stable")[:_MOST_TAILS]]
    return sorted(int(filled[gap + 1]) for gap in widest)


def _is_fraction(boxes: NDArray[np.float64], bar: np.intp) -> bool:
    """Whether there are glyphs close above and below a level bar. `boxes`: left, top, width, height."""
    left, top, wide, high = (boxes[:, column] for column in range(4))
    middle, glyph = left + wide / 2, high >= _LOWEST_GLYPH
    spanned = glyph & (middle > left[bar]) & (middle < left[bar] + wide[bar])
    above, below = top[bar] - (top + high), top - (top[bar] + high[bar])
    near = [spanned & (gap > -0.3) & (gap < _TO_FRACTION) for gap in (above, below)]
    return all(bool(side.any()) for side in near)


def _strokes_across(strokes: Ink) -> float:
    """How many strokes a level line crosses, through the band with most ink: letters are dense."""
    rows = strokes.sum(axis=1).astype(np.int64)
    reach = min(len(rows), round(_BAND * GLYPH_HEIGHT))
    top = int(np.convolve(rows, np.ones(reach, np.int64), "valid").argmax())
    band = np.pad(strokes[top : top + reach], ((0, 0), (1, 0))).astype(np.int8)
    return float(np.quantile((np.diff(band, axis=1) == 1).sum(axis=1), _MOST_ROWS))

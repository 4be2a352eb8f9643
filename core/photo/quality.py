"""Why nothing can be read on a picture: too dark, out of focus, written too small, or empty. Asked only where no line
was found, so that a photo that can be read is never turned away.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import NoWriting, PhotoBlurred, PhotoError, PhotoTooDark, WritingTooSmall
from core.photo.glyphs import GlyphBoxes, gaps_beside, glyph_boxes
from core.photo.ink import Ink, darkness_of, glyph_height
from core.photo.shade import shrink

_SIDE = 500
"""Pixels of the long side that focus is judged at: what is blurred there is blurred for every reader."""

_DARKEST_PAPER = 40
"""Of 255: the light of paper, its brightest twentieth, below which the sensor saw next to nothing."""

_MARK = 0.1
_LEAST_MARKED, _MOST_MARKED = 0.002, 0.4
_STEEPEST_BLUR = 0.25
"""By how much of its own darkness a mark that is out of focus gets darker from pixel to pixel, at most."""

_LEAST_GLYPHS, _CLOSE = 6, 0.8
"""Glyphs stand together, less than their own size apart; grain is strewn about."""
_SMALL = 6.0


def why_no_writing(rgb: NDArray[np.uint8], ink: Ink) -> PhotoError:
    """What to tell somebody whose picture (height, width, 3) has no line in its `ink`."""
    small = shrink(rgb, _SIDE)
    if np.percentile(small.max(axis=2), 95) < _DARKEST_PAPER:
        return PhotoTooDark()
    if glyph_height(ink) < _SMALL and _is_close(glyph_boxes(ink)):
        return WritingTooSmall()
    return PhotoBlurred() if _is_blurred(small) else NoWriting()


def _is_close(glyphs: GlyphBoxes) -> bool:
    """Whether there are several and they stand together, whichever way they lie."""
    gaps = (float(np.median(gaps_beside(seen))) for seen in (glyphs, glyphs.turned(90)) if len(seen) >= _LEAST_GLYPHS)
    return any(gap < _CLOSE for gap in gaps)


def _is_blurred(picture: NDArray[np.uint8]) -> bool:
    """Whether there are marks, and none of them has an edge."""
    darkness = cv2.GaussianBlur(darkness_of(picture), (3, 3), 0)
    marked = darkness > _MARK
    if not _LEAST_MARKED < marked.mean() < _MOST_MARKED:
        return False
    slope = np.hypot(*(cv2.Sobel(darkness, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (0, 1)))
    return bool(np.percentile(slope[marked], 90) < _STEEPEST_BLUR * np.percentile(darkness[marked], 90))

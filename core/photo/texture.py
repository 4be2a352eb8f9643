"""Tells grain of a table, a cloth or a bad sensor from writing: grain has no strokes."""

from __future__ import annotations

import cv2
import numpy as np

from core.photo.ink import Ink

_SURE_INK = 200
_LEAST_SURE = 0.25
_SMALL, _TINY = 0.6, 0.15
_SLENDER, _SLENDER_IF_SMALL = 2.5, 3.3


def is_texture(ink: Ink, glyph_height: float, unit: float) -> bool:
    """Whether the ink of a line, whose glyphs are `glyph_height` pixels high, is none. `unit`: that of the page.

    A stroke has a core as dark as the pen; grain is soft all through. Glyphs are higher than their strokes are thick,
    and where they are much smaller than those of the page this is asked more strictly.
    """
    inked = ink > 0
    if (ink > _SURE_INK).sum() < _LEAST_SURE * inked.sum():
        return True
    small, slender = glyph_height / unit, glyph_height / _stroke_thickness(inked.astype(np.uint8))
    return small < _TINY or slender < (_SLENDER_IF_SMALL if small < _SMALL else _SLENDER)


def _stroke_thickness(inked: Ink) -> float:
    """In pixels: within a stroke the mean distance to its edge is a quarter of that, and counted half a pixel high."""
    depth = cv2.distanceTransform(np.pad(inked, 1), cv2.DIST_L2, 3)
    return max(1.0, 4.0 * float(depth[depth > 0].mean()) - 2.0)

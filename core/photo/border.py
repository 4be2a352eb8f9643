"""Lines along the border of a picture: the black frame of a scan or a screenshot, whole or in pieces. None is writing.

Told by their length: several glyphs long, half as long as the picture, and nowhere far from its border.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.photo.components import Labels, connected
from core.photo.ink import Ink
from core.photo.shade import shrink

_LONG_SIDE = 800
"""Pixels of the long side that they are looked for at first, about."""

_BAND = 0.08
"""Of the shorter side of the picture: how far from its border such a line may lie."""
_LENGTH = 0.45
_GLYPHS_LONG = 5.0
_SPECK = 4


def without_border(ink: Ink) -> Ink:
    """`ink` without lines along its border, where there is writing too."""
    whole = max(1, round(max(ink.shape) / _LONG_SIDE))  # shrinking by a whole number is many times faster
    _, lines = _lines(shrink(ink, max(ink.shape) // whole))
    if not lines.any():
        return ink
    labels, lines = _lines(ink)
    return np.where(lines[labels], 0, ink).astype(np.uint8)


def _lines(ink: Ink) -> tuple[Labels, NDArray[np.bool_]]:
    """The connected parts of an ink map, and which of them are such lines."""
    height, width = ink.shape
    labels, stats = connected(ink)
    long = (stats[:, 2] > _LENGTH * width) | (stats[:, 3] > _LENGTH * height)
    side = stats[:, 2:4].max(axis=1)
    others = side[~long & (side >= _SPECK)]
    band = max(1, round(_BAND * min(height, width)))
    long &= side > _GLYPHS_LONG * (float(np.median(others)) if len(others) else np.inf)
    long[labels[band : height - band, band : width - band].ravel()] = False
    long[0] = False
    return labels, long

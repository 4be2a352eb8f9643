"""Ink of lines for tests: a stroke of its own for each place."""

from __future__ import annotations

import numpy as np

from core.outcome import Box, InkLine


def ink_of(*strokes: Box, width: int = 120, height: int = 40) -> InkLine:
    """A line whose strokes are filled rectangles."""
    ink = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        ink[stroke.y : stroke.y + stroke.h, stroke.x : stroke.x + stroke.w] = 255
    return InkLine(Box(0, 0, width, height), width, height, ink.tobytes())

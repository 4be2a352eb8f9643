"""Handwriting through the photo simulator and back through the ink code that serves: what a phone would have made
of it.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from core.photo.ink import GLYPH_HEIGHT, MARGIN, SPECK, normalise, soft_ink, without_specks, writing
from core.predictor.canvas import MAX_HEIGHT, MAX_WIDTH, fit
from models.data.expression import Expression, bounds
from models.data.photo.simulator import TRAINING_CROP, photograph_with_view
from models.data.strokes import Drawing, draw_polylines, symbol_map

RESOLUTION = (1.2, 2.2)
"""Height of the median glyph on the simulated photo, in GLYPH_HEIGHTs; less where a line is very long."""
PEN = (0.05, 0.14)
"""Thickness of the pen, in glyph heights."""
PAPER = (0.4, 1.2)
"""Paper left round the writing, in glyph heights."""


def photographed(expression: Expression, scale: float, random: np.random.Generator) -> Drawing:
    """`expression` as read off a simulated photo, its median glyph about `scale` * GLYPH_HEIGHT pixels high."""
    least, greatest = bounds(expression.strokes)
    width, height = (greatest - least) / expression.glyph_height * GLYPH_HEIGHT
    room = min(MAX_WIDTH / max(float(width), 1.0), MAX_HEIGHT / max(float(height), 1.0))
    glyph = GLYPH_HEIGHT * min(random.uniform(*RESOLUTION), max(1.0, room * RESOLUTION[0]))
    zoom, paper = glyph / expression.glyph_height, random.uniform(*PAPER) * glyph
    columns, rows = (greatest - least) * zoom + 2 * paper
    strokes = [(stroke - least) * zoom + paper for stroke in expression.strokes]
    pen = max(1.0, random.uniform(*PEN) * glyph)
    ink = draw_polylines(strokes, (math.ceil(rows), math.ceil(columns)), pen)
    photo, view = photograph_with_view(ink, random, replace(TRAINING_CROP, unit=glyph))
    seen = soft_ink(photo)
    line = normalise(seen, glyph / scale)
    canvas = fit(line)
    # The same steps again for the strokes: cropped, scaled, set into a margin, scaled to fit.
    top, left = (side.start for side in writing(without_specks(seen, SPECK * glyph / scale)))
    fitted = min(1.0, MAX_HEIGHT / line.shape[0], MAX_WIDTH / line.shape[1])
    corner, zoom = np.array([left, top], np.float32), GLYPH_HEIGHT / glyph * scale
    placed = [((view.points(stroke) - corner) * zoom + MARGIN) * fitted for stroke in strokes]
    return Drawing(canvas, symbol_map(placed, expression.symbols, canvas.shape))

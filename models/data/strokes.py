"""Draws strokes as ink, and where each symbol lies as a symbol map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.notation.tokens import PAD_ID, TOKEN_IDS
from core.photo.ink import GLYPH_HEIGHT, MARGIN
from core.predictor.canvas import CELL, MAX_HEIGHT, MAX_WIDTH, STRIDE
from models.data.expression import InkSymbol, Stroke, bounds

SUBPIXEL_BITS = 4
OVERSAMPLING = 2
TABLET_PEN = 2.0
"""Pixels: the thickness of a line as it is drawn to be measured."""
CORE_OF_BOX = 0.35
"""Half-width, as a share of a symbol's box, of the region round its centre that the symbol map labels."""


@dataclass(frozen=True)
class Drawing:
    """`ink`: uint8 (height, width), sides multiples of STRIDE. `symbol_map`: token id
    for each CELL x CELL pixels, PAD_ID for paper."""

    ink: NDArray[np.uint8]
    symbol_map: NDArray[np.uint8]


def draw_polylines(strokes: Sequence[Stroke], shape: tuple[int, int], thickness: float) -> NDArray[np.uint8]:
    """Antialiased ink of `strokes` given in pixels; `thickness` in pixels, in steps of 1 / OVERSAMPLING."""
    height, width = shape
    canvas = np.zeros((height * OVERSAMPLING, width * OVERSAMPLING), np.uint8)
    scale = OVERSAMPLING * (1 << SUBPIXEL_BITS)
    lines = [np.round((s if len(s) > 1 else np.repeat(s, 2, axis=0)) * scale).astype(np.int32) for s in strokes]
    pen = max(1, round(thickness * OVERSAMPLING))
    cv2.polylines(canvas, lines, False, 255, pen, cv2.LINE_AA, SUBPIXEL_BITS)
    return cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


def draw(
    strokes: Sequence[Stroke], symbols: Sequence[InkSymbol], glyph_height: float, scale: float, thickness: float
) -> Drawing:
    """Renders an expression with its median glyph `scale` * GLYPH_HEIGHT pixels high, or less where it would not fit.

    `thickness` in pixels.
    """
    least, greatest = bounds(strokes)
    zoom = GLYPH_HEIGHT / glyph_height * scale
    width, height = (greatest - least) * zoom
    zoom *= min(1.0, (MAX_WIDTH - 2 * MARGIN) / max(width, 1.0), (MAX_HEIGHT - 2 * MARGIN) / max(height, 1.0))
    width, height = (greatest - least) * zoom + 2 * MARGIN
    shape = (math.ceil(height / STRIDE) * STRIDE, math.ceil(width / STRIDE) * STRIDE)
    placed = [(stroke - least) * zoom + MARGIN for stroke in strokes]
    return Drawing(draw_polylines(placed, shape, thickness), symbol_map(placed, symbols, shape))


def symbol_map(strokes: Sequence[Stroke], symbols: Sequence[InkSymbol], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Which symbol has its middle where on a canvas of `shape`, smaller boxes over larger ones: token id for each
    CELL x CELL pixels, PAD_ID for paper. `strokes`: in pixels.
    """
    cells = np.full((shape[0] // CELL, shape[1] // CELL), PAD_ID, np.uint8)
    boxes = [(symbol.label, *bounds(strokes[i] for i in symbol.strokes)) for symbol in symbols]
    for label, low, high in sorted(boxes, key=lambda box: -float(np.prod(box[2] - box[1] + 1))):
        centre, reach = (low + high) / 2, (high - low) * CORE_OF_BOX
        if label == r"\sqrt":  # its middle belongs to the radicand; the hook at its left is its own
            centre = np.array([low[0] + (high[0] - low[0]) * 0.08, centre[1]])
            reach = np.array([(high[0] - low[0]) * 0.08, reach[1]])
        left, top = np.maximum((centre - reach) // CELL, 0).astype(int)
        right, bottom = ((centre + reach) // CELL).astype(int)
        cells[top : bottom + 1, left : right + 1] = TOKEN_IDS[label]
    return cells

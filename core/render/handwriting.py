"""The ink of a line -> a drawing of the handwriting, for cards that show what was written beside how it was read.

Strokes are traced as outlines, so the handwriting takes the colour of the card and stays sharp at any size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.notation.tree import Row
from core.outcome import Box, InkLine
from core.render.doubt import doubtful_strokes
from core.render.theme import Theme

FINER = 4  # the ink is traced on a grid this much finer, so that edges between pixels are found
HALF = 96  # of 255: half-covered pixels are the edge of a stroke; a little less keeps thin pencil whole
TOLERANCE = 0.6  # pixels of the finer grid by which an outline may be simplified
LEAST_AREA = 8.0  # square pixels of the finer grid; less is a speck
PADDING = 5  # pixels of the ink round it
AROUND = 3  # pixels between the doubtful strokes and their outline


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG. `width`, `height`: pixels of the ink, padding and all."""

    svg: str
    width: int
    height: int


def drawing(line: InkLine, theme: Theme, reading: Row | None = None) -> Drawing:
    """The strokes of `line`, those that the marked parts of `reading` stand for with an outline round them."""
    ink = np.pad(np.frombuffer(line.pixels, np.uint8).reshape(line.height, line.width), PADDING)
    height, width = ink.shape
    boxes = doubtful_strokes(reading, ink) if reading else ()
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'{"".join(outline_of(box, theme) for box in boxes)}<path fill="{theme.ink}" fill-rule="evenodd" '
        f'd="{"".join(contours(ink))}"/></svg>',
        width,
        height,
    )


def outline_of(box: Box, theme: Theme) -> str:
    """A rounded frame round `box`."""
    x, y, width, height = box.x - AROUND, box.y - AROUND, box.w + 2 * AROUND, box.h + 2 * AROUND
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="{theme.unsure}" fill-opacity="0.13" '
        f'stroke="{theme.unsure}" stroke-width="1.2"/>'
    )


def contours(ink: NDArray[np.uint8]) -> Iterator[str]:
    """SVG path data of every edge in `ink` (height, width), in its pixels."""
    height, width = ink.shape
    fine = cv2.resize(ink, (width * FINER, height * FINER), interpolation=cv2.INTER_CUBIC)
    found, _ = cv2.findContours((fine > HALF).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for contour in found:
        if cv2.contourArea(contour) < LEAST_AREA:
            continue
        points = (cv2.approxPolyDP(contour, TOLERANCE, closed=True)[:, 0] + 0.5) / FINER
        yield "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"

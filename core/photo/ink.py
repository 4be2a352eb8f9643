"""Soft ink: what the network sees, in training and in service alike.

An ink map is a uint8 array (height, width): 255 where there is ink, 0 where there is paper, grey where strokes end.

    soft_ink(rgb)       photo, scan or drawing -> ink map of the same size
    fine_ink(rgb, side) the same, enlarged where the writing is small
    glyph_height(ink)   how tall its glyphs are, in pixels
    normalise(ink, h)   crop, scale to GLYPH_HEIGHT, margin: the network's input

The light is divided out first (`core.photo.shade`), but the map stays soft: what is a stroke and what is a smudge is
for the network to decide.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.components import connected, places
from core.photo.rules import without_rules
from core.photo.shade import (
    BACKGROUND_SIDE,
    CELL,
    PAPER,
    STEPS,
    Darkness,
    Shade,
    darkness,
    grain,
    histogram,
    shade_of,
    shrink,
)

Ink = NDArray[np.uint8]
"""An ink map: (height, width), 255 ink, 0 paper."""

GLYPH_HEIGHT = 20.0
"""Pixels that the median glyph is scaled to: the one constant that training and serving share."""

MARGIN = 4
"""Pixels of paper round a normalised line."""

INK = 96
"""The value from which a pixel of an ink map counts as ink where a yes or no is needed."""

SPECK = 0.08
"""Side, in glyph heights, of the square that a part has to be as large as to be writing."""

_FAINTEST_INK = 0.06
_DARKEST_FLOOR = 0.5
_SURE = 160
_ENLARGED = 2
_GRAIN = 6.0
"""Pixels that a glyph is high at least: on empty paper all that is found is smaller."""


def soft_ink(rgb: NDArray[np.uint8]) -> Ink:
    """The ink map of a picture (height, width, 3) or (height, width), uint8.

    Shadows, the colour of the paper, ruled lines and grids go; ink of any colour stays. Light writing on a dark ground
    is turned round. A clean drawing comes back as it is; a picture without writing as zeros.
    """
    picture = rgb if rgb.ndim == 3 else rgb[:, :, None]
    small = shrink(picture, BACKGROUND_SIDE)
    if _is_light_on_dark(small):
        picture, small = 255 - picture, 255 - small
    shade = shade_of(picture, small)
    noise = grain(shade)
    return _stretch(without_rules(shade, float(np.median(noise))), noise)


def fine_ink(rgb: NDArray[np.uint8], long_side: int) -> tuple[Ink, int]:
    """The ink map of a picture as `soft_ink` makes it, and how many of its pixels make one of the picture.

    Writing smaller than GLYPH_HEIGHT is enlarged before it is told from rules and paper, if the map is then at most
    `long_side` pixels long: its strokes are hardly wider than a pixel, and a yes or no for each would fray them.
    """
    ink = soft_ink(rgb)
    if _ENLARGED * max(ink.shape) > long_side or not _GRAIN <= glyph_height(ink) < GLYPH_HEIGHT:
        return ink, 1
    size = (_ENLARGED * rgb.shape[1], _ENLARGED * rgb.shape[0])
    return soft_ink(cv2.resize(rgb, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False)), _ENLARGED


def glyph_height(ink: Ink) -> float:
    """The height in pixels of a typical glyph: the median over the connected parts that look like glyphs.

    Dots, bars and specks do not count, unless there is nothing else: then the longest bar is taken for a minus sign.
    GLYPH_HEIGHT for an empty map.
    """
    labels, stats = connected(_mended((ink >= INK).astype(np.uint8)))
    left, top, widths, heights, areas = (stats[1:, column].astype(float) for column in range(5))
    if not len(heights):
        return GLYPH_HEIGHT
    inner = (left > 1) & (top > 1) & (left + widths < ink.shape[1] - 1) & (top + heights < ink.shape[0] - 1)
    # Grain of a table, however much of it, is small beside any glyph.
    grown = areas >= max(6.0, 0.02 * areas[inner].max(initial=0.0))
    upright = (heights > 0.45 * widths) & grown
    if not upright.any():
        upright = (heights > 0.25 * widths) & grown
    if upright.any():
        # Parts with much ink set the scale: a page full of specks must not drag the median down.
        tall = _weighted_median(heights[upright], areas[upright])
        return float(np.median(heights[upright & (heights >= 0.4 * tall) & (heights <= 3.0 * tall)]))
    widest = int(widths.argmax())
    strokes = np.diff((labels == widest + 1).astype(np.int8), axis=0, prepend=0) == 1
    joined_up = strokes.sum() > 1.3 * widths[widest]
    return float(0.7 * heights[widest] if joined_up else widths[widest] / 0.7)


def normalise(ink: Ink, glyph_height: float) -> Ink:
    """`ink` cropped to its writing, scaled so that `glyph_height` becomes GLYPH_HEIGHT, plus MARGIN pixels of paper.

    Contrast is stretched again after scaling, so that thin strokes peak near 255 as thick ones do. An empty map gives
    an empty square of 2 * MARGIN pixels.
    """
    clean = without_specks(ink, SPECK * glyph_height)
    crop = clean[writing(clean)]
    if not crop.size:
        return np.zeros((2 * MARGIN, 2 * MARGIN), np.uint8)
    scale = GLYPH_HEIGHT / glyph_height
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    scaled = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    # The ridge of a stroke, not its flanks, tells how dark the pen is at this scale.
    ridges = scaled[(scaled == cv2.dilate(scaled, np.ones((3, 3), np.uint8))) & (scaled >= 32)]
    peak = float(np.median(ridges)) if len(ridges) else 255.0
    stretched = cv2.convertScaleAbs(scaled, alpha=min(4.0, 255.0 / peak))
    return np.pad(stretched, MARGIN).astype(np.uint8)


def writing(ink: Ink) -> tuple[slice, slice]:
    """The rows and columns that have ink, and one more on each side; empty where there is none."""
    columns, rows = (np.flatnonzero(ink.max(axis=axis) >= INK) for axis in (0, 1))
    if not len(columns):
        return slice(0, 0), slice(0, 0)
    return slice(max(rows[0] - 1, 0), rows[-1] + 2), slice(max(columns[0] - 1, 0), columns[-1] + 2)


def without_specks(ink: Ink, side: float) -> Ink:
    """`ink` without the connected parts whose area is less than a square of `side` pixels."""
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    where = places(ink)
    own = labels.take(where)
    return _without(ink, where[np.bincount(own)[own] < side * side])


def _mended(strokes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Strokes (0 or 1) without gaps narrower than the pen: a pencil leaves a glyph in pieces."""
    inked = cv2.countNonZero(strokes)
    rim = inked - cv2.countNonZero(cv2.erode(strokes, np.ones((3, 3), np.uint8), borderValue=1))
    # A long stroke has two edges, and the rim is one pixel of each.
    pen = 2 * inked / max(1, rim)
    # What a broad pen leaves out is as wide as it is; between the strokes of a fine one there is hardly more room.
    reach = max(int(0.45 * pen), int(0.85 * pen - 2.2))
    if reach == 0:
        return strokes
    mended = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    return mended.astype(np.uint8, copy=False)


def _is_light_on_dark(small: NDArray[np.uint8]) -> bool:
    """Whether what stands out from its surroundings is mostly lighter than they are."""
    grey = cv2.transform(small, np.full((1, small.shape[2]), 1 / small.shape[2]))
    around = cv2.medianBlur(grey, max(15, max(grey.shape) // 12) | 1)
    lighter, darker = (cv2.subtract(one, other) for one, other in ((grey, around), (around, grey)))
    slack = np.full_like(grey, 12)
    return cv2.norm(cv2.subtract(lighter, slack), cv2.NORM_L2SQR) > cv2.norm(
        cv2.subtract(darker, slack), cv2.NORM_L2SQR
    )


def darkness_of(picture: NDArray[np.uint8]) -> Darkness:
    """One minus the ratio of each pixel to its paper, in the channel where that is smallest; paper is about 0."""
    return darkness(shade_of(picture, shrink(picture, BACKGROUND_SIDE)))


def _stretch(shade: Shade, noise: Darkness) -> Ink:
    """Shade relative to the pen's own nearby, as a soft map; what never rises far above the noise becomes 0."""
    height, width = shade.shape
    coarse = (max(1, width // CELL), max(1, height // CELL))
    floor = np.clip(4.0 * cv2.resize(noise, coarse).reshape(coarse[::-1]), _FAINTEST_INK, _DARKEST_FLOOR)
    paper = cv2.resize(np.floor(floor * STEPS).astype(np.uint8) + PAPER, (width, height))
    counts = histogram(shade, _above(shade, paper))
    if not counts.any():
        return np.zeros(shade.shape, np.uint8)
    pen = (float(np.searchsorted(np.cumsum(counts), 0.75 * counts.sum())) - PAPER) / STEPS
    strokes = _above(shade, np.maximum(paper, np.uint8(PAPER + pen * STEPS / 2)))
    level = _local_level(shade, strokes, pen)
    low, high = np.maximum(0.3 * level, 0.6 * floor), np.maximum(0.75 * level, floor)
    least = cv2.resize((PAPER + STEPS * low).astype(np.float32), (width, height))
    gain = cv2.resize((255.0 / STEPS / (high - low)).astype(np.float32), (width, height))
    soft = cv2.multiply(cv2.subtract(shade, least, dtype=cv2.CV_32F), gain, dtype=cv2.CV_8U).astype(
        np.uint8, copy=False
    )
    return _without_faint_parts(soft)


def _above(shade: Shade, least: NDArray[Any]) -> NDArray[np.uint8]:
    """255 where a shade map is above another, else 0."""
    return cv2.compare(shade, least, cv2.CMP_GT).astype(np.uint8, copy=False)


def _local_level(shade: Shade, strokes: NDArray[np.uint8], pen: float) -> Darkness:
    """Mean darkness of the strokes nearby: pencil beside pen keeps its place. `pen` stands in where there are none.

    One value for each cell of CELL pixels.
    """
    rows, columns = (max(1, side // CELL) for side in shade.shape)
    where = places(strokes)
    y, x = np.divmod(where, shade.shape[1])
    cell = y * rows // shade.shape[0] * columns + x * columns // shade.shape[1]
    area = shade.size / (rows * columns)
    weight, total = (
        np.bincount(cell, values, rows * columns).astype(np.float32).reshape(rows, columns) / area
        for values in (None, darkness(shade.take(where)))
    )
    sigma = max(2.0, max(rows, columns) / 24)
    weight, total = (cv2.GaussianBlur(part, (0, 0), sigma, borderType=cv2.BORDER_REFLECT) for part in (weight, total))
    level: Darkness = ((total + 0.01 * pen) / (weight + 0.01)).reshape(rows, columns)
    return level


def _without_faint_parts(soft: Ink) -> Ink:
    """Hysteresis: a connected part stays only where some of it is surely ink."""
    count, labels = cv2.connectedComponents(soft, connectivity=8)
    where = places(soft)
    own = labels.take(where)
    kept = np.zeros(count, np.bool_)
    kept[own[soft.take(where) >= _SURE]] = True
    return _without(soft, where[~kept[own]])


def _without(ink: Ink, where: NDArray[np.intp]) -> Ink:
    """`ink` without some of its pixels, given by their places in the flat map."""
    if not len(where):
        return ink
    rest = ink.copy()
    rest.reshape(-1)[where] = 0
    return rest


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    passed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(passed, 0.5 * passed[-1])])

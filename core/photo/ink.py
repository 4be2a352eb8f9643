"""Soft ink: what the network sees, in training and in service alike.

An ink map is a uint8 array (height, width): 255 where there is ink, 0 where there is paper, grey where strokes end.

    soft_ink(rgb)       photo, scan or drawing -> ink map of the same size
    fine_ink(rgb, side) the same, enlarged where the writing is small
    glyph_height(ink)   how tall its glyphs are, in pixels
    normalise(ink, h)   crop, scale to GLYPH_HEIGHT, margin: the network's input

The light is divided out as in Gatos, Pratikakis and Perantonis, "Adaptive degraded document image binarization" (2006),
but the map stays soft: what is a stroke and what is a smudge is for the network to decide.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.rules import without_rules

Ink = NDArray[np.uint8]
"""An ink map: (height, width), 255 ink, 0 paper."""

Darkness = NDArray[np.float32]
"""How much light the paper lost to ink: (height, width), 0 none, 1 all."""

GLYPH_HEIGHT = 20.0
"""Pixels that the median glyph is scaled to: the one constant that training and serving share."""

MARGIN = 4
"""Pixels of paper round a normalised line."""

INK = 96
"""The value from which a pixel of an ink map counts as ink where a yes or no is needed."""

SPECK = 0.08
"""Side, in glyph heights, of the square that a part has to be as large as to be writing."""

_BACKGROUND_SIDE = 500
_PAPER_RATIO = 200.0
_FAINTEST_INK = 0.06
_DARKEST_FLOOR = 0.5
_CELL = 8
_ENLARGED = 2
_GRAIN = 6.0
"""Pixels that a glyph is high at least: on empty paper all that is found is smaller."""


def soft_ink(rgb: NDArray[np.uint8]) -> Ink:
    """The ink map of a picture (height, width, 3) or (height, width), uint8.

    Shadows, the colour of the paper, ruled lines and grids go; ink of any colour stays. Light writing on a dark ground
    is turned round. A clean drawing comes back as it is; a picture without writing as zeros.
    """
    picture = rgb if rgb.ndim == 3 else rgb[:, :, None]
    if _is_light_on_dark(picture):
        picture = 255 - picture
    darkness = darkness_of(picture)
    noise = _noise(darkness)
    return _stretch(without_rules(darkness, float(np.median(noise))), noise)


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
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_mended((ink >= INK).astype(np.uint8)), connectivity=8)
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
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > 0).astype(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= side * side
    if count == 1 or keep[1:].all():
        return ink
    keep[0] = False
    return np.where(keep[labels], ink, 0).astype(np.uint8)


def _mended(strokes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Strokes (0 or 1) without gaps narrower than the pen: a pencil leaves a glyph in pieces."""
    rim = int(strokes.sum()) - int(cv2.erode(strokes, np.ones((3, 3), np.uint8), borderValue=1).sum())
    # A long stroke has two edges, and the rim is one pixel of each.
    pen = 2 * int(strokes.sum()) / max(1, rim)
    reach = int(0.45 * pen)
    if reach == 0:
        return strokes
    mended = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    return mended.astype(np.uint8, copy=False)


def _is_light_on_dark(picture: NDArray[np.uint8]) -> bool:
    """Whether what stands out from its surroundings is mostly lighter than they are."""
    small = shrink(picture, _BACKGROUND_SIDE).mean(axis=2).astype(np.uint8)
    difference = small.astype(np.int16) - cv2.medianBlur(small, _window(small.shape, 12))
    outstanding = np.maximum(np.abs(difference) - 12, 0).astype(np.int64) ** 2
    return bool(outstanding[difference > 0].sum() > outstanding[difference < 0].sum())


def darkness_of(picture: NDArray[np.uint8]) -> Darkness:
    """One minus the ratio of each pixel to its paper, in the channel where that is smallest; paper is about 0."""
    height, width = picture.shape[:2]
    ratio = np.full((height, width), 255, np.uint8)
    for index in range(picture.shape[2]):
        channel = np.ascontiguousarray(picture[:, :, index])
        small = shrink(channel, _BACKGROUND_SIDE)
        # Closing lifts the strokes out of the paper; the median then follows the light, hard shadow edges included.
        window = _window(small.shape, 24)
        closed = cv2.morphologyEx(
            small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (window, window))
        )
        paper = cv2.blur(cv2.medianBlur(closed, _window(small.shape, 16)), (3, 3))
        paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
        np.minimum(ratio, cv2.divide(channel, np.maximum(paper, 8), scale=_PAPER_RATIO), out=ratio)
    darkness = 1.0 - ratio.astype(np.float32) / _PAPER_RATIO
    return darkness - _median(ratio, 1.0 - np.arange(256, dtype=np.float32) / _PAPER_RATIO)


def _median(indices: NDArray[np.uint8], table: Darkness) -> np.float32:
    """The median of table[indices] over a whole picture, by counting. `table`: 256 values that rise or fall."""
    passed = np.cumsum(np.bincount(indices.ravel(), minlength=256))
    middles = np.searchsorted(passed, [(indices.size + 1) // 2, indices.size // 2 + 1])
    return np.float32(table[middles].mean())


def _noise(darkness: Darkness) -> Darkness:
    """The deviation of darkness on bare paper nearby: grain is stronger in shadow, once light is divided out."""
    height, width = darkness.shape
    sparse = np.abs(darkness[::2, ::2])
    sparse = np.pad(sparse, ((0, -sparse.shape[0] % _CELL), (0, -sparse.shape[1] % _CELL)), mode="edge")
    cells = sparse.reshape(sparse.shape[0] // _CELL, _CELL, sparse.shape[1] // _CELL, _CELL)
    grain = cv2.medianBlur(1.4826 * np.median(cells, axis=(1, 3)).astype(np.float32), 5)
    return cv2.resize(cv2.blur(grain, (3, 3)), (width, height)).astype(np.float32, copy=False)


def _stretch(darkness: Darkness, noise: Darkness) -> Ink:
    """Darkness relative to the pen's own nearby, as a soft map; what never rises far above the noise becomes 0."""
    floor = np.clip(4.0 * noise, _FAINTEST_INK, _DARKEST_FLOOR)
    marked = darkness > floor
    if not marked.any():
        return np.zeros(darkness.shape, np.uint8)
    pen = float(np.percentile(darkness[marked], 75))
    level = _local_level(darkness, marked & (darkness > 0.5 * pen), pen)
    low, high = np.maximum(0.3 * level, 0.6 * floor), np.maximum(0.75 * level, floor)
    soft = (np.clip((darkness - low) / (high - low), 0.0, 1.0) * 255.0).astype(np.uint8)
    return _without_faint_parts(soft)


def _local_level(darkness: Darkness, strokes: NDArray[np.bool_], pen: float) -> Darkness:
    """Mean darkness of the strokes nearby: pencil beside pen keeps its place. `pen` stands in where there are none."""
    height, width = darkness.shape
    small = (max(1, width // 16), max(1, height // 16))
    weight = cv2.resize(strokes.astype(np.float32), small, interpolation=cv2.INTER_AREA)
    total = cv2.resize(np.where(strokes, darkness, 0.0).astype(np.float32), small, interpolation=cv2.INTER_AREA)
    sigma = max(2.0, max(small) / 24)
    weight, total = (cv2.GaussianBlur(part, (0, 0), sigma, borderType=cv2.BORDER_REFLECT) for part in (weight, total))
    level = (total + 0.01 * pen) / (weight + 0.01)
    return cv2.resize(level.reshape(small[1], small[0]), (width, height)).astype(np.float32, copy=False)


def _without_faint_parts(soft: Ink) -> Ink:
    """Hysteresis: a connected part stays only where some of it is surely ink."""
    count, labels = cv2.connectedComponents((soft > 0).astype(np.uint8), connectivity=8)
    keep = np.zeros(count, np.bool_)
    keep[labels[soft >= 160]] = True
    keep[0] = False
    return np.where(keep[labels], soft, 0).astype(np.uint8)


def shrink(channel: NDArray[np.uint8], long_side: int) -> NDArray[np.uint8]:
    """A picture, of any channels, made no longer than `long_side` pixels."""
    scale = long_side / max(channel.shape)
    if scale >= 1:
        return channel
    size = (max(1, round(channel.shape[1] * scale)), max(1, round(channel.shape[0] * scale)))
    return cv2.resize(channel, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _window(shape: tuple[int, ...], share: int) -> int:
    """An odd window, `1 / share` of the long side and at least 15 pixels: wider than any stroke."""
    return max(15, max(shape[:2]) // share) | 1


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    passed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(passed, 0.5 * passed[-1])])

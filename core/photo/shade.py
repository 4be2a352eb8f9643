"""How much darker each pixel is than the paper it lies on: the light divided out, as in Gatos, Pratikakis and
Perantonis, "Adaptive degraded document image binarization" (2006).

A shade map is a uint8 array (height, width): PAPER on bare paper, and one more for each 1 / STEPS of the light that is
lost. The ratio of two bytes knows no finer steps, and maps of bytes are many times faster than maps of floats.
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Shade: TypeAlias = NDArray[np.uint8]
Darkness: TypeAlias = NDArray[np.float32]
"""How much light paper lost to ink: 0 none, 1 all; below 0 what is lighter than paper."""

PAPER = 55
STEPS = 200.0

BACKGROUND_SIDE = 500
"""Pixels of the long side that light and paper are looked at on."""
CELL = 16
"""Pixels of a side of the cells that grain is measured in."""


def shade_of(picture: NDArray[np.uint8], small: NDArray[np.uint8]) -> Shade:
    """The shade map of a picture (height, width, channels), by the channel where each pixel is darkest.

    `small`: the picture no longer than BACKGROUND_SIDE.
    """
    height, width = picture.shape[:2]
    # Closing lifts the strokes out of the paper; the median then follows the light, hard shadow edges included.
    side, smoothed = _window(small.shape, 24), _window(small.shape, 16)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    ratio = np.full((height, width), 255, np.uint8)
    for channel, shrunk in zip(cv2.split(picture), cv2.split(small), strict=True):
        closed = cv2.morphologyEx(shrunk, cv2.MORPH_CLOSE, ellipse)
        paper = np.maximum(cv2.blur(cv2.medianBlur(closed, smoothed), (3, 3)), 8)
        light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
        cv2.min(ratio, cv2.divide(channel, light, scale=STEPS), dst=ratio)
    middle = int(np.searchsorted(np.cumsum(histogram(ratio)), (height * width + 1) // 2))
    lifted = np.full_like(ratio, min(255, middle + PAPER))
    return cv2.subtract(lifted, ratio).astype(np.uint8, copy=False)


def darkness(shade: NDArray[np.uint8]) -> Darkness:
    """The darkness of bytes of a shade map, of any shape."""
    lost: Darkness = (shade.astype(np.float32) - PAPER) * np.float32(1 / STEPS)
    return lost


def shaded(darkness: Darkness) -> Shade:
    """The bytes of a shade map that come nearest to some darkness, of any shape."""
    steps: Shade = np.clip(np.rint(darkness * STEPS) + PAPER, 0, 255).astype(np.uint8)
    return steps


def grain(shade: Shade) -> Darkness:
    """The deviation of darkness on bare paper nearby, one value for each cell of CELL pixels: grain is stronger in
    shadow, once light is divided out.
    """
    sparse = np.ascontiguousarray(shade[::2, ::2])
    sparse = cv2.absdiff(sparse, np.full_like(sparse, PAPER)).astype(np.uint8, copy=False)
    side = CELL // 2
    padded = np.pad(sparse, ((0, -sparse.shape[0] % side), (0, -sparse.shape[1] % side)), mode="edge")
    rows, columns = padded.shape[0] // side, padded.shape[1] // side
    cells = padded.reshape(rows, side, columns, side).transpose(0, 2, 1, 3).reshape(rows, columns, side * side)
    # Sorting short integers is many times faster than seeking their median.
    ordered = np.sort(cells.astype(np.int16), axis=2)
    middles = ordered[:, :, side * side // 2 - 1 : side * side // 2 + 1].mean(axis=2, dtype=np.float32)
    deviation = cv2.medianBlur(middles * np.float32(1.4826 / STEPS), 5)
    smooth: Darkness = cv2.blur(deviation, (3, 3)).astype(np.float32, copy=False)
    return smooth


def histogram(values: NDArray[np.uint8], where: NDArray[np.uint8] | None = None) -> NDArray[np.float64]:
    """How often each byte occurs, 256 counts; only `where` that is not 0, if it is given."""
    counts: NDArray[np.float64] = cv2.calcHist([values], [0], where, [256], [0, 256]).ravel().astype(np.float64)
    return counts


def shrink(channel: NDArray[np.uint8], long_side: int) -> NDArray[np.uint8]:
    """A picture, of any channels, made no longer than `long_side` pixels."""
    scale = long_side / max(channel.shape[:2])
    if scale >= 1:
        return channel
    size = (max(1, round(channel.shape[1] * scale)), max(1, round(channel.shape[0] * scale)))
    small = cv2.resize(channel, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return small.reshape(*small.shape[:2], *channel.shape[2:])


def _window(shape: tuple[int, ...], share: int) -> int:
    """An odd window, `1 / share` of the long side and at least 15 pixels: wider than any stroke."""
    return max(15, max(shape[:2]) // share) | 1

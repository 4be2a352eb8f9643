"""The canvas that one line of ink is read on: sizes that the network was trained with."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.outcome import InkLine

STRIDE = 16
"""Both sides of a canvas are multiples of this many pixels."""
CELL = 8
"""Pixels of the canvas, each way, that one cell of the encoder's output stands for."""
MAX_HEIGHT, MAX_WIDTH = 128, 768
"""Larger ink is scaled down to fit."""


def unpacked(line: InkLine) -> NDArray[np.uint8]:
    """The ink map (height, width) that a line carries as bytes."""
    return np.frombuffer(line.pixels, np.uint8).reshape(line.height, line.width)


def zoomed(ink: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """`ink` (height, width) `scale` times as large."""
    if scale == 1.0:
        return ink
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    return cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR).astype(np.uint8)


def fit(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`ink` (height, width) on a canvas: scaled down where it is too large, padded with paper at the right and
    bottom.
    """
    height, width = ink.shape
    zoom = min(1.0, MAX_HEIGHT / height, MAX_WIDTH / width)
    if zoom < 1.0:
        size = (max(1, int(width * zoom)), max(1, int(height * zoom)))
        ink = cv2.resize(ink, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
        height, width = ink.shape
    bottom = math.ceil(height / STRIDE) * STRIDE - height
    right = math.ceil(width / STRIDE) * STRIDE - width
    return np.pad(ink, ((0, bottom), (0, right)))

"""The connected parts of a picture, and the box of each."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int32]


def connected(ink: NDArray[np.uint8]) -> tuple[Labels, Labels]:
    """Labels (height, width) of what is above 0 and connected, also cornerwise; 0 is all the rest.

    And per label: left, top, width, height, area. The same as OpenCV's own statistics; but those look at every pixel of
    the paper, these at the ends of the runs of ink.
    """
    count, found = cv2.connectedComponents(ink, connectivity=8)
    labels = found.astype(np.int32, copy=False)
    inked = cv2.copyMakeBorder(ink, 0, 0, 1, 1, cv2.BORDER_CONSTANT, value=0) > 0
    x, y = np.divmod(places(inked[:, 1:] > inked[:, :-1]), ink.shape[1] + 1)[::-1]
    stop = places(inked[:, 1:] < inked[:, :-1]) - y * (ink.shape[1] + 1)
    own = labels[y, x]
    left, top = np.full(count, ink.shape[1]), np.zeros(count, np.intp)
    right, bottom = np.zeros(count, np.intp), np.zeros(count, np.intp)
    np.minimum.at(left, own, x)
    np.maximum.at(right, own, stop)
    # Of several values given to one place numpy keeps the last.
    top[own[::-1]] = y[::-1]
    bottom[own] = y + 1
    area = np.bincount(own, stop - x, count)
    stats = np.stack([left, top, right - left, bottom - top, area], axis=1).astype(np.int32)
    stats[0] = 0, 0, ink.shape[1], ink.shape[0], ink.size - int(area.sum())
    return labels, stats


def places(picture: NDArray[Any]) -> NDArray[np.intp]:
    """The places in the flat picture (height, width) of what is not 0, ascending, as `numpy.flatnonzero`."""
    values = np.ascontiguousarray(picture).view(np.uint8)
    if not values.any():
        return np.zeros(0, np.intp)  # OpenCV gives None then
    x, y = cv2.findNonZero(values).reshape(-1, 2).T
    flat: NDArray[np.intp] = y.astype(np.intp) * picture.shape[1] + x
    return flat

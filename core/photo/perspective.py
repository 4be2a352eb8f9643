"""Perspective: a sheet photographed from the side, seen as if from straight above.

Lines that are parallel on the sheet, its edges and its rules, run together on the photo at a point that tells their
direction in space; two such directions tell how the sheet lies. The camera is then turned in thought until it looks
straight at the sheet, which is the homography K R K^-1: Hartley and Zisserman, "Multiple View Geometry" (2004), 8.6.
Where only one direction is known, the sheet is taken to be tilted no further than that needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""A homography in homogeneous pixel coordinates (3, 3)."""

FOCAL_LENGTH = 0.78
"""Of a phone's main camera, in long sides of its photos. For mild tilts a rough value does."""

_LEAST_TILT, _MOST_TILT = 2.5, 30.0
"""Degrees: less does no harm, and more is hardly ever true."""

_FEWEST_RULES = 4
_NEAR = 0.25
_LEAST_SPREAD = 0.2
_ASTRAY = 0.01
_SURE = 4.0
_MOST_SKEWED = 8.0
"""Degrees from a right angle between the two directions of a sheet, seen from straight above."""


@dataclass(frozen=True)
class Lines:
    """Lines that are parallel on a sheet: y = offset + slope * x, or x = offset + slope * y for upright ones.

    Lengths are in focal lengths from the middle of the photo. `edge`: which of them are edges of the sheet, not rules.
    """

    offset: NDArray[np.float64]
    slope: NDArray[np.float64]
    edge: NDArray[np.bool_]


def straight_on(level: Lines, upright: Lines, width: float, height: float) -> Matrix | None:
    """From the pixels of a photo of `width` by `height` to those of one taken from straight above the sheet.

    None where the lines do not show that it was taken from the side.
    """
    along, down = _vanishing(level), _vanishing(upright)
    if along is None and down is None:
        return None
    first = None if along is None else np.array([1.0, along[0], -along[1]])
    second = None if down is None else np.array([down[0], 1.0, -down[1]])
    normal = _normal(first, second)
    if normal is None or not _LEAST_TILT <= np.degrees(np.arccos(normal[2])) <= _MOST_TILT:
        return None
    focal = FOCAL_LENGTH * max(width, height)
    camera = np.array([[focal, 0.0, width / 2], [0.0, focal, height / 2], [0.0, 0.0, 1.0]])
    homography: Matrix = camera @ _turning(normal) @ np.linalg.inv(camera)
    homography /= homography[2, 2]
    return homography


def _vanishing(lines: Lines) -> tuple[float, float] | None:
    """How the slope of parallel lines goes with their offset: its value in the middle of the photo, and its change.

    The median over pairs, as in Theil and Sen's line. None where there are too few lines, or they do not agree.
    """
    if len(lines.slope) < _FEWEST_RULES and lines.edge.sum() < 2:
        return None
    chosen = np.ones(len(lines.slope), np.bool_) if len(lines.slope) >= _FEWEST_RULES else lines.edge
    offset, slope = lines.offset[chosen], lines.slope[chosen]
    spread = float(np.ptp(offset))
    if spread < _LEAST_SPREAD:
        return None
    first, second = np.triu_indices(len(offset), 1)
    apart = offset[first] - offset[second]
    far = np.abs(apart) > _NEAR * spread
    change = float(np.median((slope[first] - slope[second])[far] / apart[far]))
    middle = float(np.median(slope - change * offset))
    astray = float(np.median(np.abs(slope - change * offset - middle)))
    if astray > _ASTRAY:
        return None
    return middle, change if abs(change) * spread > _SURE * astray else 0.0


def _normal(first: NDArray[np.float64] | None, second: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
    """Of the sheet, towards the scene: from the directions in space of its level and its upright lines.

    None where these are not at right angles, so that they cannot be those of a sheet.
    """
    if first is not None and second is not None:
        cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
        normal = np.cross(first, second)
        if abs(cosine) > np.sin(np.radians(_MOST_SKEWED)):
            return None
    else:
        known = first if first is not None else second
        assert known is not None
        normal = np.array([0.0, 0.0, 1.0]) - known[2] / (known @ known) * known
    unit: NDArray[np.float64] = normal / np.linalg.norm(normal)
    return unit


def _turning(normal: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least rotation (3, 3) that turns a unit vector into the camera's axis (0, 0, 1): Rodrigues' formula."""
    x, y, z = normal
    cross = np.array([[0.0, 0.0, -x], [0.0, 0.0, -y], [x, y, 0.0]])
    rotation: NDArray[np.float64] = np.eye(3) + cross + cross @ cross / (1.0 + z)
    return rotation

"""Ink as it is looked at, and where each of its pixels lies on the photo that it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.outcome import Box, Turn
from core.photo.glyphs import without_cut_off
from core.photo.ink import Ink

Matrix = NDArray[np.float64]
"""A homography in homogeneous pixel coordinates (3, 3)."""


@dataclass(frozen=True)
class View:
    """An ink map. `to_photo`: from its pixels to those of the photo after EXIF; `width`, `height`: of that photo."""

    ink: Ink
    to_photo: Matrix
    width: int
    height: int

    def turned(self, turn: Turn) -> View:
        """This view turned clockwise by `turn` degrees."""
        height, width = self.ink.shape
        back: dict[Turn, list[list[float]]] = {
            0: [[1, 0, 0], [0, 1, 0]],
            90: [[0, 1, 0], [-1, 0, height]],
            180: [[-1, 0, width], [0, -1, height]],
            270: [[0, -1, width], [1, 0, 0]],
        }
        to_photo = self.to_photo @ np.array([*back[turn], [0, 0, 1]], np.float64)
        return replace(self, ink=np.ascontiguousarray(np.rot90(self.ink, -turn // 90)), to_photo=to_photo)

    def levelled(self, degrees: float) -> View:
        """This view with lines that fall to the right by `degrees` made level, on a larger map that holds all of it.

        What the border cuts off goes: on the larger map it could not be told from writing.
        """
        if not degrees:
            return self
        height, width = self.ink.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64) @ turn.T
        turn[:, 2] -= corners.min(axis=0)
        columns, rows = (int(side) for side in np.ceil(np.ptp(corners, axis=0)))
        ink = cv2.warpAffine(without_cut_off(self.ink), turn, (columns, rows), flags=cv2.INTER_CUBIC)
        to_photo = self.to_photo @ np.linalg.inv(np.vstack([turn, [0, 0, 1]]))
        return replace(self, ink=ink.astype(np.uint8, copy=False), to_photo=to_photo)

    def on_photo(self, box: Box, ink: Ink | None = None) -> Box:
        """The box on the photo of a box of this view: where the `ink` in it is given, no larger than that needs."""
        filled = np.ones((box.h, box.w), np.uint8) if ink is None else (ink > 0).astype(np.uint8)
        outline = cv2.convexHull(cv2.findNonZero(filled))[:, 0].astype(np.float64)
        corners = np.array([(right, down) for right in (0, 1) for down in (0, 1)], np.float64)
        points = (outline[:, None] + corners + (box.x, box.y)).reshape(-1, 2)
        mapped = np.column_stack([points, np.ones(len(points))]) @ self.to_photo.T
        places = np.clip(np.round(mapped[:, :2] / mapped[:, 2:]), 0, (self.width, self.height)).astype(int)
        (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
        return Box(left, top, right - left, bottom - top)

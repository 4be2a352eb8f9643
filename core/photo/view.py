"""Ink as it is looked at, and where each of its pixels lies on the photo that it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.outcome import Box, Turn
from core.photo.glyphs import without_cut_off
from core.photo.ink import Ink
from core.photo.perspective import Matrix


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

    def levelled(self, degrees: float, front: Matrix | None = None) -> View:
        """This view with lines that fall to the right by `degrees` made level, on a map that holds all of it.

        `front`: from pixels of the photo to those of one taken from straight above the sheet, where that was not
        so; lines are made level after that. What the border cuts off goes: on the new map it could not be told from
        writing.
        """
        if not degrees and front is None:
            return self
        height, width = self.ink.shape
        through = np.eye(3)
        if front is not None:
            through = np.linalg.inv(self.to_photo) @ front @ self.to_photo
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        through = np.vstack([turn, [0, 0, 1]]) @ through
        corners = _mapped(np.array([(0, 0), (width, 0), (0, height), (width, height)], np.float64), through)
        move = np.eye(3)
        move[:2, 2] = -corners.min(axis=0)
        columns, rows = (int(side) for side in np.ceil(np.ptp(corners, axis=0)))
        through = move @ through
        ink = cv2.warpPerspective(without_cut_off(self.ink), through, (columns, rows), flags=cv2.INTER_CUBIC)
        return replace(self, ink=ink.astype(np.uint8, copy=False), to_photo=self.to_photo @ np.linalg.inv(through))

    def on_photo(self, box: Box, ink: Ink | None = None) -> Box:
        """The box on the photo of a box of this view: where the `ink` in it is given, no larger than that needs."""
        inked = np.ones((box.h, box.w), np.bool_) if ink is None else ink > 0
        rows = np.flatnonzero(inked.any(axis=1))
        first, last = inked[rows].argmax(axis=1), box.w - 1 - inked[rows, ::-1].argmax(axis=1)
        outline = np.column_stack([np.concatenate([first, last]), np.tile(rows, 2)]).astype(np.float64)
        corners = np.array([(right, down) for right in (0, 1) for down in (0, 1)], np.float64)
        points = (outline[:, None] + corners + (box.x, box.y)).reshape(-1, 2)
        places = np.clip(np.round(_mapped(points, self.to_photo)), 0, (self.width, self.height)).astype(int)
        (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
        return Box(left, top, right - left, bottom - top)


def _mapped(points: NDArray[np.float64], through: Matrix) -> NDArray[np.float64]:
    """Where points (n, 2), x and y, come to lie."""
    mapped = np.column_stack([points, np.ones(len(points))]) @ through.T
    places: NDArray[np.float64] = mapped[:, :2] / mapped[:, 2:]
    return places

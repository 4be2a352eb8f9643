"""Long thin paths across a map, traced by dynamic programming: where ruled lines may run."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def smooth_paths(hits: NDArray[np.float32], step: int, stray: float) -> list[NDArray[np.float64]]:
    """Heights, per column, of the smooth paths from the left edge to the right that meet thin ink most of the way.

    `step`: the most that a path may rise or fall per column; `stray`: how far it may lie from a smooth curve.
    """
    height, columns = hits.shape
    support = cv2.dilate(hits, np.ones((3, 1), np.uint8))
    shifts = np.arange(-step, step + 1)
    cost = 0.12 * np.abs(shifts)[:, None]
    score = support[:, 0].copy()
    came_from = np.zeros((columns, height), np.int16)
    padded = np.full(height + 2 * step, -np.inf, np.float32)
    shifted = np.lib.stride_tricks.sliding_window_view(padded, height)
    for column in range(1, columns):
        padded[step : step + height] = score
        reached = shifted - cost
        best = reached.argmax(axis=0)
        came_from[column] = shifts[best]
        score = support[:, column] + reached.max(axis=0)
    ridge = (score >= cv2.dilate(score[:, None], np.ones((9, 1), np.uint8))[:, 0]) & (score > 0.5 * columns)
    paths: list[NDArray[np.float64]] = []
    taken = np.zeros((height, columns), np.bool_)
    for end in sorted(np.flatnonzero(ridge), key=lambda y: -score[y]):
        rows = np.empty(columns, np.int64)
        y = int(end)
        for column in range(columns - 1, -1, -1):
            rows[column] = y
            y = min(max(y + int(came_from[column][y]), 0), height - 1)
        where = np.arange(columns)
        if taken[rows, where].mean() > 0.2:
            continue
        for shift in range(-4, 5):
            taken[np.clip(rows + shift, 0, height - 1), where] = True
        near = support[rows, where] > 0
        bend = rows.astype(np.float64)
        for degree, tolerance in ((2, 2.0 * stray), (4, stray)):
            if near.mean() < 0.5:
                break
            bend = np.polynomial.Polynomial.fit(where[near], rows[near], degree)(where)
            near &= np.abs(rows - bend) <= tolerance
        else:
            paths.append(np.where(near, rows, bend))
    return paths

"""Long thin paths across a map, traced by dynamic programming: where ruled lines may run."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_TURNING = 0.12
"""What each pixel costs that a path rises or falls by from one column to the next."""
_APART, _MOST_SHARED = 4, 0.2
"""Pixels within which two paths are one, and the share of a path that may be so."""


def smooth_paths(hits: NDArray[np.float32], step: int, stray: float) -> list[NDArray[np.float64]]:
    """Heights, per column, of the smooth paths from the left edge to the right that meet thin ink most of the way.

    `step`: the most that a path may rise or fall per column; `stray`: how far it may lie from a smooth curve.
    """
    height, columns = hits.shape
    support = np.ascontiguousarray(cv2.dilate(hits, np.ones((3, 1), np.uint8)).T, np.float32)
    scores = _scores(support, step)
    final = scores[-1, step : step + height]
    ridge = (final >= cv2.dilate(final[:, None], np.ones((9, 1), np.uint8))[:, 0]) & (final > 0.5 * columns)
    ends = np.flatnonzero(ridge)
    where = np.arange(columns)
    powers = np.vander(np.linspace(-1.0, 1.0, columns), 5, increasing=True)
    beside = np.arange(-_APART, _APART + 1)[:, None]
    paths: list[NDArray[np.float64]] = []
    taken = np.zeros((height, columns), np.bool_)
    for rows in _traced(scores, ends[np.argsort(-final[ends], kind="stable")], step):
        if taken[rows, where].mean() > _MOST_SHARED:
            continue
        taken[np.clip(rows + beside, 0, height - 1), where] = True
        near = support[where, rows] > 0
        bend = rows.astype(np.float64)
        for degree, tolerance in ((2, 2.0 * stray), (4, stray)):
            if near.mean() < 0.5:
                break
            basis = powers[:, : degree + 1]
            bend = basis @ np.linalg.lstsq(basis[near], rows[near].astype(np.float64), rcond=None)[0]
            near &= np.abs(rows - bend) <= tolerance
        else:
            paths.append(np.where(near, rows, bend))
    return paths


def _scores(support: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    """The support of the best path to each pixel, less its turns; `step` pixels that no path meets above and below.

    `support`: (columns, height).
    """
    columns, height = support.shape
    cost = _costs(step)[:, None]
    scores = np.full((columns, height + 2 * step), -np.inf, np.float32)
    scores[0, step : step + height] = support[0]
    before = np.lib.stride_tricks.sliding_window_view(scores, height, axis=1)
    reached = np.empty((2 * step + 1, height), np.float32)
    for column in range(1, columns):
        np.subtract(before[column - 1], cost, out=reached)
        np.add(reached.max(axis=0), support[column], out=scores[column, step : step + height])
    return scores


def _traced(scores: NDArray[np.float32], ends: NDArray[np.intp], step: int) -> NDArray[np.intp]:
    """The best paths (paths, columns) back from their `ends` in the last column. `scores`: as of `_scores`."""
    cost, shifts = _costs(step), np.arange(2 * step + 1)
    rows = np.empty((len(scores), len(ends)), np.intp)
    rows[-1] = ends
    for column in range(len(scores) - 1, 0, -1):
        reached = scores[column - 1].take(rows[column][:, None] + shifts) - cost
        rows[column - 1] = rows[column] + reached.argmax(axis=1) - step
    return np.ascontiguousarray(rows.T)


def _costs(step: int) -> NDArray[np.float32]:
    return (_TURNING * np.abs(np.arange(-step, step + 1))).astype(np.float32)

"""Long thin paths across a map, traced by dynamic programming: where ruled lines may run."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_TURNING = 0.12
"""What each pixel costs that a path rises or falls by from one column to the next."""
_APART, _MOST_SHARED = 4, 0.2
"""Pixels within which two paths are one, and the share of a path that may be so."""
_SINGULAR = 1e-10
"""Share of the largest, below which a value of the normal equations of too few points is none."""


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
    traced = _traced(scores, ends[np.argsort(-final[ends], kind="stable")], step)
    rows = traced[_distinct(traced, height)].astype(np.float64)
    near = support[np.arange(columns), rows.astype(np.intp)] > 0
    powers = np.vander(np.linspace(-1.0, 1.0, columns), 5, increasing=True)
    bend = rows
    for degree, tolerance in ((2, 2.0 * stray), (4, stray)):
        kept = near.mean(axis=1) >= 0.5
        rows, near = rows[kept], near[kept]
        bend = _fitted(powers[:, : degree + 1], rows, near)
        near &= np.abs(rows - bend) <= tolerance
    return list(np.where(near, rows, bend))


def _distinct(paths: NDArray[np.intp], height: int) -> list[int]:
    """The indices of those paths (paths, columns) that do not run along an earlier one."""
    where, beside = np.arange(paths.shape[1]), np.arange(-_APART, _APART + 1)[:, None]
    taken = np.zeros((height, paths.shape[1]), np.bool_)
    distinct: list[int] = []
    for index, rows in enumerate(paths):
        if taken[rows, where].mean() <= _MOST_SHARED:
            taken[np.clip(rows + beside, 0, height - 1), where] = True
            distinct.append(index)
    return distinct


def _fitted(basis: NDArray[np.float64], rows: NDArray[np.float64], near: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The curves of a `basis` (columns, terms) that come nearest to each of `rows` (paths, columns) where it is
    `near`: by the normal equations, of all paths at once.
    """
    weighted = near[:, None] * basis.T
    normal = np.linalg.pinv(weighted @ basis, rcond=_SINGULAR, hermitian=True)
    return np.asarray((normal @ (weighted @ rows[:, :, None]))[:, :, 0] @ basis.T)


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

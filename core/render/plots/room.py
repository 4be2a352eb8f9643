"""Room for writing: what a box on the sheet would cover. All in points."""

from __future__ import annotations

import numpy as np
from matplotlib.transforms import Bbox

from core.render.plots.sheet import Pixels, Sheet
from core.solver.plots.data import PlotData

CLOSE = 3.0
"""Between the points that stand for a curve, so that no number slips between them."""
BEYOND = 50.0


def curve_points(sheet: Sheet, data: PlotData) -> Pixels:
    """All curves and arrows as points close together, a row for each."""
    pieces = [np.asarray(piece) for curve in data.curves for piece in curve.pieces]
    pieces += [np.asarray((arrow.tail, arrow.head)) for arrow in data.arrows]
    found: list[Pixels] = []
    for piece in pieces:
        drawn = sheet.points_of(piece)
        drawn = np.clip(drawn, -BEYOND, max(sheet.width, sheet.height) + BEYOND)
        lengths = np.hypot(*np.diff(drawn, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(lengths)])
        steps = np.linspace(0, along[-1], max(2, int(along[-1] / CLOSE)))
        found.append(np.column_stack([np.interp(steps, along, drawn[:, 0]), np.interp(steps, along, drawn[:, 1])]))
    return np.concatenate(found) if found else np.empty((0, 2))


def inside(points: Pixels, box: Bbox) -> int:
    """How many of the points lie in the box."""
    if not len(points):
        return 0
    x, y = points[:, 0], points[:, 1]
    return int(np.count_nonzero((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)))


def overlap(box: Bbox, other: Bbox) -> bool:
    return bool(box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1)


def box_round(middle: tuple[float, float], wide: float, high: float) -> Bbox:
    x, y = middle
    return Bbox([[x - wide / 2, y - high / 2], [x + wide / 2, y + high / 2]])

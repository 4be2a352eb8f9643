"""A figure to draw on: its size, its pixels, and where places of the plane come to lie on it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal, TypeAlias, cast

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as DrawnPath
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

from core.notation.decimals import DecimalMark, marked_text
from core.render.theme import Theme
from core.solver.plots.data import Path, Place, Window

POINTS = 72
FONTS = ["cmr10", "STIXGeneral", "DejaVu Sans"]
"""Computer Modern as on the cards; the signs that it lacks from the next ones."""
Side: TypeAlias = Literal["left", "center", "right"]
Pixels: TypeAlias = npt.NDArray[np.float64]


class Sheet:
    """One picture while it is being drawn. Sizes are points from the lower left corner; places are of the plane.

    `box`: left, bottom, width and height of the part that shows `window`. `veiled`: whether writing clears the ground
    behind it. `decimal_mark`: of the numbers on it.
    """

    def __init__(
        self,
        theme: Theme,
        width: float,
        height: float,
        box: tuple[float, ...],
        window: Window,
        veiled: bool = True,
        decimal_mark: DecimalMark = "point",
    ) -> None:
        self.theme, self.width, self.height, self.window, self.veiled = theme, width, height, window, veiled
        self._decimal_mark = decimal_mark
        self._figure = Figure(
            figsize=(width / POINTS, height / POINTS), dpi=theme.density * POINTS, facecolor=theme.paper
        )
        self._canvas = FigureCanvasAgg(self._figure)
        left, bottom, across, up = box
        self._axes: Any = self._figure.add_axes((left / width, bottom / height, across / width, up / height))
        self._axes.set_axis_off()
        self._axes.set_xlim(window.left, window.right)
        self._axes.set_ylim(window.bottom, window.top)
        self._renderer: Any = cast(Any, self._canvas).get_renderer()

    def lines(self, pieces: Sequence[Path], colour: str, width: float, order: float, dashed: bool = False) -> None:
        collection = LineCollection(
            [np.asarray(piece) for piece in pieces],
            colors=colour,
            linewidths=width,
            linestyles=(0, (4, 2.6)) if dashed else "solid",
            capstyle="butt" if dashed else "round",
            joinstyle="round",
            zorder=order,
        )
        self._axes.add_collection(collection, autolim=False)

    def shade(self, polygon: tuple[Path, ...], colour: str, opacity: float) -> None:
        """Fills the outline, the first of `polygon`, but not its holes."""
        rings = [DrawnPath(np.asarray(ring), closed=False) for ring in polygon]
        drawn = DrawnPath.make_compound_path(*rings)
        self._axes.add_patch(PathPatch(drawn, facecolor=colour, alpha=opacity, linewidth=0, zorder=1))

    def dot(self, place: Place, size: float, fill: str, edge: str, edge_width: float, order: float = 5) -> None:
        """A round mark, `size` across."""
        circle = DrawnPath.unit_circle()
        mark = PathCollection(
            [circle],
            sizes=[(size / 2) ** 2 * POINTS**2 / self._figure.dpi**2],
            offsets=[place],
            offset_transform=self._axes.transData,
            facecolors=fill,
            edgecolors=edge,
            linewidths=edge_width,
            zorder=order,
            clip_on=False,
        )
        mark.set_transform(Affine2D().scale(self.theme.density))
        self._axes.add_collection(mark, autolim=False)

    def strip(self, ends: tuple[Place, Place], colour: str, width: float) -> None:
        """A straight line between two places of the sheet, in points."""
        xs, ys = [x / self.width for x, _ in ends], [y / self.height for _, y in ends]
        line = Line2D(xs, ys, color=colour, linewidth=width, transform=self._figure.transFigure, clip_on=False)
        line.set_solid_capstyle("round")
        self._figure.add_artist(line)

    def arrow(self, tail: Place, head: Place, colour: str, width: float, size: float, order: float = 4) -> None:
        """A straight arrow, its head `size` long; shorter where the arrow itself is."""
        start, end = self.points_of([tail, head])
        length = float(np.hypot(*(end - start)))
        if length == 0:
            return
        size = min(size, 0.6 * length)
        along = (end - start) / length
        across = np.array([-along[1], along[0]])
        neck = end - along * size
        corners = np.array([end, neck + across * size * 0.42, neck - across * size * 0.42])
        self.lines([(tail, self._place(end - along * size * 0.8))], colour, width, order)
        drawn = PathPatch(
            DrawnPath([self._place(corner) for corner in corners], closed=False),
            facecolor=colour,
            linewidth=0,
            zorder=order,
            clip_on=False,
        )
        self._axes.add_patch(drawn)

    def _place(self, point: Pixels) -> Place:
        x, y = self._axes.transData.inverted().transform(point * self.theme.density)
        return float(x), float(y)

    def text(self, at: tuple[float, float], written: str, size: float, colour: str, align: Side, order: float) -> Text:
        """Words or mathtext with its middle line at `at`, in points."""
        drawn = Text(
            at[0] / self.width,
            at[1] / self.height,
            written,
            fontsize=size,
            color=colour,
            horizontalalignment=align,
            verticalalignment="center",
            fontfamily=FONTS,
            math_fontfamily="cm",
            parse_math=written.startswith("$"),
            transform=self._figure.transFigure,
            zorder=order,
        )
        self._axes.add_artist(drawn)
        drawn.set_clip_on(False)
        return drawn

    def number(
        self, at: tuple[float, float], written: str, size: float, colour: str, align: Side, order: float
    ) -> Text:
        """A number, or a point such as `(0.5, 2)`, with the sheet's decimal mark, placed as `text` is."""
        return self.text(at, marked_text(written, self._decimal_mark), size, colour, align, order)

    def veil(self, text: Text) -> None:
        """Clears the ground behind `text`, so that no line runs through it."""
        if self.veiled:
            text.set_bbox({"facecolor": self.theme.paper, "edgecolor": "none", "pad": 1.0, "alpha": 0.85})

    def extent(self, text: Text) -> Bbox:
        """The box of `text` in points."""
        box = text.get_window_extent(self._renderer)
        density = self.theme.density
        return Bbox(np.asarray(box.get_points()) / density)

    def points_of(self, places: Sequence[Place] | Pixels) -> Pixels:
        """Where places of the plane lie on the sheet, in points, a row for each."""
        if not len(places):
            return np.empty((0, 2))
        return np.asarray(self._axes.transData.transform(np.asarray(places, dtype=float))) / self.theme.density

    def png(self) -> tuple[bytes, int, int]:
        """The finished picture, its width and its height in pixels."""
        buffer = BytesIO()
        cast(Any, self._canvas).print_png(buffer)
        width, height = self._canvas.get_width_height()
        return buffer.getvalue(), width, height

"""A plot as a value: everything that is drawn, in the plane's own coordinates, and nothing about how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = tuple[float, float]
Path = tuple[Place, ...]

PlotKind = Literal[
    "graph", "equation", "area", "limit", "curve", "system", "region", "number line", "field", "sequence", "complex",
    "vectors",
]  # fmt: skip
MarkKind = Literal[
    "root", "touch", "crossing", "minimum", "maximum", "intercept", "hole", "limit", "start", "term", "tip",
]  # fmt: skip
Role = Literal["first", "second", "faint"]


@dataclass(frozen=True)
class Window:
    """The part of the plane that is shown."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class Curve:
    """A line in as many pieces as it has; no piece bridges a pole or a jump. `latex`: its name, or empty."""

    pieces: tuple[Path, ...]
    latex: str = ""
    role: Role = "first"
    dashed: bool = False


@dataclass(frozen=True)
class Mark:
    """A point worth naming. `filled`: False where the point itself is left out."""

    x: float
    y: float
    kind: MarkKind
    filled: bool = True
    labelled: bool = True


@dataclass(frozen=True)
class Region:
    """A shaded part of the plane: polygons, the first path of each its outline and the others its holes."""

    polygons: tuple[tuple[Path, ...], ...]


@dataclass(frozen=True)
class Asymptote:
    """A dashed line, upright (`x` = at) or level (`y` = at)."""

    axis: Literal["x", "y"]
    at: float


@dataclass(frozen=True)
class Stretch:
    """A stretch of a number line; an end at infinity is None. A point has two equal closed ends."""

    left: float | None
    right: float | None
    left_open: bool
    right_open: bool


@dataclass(frozen=True)
class Arrow:
    """From one place to another."""

    tail: Place
    head: Place
    role: Role = "first"


@dataclass(frozen=True)
class PlotData:
    """Everything about one plot.

    `latex`: what was read. `x_name`, `y_name`: LaTeX of the letters on the axes. `x_in_pi`: the upright lines stand at
    multiples of π. `slopes`: the dashes of a field. `equal`: both axes have one scale. `coincide`: two curves, or one
    and the axis, are the same along a stretch.
    """

    kind: PlotKind
    latex: str
    window: Window
    x_name: str = "x"
    y_name: str = "y"
    x_in_pi: bool = False
    equal: bool = False
    curves: tuple[Curve, ...] = ()
    marks: tuple[Mark, ...] = ()
    regions: tuple[Region, ...] = ()
    asymptotes: tuple[Asymptote, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    slopes: tuple[tuple[Place, Place], ...] = ()
    coincide: bool = False

"""What is plotted of which problem: its kind, the points that are named, and what the window has to show."""

from __future__ import annotations

import math
import pickle

import pytest

from core.errors import MathError, NothingToPlot
from core.limits import MathLimits
from core.notation import read
from core.notation.meaning import understand
from core.solver.plots.data import PlotData
from core.solver.plotting import is_plottable, plot_of

LIMITS = MathLimits()

Named = list[tuple[str, float, float]]

PLOTTED: list[tuple[str, str, Named]] = [
    ("x^2-4", "graph", [("root", -2, 0), ("root", 2, 0), ("minimum", 0, -4)]),
    ("2x+3", "graph", [("root", -1.5, 0), ("intercept", 0, 3)]),
    ("x^3-3x", "graph", [("root", 0, 0), ("maximum", -1, 2), ("minimum", 1, -2), ("root", math.sqrt(3), 0)]),
    ("(x-1)^2", "graph", [("touch", 1, 0), ("intercept", 0, 1)]),
    ("|x-1|", "graph", [("touch", 1, 0)]),
    ("e^x", "graph", [("intercept", 0, 1)]),
    ("ln x", "graph", [("root", 1, 0)]),
    ("sqrt(4-x^2)", "graph", [("root", -2, 0), ("root", 2, 0), ("maximum", 0, 2)]),
    ("cbrt(x)", "graph", [("root", 0, 0)]),
    ("x^2-10000", "graph", [("root", -100, 0), ("root", 100, 0), ("minimum", 0, -10000)]),
    ("(x^2-4)/(x-2)", "graph", [("root", -2, 0), ("intercept", 0, 2), ("hole", 2, 4)]),
    ("sin(x)/x", "graph", [("hole", 0, 1), ("root", math.pi, 0)]),
    ("sin x", "graph", [("root", math.pi, 0), ("maximum", math.pi / 2, 1)]),
    ("tan x", "graph", [("root", 0, 0)]),
    ("f(x)=1/x", "graph", []),
    ("y=5", "graph", [("intercept", 0, 5)]),
    ("A = pi r^2", "graph", [("touch", 0, 0)]),
    ("y = \\pm \\sqrt{x}", "graph", []),
    ("d/dx (x^3-3x)", "graph", []),
    ("int x^2 dx", "graph", [("touch", 0, 0)]),
    ("factor x^2-1", "graph", [("root", -1, 0), ("root", 1, 0)]),
    ("x^2-5x+6=0", "equation", [("root", 2, 0), ("root", 3, 0), ("minimum", 2.5, -0.25)]),
    ("2x+3=7", "equation", [("crossing", 2, 7)]),
    ("e^x = x+2", "equation", [("crossing", 1.146193221, 3.146193221), ("crossing", -1.841405660, 0.158594340)]),
    ("sin x = 1/2", "equation", [("crossing", math.pi / 6, 0.5), ("crossing", 5 * math.pi / 6, 0.5)]),
    ("x^2 = -1", "equation", []),
    ("integrate x^2 from 0 to 2", "area", [("start", 0, 0), ("start", 2, 0)]),
    ("int_(-oo)^oo e^(-x^2) dx", "area", []),
    ("lim_(x->0) sin(x)/x", "limit", [("limit", 0, 1)]),
    ("lim_(x->0) |x|/x", "limit", [("limit", 0, -1), ("limit", 0, 1)]),
    ("x^2+y^2=9", "curve", [("root", -3, 0), ("root", 3, 0), ("intercept", 0, 3)]),
    ("xy=1", "curve", []),
    ("(x-50)^2+(y-40)^2=9", "curve", []),
    ("x+y=10, x-y=2", "system", [("crossing", 6, 4)]),
    ("x^2+y^2=5, xy=2", "system", [("crossing", -2, -1), ("crossing", -1, -2), ("crossing", 1, 2), ("crossing", 2, 1)]),
    ("y=2x+1, y=2x-3", "system", []),
    ("y<2x+1", "region", []),
    ("x>=0, y>=0, x+y<=4", "region", [("crossing", 0, 0), ("crossing", 0, 4), ("crossing", 4, 0)]),
    ("y>x^2, y<x", "region", [("crossing", 0, 0), ("crossing", 1, 1)]),
    ("y'=y", "field", []),
    ("y'=x+y, y(0)=1", "field", [("start", 0, 1)]),
    ("a_n = 1/n", "sequence", [("term", 1, 1), ("term", 4, 0.25)]),
    ("sum n=0 to oo of 1/2^n", "sequence", [("term", 0, 1), ("term", 2, 1.75)]),
    ("z^4=1", "complex", [("root", 1, 0), ("root", 0, 1), ("root", -1, 0), ("root", 0, -1)]),
    ("(1+2i)(3-i)", "complex", [("tip", 5, 5)]),
    ("(3, 2)", "vectors", [("tip", 3, 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "named"), PLOTTED, ids=[text for text, *_ in PLOTTED])
def test_what_is_plotted(text: str, kind: str, named: Named) -> None:
    data = plot_of(text, LIMITS)

    assert data.kind == kind
    for mark in named:
        assert any(
            found.kind == mark[0] and (found.x, found.y) == pytest.approx(mark[1:], abs=1e-6) for found in data.marks
        ), f"{mark} is not among {data.marks}"
    assert all(data.window.holds(found.x, found.y) for found in data.marks)
    assert is_plottable(understand(read(text, LIMITS))[0].term)
    assert pickle.loads(pickle.dumps(data)) == data


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("x^2<4", [(-2, 2, True, True)]),
        ("2x+1>=5", [(2, None, False, True)]),
        ("(x-1)/(x+2)>=0", [(None, -2, True, True), (1, None, False, True)]),
        ("0<2x+1<=5", [(-0.5, 2, True, False)]),
        ("x in [0,1)", [(0, 1, False, True)]),
        ("x = 3", [(3, 3, False, False)]),
        ("{1, 2}", [(1, 1, False, False), (2, 2, False, False)]),
        ("x^2>=0", [(None, None, True, True)]),
    ],
)
def test_number_lines(text: str, stretches: list[tuple[float | None, float | None, bool, bool]]) -> None:
    data = plot_of(text, LIMITS)

    assert data.kind == "number line"
    assert [(part.left, part.right, part.left_open, part.right_open) for part in data.stretches] == stretches


@pytest.mark.parametrize(
    ("text", "poles"),
    [("1/x", [0]), ("1/(x^2-1)", [-1, 1]), ("tan x", [-math.pi / 2, math.pi / 2]), ("ln|x|", [0])],
)
def test_no_line_bridges_a_pole(text: str, poles: list[float]) -> None:
    data = plot_of(text, LIMITS)

    assert [line.at for line in data.asymptotes] == pytest.approx(poles, abs=1e-6)
    for piece in data.curves[0].pieces:
        assert not any(piece[0][0] < pole < piece[-1][0] for pole in poles)


def test_no_line_bridges_a_jump() -> None:
    for piece in plot_of("floor(x)", LIMITS).curves[0].pieces:
        assert len({y for _, y in piece}) == 1


def test_a_line_ends_where_its_domain_does() -> None:
    (piece,) = plot_of("sqrt(x)", LIMITS).curves[0].pieces

    assert piece[0] == pytest.approx((0, 0), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "most"), [("e^x", 60), ("e^(e^x)", 1000), ("x^x", 1000), ("x!", 100), ("10^x", 100), ("1/x", 20)]
)
def test_what_runs_away_does_not_press_the_rest_flat(text: str, most: float) -> None:
    assert plot_of(text, LIMITS).window.height < most


def test_trigonometric_axes_are_marked_in_pi() -> None:
    assert plot_of("sin(2x)", LIMITS).x_in_pi
    assert not plot_of("sin(pi x)", LIMITS).x_in_pi
    assert not plot_of("x^2", LIMITS).x_in_pi


def test_circles_are_round() -> None:
    data = plot_of("x^2+y^2=9", LIMITS)
    (piece,) = data.curves[0].pieces

    assert data.equal
    assert all(x * x + y * y == pytest.approx(9, rel=1e-2) for x, y in piece)


def test_a_strict_border_is_dashed() -> None:
    assert [curve.dashed for curve in plot_of("y>x, y<=2", LIMITS).curves] == [True, False]


def test_the_shaded_area_ends_at_the_bounds() -> None:
    ((outline,),) = plot_of("integrate x^2 from 1 to 2", LIMITS).regions[0].polygons

    assert (min(x for x, _ in outline), max(x for x, _ in outline)) == pytest.approx((1, 2))


def test_a_solution_is_traced_through_its_start() -> None:
    (piece,) = plot_of("y'=y, y(0)=1", LIMITS).curves[0].pieces

    assert all(y == pytest.approx(math.exp(x), rel=1e-4) for x, y in piece if x <= 2)


def test_a_settled_series_shows_its_level() -> None:
    (level,) = plot_of("sum n=0 to oo of 1/2^n", LIMITS).asymptotes

    assert (level.axis, level.at) == ("y", pytest.approx(2))


def test_sides_that_lie_on_each_other_are_told_apart_from_sides_that_never_meet() -> None:
    assert plot_of("2(x+1)=2x+2", LIMITS).coincide
    assert not plot_of("x=x+1", LIMITS).coincide


NOTHING = [
    "2+3",
    "a+b+c",
    "v=u+a t",
    "sqrt(-1-x^2)",
    "x^2<-1",
    "int_1^1 x dx",
    "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_has_no_picture_says_so(text: str) -> None:
    with pytest.raises(NothingToPlot):
        plot_of(text, LIMITS)


HOSTILE = [
    "tan(x^2)", "1/sin(1/x)", "sin(1/x)", "x^x^x", "floor(1/x)", "e^(e^(e^x))", "1/0", "x/x", "ln(ln(ln x))",
    "10^300 x", "sin(10^6 x)", "1/(x^2+10^-12)", "arcsin(2+x^2)", "x!/(x-5)!", "x^x=2", "tan x = x", "x^2+y^2=0",
    "sin(x y)=0", "sin x + cos y = 1", "int_0^1 1/x dx", "lim_(x->0) sin(1/x)", "sum n=1 to oo of n!",
    "y'=1/y", "y'^2=y", "a_n=n!", "x>10^12", "1000000x+3=5", "x^50-1", "binomial(x,2)", "9^9^9^9", "",
    "__import__('os')", "x^1000",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_lines_end_in_a_plot_or_in_a_typed_error(text: str) -> None:
    try:
        data = plot_of(text, LIMITS)
    except MathError:
        return
    window = data.window
    assert all(map(math.isfinite, (window.left, window.right, window.bottom, window.top)))
    assert window.left < window.right and window.bottom < window.top
    assert all(math.isfinite(y) for curve in data.curves for piece in curve.pieces for _, y in piece)
    assert something_to_see(data)


def something_to_see(data: PlotData) -> bool:
    lines = any(data.window.holds(*place) for curve in data.curves for piece in curve.pieces for place in piece)
    return lines or bool(data.marks or data.regions or data.stretches or data.arrows)

"""Where readings differ, and where that lies in the handwriting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tree import Row
from core.notation.write import to_latex
from core.outcome import Box
from core.render.doubt import Doubtful, compared, doubtful_strokes, marked
from core.render.typst_math import markup
from tests.core.render.trees import trees


def shown(*readings: str) -> list[str]:
    return [markup(row) for row in compared([parse(latex, MathLimits()) for latex in readings])]


@pytest.mark.parametrize(
    ("readings", "first", "second"),
    [
        (("5 x", "S x"), "doubtful(5) x", "doubtful(S) x"),
        (("x ^ { 2 }", "x ^ { z }"), "attach(x, t: doubtful(2))", "attach(x, t: doubtful(z))"),
        (("4 . 9", "4 9"), "4.9", "49"),
        (("\\frac { 1 } { 4 }", "\\frac { 1 } { 9 }"), "frac(1, doubtful(4))", "frac(1, doubtful(9))"),
        (("2 x ^ { 2 }", "2 x"), "2 doubtful(attach(x, t: 2))", "2 doubtful(x)"),
        (("2 ( x )", "2 [ x ]"), "2 doubtful(lr(\\( x \\)))", "2 doubtful(lr(\\[ x \\]))"),
        (("x + 1", "x + 1"), "x \\+ 1", "x \\+ 1"),
        (("x y z", "x z"), "x doubtful(y) z", "x z"),
    ],
)
def test_only_what_differs_is_marked(readings: tuple[str, str], first: str, second: str) -> None:
    assert shown(*readings) == [first, second]


def test_the_likeliest_reading_is_compared_with_all_others() -> None:
    assert shown("5 x + 6", "S x + 6", "5 x + b")[0] == "doubtful(5) x \\+ doubtful(6)"


def test_one_reading_has_nothing_to_be_compared_with() -> None:
    assert shown("x + 1") == ["x \\+ 1"]
    assert compared([]) == ()


@settings(max_examples=60, deadline=None)
@given(trees, trees, trees)
def test_marks_change_nothing_that_is_seen(first: Row, second: Row, third: Row) -> None:
    for reading, doubted in zip((first, second, third), compared([first, second, third]), strict=True):
        assert to_latex(doubted).replace(" ", "") == to_latex(reading).replace(" ", "")


STROKES = (Box(5, 10, 10, 20), Box(30, 10, 10, 20), Box(55, 10, 10, 20), Box(80, 10, 10, 20), Box(105, 10, 10, 20))


def ink(*strokes: Box) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    pixels = np.zeros((40, 120), np.uint8)
    for stroke in strokes:
        pixels[stroke.y : stroke.y + stroke.h, stroke.x : stroke.x + stroke.w] = 255
    return pixels


def marked_row(latex: str, other: str) -> Row:
    return marked(parse(latex, MathLimits()), parse(other, MathLimits()))


@pytest.mark.parametrize(("other", "place"), [("q b c d e", 0), ("a q c d e", 1), ("a b c q e", 3), ("a b c d q", 4)])
def test_the_doubtful_stroke_is_found_along_the_line(other: str, place: int) -> None:
    assert doubtful_strokes(marked_row("a b c d e", other), ink(*STROKES)) == (STROKES[place],)


def test_two_doubtful_parts_far_apart_are_two() -> None:
    assert doubtful_strokes(marked_row("a b c d e", "q b c d z"), ink(*STROKES)) == (STROKES[0], STROKES[4])


def test_above_and_below_a_fraction_bar_are_told_apart() -> None:
    over, bar, under = Box(40, 2, 8, 12), Box(30, 19, 30, 2), Box(40, 26, 8, 12)

    found = doubtful_strokes(marked_row("\\frac { 1 } { 4 }", "\\frac { 1 } { 9 }"), ink(over, bar, under))

    assert found == (under,)


def test_nothing_is_outlined_where_everything_is_doubtful_or_nothing_is() -> None:
    assert doubtful_strokes(Row((Doubtful(parse("a b c d e", MathLimits()).items),)), ink(*STROKES)) == ()
    assert doubtful_strokes(parse("a b", MathLimits()), ink(*STROKES)) == ()
    assert doubtful_strokes(marked_row("a b", "a c"), ink()) == ()

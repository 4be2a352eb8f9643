"""A label's structure decides where its ink lies."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.expression import Expression, bounds
from models.data.school.layout import written
from tests.models.data.school.hands import plain_bank

BANK = plain_bank()
seeds = st.integers(0, 10_000)


def write(latex: str, seed: int) -> Expression:
    return written(latex.split(), BANK, Random(seed))


def box(expression: Expression, index: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the symbol at `index`."""
    low, high = bounds(expression.strokes[i] for i in expression.symbols[index].strokes)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def named(expression: Expression, label: str) -> tuple[float, float, float, float]:
    return box(expression, [symbol.label for symbol in expression.symbols].index(label))


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_a_row_runs_from_left_to_right(seed: int) -> None:
    line = write("1 2 + 3 = x", seed)
    lefts = [box(line, i)[0] for i in range(len(line.symbols))]
    assert lefts == sorted(lefts)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_a_fraction_stacks_its_parts_on_a_bar_that_covers_them(seed: int) -> None:
    line = write(r"\frac { 1 } { 2 3 }", seed)
    above, bar, below = named(line, "1"), named(line, "-"), named(line, "2")
    assert above[3] < bar[1] and bar[3] < below[1]
    assert bar[0] <= above[0] and above[2] <= bar[2]


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_scripts_stand_above_and_below_at_the_right_and_do_not_outgrow_their_base(seed: int) -> None:
    line = write("2 _ { 4 } ^ { 3 }", seed)
    base, below, above = named(line, "2"), named(line, "4"), named(line, "3")
    assert above[0] > base[0] and below[0] > base[0]
    assert above[1] + above[3] < base[1] + base[3] < below[1] + below[3]
    assert above[3] - above[1] < 1.3 * (base[3] - base[1])  # a tall 3 over a squat 2 may still be the larger


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_a_root_covers_what_it_holds(seed: int) -> None:
    line = write(r"\sqrt { 5 8 }", seed)
    root, last = named(line, r"\sqrt"), named(line, "8")
    assert root[1] < last[1] and root[0] < named(line, "5")[0] and last[2] <= root[2] + 1e-3


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_the_degree_of_a_root_stands_before_it(seed: int) -> None:
    line = write(r"\sqrt [ 3 ] { 8 }", seed)
    assert named(line, "3")[2] < named(line, "8")[0]
    assert named(line, "3")[3] < named(line, r"\sqrt")[3]


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_limits_stand_under_and_over_their_sign(seed: int) -> None:
    line = write(r"\int \limits _ { 0 } ^ { 1 } x", seed)
    sign, low, high = named(line, r"\int"), named(line, "0"), named(line, "1")
    assert high[3] < sign[1] and sign[3] < low[1]


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_brackets_grow_with_what_they_hold(seed: int) -> None:
    small, tall = write("( 1 )", seed), write(r"( \frac { 1 } { 2 } )", seed)
    heights = [named(line, "(")[3] - named(line, "(")[1] for line in (small, tall)]
    assert heights[1] > heights[0]


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_a_system_has_its_lines_under_each_other_behind_one_brace(seed: int) -> None:
    line = write(r"\begin{cases} x = 1 \\ y = 2 \end{cases}", seed)
    brace, first, second = named(line, r"\{"), named(line, "1"), named(line, "2")
    assert first[3] < second[1]
    assert brace[2] < named(line, "x")[0]
    assert brace[3] - brace[1] > second[1] - first[1]


def test_the_glyph_height_is_that_of_a_digit() -> None:
    digit = named(write("4 4 4", 3), "4")
    assert write("4 4 4", 3).glyph_height == pytest.approx(digit[3] - digit[1], rel=0.25)


@pytest.mark.parametrize("latex", [r"\frac { 1 }", "x ^ 2", "{ 1", "1 }", r"\begin{matrix} 1"])
def test_a_label_that_is_not_well_formed_is_refused(latex: str) -> None:
    with pytest.raises(ValueError):
        write(latex, 0)


def test_a_token_without_ink_is_named() -> None:
    with pytest.raises(KeyError, match="chi"):
        write(r"\chi = 1", 0)

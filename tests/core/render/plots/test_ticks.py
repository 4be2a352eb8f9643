"""Numbers on the axes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.render.plots.ticks import number, place, ticks


@pytest.mark.parametrize(
    ("low", "high", "in_pi", "texts"),
    [
        (-4, 4, False, ["−4", "−3", "−2", "−1", "0", "1", "2", "3", "4"]),
        (0, 1, False, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (-2 * math.pi, 2 * math.pi, True, ["−2π", "−3π/2", "−π", "−π/2", "0", "π/2", "π", "3π/2", "2π"]),
        (0, 3e7, False, ["0", "5×10⁶", "10⁷", "1.5×10⁷", "2×10⁷", "2.5×10⁷", "3×10⁷"]),
    ],
)
def test_an_axis_is_marked_evenly(low: float, high: float, in_pi: bool, texts: list[str]) -> None:
    assert [tick.text for tick in ticks(low, high, 8, in_pi)] == texts


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e12), st.integers(3, 12), st.booleans())
def test_there_are_never_too_many_marks(low: float, width: float, most: int, in_pi: bool) -> None:
    marks = ticks(low, low + width, most, in_pi)

    assert len(marks) <= most + 1


@pytest.mark.parametrize(
    ("value", "in_pi", "text"),
    [
        (2.0, False, "2"), (-0.5, False, "−0.5"), (1.14619, False, "1.15"), (0.15859, False, "0.159"),
        (0.0, False, "0"), (-1e-17, False, "0"), (1e9, False, "10⁹"),
        (-2.5e-6, False, "−2.5×10⁻⁶"), (math.pi / 3, True, "π/3"),
        (-5 * math.pi / 6, True, "−5π/6"), (2.0, True, "2"), (123.456, False, "123.46"),
    ],
)  # fmt: skip
def test_a_number_is_short(value: float, in_pi: bool, text: str) -> None:
    assert number(value, in_pi) == text


def test_a_point_is_its_two_numbers() -> None:
    assert place(math.pi / 2, -1, x_in_pi=True) == "(π/2, −1)"

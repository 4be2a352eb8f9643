import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.outcome import Box, Turn
from core.photo.view import View

QUARTERS: tuple[Turn, ...] = (0, 90, 180, 270)


def view_of(box: Box, width: int = 60, height: int = 40) -> View:
    """A photo with one filled box, seen as it is."""
    ink = np.zeros((height, width), np.uint8)
    ink[box.y : box.y + box.h, box.x : box.x + box.w] = 255
    return View(ink, np.eye(3), width, height)


def inked(view: View) -> Box:
    y, x = np.nonzero(view.ink)
    return Box(int(x.min()), int(y.min()), int(np.ptp(x)) + 1, int(np.ptp(y)) + 1)


BOXES = st.builds(Box, st.integers(0, 30), st.integers(0, 20), st.integers(1, 30), st.integers(1, 20))


@given(box=BOXES, turns=st.lists(st.sampled_from(QUARTERS), max_size=3))
def test_a_box_is_found_again_after_any_quarter_turns(box: Box, turns: list[Turn]) -> None:
    view = view_of(box)
    for turn in turns:
        view = view.turned(turn)
    assert view.on_photo(inked(view)) == box


@given(box=BOXES, turn=st.sampled_from(QUARTERS), degrees=st.floats(-15, 15))
def test_after_levelling_it_is_found_again_to_within_two_pixels(box: Box, turn: Turn, degrees: float) -> None:
    view = view_of(Box(box.x + 20, box.y + 20, box.w, box.h), 100, 80).turned(turn).levelled(degrees)
    seen = inked(view)
    found = view.on_photo(seen, view.ink[seen.y : seen.y + seen.h, seen.x : seen.x + seen.w])
    assert abs(found.x - box.x - 20) <= 2 and abs(found.y - box.y - 20) <= 2
    assert abs(found.w - box.w) <= 4 and abs(found.h - box.h) <= 4


@pytest.mark.parametrize("turn", QUARTERS)
def test_a_turn_is_clockwise(turn: Turn) -> None:
    view = view_of(Box(0, 0, 10, 5)).turned(turn)
    corner = {0: (0, 0), 90: (0, -1), 180: (-1, -1), 270: (-1, 0)}[turn]
    assert view.ink[corner] == 255 and (view.ink > 0).sum() == 50


def test_levelling_makes_a_falling_line_level() -> None:
    ink = np.zeros((200, 400), np.uint8)
    for x in range(100, 300):
        ink[80 + round(0.2 * x), x] = 255
    rows = np.nonzero(View(ink, np.eye(3), 400, 200).levelled(float(np.degrees(np.arctan(0.2)))).ink > 96)[0]
    assert np.ptp(rows) <= 3

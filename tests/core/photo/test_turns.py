import cv2
import numpy as np
import pytest

from core.outcome import Turn
from core.photo.glyphs import glyph_boxes, without_cut_off
from core.photo.ink import Ink
from core.photo.turns import likely_turns, skew
from tests.core.photo.pictures import FONT, fraction, paper

QUARTERS: tuple[Turn, ...] = (0, 90, 180, 270)


def written(*lines: str) -> Ink:
    ink = np.zeros((100 + 120 * len(lines), 1100), np.uint8)
    for row, text in enumerate(lines):
        cv2.putText(ink, text, (100, 100 + 120 * row), FONT, 2.0, 255, 4, cv2.LINE_AA)
    return ink


def turned(ink: Ink, degrees: int) -> Ink:
    """Clockwise."""
    return np.ascontiguousarray(np.rot90(ink, -degrees // 90))


def tilted(ink: Ink, degrees: float) -> Ink:
    """Clockwise, on a larger map: lines fall to the right."""
    side = 2 * max(ink.shape)
    turn = cv2.getRotationMatrix2D((ink.shape[1] / 2, ink.shape[0] / 2), -degrees, 1.0)
    turn[:, 2] += (side - ink.shape[1]) / 2, (side - ink.shape[0]) / 2
    return cv2.warpAffine(ink, turn, (side, side)).astype(np.uint8)


PAGES = [written("3x - 7 = 20"), written("2x + 5 = 15", "2x = 10", "x = 5"), written("12 + 30 =", "41 - 17 =")]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("degrees", QUARTERS)
def test_the_turn_that_undoes_a_turn_is_proposed(page: Ink, degrees: int) -> None:
    proposed = likely_turns(glyph_boxes(turned(page, degrees)))
    assert (360 - degrees) % 360 in proposed[:2]


def test_a_clear_line_leaves_two_turns_open() -> None:
    assert likely_turns(glyph_boxes(PAGES[0])) == (0, 180)
    assert likely_turns(glyph_boxes(turned(PAGES[0], 90))) == (90, 270)


@pytest.mark.parametrize("page", PAGES)
def test_upright_is_thought_of_first(page: Ink) -> None:
    assert likely_turns(glyph_boxes(page))[0] == 0
    assert likely_turns(glyph_boxes(turned(page, 180)))[0] == 0


def test_where_the_axis_is_doubtful_every_turn_is_proposed() -> None:
    stacked = (255 - fraction(paper(300, 300, shade=255), (60, 150)).min(axis=2)).astype(np.uint8)
    assert sorted(likely_turns(glyph_boxes(stacked))) == list(QUARTERS)
    assert likely_turns(glyph_boxes(np.zeros((50, 50), np.uint8)))[0] == 0


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("degrees", [-15.0, -7.0, 7.0, 15.0])
def test_skew_is_measured(page: Ink, degrees: float) -> None:
    assert abs(skew(glyph_boxes(tilted(page, degrees))) - degrees) <= 2.0


@pytest.mark.parametrize("page", PAGES)
def test_level_writing_is_left_alone(page: Ink) -> None:
    assert skew(glyph_boxes(page)) == 0.0


@pytest.mark.parametrize("ink", [np.zeros((40, 60), np.uint8), written("x"), written("-")])
def test_a_sign_or_two_have_no_skew(ink: Ink) -> None:
    assert skew(glyph_boxes(ink)) == 0.0


def test_what_the_border_cuts_off_goes_unless_it_stands_in_a_line() -> None:
    ink = written("3x - 7 = 20")
    ink[40:110, :12] = 255
    ink[180:, 700:730] = 255
    kept = without_cut_off(ink)
    assert not kept[:, :12].any() and not kept[180:].any()
    cut = ink[:180, 110:]
    assert np.array_equal(without_cut_off(cut), cut)

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.photo.ink import GLYPH_HEIGHT, MARGIN, fine_ink, glyph_height, normalise, soft_ink
from tests.core.photo.pictures import Picture, fraction, paper, rule, shade, write


def drawn(height: int = 200, width: int = 700, text: str = "3x - 7 = 2", size: float = 2.0) -> Picture:
    return write(paper(height, width), text, (40, height // 2 + 20), size)


def mask(drawing: Picture) -> NDArray[np.bool_]:
    """Where the pen has been."""
    return np.asarray(drawing.min(axis=2) < 125)


def agreement(ink: Picture, pen: NDArray[np.bool_]) -> float:
    """Intersection over union."""
    found = ink > 127
    return float((found & pen).sum() / (found | pen).sum())


def test_clean_drawings_come_back_unharmed_whatever_their_polarity() -> None:
    drawing = np.where(mask(drawn(120, 400, "2+3=5")), 255, 0).astype(np.uint8)
    for picture in (drawing, 255 - drawing, np.stack([drawing] * 3, axis=2)):
        assert np.array_equal(soft_ink(picture), drawing)


def test_shadow_and_noise_go_and_writing_stays() -> None:
    ink = soft_ink(shade(drawn()))
    assert agreement(ink, mask(drawn())) > 0.8
    assert ink[:40].max() == 0 and ink[160:].max() == 0


@pytest.mark.parametrize("pen", [(20, 20, 20), (40, 60, 170), (200, 40, 40), (120, 120, 125), (150, 60, 150)])
def test_ink_of_every_colour_is_kept(pen: tuple[int, int, int]) -> None:
    picture = shade(write(paper(200, 700), "3x - 7 = 2", (40, 120), ink=pen), noise=2.0)
    assert agreement(soft_ink(picture), mask(drawn())) > 0.75


def test_chalk_on_a_board_is_ink_too() -> None:
    board = write(paper(200, 700, shade=55), "3x - 7 = 2", (40, 120), ink=(225, 225, 215))
    assert agreement(soft_ink(shade(board, noise=2.0)), mask(drawn())) > 0.75


@pytest.mark.parametrize("tilt", [0.0, 0.03, -0.06])
def test_ruled_lines_go_and_signs_stay(tilt: float) -> None:
    picture = write(rule(paper(500, 1000), tilt=tilt), "3x - 7 = 2", (140, 260))
    pen = mask(write(paper(500, 1000), "3x - 7 = 2", (140, 260)))
    ink = soft_ink(shade(picture, noise=2.0))
    assert agreement(ink, pen) > 0.75
    outside = cv2.dilate(pen.astype(np.uint8), np.ones((15, 15), np.uint8)) == 0
    assert (ink[outside] > 0).mean() < 0.002


@pytest.mark.parametrize("pen", [(170, 172, 176), (120, 122, 130)])
def test_writing_that_sits_on_a_rule_keeps_its_feet(pen: tuple[int, int, int]) -> None:
    """A pencil hardly darker than the rules; they run through the feet of the digits."""
    picture = write(rule(paper(500, 1000), tilt=0.02), "3x - 2 = 52", (140, 283), ink=pen)
    ink = soft_ink(shade(picture, noise=1.0))
    assert agreement(ink, mask(write(paper(500, 1000), "3x - 2 = 52", (140, 283)))) > 0.8


def test_a_grid_goes_too() -> None:
    picture = rule(paper(500, 1000), pitch=50)
    picture = np.ascontiguousarray(np.rot90(rule(np.ascontiguousarray(np.rot90(picture)), pitch=50), -1))
    ink = soft_ink(shade(write(picture, "3x - 7 = 2", (140, 260)), noise=2.0))
    pen = mask(write(paper(500, 1000), "3x - 7 = 2", (140, 260)))
    assert agreement(ink, pen) > 0.7


def seen_askew(picture: Picture) -> Picture:
    """The middle of a picture seen from aside: parallels fan out, and some leave through the upper or lower edge."""
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shifts = np.array([[-0.02, -0.1], [0.1, 0.02], [0.01, -0.03], [-0.06, 0.06]], np.float32)
    view = cv2.getPerspectiveTransform(corners, corners + shifts * np.array([width, height], np.float32))
    return cv2.warpPerspective(picture, view, (width, height))[150:-150, 200:-200].astype(np.uint8)


def test_a_grid_seen_askew_goes_up_to_its_corners() -> None:
    picture = rule(paper(1200, 1600), pitch=60)
    picture = np.ascontiguousarray(np.rot90(rule(np.ascontiguousarray(np.rot90(picture)), pitch=60), -1))
    ink = soft_ink(shade(seen_askew(write(picture, "3x - 7 = 2", (540, 610))), noise=2.0))
    pen = mask(seen_askew(write(paper(1200, 1600), "3x - 7 = 2", (540, 610))))
    assert agreement(ink, pen) > 0.7
    outside = cv2.dilate(pen.astype(np.uint8), np.ones((15, 15), np.uint8)) == 0
    assert (ink[outside] > 0).mean() < 0.0005


@pytest.mark.parametrize("margin", [20, 8])
def test_a_fraction_bar_as_wide_as_the_crop_is_no_rule(margin: int) -> None:
    ink = soft_ink(fraction(paper(140, 158 + 2 * margin, shade=255), (margin + 8, 70)))
    assert (ink[68:73] > 127).any(axis=0).sum() >= 155


def test_paper_alone_has_no_ink() -> None:
    assert (soft_ink(shade(paper(300, 400))) > 0).mean() < 0.001
    assert (soft_ink(shade(rule(paper(500, 800)), noise=2.0)) > 0).mean() < 0.001


def test_glyph_height_ignores_dots_and_bars() -> None:
    ink = np.zeros((200, 600), np.uint8)
    for left in (20, 120, 300):
        ink[60:110, left : left + 30] = 255
    ink[84:88, 180:240] = 255
    ink[104:110, 400:406] = 255
    assert glyph_height(ink) == 50.0


def test_glyph_height_bridges_what_a_pencil_leaves_out() -> None:
    ink = soft_ink(drawn(size=4.0, height=300, width=1400))
    broken = ink.copy()
    broken[::12] = 0
    broken[:, ::12] = 0
    assert abs(glyph_height(broken) - glyph_height(ink)) < 3.0


@pytest.mark.parametrize("bars", [1, 2])
def test_a_lone_minus_or_equals_sign_has_a_sensible_height(bars: int) -> None:
    ink = np.zeros((200, 200), np.uint8)
    for row in range(bars):
        ink[80 + 20 * row : 85 + 20 * row, 60:102] = 255
    assert 40 < glyph_height(ink) < 80


def test_small_writing_is_enlarged_before_it_is_told_from_paper() -> None:
    small = write(paper(100, 300), "3x - 7 = 2", (20, 60), size=0.6, thickness=1)
    ink, enlarged = fine_ink(small, 2000)
    assert enlarged == 2 and ink.shape == (200, 600)
    assert fine_ink(small, 500)[1] == 1
    large, same = fine_ink(drawn(), 2000)
    assert same == 1 and np.array_equal(large, soft_ink(drawn()))


def test_normalised_ink_has_one_glyph_height_and_a_margin() -> None:
    for size in (0.8, 2.0, 4.0):
        picture = drawn(300, 1400, size=size)
        ink = soft_ink(picture)
        line = normalise(ink, glyph_height(ink))
        assert abs(glyph_height(line) - GLYPH_HEIGHT) <= 2.5
        assert line[:MARGIN].max() == 0 and line[:, -MARGIN:].max() == 0
        assert np.percentile(line[line > 60], 75) > 200


def test_an_empty_map_is_normalised_to_an_empty_square() -> None:
    assert normalise(np.zeros((50, 80), np.uint8), GLYPH_HEIGHT).shape == (2 * MARGIN, 2 * MARGIN)


@settings(deadline=None, max_examples=25)
@given(height=st.integers(8, 90), width=st.integers(8, 90), seed=st.integers(0, 9))
def test_no_picture_is_too_odd(height: int, width: int, seed: int) -> None:
    picture = np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)
    ink = soft_ink(picture)
    assert ink.shape == (height, width) and ink.dtype == np.uint8
    assert normalise(ink, glyph_height(ink)).min() == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 2**32), st.integers(2, 12))
def test_ink_of_any_small_crop_has_its_shape(height: int, width: int, seed: int, pitch: int) -> None:
    random = np.random.default_rng(seed)
    crop = random.normal(220, 12, (height, width, 3))
    slope = random.uniform(-0.5, 0.5)
    ruled = (np.arange(height)[:, None] + slope * np.arange(width)) % pitch < 1
    crop[ruled] -= 60
    ink = soft_ink(np.clip(crop, 0, 255).astype(np.uint8))
    assert ink.shape == (height, width)
    assert normalise(ink, glyph_height(ink)).ndim == 2

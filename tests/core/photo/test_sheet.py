import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.limits import PhotoLimits
from core.photo.page import ink_lines
from core.photo.sheet import sheet_of
from tests.core.photo.pictures import Picture, encoded, paper, rule, shade, write

WOOD, GREY, BLACK = (120, 80, 55), (95, 97, 100), (22, 22, 24)


def table(colour: tuple[int, int, int], height: int = 900, width: int = 1200, seed: int = 0) -> Picture:
    """A grainy table top with streaks along it."""
    random = np.random.default_rng(seed)
    streaks = cv2.GaussianBlur(random.normal(0.0, 1.0, (height, width)), (0, 0), sigmaX=40, sigmaY=1.5) * 3
    grain = random.normal(0.0, 0.06, (height, width)) + streaks
    return np.clip(np.asarray(colour) * (1 + grain[:, :, None]), 0, 255).astype(np.uint8)


def laid(sheet: Picture, ground: Picture, left: int, top: int, degrees: float = 2.0) -> Picture:
    """`sheet` lying on `ground`, turned a little; what reaches over the border is cut off."""
    height, width = ground.shape[:2]
    move = cv2.getRotationMatrix2D((sheet.shape[1] / 2, sheet.shape[0] / 2), degrees, 1.0)
    move[:, 2] += (left, top)
    cover = cv2.warpAffine(np.ones(sheet.shape[:2], np.float32), move, (width, height))[:, :, None]
    picture = cv2.warpAffine(sheet, move, (width, height)) * cover + ground * (1 - cover)
    return picture.astype(np.uint8)


def written(height: int = 900, width: int = 1200) -> Picture:
    return write(rule(paper(height, width), pitch=75), "3x - 7 = 2", (150, 330))


@pytest.mark.parametrize("colour", [WOOD, GREY, BLACK])
@pytest.mark.parametrize("left, top", [(-80, 60), (90, 70)])
def test_the_desk_beside_the_sheet_is_no_writing(colour: tuple[int, int, int], left: int, top: int) -> None:
    picture = shade(laid(written(), table(colour), left, top), noise=2.0)
    (line,) = ink_lines(encoded(picture), PhotoLimits()).lines
    assert abs(line.box.x - left - 155) < 30 and abs(line.box.y - top - 288) < 40
    assert line.box.w < 420 and line.box.h < 90


def test_a_sheet_is_cut_out_and_its_place_is_kept() -> None:
    picture = laid(written(500, 700), table(BLACK), 200, 150, degrees=0.0)
    sheet = sheet_of(picture)
    height, width = sheet.pixels.shape[:2]
    assert abs(sheet.left - 200) < 20 and abs(sheet.top - 150) < 20 and abs(width - 700) < 20 and abs(height - 500) < 20
    assert sheet.pixels.min() >= picture[150:650, 200:900].min()
    inner = (slice(200, 600), slice(250, 850))
    shifted = tuple(slice(s.start - at, s.stop - at) for s, at in zip(inner, (sheet.top, sheet.left), strict=True))
    assert np.array_equal(sheet.pixels[shifted], picture[inner])


def test_writing_in_a_sharp_shadow_stays() -> None:
    picture = written()
    dark = np.ones(picture.shape[:2], np.float32)
    cv2.fillPoly(dark, [np.array([[0, 250], [700, 250], [760, 900], [0, 900]])], 0.45)
    shadowed = np.clip(picture * dark[:, :, None], 0, 255).astype(np.uint8)
    assert sheet_of(shadowed).pixels is shadowed


@pytest.mark.parametrize("strip", [(slice(0, 900), slice(700, 1200)), (slice(0, 900), slice(0, 260))])
def test_half_a_page_in_the_shade_stays_a_page(strip: tuple[slice, slice]) -> None:
    shadowed = written()
    shadowed[strip] = (shadowed[strip] * 0.5).astype(np.uint8)
    assert sheet_of(shadowed).pixels is shadowed


@pytest.mark.parametrize("ground", [(40, 60, 50), (250, 250, 250)])
def test_a_page_that_fills_the_picture_comes_back_whole(ground: tuple[int, int, int]) -> None:
    picture = np.full((600, 900, 3), ground, np.uint8)
    write(picture, "2x+1 = 7", (200, 320), 4.0, ink=(140, 150, 145), thickness=14)
    assert sheet_of(picture).pixels is picture


@settings(deadline=None, max_examples=25)
@given(height=st.integers(8, 400), width=st.integers(8, 400), cell=st.integers(1, 60), seed=st.integers(0, 9))
def test_no_picture_is_too_odd(height: int, width: int, cell: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    grid = random.integers(0, 255, (height // cell + 1, width // cell + 1, 3), dtype=np.uint8)
    picture = np.ascontiguousarray(grid.repeat(cell, axis=0).repeat(cell, axis=1)[:height, :width])
    sheet = sheet_of(picture)
    rows, columns = sheet.pixels.shape[:2]
    assert 0 < rows <= height - sheet.top and 0 < columns <= width - sheet.left

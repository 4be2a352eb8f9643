import cv2
import numpy as np
import pytest

from core.errors import NoWriting, PhotoBlurred, PhotoTooDark, WritingTooSmall
from core.limits import PhotoLimits
from core.photo.page import ink_lines
from tests.core.photo.pictures import Picture, encoded, paper, rule, shade, write

LIMITS = PhotoLimits()


def page(size: float = 2.0, thickness: int = 4) -> Picture:
    picture = paper(700, 1100)
    for row, text in enumerate(["2x + 5 = 15", "2x = 10", "x = 5"]):
        write(picture, text, (150, 170 + 130 * row), size, thickness=thickness)
    return picture


def blurred(picture: Picture, deviation: float) -> Picture:
    return cv2.GaussianBlur(picture, (0, 0), deviation).astype(np.uint8)


def dimmed(picture: Picture, light: float) -> Picture:
    grains = np.random.default_rng(0).normal(0.0, 1.5, picture.shape)
    return np.clip(picture * light + grains, 0, 255).astype(np.uint8)


def test_a_dark_picture_asks_for_light() -> None:
    with pytest.raises(PhotoTooDark):
        ink_lines(encoded(dimmed(page(), 0.02)), LIMITS)


def test_a_picture_out_of_focus_asks_for_a_still_hand() -> None:
    with pytest.raises(PhotoBlurred):
        ink_lines(encoded(blurred(page(), 8.0)), LIMITS)


def test_tiny_writing_asks_to_come_closer() -> None:
    with pytest.raises(WritingTooSmall):
        ink_lines(encoded(page(0.15, 1)), LIMITS)


@pytest.mark.parametrize("picture", [paper(600, 800), shade(paper(600, 800)), rule(paper(600, 800))])
def test_an_empty_page_has_no_writing(picture: Picture) -> None:
    with pytest.raises(NoWriting):
        ink_lines(encoded(picture), LIMITS)


@pytest.mark.parametrize("picture", [page(), shade(page()), dimmed(page(), 0.2), blurred(page(), 2.0), page(0.6, 1)])
def test_what_can_be_read_is_never_turned_away(picture: Picture) -> None:
    assert len(ink_lines(encoded(picture), LIMITS).lines) == 3

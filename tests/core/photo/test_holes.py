from collections.abc import Callable

import cv2
import numpy as np
import pytest

from core.limits import PhotoLimits
from core.photo.border import without_border
from core.photo.holes import without_holes
from core.photo.ink import Ink
from core.photo.page import ink_lines
from tests.core.photo.pictures import FONT, Picture, encoded, paper, rule, shade, write

LINES = ("2x+5 = 15", "2x = 10", "x = 5")
DARK, WIRE, EDGE, WHITE = (35, 30, 30), (110, 110, 115), (90, 85, 80), (245, 245, 245)

Hole = Callable[[Picture, int, int], None]


def page() -> Picture:
    picture = rule(paper(1000, 1400), pitch=80)
    for row, text in enumerate(LINES):
        write(picture, text, (300, 300 + 160 * row), 2.2)
    return picture


def dark(picture: Picture, x: int, y: int) -> None:
    cv2.circle(picture, (x, y), 12, DARK, -1, cv2.LINE_AA)


def oval(picture: Picture, x: int, y: int) -> None:
    cv2.ellipse(picture, (x, y), (13, 8), 0, 0, 360, DARK, -1, cv2.LINE_AA)


def bright(picture: Picture, x: int, y: int) -> None:
    cv2.circle(picture, (x, y), 15, WHITE, -1, cv2.LINE_AA)
    cv2.ellipse(picture, (x, y), (15, 15), 0, 110, 300, EDGE, 3, cv2.LINE_AA)


def ring(picture: Picture, x: int, y: int) -> None:
    cv2.circle(picture, (x, y), 15, EDGE, 3, cv2.LINE_AA)


def wired(picture: Picture, x: int, y: int) -> None:
    cv2.circle(picture, (x, y), 11, DARK, -1, cv2.LINE_AA)
    for shift in (-5, 5):
        cv2.ellipse(picture, (x - 28, y + shift), (30, 7), 0, 180, 360, WIRE, 4, cv2.LINE_AA)


def perforated(hole: Hole, at: int = 52) -> Picture:
    picture = page()
    for y in range(30, 1000, 50):
        hole(picture, at, y)
    return picture


def turned_by(picture: Picture, degrees: float) -> Picture:
    turn = cv2.getRotationMatrix2D((700, 500), degrees, 1.0)
    return cv2.warpAffine(picture, turn, (1400, 1000), borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def assert_three_lines(picture: Picture) -> None:
    found = ink_lines(encoded(picture), PhotoLimits())
    assert len(found.lines) == 3 and found.turned == 0 and not found.set_aside
    for line in found.lines:
        assert line.box.x > 270 and line.box.x + line.box.w < 640 and line.box.h < 90


@pytest.mark.parametrize("hole", [dark, oval, bright, ring, wired])
def test_the_holes_of_a_spiral_are_no_writing(hole: Hole) -> None:
    assert_three_lines(perforated(hole))


@pytest.mark.parametrize("hole", [dark, ring])
@pytest.mark.parametrize("degrees", [-4.0, 5.0])
def test_nor_are_they_on_a_skewed_page(hole: Hole, degrees: float) -> None:
    assert_three_lines(turned_by(perforated(hole, at=75), degrees))


@pytest.mark.parametrize("hole", [ring, wired])
def test_nor_in_a_shadow(hole: Hole) -> None:
    assert_three_lines(shade(perforated(hole), noise=2.0))


def test_holes_may_be_along_the_top() -> None:
    picture = page()
    for x in range(30, 1400, 50):
        bright(picture, x, 40)
    assert_three_lines(picture)


def test_holes_do_not_say_how_a_page_is_turned() -> None:
    found = ink_lines(encoded(np.ascontiguousarray(np.rot90(perforated(ring)))), PhotoLimits())
    assert found.turned == 90 and len(found.lines) == 3


@pytest.mark.parametrize("hole", [dark, bright, ring])
def test_two_punched_holes_are_no_writing(hole: Hole) -> None:
    picture = page()
    for y in (290, 700):
        hole(picture, 60, y)
    assert_three_lines(picture)


def written(*signs: tuple[str, int, int]) -> Ink:
    ink = np.zeros((1000, 1400), np.uint8)
    for text, x, y in signs:
        cv2.putText(ink, text, (x, y), FONT, 2.0, 255, 4, cv2.LINE_AA)
    return ink


@pytest.mark.parametrize(
    "ink",
    [
        written(*((f"{row + 1}) 2x = 1", 30, 100 + 110 * row) for row in range(8))),
        written(*((str(row + 1), 30, 100 + 110 * row) for row in range(8))),
        written(*(("0 + x", 30, 100 + 110 * row) for row in range(8))),
        written(("0", 40, 200), ("0", 40, 600), ("12", 300, 300)),
        written(("O = 1", 40, 200), ("O = 2", 40, 600)),
        written(("12345 + 67890 - 12345", 30, 60), ("7", 30, 400)),
        written(("1 1 1 0 0 0 1 1 1 0 0 0 1", 30, 60), ("7", 30, 400)),
        written(),
    ],
)
def test_writing_along_the_edge_stays(ink: Ink) -> None:
    assert without_holes(ink) is ink


@pytest.mark.parametrize("inset", [0, 8, 30])
@pytest.mark.parametrize("degrees", [0.0, 2.0])
def test_a_frame_round_the_picture_is_no_writing(inset: int, degrees: float) -> None:
    picture = page()
    cv2.rectangle(picture, (inset, inset), (1399 - inset, 999 - inset), (10, 10, 10), 5)
    assert_three_lines(turned_by(picture, degrees))


@pytest.mark.parametrize("text", ["|x|", "(", "1 = 1", "-"])
def test_a_picture_cut_close_to_its_writing_has_no_frame(text: str) -> None:
    (width, height), _ = cv2.getTextSize(text, FONT, 4.0, 8)
    ink = np.zeros((height + 24, width + 4), np.uint8)
    cv2.putText(ink, text, (2, height + 4), FONT, 4.0, 255, 8, cv2.LINE_AA)
    assert without_border(ink) is ink

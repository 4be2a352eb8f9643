"""Crossed-out work is set aside; whatever only looks a little like it is read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.limits import PhotoLimits
from core.outcome import InkPage
from core.photo.page import ink_lines
from tests.core.photo.pictures import PEN, Picture, encoded, fraction, paper, write

LIMITS = PhotoLimits()
Points = list[tuple[int, int]]

ZIGZAG = [(80 + 15 * step, 255 if step % 2 else 335) for step in range(28)]


def page(picture: Picture) -> InkPage:
    return ink_lines(encoded(picture), LIMITS)


def drawn(picture: Picture, *strokes: Points) -> Picture:
    for stroke in strokes:
        cv2.polylines(picture, [np.array(stroke)], False, PEN, 4, cv2.LINE_AA)
    return picture


def three_lines() -> Picture:
    picture = paper(600, 1000)
    for row, text in enumerate(["2x+5 = 15", "2x = 15+5", "2x = 10"]):
        write(picture, text, (100, 170 + 150 * row))
    return picture


@pytest.mark.parametrize(
    "strokes",
    [
        [[(90, 300), (480, 294)]],
        [[(85, 288), (470, 290)], [(95, 312), (485, 305)]],
        [[(85, 272), (490, 328)], [(85, 328), (490, 272)]],
        [ZIGZAG],
    ],
    ids=["one stroke", "two strokes", "a cross", "a zigzag"],
)
def test_a_line_struck_through_is_set_aside(strokes: list[Points]) -> None:
    found = page(drawn(three_lines(), *strokes))
    assert [line.box.y // 150 for line in found.lines] == [0, 2]
    (aside,) = found.set_aside
    assert aside.what == "crossed out" and aside.box.x < 110 and aside.box.x + aside.box.w > 440


def test_of_a_line_struck_in_part_the_rest_is_read() -> None:
    picture = write(write(paper(300, 1300), "y = 123456", (60, 160)), "x+12", (600, 160))
    found = page(drawn(picture, [(190, 142), (440, 138)]))
    (aside,) = found.set_aside
    assert aside.what == "crossed out" and aside.box.x > 170
    assert found.lines and all(line.box.x < 100 or line.box.x > 550 for line in found.lines)


@pytest.mark.parametrize(
    "strokes",
    [
        [[(340, 152), (378, 126)]],  # the zero has a stroke through it
        [[(262, 165), (286, 112)]],  # not equal
        [[(95, 200), (480, 202)]],  # underlined
        [[(95, 200), (480, 202)], [(95, 212), (480, 214)]],
    ],
    ids=["a struck zero", "unequal", "underlined", "underlined twice"],
)
def test_maths_with_strokes_of_its_own_is_not_crossed_out(strokes: list[Points]) -> None:
    picture = write(write(paper(450, 1000), "2x+5 = 10", (100, 160)), "x = 5", (100, 350))
    found = page(drawn(picture, *strokes))
    assert not [aside for aside in found.set_aside if aside.what == "crossed out"]
    assert found.lines[0].box.y < 130 and found.lines[0].box.w > 260


def test_a_fraction_is_not_crossed_out() -> None:
    assert not page(write(fraction(paper(400, 800), (330, 200)), "y =", (150, 220))).set_aside

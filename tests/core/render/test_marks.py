"""Marks on a photo: every line boxed and numbered, and nothing hidden by a number."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageColor, ImageDraw

from core.errors import EmptyPhoto
from core.limits import PhotoLimits, PictureLimits
from core.outcome import Box, Line, Page, Picture, Reading, SetAside, Turn
from core.render.marks import BADGE, mark, overlap, place_badges, scaled, turned
from core.render.theme import LIGHT

NO_WRITING = np.zeros((400, 600), np.bool_)


def photo(*strokes: Box, size: tuple[int, int] = (600, 400)) -> bytes:
    """A sheet of white paper with filled rectangles on it."""
    image = Image.new("RGB", size, "white")
    for stroke in strokes:
        ImageDraw.Draw(image).rectangle((stroke.x, stroke.y, stroke.x + stroke.w, stroke.y + stroke.h), "black")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def page(*boxes: Box, turn: Turn = 0) -> Page:
    return Page(tuple(Line(box, (Reading("x + 1", 0.9),)) for box in boxes), turned=turn)


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def marked_area(picture: Picture) -> tuple[int, int, int, int] | None:
    """The rectangle that holds everything in the colour of the marks: left, top, right, bottom."""
    pixels = np.asarray(opened(picture), np.int16)
    near = np.abs(pixels - ImageColor.getrgb(LIGHT.right)).max(axis=2) < 24
    return Image.fromarray(near).getbbox()


def test_a_line_gets_a_box_and_its_number_to_the_left() -> None:
    line = Box(200, 100, 200, 60)

    picture = mark(photo(line), page(line), PhotoLimits())

    assert opened(picture).size == (picture.width, picture.height) == (600, 400)
    left, top, right, bottom = marked_area(picture) or (0, 0, 0, 0)
    assert line.x - 2 * BADGE < left < line.x
    assert line.y - 12 < top < line.y
    assert line.x + line.w < right < line.x + line.w + 12
    assert line.y + line.h < bottom < line.y + line.h + 12


def test_the_writing_stays_as_it_was() -> None:
    line = Box(200, 100, 200, 60)

    before, after = Image.open(io.BytesIO(photo(line))), opened(mark(photo(line), page(line), PhotoLimits()))

    inside = (line.x, line.y, line.x + line.w, line.y + line.h)
    assert after.crop(inside).tobytes() == before.crop(inside).tobytes()


def test_numbers_lie_on_nothing_and_on_no_other_number() -> None:
    lines = [Box(10 + 300 * (n % 2), 10 + 60 * (n // 2), 280, 50) for n in range(12)]

    badges = place_badges([str(n) for n in range(12)], lines, lines, NO_WRITING)

    boxes = [badge.box for badge in badges]
    assert not any(overlap(box, line) for box in boxes for line in lines)
    assert not any(overlap(one, other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_a_number_avoids_writing_that_is_no_line() -> None:
    line = Box(200, 100, 200, 60)
    writing = NO_WRITING.copy()
    writing[:, :200] = True

    (badge,) = place_badges(["1"], [line], [line], writing)

    assert badge.box.x >= line.x + line.w


def test_where_there_is_no_room_the_photo_gets_a_strip_at_its_left() -> None:
    line = Box(0, 0, 600, 400)

    picture = mark(photo(Box(50, 50, 500, 300)), page(line), PhotoLimits())

    assert picture.width > 600
    assert picture.height == 400
    assert opened(picture).getpixel((1, 399)) == ImageColor.getrgb(LIGHT.paper)


def test_a_photo_taken_sideways_is_shown_upright() -> None:
    picture = mark(photo(Box(100, 50, 60, 300)), page(Box(100, 50, 60, 300), turn=90), PhotoLimits())

    assert (picture.width, picture.height) == (400, 600)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [(0, Box(10, 20, 30, 40)), (90, Box(340, 10, 40, 30)), (180, Box(560, 340, 30, 40)), (270, Box(20, 560, 40, 30))],
)
def test_boxes_turn_with_the_photo(turn: Turn, expected: Box) -> None:
    assert turned(Box(10, 20, 30, 40), turn, 600, 400) == expected


def test_a_large_photo_is_shown_as_large_as_chats_show_it() -> None:
    line = Box(1000, 1000, 1500, 300)

    picture = mark(photo(line, size=(4000, 3000)), page(line), PhotoLimits())

    assert (picture.width, picture.height) == (1280, 960)
    assert scaled(line, 0.5) == Box(500, 500, 750, 150)


def test_a_photo_too_narrow_for_chats_gets_a_margin() -> None:
    picture = mark(photo(Box(20, 10, 900, 20), size=(1000, 40)), page(Box(20, 10, 900, 20)), PhotoLimits())

    assert picture.width <= PictureLimits().max_ratio * picture.height


def test_what_was_set_aside_is_framed_and_has_no_number() -> None:
    line, aside = Box(200, 100, 200, 60), Box(200, 250, 100, 60)
    both = Page(page(line).lines, (SetAside(aside, "prose"),))

    assert mark(photo(line), both, PhotoLimits()).png != mark(photo(line), page(line), PhotoLimits()).png
    assert mark(photo(line), both, PhotoLimits()).alt == mark(photo(line), page(line), PhotoLimits()).alt


def test_the_alt_text_says_every_line() -> None:
    labelled = Page((Line(Box(200, 100, 200, 60), (Reading("x + 1", 0.9),), label="a)"),))

    picture = mark(photo(Box(200, 100, 200, 60)), labelled, PhotoLimits())

    assert picture.alt == "The photo, with numbered boxes round the lines that were read. Line a: x plus 1."


def test_a_label_is_only_shown() -> None:
    hostile = Page((Line(Box(200, 100, 200, 60), (Reading("x", 0.9),), label='"#panic()\\ $ @x'),))

    assert mark(photo(Box(200, 100, 200, 60)), hostile, PhotoLimits()).png


def test_no_photo_is_a_typed_error() -> None:
    with pytest.raises(EmptyPhoto):
        mark(b"", page(), PhotoLimits())

"""Photos that lie on their side or upside down, or on an odd ground, read through the real ink and the real network."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from core.limits import PhotoLimits
from core.outcome import Box, InkLine, InkPage, Line, Page, Reading, SetAside, Turn
from core.photo.page import ink_lines
from core.predictor.canvas import unpacked
from core.predictor.reader import Reader
from core.reading import evidence, is_sure, read_page
from tests.core.photo.pictures import Picture, encoded

ROOT = Path(__file__).parents[2]
BOX = Box(0, 0, 1, 1)


class Here:
    """The stages of a photo, run in this process; counts how often ink is asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.inks = reader, 0

    async def ink(self, photo: bytes, limits: PhotoLimits, expression: bool, turn: Turn | None = None) -> InkPage:
        self.inks += 1
        return ink_lines(photo, limits, expression, turn)

    async def read(self, lines: tuple[InkLine, ...]) -> tuple[tuple[Reading, ...], ...]:
        return tuple(self._reader.read(unpacked(line)) for line in lines)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(ROOT / "models" / "weights")


def photo(name: str, turn: Turn) -> bytes:
    """A sample photo, turned clockwise."""
    with Image.open(ROOT / "samples" / "photos" / f"{name}.jpg") as image:
        file = BytesIO()
        image.rotate(-turn, expand=True).save(file, "PNG")
        return file.getvalue()


def turned(box: Box, turn: Turn, width: int, height: int) -> Box:
    """Where a box of a photo lies once that is turned clockwise."""
    return {
        0: box,
        90: Box(height - box.y - box.h, box.x, box.h, box.w),
        180: Box(width - box.x - box.w, height - box.y - box.h, box.w, box.h),
        270: Box(box.y, width - box.x - box.w, box.h, box.w),
    }[turn]


def apart(one: Box, other: Box) -> int:
    return max(abs(one.x - other.x), abs(one.y - other.y), abs(one.w - other.w), abs(one.h - other.h))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["quadratic", "page"])
async def test_a_turned_photo_is_read_as_an_upright_one(name: str, reader: Reader) -> None:
    engine = Here(reader)
    upright, _ = await read_page(engine, photo(name, 0), PhotoLimits(), False)
    assert upright.turned == 0 and engine.inks == 1
    width, height = Image.open(ROOT / "samples" / "photos" / f"{name}.jpg").size
    turns: tuple[Turn, ...] = (90, 180, 270)
    for turn in turns:
        page, ink = await read_page(engine, photo(name, turn), PhotoLimits(), False)
        assert page.turned == ink.turned == 360 - turn
        assert [line.latex for line in page.lines] == [line.latex for line in upright.lines]
        assert (
            max(
                apart(line.box, turned(before.box, turn, width, height))
                for line, before in zip(page.lines, upright.lines, strict=True)
            )
            <= 6
        )


def on_a_board(page: Picture) -> Picture:
    return np.clip((255 - page) * 0.7 + np.array([20, 45, 35]), 0, 255).astype(np.uint8)


def on_a_dark_screen(page: Picture) -> Picture:
    return np.clip((255 - page) * 0.9 + 12, 0, 255).astype(np.uint8)


def on_thin_paper(page: Picture) -> Picture:
    """The other side, mirrored and blurred, shines through."""
    back = np.roll(cv2.GaussianBlur(page[:, ::-1], (0, 0), 4), len(page) // 3, axis=0)
    return (page * (0.8 + 0.2 * back / 255.0)).astype(np.uint8)


def with_a_finger(page: Picture) -> Picture:
    height, width = page.shape[:2]
    covered = page.copy()
    cv2.ellipse(covered, (width, height), (width // 8, height // 5), 0, 0, 360, (190, 130, 110), -1)
    return covered


def in_a_black_border(page: Picture) -> Picture:
    side = len(page) // 20
    return cv2.copyMakeBorder(page, side, side, side, side, cv2.BORDER_CONSTANT, value=(5, 5, 5)).astype(np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize("ground", [on_a_board, on_a_dark_screen, on_thin_paper, with_a_finger, in_a_black_border])
async def test_writing_is_read_on_any_ground(ground: Callable[[Picture], Picture], reader: Reader) -> None:
    with Image.open(ROOT / "samples" / "photos" / "quadratic.jpg") as image:
        page = np.asarray(image.convert("RGB"))
    read, _ = await read_page(Here(reader), encoded(ground(page), "JPEG", quality=90), PhotoLimits(), False)
    assert [line.latex for line in read.lines] == ["x ^ { 2 } - 5 x + 6 = 0"]


@pytest.mark.slow
async def test_a_cropped_expression_is_read_as_it_lies(reader: Reader) -> None:
    page, _ = await read_page(Here(reader), photo("quadratic", 180), PhotoLimits(), True)
    assert page.turned == 0


def line(latex: str, confidence: float) -> Line:
    return Line(BOX, (Reading(latex, confidence),))


def test_single_strokes_are_no_evidence_for_a_turn() -> None:
    strokes = [line("1", 0.9), line("-", 0.9), line("o", 0.8), line("1", 0.9)]
    assert evidence(strokes) == 0.0
    assert evidence([line("8 + 9 =", 0.7)]) > evidence(strokes)


def test_a_long_doubtful_line_outweighs_a_short_sure_one() -> None:
    assert is_sure(Page((line("x = 5", 0.8), line("2 x = 1 0", 0.7))))
    assert not is_sure(Page((line("x = 5", 0.8), line("2 x + 5 = 1 5 - 3 x + 7", 0.2))))
    assert not is_sure(Page(()))


def test_words_may_be_maths_upside_down() -> None:
    assert not is_sure(Page((line("x = 5", 0.8),), (SetAside(BOX, "prose"),)))
    assert is_sure(Page((line("x = 5", 0.8),), (SetAside(BOX, "drawing"),)))


def test_a_page_that_begins_with_an_equals_sign_may_be_upside_down() -> None:
    assert not is_sure(Page((line("= 9 + 2", 0.9),)))
    assert evidence([line("= 9 + 2", 0.9)]) < evidence([line("2 + 6 =", 0.7)])
    assert is_sure(Page((line("2 + 6", 0.9), line("= 8", 0.9))))

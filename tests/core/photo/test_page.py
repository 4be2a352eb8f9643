from pathlib import Path

import cv2
import numpy as np
import pytest

from core.errors import NoWriting
from core.limits import PhotoLimits
from core.outcome import Box, InkPage
from core.photo.page import ink_lines
from models.samples.pages import SAMPLES, Sample
from tests.core.photo.pictures import FONT, PEN, Picture, encoded, fraction, paper, rule, shade, write

LIMITS = PhotoLimits()
PHOTOS = Path(__file__).parents[3] / "samples" / "photos"


def page(picture: Picture, expression: bool = False) -> InkPage:
    return ink_lines(encoded(picture), LIMITS, expression)


def holds(box: Box, x: int, y: int) -> bool:
    return box.x <= x < box.x + box.w and box.y <= y < box.y + box.h


def test_three_lines_are_found_from_top_to_bottom() -> None:
    picture = rule(paper(700, 1000), pitch=90)
    for row, text in enumerate(["2x+5 = 15", "2x = 10", "x = 5"]):
        write(picture, text, (150 + 60 * row, 170 + 130 * row))
    lines = page(shade(picture, noise=2.0)).lines
    assert [line.box.y // 130 for line in lines] == [0, 1, 2]
    assert all(line.height < 60 and max(line.pixels) > 200 for line in lines)


def test_a_tilted_page_keeps_its_lines_apart() -> None:
    picture = paper(700, 1200, shade=255)
    for row, text in enumerate(["2x+5 = 15", "2x = 10", "x = 5"]):
        write(picture, text, (250, 200 + 130 * row))
    turn = cv2.getRotationMatrix2D((600, 350), 6.0, 1.0)
    turned = cv2.warpAffine(picture, turn, (1200, 700), borderValue=(255, 255, 255)).astype(np.uint8)
    middles = [line.box.y + line.box.h // 2 for line in page(turned).lines]
    assert len(middles) == 3 and middles == sorted(middles)


def test_a_fraction_is_one_line() -> None:
    picture = write(fraction(paper(400, 800), (330, 200)), "y =", (150, 220))
    (line,) = page(picture).lines
    assert holds(line.box, 390, 150) and holds(line.box, 400, 250) and holds(line.box, 160, 200)


def test_a_root_and_what_it_covers_are_one_line() -> None:
    picture = write(paper(500, 800), "c =", (100, 200))
    cv2.polylines(picture, [np.array([[260, 175], [285, 205], [320, 135], [560, 120]])], False, PEN, 4, cv2.LINE_AA)
    write(picture, "36+64", (330, 200), 1.8)
    write(picture, "c = 10", (100, 320))
    first, second = page(picture).lines
    assert first.box.w > 400 and second.box.y > 250


def test_a_frame_goes_and_what_it_held_is_a_line() -> None:
    picture = write(write(paper(300, 1100), "2x = 10", (60, 150)), "x = 5", (500, 150))
    cv2.rectangle(picture, (470, 90), (740, 180), PEN, 4)
    first, second = page(picture).lines
    assert first.box.x + first.box.w < 470 < 480 < second.box.x
    assert second.box.w < 260 and second.box.h < 60


def test_an_equals_sign_far_off_belongs_to_its_sum() -> None:
    (line,) = page(write(write(paper(200, 900), "3+4", (40, 120)), "=", (430, 120))).lines
    assert line.box.w > 400


def test_of_two_columns_the_left_one_comes_first() -> None:
    picture = paper(500, 1600)
    for row in range(2):
        write(picture, "2x+1 = 7", (60, 150 + 140 * row))
        write(picture, "5y-2 = 8", (950, 150 + 140 * row))
    lines = page(picture).lines
    assert [(line.box.x > 800, line.box.y > 200) for line in lines] == [
        (False, False),
        (False, True),
        (True, False),
        (True, True),
    ]


def test_a_line_across_the_page_is_read_before_the_columns_below_it() -> None:
    picture = write(paper(700, 1600), "12345 + 67890 - 12345 + 67890 = y", (60, 120))
    for row in range(3):
        write(picture, "2x+1 = 7", (60, 280 + 140 * row))
        write(picture, "5y-2 = 8", (760, 280 + 140 * row))
    lines = page(picture).lines
    assert [(line.box.x > 600, line.box.y // 140) for line in lines] == [
        (False, 0), (False, 1), (False, 2), (False, 3), (True, 1), (True, 2), (True, 3),
    ]  # fmt: skip


@pytest.mark.parametrize("gap", [50, 90, 130])
def test_equations_that_are_set_out_below_each_other_are_no_columns(gap: int) -> None:
    picture = paper(600, 1000)
    for row, (left, right) in enumerate([("2x+5", "15"), ("2x+0", "10"), ("x", "5")]):
        (width, _), _ = cv2.getTextSize(left, FONT, 2.0, 4)
        write(picture, left, (400 - width, 150 + 140 * row))
        write(picture, "=", (400 + gap, 150 + 140 * row))
        write(picture, right, (440 + 2 * gap, 150 + 140 * row))
    assert [line.box.y // 140 for line in page(picture).lines] == [0, 1, 2]


def test_two_lines_beside_one_are_no_columns() -> None:
    picture = write(write(paper(400, 1500), "2x+1 = 7", (60, 120)), "x = 3", (1000, 120))
    lines = page(write(picture, "2x = 6", (60, 260))).lines
    assert [(line.box.x > 800, line.box.y > 200) for line in lines] == [(False, False), (True, False), (False, True)]


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("7.", "{}."), ("12.", "{}."), ("a)", "{})"), ("b)", "{})"), ("f)", "{})"), ("i)", "{})"), ("3)", "{})"),
        ("10)", "{})"), ("4 -", "{}-"), ("7-)", "{}-)"), ("(b)", "({})"), ("Q3.", "{}."),
    ],
)  # fmt: skip
def test_a_question_label_is_taken_off_its_line(label: str, form: str) -> None:
    (line,) = page(write(write(paper(300, 1000), label, (60, 150)), "2x+1 = 7", (320, 150))).lines
    assert line.box.x > 300
    assert line.label is not None and line.label.form == form
    assert holds(line.label.box, 75, 130) and line.label.box.x + line.label.box.w < 250
    assert line.label.body is not None


def test_a_number_in_a_ring_is_a_label() -> None:
    picture = write(write(paper(300, 1000), "7", (60, 150), 1.5), "2x+1 = 7", (220, 150))
    cv2.circle(picture, (75, 135), 36, PEN, 4, cv2.LINE_AA)
    (line,) = page(picture).lines
    assert line.box.x > 200 and line.label is not None
    assert line.label.form == "({})" and line.label.body is not None


def test_a_label_close_to_its_line_is_taken_off_too() -> None:
    (line,) = page(write(paper(300, 1000), "a)  2x+1 = 7", (60, 150))).lines
    assert line.box.x > 160 and line.label is not None


@pytest.mark.parametrize(
    "maths", ["(3) - 2", "f(x) = 3", "21 + 3", "3 (x)", "2. 5 + 1", "(x) = 3", "0 = x", "2.7 - 1.4", "- 3x = 2"]
)
def test_maths_that_looks_a_little_like_a_label_stays_whole(maths: str) -> None:
    found = page(write(paper(300, 900), maths, (60, 150)))
    assert found.lines[0].label is None and found.lines[0].box.x < 90


def test_a_drawing_is_set_aside_with_its_letters() -> None:
    picture = write(write(paper(600, 1100), "x+1 = 7", (60, 150)), "x = 6", (60, 300))
    cv2.polylines(picture, [np.array([[700, 100], [680, 300], [900, 290]])], True, PEN, 4, cv2.LINE_AA)
    for letter, at in (("6", (630, 220)), ("8", (770, 350)), ("x", (830, 190))):
        write(picture, letter, at, 1.8)
    found = page(picture)
    assert len(found.lines) == 2
    (aside,) = found.set_aside
    assert aside.what == "drawing" and holds(aside.box, 640, 210) and holds(aside.box, 785, 330)


@pytest.mark.parametrize("text", ["5", "12", "x-1"])
def test_a_ring_round_an_answer_leaves_the_answer(text: str) -> None:
    picture = write(write(paper(400, 1100), "2y+3 =", (60, 200)), text, (400, 200))
    (width, _), _ = cv2.getTextSize(text, FONT, 2.0, 4)
    cv2.ellipse(picture, (400 + width // 2, 180), (width // 2 + 40, 70), 0, 0, 360, PEN, 4, cv2.LINE_AA)
    found = page(picture)
    assert any(holds(line.box, 400 + width // 2, 180) for line in found.lines)
    assert any(holds(line.box, 100, 180) for line in found.lines)


def test_a_patch_of_grain_beside_the_writing_is_no_line() -> None:
    picture = write(paper(700, 1100), "2x+1 = 7", (120, 200), 3.0, thickness=6)
    random = np.random.default_rng(1)
    for x, y in random.integers((0, 0), (800, 180), (200, 2)):
        cv2.circle(picture, (150 + int(x), 420 + int(y)), int(random.integers(1, 3)), PEN, -1, cv2.LINE_AA)
    (line,) = page(picture).lines
    assert line.box.y + line.box.h < 300


def test_what_the_border_cuts_off_is_left_out() -> None:
    picture = write(paper(400, 900), "2x+1 = 7", (200, 220))
    cv2.rectangle(picture, (0, 0), (900, 30), (20, 20, 20), -1)
    write(picture, "y = 3x", (300, 410))
    (line,) = page(picture).lines
    assert line.box.y > 100 and line.box.y + line.box.h < 330


def test_the_table_under_the_page_is_no_writing() -> None:
    grain = np.random.default_rng(0).normal(70.0, 5.0, (800, 1100, 3))
    picture = np.clip(grain, 0, 255).astype(np.uint8)
    picture[80:720, 120:980] = write(rule(paper(640, 860), pitch=80), "2x+1 = 7", (120, 300))
    (line,) = page(picture).lines
    assert 220 < line.box.x < 260 and 320 < line.box.y < 350


def test_boxes_are_pixels_of_the_whole_photo_after_exif() -> None:
    picture = write(paper(1500, 3000), "2x+1 = 7", (1200, 800), 5.0, thickness=12)
    data = encoded(np.ascontiguousarray(np.rot90(picture)), "JPEG", orientation=6)
    (line,) = ink_lines(data, LIMITS).lines
    assert abs(line.box.x - 1205) < 25 and 650 < line.box.y < 720 and 780 < line.box.y + line.box.h < 830


def test_an_expression_is_one_line_whatever_it_holds() -> None:
    picture = write(write(paper(300, 500), "x+y = 1", (40, 100)), "x-y = 3", (40, 220))
    (line,) = page(picture, expression=True).lines
    assert line.box.h > 130


@pytest.mark.parametrize("expression", [False, True])
def test_a_photo_without_writing_says_so(expression: bool) -> None:
    with pytest.raises(NoWriting):
        page(shade(paper(400, 600)), expression)


def test_a_picture_of_grain_comes_to_an_end() -> None:
    grain = cv2.GaussianBlur(np.random.default_rng(0).normal(0.0, 1.0, (1200, 1200)), (0, 0), 3.0)
    picture = np.where(grain > 0.12, 30, 220).astype(np.uint8)
    assert len(page(np.stack([picture] * 3, axis=2)).lines) <= LIMITS.max_lines


def test_no_more_lines_than_allowed() -> None:
    picture = paper(800, 600)
    for row in range(5):
        write(picture, "x = 5", (60, 120 + 140 * row))
    assert len(ink_lines(encoded(picture), PhotoLimits(max_lines=3)).lines) == 3


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_has_as_many_lines_as_were_written(sample: Sample) -> None:
    found = ink_lines((PHOTOS / f"{sample.name}.jpg").read_bytes(), LIMITS)
    assert len(found.lines) == len(sample.lines) and not found.set_aside

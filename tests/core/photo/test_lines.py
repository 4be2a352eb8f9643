"""Lines are found as they were written, on ink drawn by hand and on simulated photos."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.limits import PhotoLimits
from core.outcome import Box
from core.photo.lines import find_lines
from core.photo.page import ink_lines
from models.data.photo.simulator import SAMPLE_PAGE, photograph
from tests.core.photo.pictures import Picture, encoded, write

SIZE = 2.0
DIGIT = 42
"""Height in pixels of a digit that is written in SIZE."""

PHOTO = replace(SAMPLE_PAGE, unit=float(DIGIT), rulings=(("blank", 1.0),), shadow_chance=0.0, bend_chance=0.0)

PAGES = st.lists(
    st.tuples(
        st.sampled_from(["2x+5 = 15", "3x-7 < 2", "12+30", "y = 4x-1", "x = 10", "64:8 = 8"]),
        st.integers(100, 200),  # where the line begins
        st.integers(2 * DIGIT, 4 * DIGIT),  # how far it lies below the one before
    ),
    min_size=1,
    max_size=6,
)
Page = list[tuple[str, int, int]]


def ink_of(page: Page) -> tuple[Picture, list[int]]:
    """The ink map of a page, and the heights of its baselines."""
    baselines = (DIGIT + np.cumsum([step for *_, step in page])).tolist()
    picture = np.zeros((baselines[-1] + 2 * DIGIT, 800, 3), np.uint8)
    for (text, x, _), y in zip(page, baselines, strict=True):
        write(picture, text, (x, y), SIZE, (255, 255, 255))
    return picture[:, :, 0], baselines


def crosses(box: Box, baseline: int) -> bool:
    return box.y < baseline - DIGIT / 2 < box.y + box.h


@given(PAGES)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_as_many_lines_are_found_as_were_written_and_in_their_order(page: Page) -> None:
    ink, baselines = ink_of(page)
    lines = find_lines(ink).lines
    assert len(lines) == len(baselines)
    assert all(crosses(line.box, y) for line, y in zip(lines, baselines, strict=True))


@pytest.mark.slow
@given(PAGES, st.integers(0, 999))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_a_photo_of_a_page_has_as_many_lines_as_were_written(page: Page, seed: int) -> None:
    ink, baselines = ink_of(page)
    found = ink_lines(encoded(photograph(ink, np.random.default_rng(seed), PHOTO)), PhotoLimits(), turn=0)
    tops = [line.box.y for line in found.lines]
    assert len(tops) == len(baselines) and tops == sorted(tops) and not found.set_aside


def test_an_empty_map_has_no_lines() -> None:
    assert find_lines(np.zeros((100, 200), np.uint8)).lines == ()


@pytest.mark.parametrize("gap", [0.6, 0.85])
def test_exponents_that_lie_high_stay_with_their_line(gap: float) -> None:
    picture = np.zeros((400, 900, 3), np.uint8)
    ink = (255, 255, 255)
    for x in (100, 210, 320, 430):
        write(picture, "x", (x, 250), SIZE, ink)
        write(picture, "2", (x + 45, 250 - round(gap * DIGIT)), 1.2, ink)
    write(picture, "= 7", (520, 250), SIZE, ink)
    assert len(find_lines(picture[:, :, 0]).lines) == 1


def test_a_ring_round_the_number_of_a_question_is_no_frame() -> None:
    picture = np.zeros((300, 900, 3), np.uint8)
    write(picture, "10", (60, 150), 1.2, (255, 255, 255), 3)
    cv2.ellipse(picture, (84, 138), (48, 44), 0, 0, 360, (255, 255, 255), 4)
    write(picture, "3x - 7 = 2", (240, 150), SIZE, (255, 255, 255))
    (line,) = find_lines(picture[:, :, 0]).lines
    assert line.label is not None and line.label.form == "({})" and line.box.x > 200

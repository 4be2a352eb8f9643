"""What becomes of a photo's lines once they are read: maths, words, and labels with their text."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from core.limits import PhotoLimits
from core.outcome import Box, InkLabel, InkLine, InkPage, Reading
from core.photo.page import ink_lines
from core.photo.prose import wordiness
from core.predictor.canvas import unpacked
from core.predictor.reader import Reader
from core.sifting import sift, to_read
from models.samples.pages import SAMPLES

ROOT = Path(__file__).parents[2]
BOX = Box(0, 0, 10, 10)


def line(wordy: float = -6.0, form: str | None = None) -> InkLine:
    body = InkLine(BOX, 1, 1, b"\0")
    return InkLine(BOX, 1, 1, b"\0", InkLabel(BOX, body, form) if form else None, wordy)


def read(latex: str, confidence: float = 0.8) -> tuple[Reading, ...]:
    return (Reading(latex, confidence),)


def labels(*readings: tuple[Reading, ...], form: str = "{})") -> list[str | None]:
    ink = InkPage(tuple(line(form=form) for _ in readings))
    page, _ = sift(ink, (*(read("x = 5") for _ in readings), *readings))
    return [found.label for found in page.lines]


def test_words_are_set_aside_and_their_ink_with_them() -> None:
    ink = InkPage((line(wordy=5.0), line()))
    page, kept = sift(ink, (read(r"R e s _ { 0 } v a \sin a", 1e-6), read("2 x = 6")))

    assert [found.latex for found in page.lines] == ["2 x = 6"]
    assert [aside.what for aside in page.set_aside] == ["prose"]
    assert kept.lines == ink.lines[1:]


@pytest.mark.parametrize(
    ("latex", "confidence", "wordy"),
    [
        (r"\sin x \cos y = \tan z", 0.7, 4.0),  # letters, but read with confidence
        ("2 x + 5 = 1 5", 1e-6, 1.0),  # read with no confidence, but signs and digits
        ("f ( x ) = x", 0.01, 2.0),
    ],
)
def test_maths_is_rarely_set_aside(latex: str, confidence: float, wordy: float) -> None:
    page, _ = sift(InkPage((line(wordy),)), (read(latex, confidence),))
    assert len(page.lines) == 1 and not page.set_aside


def test_a_label_says_what_was_read_in_the_form_that_its_marks_give_it() -> None:
    assert labels(read("1 0"), form="{}.") == ["10."]
    assert labels(read("Q 3"), form="{}.") == ["Q3."]
    assert labels(read("7"), form="({})") == ["(7)"]


def test_a_label_that_cannot_be_read_is_set_aside() -> None:
    ink = InkPage((line(form="{})"),))
    page, _ = sift(ink, (read("x = 5"), read(r"\int \frac { 1 } { 2 }")))
    assert page.lines[0].label is None
    assert [aside.what for aside in page.set_aside] == ["label"]


def test_labels_count_on() -> None:
    doubtful = (Reading("9", 0.6), Reading("g", 0.1))
    known = [read(letter) for letter in "abcdef"]
    assert labels(*known, doubtful) == ["a)", "b)", "c)", "d)", "e)", "f)", "g)"]


def test_the_label_of_a_line_of_words_passes_to_the_maths_below() -> None:
    ink = InkPage((line(wordy=5.0, form="({})"), line(), line()))
    page, _ = sift(ink, (read(r"a b c d \sin e", 1e-6), read("2 x = 6"), read("x = 3"), read("4")))
    assert [found.label for found in page.lines] == ["(4)", None]


def test_letters_are_wordier_than_equations() -> None:
    def written(text: str) -> float:
        ink = np.zeros((60, 900), np.uint8)
        cv2.putText(ink, text, (10, 40), cv2.FONT_HERSHEY_SIMPLEX, 0.95, 255, 2, cv2.LINE_AA)
        return wordiness(ink)

    assert written("Solve this equation for me") > written("12 - 3x = 5 - 4x + 7 = 2") + 1


@pytest.mark.slow
def test_a_page_of_two_columns_is_read_in_order_with_its_labels() -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "columns")
    reader = Reader(ROOT / "models" / "weights")
    ink = ink_lines((ROOT / "samples" / "photos" / "columns.jpg").read_bytes(), PhotoLimits())
    page, _ = sift(ink, [reader.read(unpacked(part)) for part in to_read(ink)])

    assert [found.label for found in page.lines] == [label.replace(" ", "") for label in sample.question_labels]
    assert sum(found.latex == latex for found, latex in zip(page.lines, sample.lines, strict=True)) >= 10

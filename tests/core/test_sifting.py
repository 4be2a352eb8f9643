"""What becomes of a photo's lines once they are read: maths, words, and labels with their text."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from core.limits import PhotoLimits
from core.outcome import Box, InkLabel, InkLine, InkPage, InkTail, Reading
from core.photo.page import ink_lines
from core.photo.prose import tail_starts, wordiness
from core.predictor.canvas import unpacked
from core.predictor.reader import Reader
from core.sifting import sift, tails_to_read, to_read, with_tails
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


WORDS_THEN_MATHS = read(r"5 0 v e 2 x + 5 = 1 5", 0.02)


def with_pieces(whole: tuple[Reading, ...], *pieces: tuple[Reading, ...]) -> list[str]:
    """What is read on a line whose pieces, words and maths in turn, are read so, where those are asked for."""
    tails = tuple(InkTail(line(wordy=1.0), line(wordy=2.8)) for _ in pieces[::2])
    ink = InkPage((InkLine(BOX, 1, 1, b"\0", wordiness=3.0, tails=tails),))
    asked = tails_to_read(ink, (whole,))
    assert len(asked) in (0, len(pieces))
    page, kept = sift(*with_tails(ink, (whole,), pieces[: len(asked)]))
    assert len(kept.lines) == len(page.lines)
    return [found.latex for found in page.lines] + [aside.what for aside in page.set_aside]


def test_maths_after_words_is_read_without_them() -> None:
    words, maths = read("s _ { 0 } v e", 0.17), read("2 x + 5 = 1 5", 0.9)
    assert with_pieces(WORDS_THEN_MATHS, words, maths) == ["2 x + 5 = 1 5", "prose"]


def test_of_two_places_to_part_words_and_maths_the_one_with_more_maths_is_taken() -> None:
    words, maths = read("s _ { 0 } v e", 0.17), read("2 x + 5 = 1 5", 0.9)
    more_words, less_maths = read("s o v e x t", 0.1), read("5 = 1 5", 0.95)
    assert with_pieces(WORDS_THEN_MATHS, more_words, less_maths, words, maths) == ["2 x + 5 = 1 5", "prose"]


@pytest.mark.parametrize(
    ("whole", "words", "maths"),
    [
        (read(r"\sin x y = 2 x + 1", 0.8), read(r"\sin x y", 0.1), read("2 x + 1")),  # read with confidence as it is
        (read("f ( x ) = 3 x + 1", 0.2), read("f a x", 0.2), read("= 3 x + 1")),  # one statement
        (read("a b c 3 + 4", 0.2), read("a b c", 0.8), read("3 + 4")),  # letters that are surely letters
        (read("x + y 3 + 4", 0.2), read("x + y", 0.2), read("3 + 4")),  # no words but a sum
        (read("s o v e 7", 0.2), read("s o v e", 0.2), read("7")),  # no maths behind the words
        (read("s o v e 7 + x", 0.2), read("s o v e", 0.2), read("7 + x", 0.3)),  # doubtful maths behind them
    ],
)
def test_a_line_that_is_not_surely_words_and_maths_stays_whole(
    whole: tuple[Reading, ...], words: tuple[Reading, ...], maths: tuple[Reading, ...]
) -> None:
    assert with_pieces(whole, words, maths) == [whole[0].latex]


def test_maths_may_begin_behind_the_widest_gaps_of_a_line() -> None:
    ink = np.zeros((28, 200), np.uint8)
    for start, stop in ((4, 20), (23, 40), (60, 75), (90, 110)):
        ink[4:24, start:stop] = 255
    assert tail_starts(ink) == [60, 90]

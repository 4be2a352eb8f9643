"""The sample photos, and the hand that writes them.

The handwriting fonts are not part of the project; the hand is tested with the font that matplotlib brings along.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import matplotlib
import numpy as np
import pytest

from core.notation.tokens import TOKEN_IDS
from models.samples.handwriting import Box, Hand, put, write
from models.samples.pages import MOST_BYTES, SAMPLES, SHAPE, Sample, as_jpeg, photo_of, write_samples

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
PHOTOS = Path(__file__).parents[3] / "samples" / "photos"


def written(latex: str, jitter: float = 0.0) -> Box:
    return write(latex, Hand(FONT, height=60, jitter=jitter), np.random.default_rng(0))


def test_a_digit_is_as_high_as_the_hand_writes_and_stands_on_the_baseline() -> None:
    box = written("8")

    assert box.above == pytest.approx(60, abs=4)
    assert box.below == pytest.approx(0, abs=4)


def test_a_fraction_reaches_above_and_below_and_is_as_wide_as_its_wider_part() -> None:
    plain, fraction = written("1 2 3"), written(r"\frac { 1 2 3 } { 4 }")

    assert fraction.above > plain.above
    assert fraction.below > plain.below
    assert plain.width < fraction.width < 1.5 * plain.width


def test_a_superscript_is_higher_and_a_subscript_lower_than_its_base() -> None:
    assert written("x ^ { 2 }").above > written("x").above
    assert written("x _ { 2 }").below > written("x").below


def test_a_root_covers_what_stands_under_it() -> None:
    bare, root = written("4 9"), written(r"\sqrt { 4 9 }")

    assert root.above > bare.above
    assert root.width > bare.width


def test_an_integral_carries_both_bounds_on_its_right() -> None:
    bare, bounded = written(r"\int"), written(r"\int _ { 0 } ^ { 1 }")

    assert bounded.above > bare.above
    assert len(bounded.marks) == 3


def test_no_two_glyphs_are_the_same_unless_the_hand_is_steady() -> None:
    unsteady, steady = written("8 8", jitter=1.0), written("8 8", jitter=0.0)

    assert not np.array_equal(unsteady.marks[0].ink, unsteady.marks[1].ink)
    assert np.array_equal(steady.marks[0].ink, steady.marks[1].ink)


@pytest.mark.parametrize("latex", [r"\frac { 1 } 2", "x ^ { 2", r"\alpha"])
def test_what_the_hand_cannot_write_is_refused(latex: str) -> None:
    with pytest.raises(ValueError):
        written(latex)


def test_ink_beyond_the_edge_of_the_map_is_cut_off() -> None:
    canvas = np.zeros((100, 100), np.uint8)
    put(written("8 8 8"), canvas, x=-20, baseline=50)
    put(written("8"), canvas, x=500, baseline=500)

    assert canvas[:, 0].any()


def test_every_label_is_spelled_in_the_alphabet_of_the_recogniser() -> None:
    tokens = {token for sample in SAMPLES for line in sample.lines for token in line.split()}

    assert tokens <= TOKEN_IDS.keys()


def test_the_labels_name_every_line_of_every_sample() -> None:
    rows = [row.split("\t") for row in (PHOTOS / "labels.tsv").read_text(encoding="utf-8").splitlines()]

    assert rows == [[f"{sample.name}.jpg", line] for sample in SAMPLES for line in sample.lines]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_is_a_small_photo_file(sample: Sample) -> None:
    path = PHOTOS / f"{sample.name}.jpg"
    photo = cv2.imread(str(path))

    assert path.stat().st_size <= MOST_BYTES
    assert photo is not None and photo.shape == (*SHAPE, 3)


def test_a_sample_can_be_made_again() -> None:
    photo = photo_of(SAMPLES[0], FONT)

    assert photo.shape == (*SHAPE, 3)
    assert np.array_equal(photo, photo_of(SAMPLES[0], FONT))
    assert len(as_jpeg(photo)) <= MOST_BYTES


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="caveat"):
        write_samples(tmp_path, tmp_path / "out")

"""The simulator: ink in, a believable phone photo out."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.data.photo import camera, paper
from models.data.photo.simulator import SAMPLE_PAGE, TRAINING_CROP, PhotoStyle, photograph, photograph_with_view


def seven(shape: tuple[int, int] = (80, 300)) -> NDArray[np.uint8]:
    """A 7 in the middle of an ink map, as high as an ordinary glyph."""
    ink = np.zeros(shape, np.uint8)
    x, y = shape[1] // 2, shape[0] // 2
    stroke = np.array([[x - 6, y - 10], [x + 6, y - 10], [x - 2, y + 10]])
    cv2.polylines(ink, [stroke], False, 255, 2, cv2.LINE_AA)
    return ink


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("style", [TRAINING_CROP, replace(SAMPLE_PAGE, unit=20.0)], ids=["crop", "page"])
def test_a_photo_is_rgb_bytes_of_the_size_of_the_ink(style: PhotoStyle) -> None:
    photo = photograph(seven((64, 210)), rng(0), style)

    assert photo.shape == (64, 210, 3)
    assert photo.dtype == np.uint8


def test_the_same_seed_gives_the_same_photo() -> None:
    first, second, other = (photograph(seven(), rng(seed)) for seed in (5, 5, 6))

    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_the_ink_map_is_left_as_it_was() -> None:
    ink = seven()
    photograph(ink, rng(1), replace(TRAINING_CROP, neighbours_chance=1.0))

    assert np.array_equal(ink, seven())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_ink_is_darker_than_the_paper_around_it_where_the_view_says_it_is(seed: int) -> None:
    ink = seven()
    photo, view = photograph_with_view(ink, rng(seed))

    written = view.layer(ink)
    near = cv2.dilate(written, np.ones((15, 15), np.uint8)) > 0
    # Coloured ink is dark in some channel only, as red ink is in blue.
    contrast = [photo[..., c][near & (written == 0)].mean() - photo[..., c][written > 200].mean() for c in range(3)]
    assert max(contrast) > 5


def test_the_view_maps_points_to_where_the_ink_lands() -> None:
    ink = np.zeros((120, 300), np.uint8)
    cv2.circle(ink, (230, 40), 4, 255, -1)
    view = camera.hold(ink.shape, degrees=4.0, perspective=0.05, bend=6.0, random=rng(3))

    y, x = np.argwhere(view.layer(ink) > 128).mean(axis=0)

    assert view.points(np.array([[230, 40]], np.float32))[0] == pytest.approx([x, y], abs=1.0)


@given(st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_neighbouring_lines_stay_clear_of_the_ink(seed: int) -> None:
    ink = seven()
    crowded = paper.add_neighbours(ink, None, unit=20.0, random=rng(seed))

    rows = np.flatnonzero(ink.max(axis=1) > 40)
    kept = slice(rows[0] - 4, rows[-1] + 5)
    assert np.array_equal(crowded[kept], ink[kept])


def test_neighbouring_lines_can_come_from_another_expression() -> None:
    other = np.full((40, 50), 200, np.uint8)
    crowded = [paper.add_neighbours(seven(), other, unit=20.0, random=rng(seed)) for seed in range(8)]

    assert any((ink[[0, -1]] == 200).all(axis=1).any() for ink in crowded)


def test_an_empty_ink_map_gives_a_photo_of_blank_paper() -> None:
    blank = replace(TRAINING_CROP, rulings=(("blank", 1.0),), shadow_chance=0.0)
    photo = photograph(np.zeros((60, 60), np.uint8), rng(2), blank)

    assert photo.std(axis=(0, 1)).max() < 40


def test_noise_keeps_its_mean_and_spread_at_any_size() -> None:
    noise = paper.smooth_noise((300, 400), 5.0, rng(4))

    assert noise.shape == (300, 400)
    assert abs(float(noise.mean())) < 0.1
    assert 0.4 < float(noise.std()) < 1.1


@pytest.mark.parametrize("name", sorted(paper.PENS))
def test_every_pen_writes_on_every_paper_and_ruling(name: str) -> None:
    style = replace(
        TRAINING_CROP,
        pens=((name, 1.0),),
        papers=tuple((paper_name, 1.0) for paper_name in paper.PAPERS),
        rulings=tuple((ruling, 1.0) for ruling in paper.RULINGS),
    )
    assert photograph(seven(), rng(7), style).shape == (80, 300, 3)

import numpy as np

from core.photo.shade import BACKGROUND_SIDE, CELL, PAPER, STEPS, darkness, grain, shade_of, shaded, shrink
from tests.core.photo.pictures import paper, shade, write


def test_paper_is_paper_in_every_light() -> None:
    picture = shade(paper(300, 400), noise=0.0)
    found = shade_of(picture, shrink(picture, BACKGROUND_SIDE))
    assert np.abs(darkness(found)).max() < 0.25 and np.abs(np.median(darkness(found))) < 0.02


def test_ink_is_as_dark_as_the_light_that_it_takes() -> None:
    picture = write(paper(200, 700, shade=200), "1", (300, 140), 4.0, ink=(100, 100, 100), thickness=12)
    found = darkness(shade_of(picture, shrink(picture, BACKGROUND_SIDE)))
    assert abs(np.percentile(found[picture[:, :, 0] == 100], 50) - 0.5) < 0.03


def test_bytes_and_darkness_are_two_names_of_one_thing() -> None:
    every = np.arange(256, dtype=np.uint8)
    assert np.array_equal(shaded(darkness(every)), every)
    assert darkness(np.array([PAPER, PAPER + int(STEPS)], np.uint8)).tolist() == [0.0, 1.0]


def test_grain_is_the_deviation_of_bare_paper() -> None:
    random = np.random.default_rng(0)
    noisy = shaded(random.normal(0.0, 0.05, (160, 240)).astype(np.float32))
    assert grain(noisy).shape == (160 // CELL, 240 // CELL)
    assert np.abs(grain(noisy) - 0.05).max() < 0.02

"""Lines whose strokes touch are cut apart; what stands in several rows by right stays whole."""

import cv2
import numpy as np

from core.photo.ink import glyph_height
from core.photo.layout import lay_out
from core.photo.lines import find_lines
from tests.core.photo.pictures import Picture, write

PEN = (255, 255, 255)


def ink(*texts: tuple[str, int, int]) -> Picture:
    picture = np.zeros((420, 900, 3), np.uint8)
    for text, x, y in texts:
        write(picture, text, (x, y), 2.0, PEN)
    return picture[:, :, 0].copy()


def test_a_tail_that_runs_into_the_next_line_is_cut_off_it() -> None:
    picture = ink(("x + 4 - 2", 100, 100), ("8 - 8 + 1", 110, 175))
    touching = picture.copy()
    column = int(np.flatnonzero(picture[60:100].max(axis=0))[0]) + 130  # the upright of the 4
    cv2.line(touching, (column, 95), (column, 140), 255, 5)
    assert cv2.connectedComponents(touching)[0] < cv2.connectedComponents(picture)[0]
    assert len(find_lines(touching).lines) == len(find_lines(picture).lines) == 2


def is_left_whole(picture: Picture) -> bool:
    layout = lay_out(picture, glyph_height(picture))
    return layout is not None and np.array_equal(layout.ink, picture)


def test_the_brackets_of_a_matrix_are_not_cut() -> None:
    picture = ink(("1 2 3", 200, 100), ("4 5 6", 200, 165))
    for x, hook in ((150, 20), (440, -20)):
        cv2.polylines(picture, [np.array([[x + hook, 40], [x, 40], [x, 180], [x + hook, 180]])], False, 255, 4)
    assert is_left_whole(picture)


def test_a_fraction_that_touches_its_bar_is_not_cut() -> None:
    picture = ink(("x + 1", 300, 100), ("y - 2", 300, 165), ("z =", 120, 135))
    cv2.line(picture, (290, 112), (470, 112), 255, 5)
    cv2.line(picture, (320, 95), (320, 115), 255, 5)
    cv2.line(picture, (320, 112), (320, 130), 255, 5)
    assert is_left_whole(picture)

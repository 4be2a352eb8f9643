from pathlib import Path

import cv2
import matplotlib
import numpy as np

from models.data.augment import symbol_bank
from models.data.expression import bounds
from models.data.fonts import SIGNS, centre_lines, read_fonts, thinned, written

FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
SANS = FOLDER / "DejaVuSans.ttf"


def line(*corners: tuple[int, int], pen: int = 7) -> np.ndarray:
    page = np.zeros((80, 80), np.uint8)
    cv2.polylines(page, [np.array(corners, np.int32)], False, 1, pen)
    return page > 0


def test_a_stroke_runs_along_the_middle_of_its_line() -> None:
    (stroke,) = centre_lines(line((10, 40), (70, 40)))
    assert np.abs(stroke[:, 1] - 40).max() <= 1
    assert np.ptp(stroke[:, 0]) > 50


def test_a_cross_is_cut_where_it_branches() -> None:
    assert len(centre_lines(line((10, 40), (70, 40)) | line((40, 10), (40, 70)))) >= 4


def test_a_ring_comes_back_to_where_it_began() -> None:
    (ring,) = centre_lines(line((20, 20), (60, 20), (60, 60), (20, 60), (20, 20)))
    assert np.allclose(ring[0], ring[-1], atol=2)


def test_of_a_dot_its_middle_is_left() -> None:
    dot = np.zeros((20, 20), np.bool_)
    dot[8:10, 8:10] = True
    assert thinned(dot).sum() == 1


def test_a_font_gives_each_sign_its_strokes() -> None:
    font = written(SANS)
    assert set(font.tokens) == set(SIGNS)
    bank = symbol_bank([font])
    assert len(bank["l"][0]) == 1 and len(bank["i"][0]) == 2
    low, high = bounds(bank["o"][0])
    assert 0.8 < (high - low)[0] / (high - low)[1] < 1.2


def test_only_fonts_are_read_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("free")
    (tmp_path / "mono.ttf").symlink_to(FOLDER / "DejaVuSansMono.ttf")
    assert [font.writer for font in read_fonts(tmp_path)] == ["mono"]

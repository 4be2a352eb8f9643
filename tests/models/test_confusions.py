from pathlib import Path

import numpy as np

from models.confusions import draw_confusions
from models.data.augment import symbol_bank
from tests.models.handwriting import one_plus_x

BANK = symbol_bank([one_plus_x()])


def test_the_commonest_confusions_of_symbols_are_drawn(tmp_path: Path) -> None:
    picture, fewer = tmp_path / "confusions.png", tmp_path / "fewer.png"
    counts = {("x", "+"): 4, ("1", "x"): 9, ("x", ""): 20, ("{", "x"): 7}
    draw_confusions(counts, BANK, 5, picture)
    draw_confusions(counts, BANK, 1, fewer)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > fewer.stat().st_size


def test_what_has_no_ink_is_left_out(tmp_path: Path) -> None:
    with_marks, without = tmp_path / "marks.png", tmp_path / "plain.png"
    draw_confusions({("1", "x"): 9, ("^", "x"): 20, ("", "x"): 30}, BANK, 5, with_marks)
    draw_confusions({("1", "x"): 9}, BANK, 5, without)
    assert np.array_equal(*(np.fromfile(path, np.uint8) for path in (with_marks, without)))

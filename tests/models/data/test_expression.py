from pathlib import Path

import numpy as np
import pytest

from models.data.expression import load_expressions, save_expressions
from tests.models.handwriting import one_plus_x


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    written = [one_plus_x("first"), one_plus_x("second", writer="")]
    save_expressions(tmp_path / "deep" / "set.npz", written)
    for before, after in zip(written, load_expressions(tmp_path / "deep" / "set.npz"), strict=True):
        assert (after.key, after.writer, after.tokens) == (before.key, before.writer, before.tokens)
        assert after.symbols == before.symbols
        assert after.glyph_height == before.glyph_height
        assert all(np.array_equal(a, b) for a, b in zip(after.strokes, before.strokes, strict=True))


def test_a_set_that_was_never_prepared_is_missed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_expressions(tmp_path / "set.npz")

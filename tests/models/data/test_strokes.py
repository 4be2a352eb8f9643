import numpy as np
import pytest

from core.notation.tokens import TOKEN_IDS
from core.photo.ink import GLYPH_HEIGHT
from core.predictor.canvas import CELL, MAX_HEIGHT, MAX_WIDTH, STRIDE
from models.data.strokes import draw
from tests.models.handwriting import one_plus_x

SUM = one_plus_x()


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.4])
def test_glyphs_come_out_at_the_height_asked_for(scale: float) -> None:
    ink = draw(SUM.strokes, SUM.symbols, SUM.glyph_height, scale, 2.0).ink
    rows = np.flatnonzero(ink.max(axis=1) > 96)
    assert rows[-1] - rows[0] + 1 == pytest.approx(GLYPH_HEIGHT * scale, abs=3)


def test_every_symbol_is_on_the_map_from_left_to_right() -> None:
    drawing = draw(SUM.strokes, SUM.symbols, SUM.glyph_height, 1.4, 2.0)
    assert drawing.symbol_map.shape == (drawing.ink.shape[0] // CELL, drawing.ink.shape[1] // CELL)
    columns = [np.argwhere(drawing.symbol_map == TOKEN_IDS[token])[:, 1].mean() for token in SUM.tokens]
    assert columns == sorted(columns)


def test_a_long_line_is_drawn_smaller_not_cut() -> None:
    strokes = tuple(stroke * np.array([40, 1], np.float32) for stroke in SUM.strokes)
    ink = draw(strokes, SUM.symbols, SUM.glyph_height, 1.0, 2.0).ink
    assert ink.shape[0] <= MAX_HEIGHT
    assert ink.shape[1] <= MAX_WIDTH
    assert ink.shape[0] % STRIDE == ink.shape[1] % STRIDE == 0
    assert ink[:, -STRIDE:].any()

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.data.augment import Distortion, distorted, symbol_bank
from models.data.expression import bounds
from tests.models.handwriting import one_plus_x

SUM = one_plus_x()
STILL = Distortion(
    interchange_expressions=0, symbol_stretch=0, symbol_slant=0, symbol_shift=0, symbol_warp=0, stroke_shift=0,
    line_stretch=0, line_growth=0, line_wave=0, rotation=0, slant=0,
)  # fmt: skip


@given(st.integers(0, 2**32))
def test_a_distorted_line_still_says_the_same_in_about_the_same_place(seed: int) -> None:
    random = np.random.default_rng(seed)
    bent = distorted(SUM, symbol_bank([SUM]), Distortion(), random)
    assert (bent.tokens, bent.symbols) == (SUM.tokens, SUM.symbols)
    low, high = bounds(bent.strokes)
    assert np.isfinite(low).all()
    assert (high - low < 3 * np.array([28, 10])).all()


def test_without_distortion_nothing_moves() -> None:
    same = distorted(SUM, symbol_bank([SUM]), STILL, np.random.default_rng(0))
    assert all(np.allclose(a, b, atol=1e-4) for a, b in zip(same.strokes, SUM.strokes, strict=True))


def test_interchange_takes_another_hand_into_the_same_box() -> None:
    leaning = np.array([[1, 0.5], [0, 1]], np.float32)
    other = replace(SUM, strokes=tuple(stroke @ leaning * 50 for stroke in SUM.strokes))
    always = replace(STILL, interchange_expressions=1.0, interchange_symbols=1.0)
    swapped = distorted(SUM, symbol_bank([other]), always, np.random.default_rng(0))
    for symbol in SUM.symbols:
        low, high = bounds(swapped.strokes[i] for i in symbol.strokes)
        centre = sum(bounds(SUM.strokes[i] for i in symbol.strokes)) / 2
        assert np.allclose((low + high) / 2, centre, atol=0.1)
    assert not np.allclose(swapped.strokes[0], SUM.strokes[0], atol=0.1)

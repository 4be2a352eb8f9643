import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.predictor.canvas import MAX_HEIGHT, MAX_WIDTH, STRIDE, fit


@given(height=st.integers(1, 400), width=st.integers(1, 2000))
def test_every_ink_gets_a_canvas_the_network_can_read(height: int, width: int) -> None:
    canvas = fit(np.full((height, width), 255, np.uint8))
    assert canvas.shape[0] % STRIDE == canvas.shape[1] % STRIDE == 0
    assert canvas.shape[0] <= MAX_HEIGHT
    assert canvas.shape[1] <= MAX_WIDTH
    assert canvas.max() == 255


def test_ink_that_fits_is_not_resampled() -> None:
    ink = np.random.default_rng(0).integers(0, 256, (30, 50), np.uint8)
    canvas = fit(ink)
    assert canvas.shape == (32, 64)
    assert (canvas[:30, :50] == ink).all()
    assert not canvas[30:].any()

import cv2
import numpy as np
import pytest

from core.notation.tokens import PAD_ID, TOKEN_IDS
from core.predictor.canvas import CELL
from models.data.photo.photographed import photographed
from tests.models.handwriting import one_plus_x


@pytest.mark.parametrize("seed", range(8))
def test_the_map_lies_where_the_ink_of_each_symbol_is(seed: int) -> None:
    photo = photographed(one_plus_x(), 1.2, np.random.default_rng(seed))
    height, width = photo.ink.shape
    ink = cv2.resize(photo.ink, (width // CELL, height // CELL), interpolation=cv2.INTER_AREA)
    assert photo.symbol_map.shape == ink.shape
    columns = []
    for token in "1+x":
        places = photo.symbol_map == TOKEN_IDS[token]
        assert places.any()
        assert ink[places].mean() > 2 * ink[photo.symbol_map == PAD_ID].mean()
        columns.append(np.argwhere(places)[:, 1].mean())
    assert columns == sorted(columns)

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.photo.components import connected, places


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.0, 1.0), st.integers(0, 999))
def test_parts_and_their_boxes_are_those_of_opencv(height: int, width: int, share: float, seed: int) -> None:
    ink = (np.random.default_rng(seed).random((height, width)) < share).astype(np.uint8) * 90
    labels, stats = connected(ink)
    count, expected, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    assert np.array_equal(labels, expected)
    assert np.array_equal(stats[1:], boxes[1:]) and len(stats) == count


def test_places_are_those_of_numpy() -> None:
    picture = np.array([[0, 3, 0], [7, 0, 1]], np.uint8)
    assert places(picture).tolist() == np.flatnonzero(picture).tolist()
    assert places(np.zeros((2, 3), np.bool_)).tolist() == []

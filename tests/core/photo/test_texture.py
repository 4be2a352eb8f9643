import cv2
import numpy as np
import pytest

from core.photo.ink import Ink, glyph_height
from core.photo.texture import is_texture
from tests.core.photo.pictures import FONT

UNIT = 40.0


def written(size: float, thickness: int) -> Ink:
    ink = np.zeros((120, 600), np.uint8)
    cv2.putText(ink, "3x-7=2", (20, 80), FONT, size, 255, thickness, cv2.LINE_AA)
    return ink


def grain(radius: int, value: int = 255) -> Ink:
    ink = np.zeros((120, 600), np.uint8)
    for x, y in np.random.default_rng(0).integers((10, 10), (590, 110), (150, 2)):
        cv2.circle(ink, (int(x), int(y)), radius, value, -1)
    return ink


@pytest.mark.parametrize("size, thickness", [(2.0, 2), (2.0, 8), (0.8, 2), (0.5, 1)])
def test_writing_is_no_texture_thick_or_thin_large_or_small(size: float, thickness: int) -> None:
    ink = written(size, thickness)
    assert not is_texture(ink, glyph_height(ink), UNIT)


@pytest.mark.parametrize("radius", [1, 2, 3])
def test_specks_are_texture(radius: int) -> None:
    ink = grain(radius)
    assert is_texture(ink, glyph_height(ink), UNIT)


def test_what_is_faint_all_through_is_texture() -> None:
    ink = (written(2.0, 4) * 0.6).astype(np.uint8)
    assert is_texture(ink, glyph_height(ink), UNIT)

"""What Telegram takes as a photo (Bot API, sendPhoto)."""

from __future__ import annotations

import pytest

from bot.telegram.sending import fits_as_photo
from core.outcome import Picture


@pytest.mark.parametrize(
    ("width", "height", "size", "fits"),
    [
        (900, 600, 1000, True),
        (5000, 5000, 1000, True),
        (5001, 5000, 1000, False),
        (2000, 100, 1000, True),
        (2001, 100, 1000, False),
        (100, 2001, 1000, False),
        (900, 600, 10_000_001, False),
    ],
)
def test_a_picture_that_is_too_long_or_too_heavy_goes_as_a_file(width: int, height: int, size: int, fits: bool) -> None:
    assert fits_as_photo(Picture(bytes(size), "A card.", width, height)) is fits

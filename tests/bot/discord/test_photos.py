"""Pictures are fetched when their turn has come, and what opens them to everybody is not kept."""

from __future__ import annotations

import pytest

from bot.discord.photos import photo_of
from bot.store.values import FileReference
from core.errors import PhotoTooLarge
from tests.bot.discord.conftest import Incoming, attachment


def test_the_reference_says_which_file_it_is_but_does_not_open_it(incoming: Incoming) -> None:
    (picture,) = incoming("", attachments=[attachment(11, "a.jpg")]).attachments
    assert "?ex=" in picture.url
    assert photo_of(picture, 100).reference == FileReference("https://cdn.invalid/11/a.jpg", "11")


async def test_what_is_too_large_is_refused_before_it_is_fetched(incoming: Incoming) -> None:
    (picture,) = incoming("", attachments=[attachment(11, "a.jpg")]).attachments
    with pytest.raises(PhotoTooLarge):
        await photo_of(picture, picture.size - 1).load()

"""Pictures on Telegram's side, and how their bytes come here."""

from __future__ import annotations

from functools import partial

import structlog
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.requests import Photo
from bot.store.values import FileReference
from bot.telegram.asking import Picture
from core.errors import PhotoTooLarge, PhotoUnavailable

log = structlog.stdlib.get_logger(__name__)

FILE_TOO_BIG = "file is too big"
"""How getFile words its refusal of a file over 20 MB."""
TRIES = 2


def photo_of(picture: Picture, max_bytes: int) -> Photo:
    """The picture as the conversation takes it; it is downloaded when its turn has come."""
    return Photo(FileReference(picture.file_id, picture.file_unique_id), partial(download, picture, max_bytes))


async def download(picture: Picture, max_bytes: int) -> bytes:
    """The bytes of a picture. Raises PhotoTooLarge, before it is downloaded, and PhotoUnavailable."""
    if (picture.file_size or 0) > max_bytes:
        raise PhotoTooLarge
    for tries_left in reversed(range(TRIES)):
        try:
            return bytes(await (await picture.get_file()).download_as_bytearray())
        except TelegramError as error:
            if isinstance(error, BadRequest) and FILE_TOO_BIG in error.message.lower():
                raise PhotoTooLarge from error
            log.warning("photo-not-fetched", error=type(error).__name__, tries_left=tries_left)
            if not tries_left or isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                raise PhotoUnavailable from error
    raise AssertionError("the last try returns or raises")

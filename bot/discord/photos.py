"""Pictures on Discord's side, and how their bytes come here."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

import discord
import structlog

from bot.requests import Photo
from bot.store.values import FileReference
from core.errors import PhotoTooLarge, PhotoUnavailable

log = structlog.stdlib.get_logger(__name__)

PICTURE_ENDINGS = frozenset(
    (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif")
)
"""Of a file that may be a picture; whether it is one, its bytes decide later."""
TRIES = 2


def pictures_in(message: discord.Message) -> tuple[discord.Attachment, ...]:
    """What a message, or the message that it forwards, carries and calls a picture."""
    forwarded = [attachment for snapshot in message.message_snapshots for attachment in snapshot.attachments]
    return tuple(attachment for attachment in [*message.attachments, *forwarded] if _may_be_a_picture(attachment))


def photo_of(attachment: discord.Attachment, max_bytes: int) -> Photo:
    """The picture as the conversation takes it; it is downloaded when its turn has come."""
    address, _, _ = attachment.url.partition("?")  # what follows opens the file to everybody who has it: not kept
    reference = FileReference(address, str(attachment.id))
    return Photo(reference, partial(download, attachment, max_bytes))


async def download(attachment: discord.Attachment, max_bytes: int) -> bytes:
    """The bytes of an attachment. Raises PhotoTooLarge, before it is downloaded, and PhotoUnavailable."""
    if attachment.size > max_bytes:
        raise PhotoTooLarge
    for tries_left in reversed(range(TRIES)):
        try:
            return await attachment.read()
        except discord.DiscordException as error:
            log.warning("photo-not-fetched", error=type(error).__name__, tries_left=tries_left)
            if not tries_left or isinstance(error, discord.NotFound | discord.Forbidden):
                raise PhotoUnavailable from error
    raise AssertionError("the last try returns or raises")


def _may_be_a_picture(attachment: discord.Attachment) -> bool:
    named_so = PurePath(attachment.filename).suffix.lower() in PICTURE_ENDINGS
    return named_so or (attachment.content_type or "").startswith("image/")

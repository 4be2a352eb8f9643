"""Who is spoken to, and what is asked: from a Telegram message to what should be answered. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from telegram import Document, Message, MessageEntity, PhotoSize, User
from telegram.constants import ChatType

COMMAND = "solve"

PICTURE_ENDINGS = (
    ".jpg",
    ".jpeg",
    ".jfif",
    ".png",
    ".webp",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".heic",
    ".heif",
    ".avif",
)
"""Of a file that may be a picture; whether it is one, its bytes decide later."""


@dataclass(frozen=True)
class Ask:
    """What a message asks: a picture, or typed maths, or, with neither, how to ask."""

    picture: PhotoSize | Document | None = None
    text: str = ""


def asked(message: Message, bot: User) -> Ask | None:
    """What `message` asks of `bot`, or None where the bot was not spoken to and stays silent.

    In a private chat everything is for the bot. In a group only what carries `/solve` (in the text or under a picture)
    or mentions the bot; if such a message has nothing to solve, then the message it replies to is meant.
    """
    words, entities = words_of(message)
    private = message.chat.type == ChatType.PRIVATE
    command = _command(message, entities, bot)
    if command is None and _opens_with_command(entities):
        return Ask() if private else None
    mention = _mention(message, entities, bot)
    if not private and command is None and mention is None:
        return None
    own = Ask(picture_of(message), _without(words, [entity for entity in (command, mention) if entity]))
    quoted = message.reply_to_message
    if quoted is None or own.picture is not None or own.text:
        return own
    return Ask(picture_of(quoted), words_of(quoted)[0])


def picture_of(message: Message) -> PhotoSize | Document | None:
    """The photo in its largest size, or a file that says it is a picture."""
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height)
    document = message.document
    if document is None:
        return None
    named_so = PurePath(document.file_name or "").suffix.lower() in PICTURE_ENDINGS
    return document if named_so or (document.mime_type or "").startswith("image/") else None


def words_of(message: Message) -> tuple[str, tuple[MessageEntity, ...]]:
    """The text or the caption of a message, and the entities in it."""
    if message.text is not None:
        return message.text, tuple(message.entities)
    return message.caption or "", tuple(message.caption_entities)


def _command(message: Message, entities: tuple[MessageEntity, ...], bot: User) -> MessageEntity | None:
    """The `/solve` that opens the message, unless it is addressed to another bot."""
    for entity in entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, addressee = _spelling(message, entity).removeprefix("/").partition("@")
            if name.lower() == COMMAND and addressee.lower() in ("", (bot.username or "").lower()):
                return entity
    return None


def _opens_with_command(entities: tuple[MessageEntity, ...]) -> bool:
    return any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in entities)


def _mention(message: Message, entities: tuple[MessageEntity, ...], bot: User) -> MessageEntity | None:
    for entity in entities:
        by_name = entity.type == MessageEntity.MENTION
        if by_name and _spelling(message, entity).lower() == f"@{bot.username}".lower():
            return entity
        if entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot.id:
            return entity
    return None


def _spelling(message: Message, entity: MessageEntity) -> str:
    return message.parse_entity(entity) if message.text is not None else message.parse_caption_entity(entity)


def _without(words: str, entities: list[MessageEntity]) -> str:
    """`words` with the entities cut out. Telegram counts offsets in UTF-16 units."""
    encoded = words.encode("utf-16-le")
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        encoded = encoded[: 2 * entity.offset] + encoded[2 * (entity.offset + entity.length) :]
    return encoded.decode("utf-16-le").strip()

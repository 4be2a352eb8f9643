"""What is asked: from Telegram messages to what should be answered, and how it concerns the bot. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from telegram import Document, ExternalReplyInfo, Message, MessageEntity, PhotoSize, User
from telegram.constants import ChatType

from bot.etiquette import Approach

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

Picture = PhotoSize | Document


@dataclass(frozen=True)
class Ask:
    """What messages ask: pictures, or typed maths, or, with neither, how to ask.

    `approach`: how they concern the bot. `replies_to`: the message of the bot that typed maths replies to.
    """

    approach: Approach
    pictures: tuple[Picture, ...] = ()
    text: str = ""
    replies_to: Message | None = None


def asked(messages: Sequence[Message], bot: User) -> Ask | None:
    """What one message, or the messages of one album, ask of `bot`; None where in a group they open with a command that
    is not ours, or hold nothing to solve and name nobody.

    Where there is nothing to solve in what carries `/solve` or mentions the bot, the message that it replies to is
    meant, unless that is one of the bot's own.
    """
    first = next((message for message in messages if words_of(message)[0]), messages[0])
    words, entities = words_of(first)
    private = first.chat.type == ChatType.PRIVATE
    command = _command(first, entities, bot)
    if command is None and any(entity.type == MessageEntity.BOT_COMMAND and not entity.offset for entity in entities):
        return Ask(Approach(private=True)) if private else None
    mention = _mention(first, entities, bot)
    pictures = tuple(picture for message in messages if (picture := picture_of(message)) is not None)
    text = _without(words, [entity for entity in (command, mention) if entity])
    quoted = _quoted(first)
    to_bot = quoted is not None and quoted.from_user is not None and quoted.from_user.id == bot.id
    approach = Approach(private, command is not None, mention is not None, to_bot, bool(pictures))
    if pictures or text:
        return Ask(approach, pictures, text, quoted if to_bot and command is None and not pictures else None)
    if command is None and mention is None:
        return Ask(approach) if private else None
    if to_bot:
        return Ask(approach)
    return _meant(first, quoted, approach, bot)


def picture_of(message: Message | ExternalReplyInfo) -> Picture | None:
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


def _quoted(message: Message) -> Message | None:
    """The message replied to. In a forum every message replies to the one that opened its topic: that says nothing."""
    quoted = message.reply_to_message
    return None if quoted is None or quoted.forum_topic_created is not None else quoted


def _meant(message: Message, quoted: Message | None, approach: Approach, bot: User) -> Ask:
    """What is asked by pointing at another message, or at a piece of it."""
    if quoted is None:
        elsewhere = message.external_reply and picture_of(message.external_reply)
        return Ask(approach, (elsewhere,) if elsewhere else (), message.quote.text if message.quote else "")
    picture = picture_of(quoted)
    words, entities = words_of(quoted)
    ours = (_command(quoted, entities, bot), _mention(quoted, entities, bot))
    whole = _without(words, [entity for entity in ours if entity])
    return Ask(approach, (picture,) if picture else (), message.quote.text if message.quote else whole)


def _command(message: Message, entities: tuple[MessageEntity, ...], bot: User) -> MessageEntity | None:
    """The `/solve` that opens the message, unless it is addressed to another bot."""
    for entity in entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, addressee = _spelling(message, entity).removeprefix("/").partition("@")
            if name.lower() == COMMAND and addressee.lower() in ("", (bot.username or "").lower()):
                return entity
    return None


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

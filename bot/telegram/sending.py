"""How a reply becomes one Telegram message."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import structlog
from telegram import Message, ReplyParameters
from telegram.constants import ChatAction, ChatType, FileSizeLimit, ParseMode
from telegram.error import TelegramError

from bot.captions import written
from bot.locale.catalogue import Sentences
from bot.markup import TELEGRAM_CAPTION, TELEGRAM_MESSAGE
from bot.replies import Reply
from core.outcome import Picture

log = structlog.stdlib.get_logger(__name__)

PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
"""Bot API, sendPhoto: width and height together, and their ratio, at most."""

ACTION_AFTER = 0.7
ACTION_EVERY = 4.0
"""Seconds. "Typing" is only shown where it takes noticeably long; Telegram takes it away again after five seconds."""

FILE_NAME = "answer.png"


async def send(message: Message, reply: Reply, say: Sentences) -> None:
    """Answer `message` with one message. Raises telegram.error.TelegramError."""
    bot, chat = message.get_bot(), message.chat_id
    common: dict[str, Any] = {
        "reply_parameters": ReplyParameters(message.message_id, allow_sending_without_reply=True),
        "message_thread_id": message.message_thread_id if message.is_topic_message else None,
        "disable_notification": message.chat.type != ChatType.PRIVATE,
    }
    picture = reply.picture
    text = written(reply.paragraphs, say, TELEGRAM_CAPTION if picture else TELEGRAM_MESSAGE, picture is not None)
    if picture is None:
        await bot.send_message(chat, text, parse_mode=ParseMode.HTML, **common)
    elif fits_as_photo(picture):
        await bot.send_photo(chat, picture.png, caption=text, parse_mode=ParseMode.HTML, filename=FILE_NAME, **common)
    else:
        await bot.send_document(
            chat, picture.png, caption=text, parse_mode=ParseMode.HTML, filename=FILE_NAME, **common
        )


def fits_as_photo(picture: Picture) -> bool:
    """Whether Telegram takes this picture as a photo; what it does not take can still go as a file."""
    short, long = sorted((picture.width, picture.height))
    return (
        short + long <= PHOTO_SIDES
        and long <= PHOTO_RATIO * short
        and len(picture.png) <= FileSizeLimit.PHOTOSIZE_UPLOAD
    )


@contextlib.asynccontextmanager
async def shown_at_work(message: Message, action: ChatAction) -> AsyncIterator[None]:
    """Show "typing…" or "sending a photo…" while the body runs."""
    showing = asyncio.create_task(_keep_showing(message, action))
    try:
        yield
    finally:
        showing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await showing


async def _keep_showing(message: Message, action: ChatAction) -> None:
    thread = message.message_thread_id if message.is_topic_message else None
    await asyncio.sleep(ACTION_AFTER)
    try:
        while True:
            await message.get_bot().send_chat_action(message.chat_id, action, message_thread_id=thread)
            await asyncio.sleep(ACTION_EVERY)
    except TelegramError as error:  # a courtesy: the answer matters, and comes without it
        log.info("action-not-shown", error=type(error).__name__)

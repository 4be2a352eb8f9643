"""What happens on each Telegram update."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from telegram import Document, Message, PhotoSize, Update
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from bot.conversation import Conversation
from bot.replies import Reply
from bot.requests import Chat, Person, Photo, Request
from bot.store.values import FileReference
from bot.telegram.asking import Ask, asked
from bot.telegram.sending import send, shown_at_work
from core.errors import ChalklineError, PhotoTooLarge

log = structlog.stdlib.get_logger(__name__)

FILE_TOO_BIG = "File is too big"
"""How the Bot API's getFile words its refusal of a file over 20 MB."""

NEW_MESSAGES = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT & ~filters.IS_AUTOMATIC_FORWARD


@dataclass(frozen=True)
class Handlers:
    """The handlers, with the conversation they hold."""

    conversation: Conversation

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Add every handler to `application`."""
        for name in ("start", "help"):
            application.add_handler(CommandHandler(name, self.greet, filters=NEW_MESSAGES))
        application.add_handler(MessageHandler(NEW_MESSAGES, self.solve))
        application.add_error_handler(self.apologise)

    async def greet(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer /start and /help, each with the sentence of its name."""
        message = update.message
        assert message is not None and message.text is not None
        name = message.text.removeprefix("/").split()[0].partition("@")[0].lower()
        await self._send(message, self.conversation.say(name, language_of(message)))

    async def solve(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a photo or typed maths, where the bot was spoken to."""
        message = update.message
        assert message is not None
        ask = asked(message, context.bot.bot)
        if ask is not None:
            await self._send(message, await self._reply(message, ask))

    async def apologise(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The one place where a failure of ours ends: a line in the log, and a kind sentence to whoever asked."""
        number = update.update_id if isinstance(update, Update) else None
        log.error("update-failed", update=number, exc_info=context.error)
        if isinstance(update, Update) and update.message is not None:
            await self._send(update.message, self.conversation.explain(ChalklineError(), language_of(update.message)))

    async def _send(self, message: Message, reply: Reply) -> None:
        await send(message, reply, self.conversation.catalogues.speaking(reply.language))

    async def _reply(self, message: Message, ask: Ask) -> Reply:
        language = language_of(message)
        if ask.picture is None and not ask.text:
            return self.conversation.say("ask-for-maths-telegram", language)
        action = ChatAction.UPLOAD_PHOTO if ask.picture else ChatAction.TYPING
        async with shown_at_work(message, action):
            return await self.conversation.answer(
                Request(
                    chat=Chat("telegram", str(message.chat_id), message.chat.type == ChatType.PRIVATE),
                    asker=Person(str(message.from_user.id if message.from_user else message.chat_id), language),
                    message_id=str(message.message_id),
                    photos=(self._photo(ask.picture),) if ask.picture else (),
                    text=ask.text,
                )
            )

    def _photo(self, picture: PhotoSize | Document) -> Photo:
        return Photo(FileReference(picture.file_id, picture.file_unique_id), partial(self._download, picture))

    async def _download(self, picture: PhotoSize | Document) -> bytes:
        """The bytes of a file. Raises PhotoTooLarge, before downloading it, and telegram.error.TelegramError."""
        if (picture.file_size or 0) > self.conversation.photo_limits.max_bytes:
            raise PhotoTooLarge
        try:
            file = await picture.get_file()
        except BadRequest as error:
            if error.message.lower() == FILE_TOO_BIG.lower():
                raise PhotoTooLarge from error
            raise
        return bytes(await file.download_as_bytearray())


def language_of(message: Message) -> str:
    """The language tag of whoever wrote, English where Telegram does not say."""
    return (message.from_user and message.from_user.language_code) or "en"

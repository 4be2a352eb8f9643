"""What happens on each Telegram update."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.conversation import Conversation
from bot.replies import Reply
from bot.telegram.answering import Answering
from bot.telegram.failures import Failures
from bot.telegram.inline import Inline
from bot.telegram.people import Moderators, author_of, chat_of
from bot.telegram.pressing import Pressing
from bot.telegram.sending import Sender, in_reply_to

log = structlog.stdlib.get_logger(__name__)

PEOPLE = ~filters.StatusUpdate.ALL & ~filters.VIA_BOT & ~filters.IS_AUTOMATIC_FORWARD
NEW = filters.UpdateType.MESSAGE & PEOPLE
EDITED = filters.UpdateType.EDITED_MESSAGE & PEOPLE
SENTENCES = ("start", "help", "privacy")
"""Commands that are answered with the sentence of their name."""


@dataclass(frozen=True)
class Handlers:
    """From updates to what is done about them."""

    sender: Sender
    answering: Answering
    pressing: Pressing
    inline: Inline
    failures: Failures

    @classmethod
    def by(cls, sender: Sender) -> Handlers:
        return cls(sender, Answering.by(sender), Pressing(sender, Moderators()), Inline(sender), Failures(sender))

    @property
    def conversation(self) -> Conversation:
        return self.sender.conversation

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Add every handler to `application`."""
        application.add_handler(CommandHandler(SENTENCES, self.say, filters=NEW))
        application.add_handler(CommandHandler("settings", self.show_settings, filters=NEW))
        application.add_handler(CommandHandler("forget", self.forget, filters=NEW))
        application.add_handler(MessageHandler(NEW, self.hear))
        application.add_handler(MessageHandler(EDITED, self.hear_again))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.move))
        application.add_handler(CallbackQueryHandler(self.press))
        application.add_handler(InlineQueryHandler(self.answer_inline))
        application.add_error_handler(self.failures.take)

    async def say(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        assert message is not None and message.text is not None
        name = message.text.removeprefix("/").split()[0].partition("@")[0].lower()
        chat, author = chat_of(message.chat), author_of(message)
        language = (await self.conversation.settings(chat, author)).language or author.language
        await self._reply(update, self.conversation.say(name, language))

    async def show_settings(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        assert message is not None
        await self._reply(update, await self.conversation.settings_panel(chat_of(message.chat), author_of(message)))

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        assert message is not None
        await self._reply(update, await self.conversation.forget(chat_of(message.chat), author_of(message)))

    async def hear(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await self.answering.hear(update.message)

    async def hear_again(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.edited_message is not None
        await self.answering.hear_again(update.edited_message)

    async def move(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup: Telegram says so in both of them."""
        message = update.message
        if message is not None and message.migrate_to_chat_id is not None:
            await self.sender.moved(message.chat_id, message.migrate_to_chat_id)

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await self.pressing.take(update.callback_query)

    async def answer_inline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.inline_query is not None
        await self.inline.take(update.inline_query)

    async def _reply(self, update: Update, reply: Reply) -> None:
        assert update.message is not None
        await self.sender.send(in_reply_to(update.message), reply)

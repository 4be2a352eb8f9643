"""Buttons under the bot's messages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog
from telegram import CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.buttons import decoded
from bot.markup import span
from bot.replies import Reply
from bot.requests import Press
from bot.telegram.effects import Effects
from bot.telegram.people import Moderators, chat_of, person_of
from bot.telegram.sending import Destination, Sender, in_reply_to

log = structlog.stdlib.get_logger(__name__)

ANSWERED_WITHIN = 4.0
"""Seconds after which a press is acknowledged, so that its button stops turning, whatever it led to so far."""
NOTICE_LENGTH = 200


@dataclass(frozen=True)
class Pressing:
    """Takes presses. The same button pressed again while it is at work is acknowledged, and no more."""

    sender: Sender
    moderators: Moderators
    _at_work: set[tuple[int, int, str]] = field(default_factory=set)

    async def take(self, query: CallbackQuery) -> None:
        """Do what a button says, and acknowledge the press in any case."""
        message = query.message
        if message is None or query.data is None:
            await self._acknowledge(query, None)
            return
        press = (message.chat.id, message.message_id, query.data)
        if press in self._at_work:
            await self._acknowledge(query, None)
            return
        self._at_work.add(press)
        try:
            await self._take(query)
        finally:
            self._at_work.discard(press)

    async def _take(self, query: CallbackQuery) -> None:
        work = asyncio.ensure_future(self._done(query))
        try:
            await asyncio.wait({work}, timeout=ANSWERED_WITHIN)
            soon = work.done()
            await self._acknowledge(query, work.result() if soon and not work.exception() else None)
            notice = await work
        finally:
            work.cancel()
        if notice is not None and not soon:
            words = Reply(((span(notice),),), language=query.from_user.language_code or "en")
            await self.sender.send(_beside(query), words)

    async def _done(self, query: CallbackQuery) -> str | None:
        """Do it. Returns what is left to be said."""
        message, action = query.message, decoded(query.data or "")
        assert message is not None
        person = person_of(
            query.from_user, await self.moderators.include(query.get_bot(), message.chat, query.from_user)
        )
        if action is None:
            return self.sender.conversation.catalogues.speaking(person.language)("no-longer-kept")
        effect = await self.sender.conversation.press(Press(chat_of(message.chat), person, action))
        return await Effects(self.sender).apply(effect, message.message_id, _beside(query), query.from_user)

    @staticmethod
    async def _acknowledge(query: CallbackQuery, notice: str | None) -> None:
        try:
            await query.answer(notice[:NOTICE_LENGTH] if notice else None)
        except TelegramError as error:  # such as a press from before a pause: it is done all the same
            log.info("press-not-acknowledged", error=type(error).__name__)


def _beside(query: CallbackQuery) -> Destination:
    """Where what a press leads to goes: under the message whose button it was, also where Telegram no longer shows us
    that message.
    """
    message = query.message
    assert message is not None
    if isinstance(message, Message):
        return in_reply_to(message)
    return Destination(message.chat.id, message.message_id, quiet=message.chat.type != ChatType.PRIVATE)

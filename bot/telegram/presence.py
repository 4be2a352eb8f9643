"""Showing that a request was taken: "typing…", a reaction, a place in the queue. Courtesies, all of them: the answer
matters, and comes without them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace

import structlog
from telegram import Message
from telegram.constants import ChatAction, ChatType, ReactionEmoji
from telegram.error import TelegramError

from bot.telegram.sending import Destination, Sender, in_reply_to

log = structlog.stdlib.get_logger(__name__)

SHOWN_AFTER = 0.7
SHOWN_EVERY = 4.0
"""Seconds. Nothing is shown where the answer comes at once; Telegram takes "typing…" away again after five seconds."""
TOLD_FROM = 4
"""A nearer place in the queue than this is not worth telling."""


@contextlib.asynccontextmanager
async def shown_at_work(message: Message, action: ChatAction) -> AsyncIterator[None]:
    """Show "typing…" or "sending a photo…" while the body runs, and in a group eyes on the message."""
    showing = asyncio.create_task(_keep_showing(message, action))
    try:
        yield
    finally:
        showing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await showing


async def _keep_showing(message: Message, action: ChatAction) -> None:
    bot, to = message.get_bot(), in_reply_to(message)
    await asyncio.sleep(SHOWN_AFTER)
    eyes = message.chat.type != ChatType.PRIVATE and await _shown(message.set_reaction(ReactionEmoji.EYES))
    try:
        while await _shown(bot.send_chat_action(to.chat_id, action, message_thread_id=to.thread)):  # noqa: ASYNC110
            await asyncio.sleep(SHOWN_EVERY)
    finally:
        if eyes:
            await _shown(message.set_reaction())


async def _shown(courtesy: Awaitable[bool]) -> bool:
    try:
        return await courtesy
    except TelegramError as error:
        log.info("courtesy-failed", error=type(error).__name__)
        return False


@dataclass
class Places:
    """Tells people their place in the queue, one message a chat at a time, and takes it away again."""

    sender: Sender
    _told: set[int] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def told(self, to: Destination, language: str) -> AsyncIterator[Callable[[int], Awaitable[None]]]:
        """What tells a place, while the body runs."""
        told_by_us = False
        number: int | None = None

        async def tell(place: int) -> None:
            nonlocal told_by_us, number
            if place < TOLD_FROM or to.chat_id in self._told:
                return
            self._told.add(to.chat_id)
            told_by_us = True
            said = self.sender.conversation.say("waiting", language, place=place)
            number = await self.sender.send(replace(to, quiet=True), said)

        try:
            yield tell
        finally:
            if told_by_us:
                self._told.discard(to.chat_id)
            if number is not None:
                await _shown(self.sender.delete(to.chat_id, number))

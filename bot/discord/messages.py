"""Messages that name the bot, reply to it, or come to it alone: answers, corrections, edits and deletions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
import structlog

from bot.discord.asking import Ask, asked
from bot.discord.failures import Failures
from bot.discord.outlets import Outlets
from bot.discord.people import PLATFORM, author_of, chat_of_message
from bot.discord.photos import photo_of
from bot.discord.work import Work
from bot.etiquette import should_answer
from bot.replies import Effect
from bot.requests import Chat, Request

log = structlog.stdlib.get_logger(__name__)

SHOWN_AFTER, SHOWN_EVERY = 0.7, 8.0
"""Seconds. "Typing…" is not shown where the answer comes at once; Discord takes it away again after ten."""


@dataclass(frozen=True)
class Messages:
    """What happens on each message that Discord shows to the bot."""

    outlets: Outlets
    failures: Failures
    work: Work

    async def came(self, message: discord.Message, bot_id: int) -> None:
        """Answer a new message, where it asks for that."""
        ask = None if message.author.bot else asked(message, bot_id)
        if ask is None:
            return
        with self.work.counted():
            person = author_of(message)
            settings = await self.outlets.conversation.settings(chat_of_message(message), person)
            if not should_answer(ask.approach, settings):
                return
            language = settings.language or person.language
            try:
                async with shown_at_work(message.channel):
                    await self._respond(message, ask, language)
            except Exception as error:
                await self.failures.of_message(message, language, error)

    async def changed(self, message: discord.Message, bot_id: int) -> None:
        """Answer anew, in the same place, a message whose maths was edited."""
        ask = None if message.author.bot else asked(message, bot_id)
        if ask is None or not (ask.pictures or ask.text):
            return
        with self.work.counted():
            try:
                reply = await self.outlets.conversation.edited(self._request(message, ask))
                if reply is None:
                    return
                if reply.replaces is None:
                    await self.outlets.reply_to(message, reply)
                else:
                    await self.outlets.change(_mine(message, int(reply.replaces)), reply, message)
            except Exception as error:
                await self.failures.of_message(message, author_of(message).language, error)

    async def gone(self, message_id: int, guild_id: int | None, channel: discord.PartialMessageable) -> None:
        """Take our answer away with the message that asked for it."""
        chat = Chat(PLATFORM, str(guild_id or channel.id), private=guild_id is None)
        reply_id = await self.outlets.conversation.withdrawn(chat, str(message_id))
        if reply_id is not None:
            try:
                await channel.get_partial_message(int(reply_id)).delete()
            except discord.HTTPException as error:  # it may be gone too, or have been for the asker's eyes only
                log.info("answer-not-deleted", error=type(error).__name__, code=error.code)

    async def _respond(self, message: discord.Message, ask: Ask, language: str) -> None:
        talk = self.outlets.conversation
        if ask.corrects is not None:
            chat, person = chat_of_message(message), author_of(message)
            effect = await talk.corrected_by_reply(chat, person, str(ask.corrects), ask.text)
            if effect is not None and (effect.edit is not None or _spoken_to(ask)):
                await self._correct(message, ask.corrects, effect)
                return
            if not _spoken_to(ask):  # a word among people, such as "thanks"
                return
        if ask.out_of_sight:
            await self.outlets.reply_to(message, talk.say("cannot-see-photo", language))
        else:
            await self.outlets.reply_to(message, await talk.answer(self._request(message, ask)))

    async def _correct(self, message: discord.Message, corrected: int, effect: Effect) -> None:
        if effect.edit is not None:
            await self.outlets.change(_mine(message, corrected), effect.edit, message)
        elif effect.send is not None:
            await self.outlets.reply_to(message, effect.send)

    def _request(self, message: discord.Message, ask: Ask) -> Request:
        limit = self.outlets.conversation.photo_limits.max_bytes
        return Request(
            chat=chat_of_message(message),
            asker=author_of(message),
            message_id=str(message.id),
            photos=tuple(photo_of(picture, limit) for picture in ask.pictures),
            text=ask.text,
        )


def _spoken_to(ask: Ask) -> bool:
    return ask.approach.private or ask.approach.mentioned


def _mine(message: discord.Message, number: int) -> discord.PartialMessage:
    """One of our messages in the same channel."""
    return discord.PartialMessage(channel=message.channel, id=number)


@asynccontextmanager
async def shown_at_work(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show "typing…" while the body runs, where that is allowed."""
    showing = asyncio.create_task(_keep_typing(channel))
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.wait({showing})


async def _keep_typing(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(SHOWN_AFTER)
    try:
        while True:
            await channel.typing()
            await asyncio.sleep(SHOWN_EVERY)
    except discord.HTTPException as error:  # a courtesy: the answer matters, and comes without it
        log.info("typing-not-shown", code=error.code)

"""Messages: what people ask, correct and edit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from telegram import Message, User
from telegram.constants import ChatAction

from bot.conversation import Conversation
from bot.etiquette import should_answer
from bot.markup import span
from bot.replies import Effect, Reply
from bot.requests import Request
from bot.telegram.albums import Albums
from bot.telegram.asking import Ask, asked
from bot.telegram.effects import Effects
from bot.telegram.people import author_of, chat_of
from bot.telegram.photos import photo_of
from bot.telegram.presence import Places, shown_at_work
from bot.telegram.prompts import meant_by
from bot.telegram.remembering import Heard, Recent, maths_of
from bot.telegram.sending import Sender, in_reply_to


@dataclass(frozen=True)
class Answering:
    """Answers messages. Of each chat, answers go out in the order in which they were found."""

    sender: Sender
    effects: Effects
    albums: Albums
    places: Places
    recent: Recent
    _orders: WeakValueDictionary[int, asyncio.Lock]

    @classmethod
    def by(cls, sender: Sender) -> Answering:
        return cls(sender, Effects(sender), Albums(), Places(sender), Recent(), WeakValueDictionary())

    @property
    def conversation(self) -> Conversation:
        return self.sender.conversation

    async def hear(self, message: Message) -> None:
        """Take a new message, or the first of an album, and answer where the bot was spoken to."""
        heard = self.recent.of(message.chat_id, message.message_id)
        async with heard.turn:
            messages = await self.albums.whole(message)
            if messages:
                await self._heed(messages, heard)

    async def hear_again(self, message: Message) -> None:
        """Take a message that was edited: what it said before decides whether anything is to be done.

        An album stays as it was answered, for an edit shows only one of its pictures.
        """
        known = self.recent.knows(message.chat_id, message.message_id)
        heard = self.recent.of(message.chat_id, message.message_id)
        async with heard.turn:
            ask = asked((message,), self._me)
            if ask is None or message.media_group_id is not None or not (ask.pictures or ask.text):
                return
            reply = await self.conversation.edited(self._request((message,), ask))
            if reply is not None:
                heard.maths = maths_of(ask)
                await self.sender.edit(_number(reply.replaces), reply, in_reply_to(message))
            elif known and heard.maths != maths_of(ask) and ask.replies_to is None:
                await self._heed((message,), heard)

    async def _heed(self, messages: Sequence[Message], heard: Heard) -> None:
        ask = asked(messages, self._me)
        if ask is None:
            return
        first = messages[0]
        if ask.replies_to is not None and await self._corrected(first, ask.replies_to, ask.text):
            return
        settings = await self.conversation.settings(chat_of(first.chat), author_of(first))
        if should_answer(ask.approach, settings):
            heard.maths = maths_of(ask)
            await self._answer(messages, ask, heard, settings.language or author_of(first).language)

    async def _answer(self, messages: Sequence[Message], ask: Ask, heard: Heard, language: str) -> None:
        to = in_reply_to(messages[0])
        action = ChatAction.UPLOAD_PHOTO if ask.pictures else ChatAction.TYPING
        async with shown_at_work(messages[0], action), self.places.told(to, language) as waiting:
            reply = await self.conversation.answer(replace(self._request(messages, ask), waiting=waiting))
            async with self._orders.setdefault(to.chat_id, asyncio.Lock()):
                if heard.reply_id is None:
                    heard.reply_id = await self.sender.send(to, reply)
                else:  # the former reply, to what was asked before the edit, said that it could not be answered
                    await self.sender.edit(heard.reply_id, reply, otherwise=to)

    async def _corrected(self, message: Message, quoted: Message, text: str) -> bool:
        """Take a text that replies to one of our messages as a correction. False where it is none."""
        chat, person, to = chat_of(message.chat), author_of(message), in_reply_to(message)
        prompt = meant_by(quoted, self._me)
        effect: Effect | None
        async with shown_at_work(message, ChatAction.UPLOAD_PHOTO):
            if prompt is not None:
                effect = await self.conversation.correct(chat, person, prompt.key, prompt.item, text)
            else:
                effect = await self.conversation.corrected_by_reply(chat, person, str(quoted.message_id), text)
            if effect is None:
                return False
            answer_id = _number(effect.edit.replaces) if effect.edit is not None else None
            left = await self.effects.apply(effect, answer_id, to, message.from_user or self._me)
        if left is not None:
            await self.sender.send(to, Reply(((span(left),),), language=person.language))
        if prompt is not None and effect.edit is not None:
            await self.sender.delete(to.chat_id, quoted.message_id)
        return True

    def _request(self, messages: Sequence[Message], ask: Ask) -> Request:
        first, most = messages[0], self.conversation.photo_limits.max_bytes
        return Request(
            chat=chat_of(first.chat),
            asker=author_of(first),
            message_id=str(first.message_id),
            photos=tuple(photo_of(picture, most) for picture in ask.pictures),
            text=ask.text,
        )

    @property
    def _me(self) -> User:
        return self.sender.bot.bot


def _number(message_id: str | None) -> int | None:
    return int(message_id) if message_id is not None else None

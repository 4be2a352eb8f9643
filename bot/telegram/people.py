"""Who talks to the bot on Telegram, and where."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
import telegram
from telegram import Bot, ChatMember, Message, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.requests import Chat, Person

log = structlog.stdlib.get_logger(__name__)

PLATFORM = "telegram"
MODERATORS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
KNOWN_FOR = 60.0
"""Seconds that it is remembered whether somebody is an administrator."""


def chat_of(chat: telegram.Chat) -> Chat:
    return Chat(PLATFORM, str(chat.id), chat.type == ChatType.PRIVATE)


def author_of(message: Message) -> Person:
    """Whoever wrote. A group or channel that speaks for itself counts as a person of its own."""
    if message.sender_chat is not None:
        own = message.sender_chat.id == message.chat_id  # an administrator who stays anonymous
        return Person(str(message.sender_chat.id), language_of(message.from_user), moderator=own)
    return person_of(message.from_user) if message.from_user else Person(str(message.chat_id))


def person_of(user: User, moderator: bool = False) -> Person:
    return Person(str(user.id), language_of(user), moderator)


def language_of(user: User | None) -> str:
    """The language tag of somebody's Telegram, English where it does not say."""
    return (user and user.language_code) or "en"


class Moderators:
    """Knows who administers a group. `clock`: seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[bool, float]] = {}

    async def include(self, bot: Bot, chat: telegram.Chat, user: User) -> bool:
        """Whether somebody may settle things for everybody in a chat; False where Telegram does not tell."""
        if chat.type == ChatType.PRIVATE:
            return False
        now, key = self._clock(), (chat.id, user.id)
        self._known = {key: known for key, known in self._known.items() if now < known[1]}
        if key not in self._known:
            try:
                member = await bot.get_chat_member(chat.id, user.id)
            except TelegramError as error:
                log.info("member-not-known", error=type(error).__name__)
                return False
            self._known[key] = (member.status in MODERATORS, now + KNOWN_FOR)
        return self._known[key][0]

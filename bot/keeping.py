"""The store as the conversation uses it: where the database cannot be reached, people are answered all the same."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.store.errors import StoreUnreachable
from bot.store.store import Store
from bot.store.values import Answered, ChatSettings, Forgotten, Place

log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")

LOGGED_EVERY = 60.0
"""Seconds between two lines in the log about a store that cannot be reached."""


class Keeping:
    """Reads None and keeps nothing while the store cannot be reached. `clock`: seconds."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._logged_at: float | None = None

    async def settings(self, *places: Place) -> ChatSettings | None:
        return await self._tried(self._store.settings(*places))

    async def set_settings(self, place: Place, settings: ChatSettings) -> bool:
        """False where they could not be kept."""
        return await self._done(self._store.set_settings(place, settings))

    async def move_settings(self, old: Place, new: Place) -> bool:
        """False where they could not be kept."""
        return await self._done(self._store.move_settings(old, new))

    async def remember(self, answered: Answered) -> bool:
        """False where it could not be kept."""
        return await self._done(self._store.remember(answered))

    async def sent_as(self, key: str, reply_id: str) -> None:
        await self._tried(self._store.sent_as(key, reply_id))

    async def answered(self, key: str) -> Answered | None:
        return await self._tried(self._store.answered(key))

    async def of_request(self, platform: str, chat_id: str, request_id: str) -> Answered | None:
        return await self._tried(self._store.answered_request(platform, chat_id, request_id))

    async def of_reply(self, platform: str, chat_id: str, reply_id: str) -> Answered | None:
        return await self._tried(self._store.answered_as(platform, chat_id, reply_id))

    async def delete(self, key: str) -> None:
        await self._tried(self._store.delete(key))

    async def note(self, platform: str, name: str) -> str | None:
        """None where nothing is noted, or it cannot be told."""
        return await self._tried(self._store.note(platform, name))

    async def set_note(self, platform: str, name: str, value: str) -> None:
        await self._tried(self._store.set_note(platform, name, value))

    async def forget(self, platform: str, user_id: str) -> Forgotten | None:
        """None where it could not be done."""
        return await self._tried(self._store.forget(platform, user_id))

    async def _done(self, doing: Awaitable[None]) -> bool:
        async def flagged() -> bool:
            await doing
            return True

        return await self._tried(flagged()) or False

    async def _tried(self, doing: Awaitable[T]) -> T | None:
        try:
            return await doing
        except StoreUnreachable as error:
            now = self._clock()
            if self._logged_at is None or now - self._logged_at >= LOGGED_EVERY:
                self._logged_at = now
                log.error("store-unreachable", error=str(error))
            return None

"""The store: chat settings, what buttons refer to for 30 days, which updates were seen, and what platforms know."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, fields

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Delete, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import ANSWERS, NOTES, SEEN, SETTINGS
from bot.store.upsert import insert_or_leave, insert_or_replace
from bot.store.values import Answered, AnsweredItem, ChatSettings, Forgotten, Place, Source

DAY = 24 * 60 * 60
ANSWERS_KEPT = 30 * DAY
UPDATES_KEPT = DAY
"""Seconds."""


class Store:
    """Everything that outlives a message. Safe to use from many tasks at once.

    Every method raises StoreUnreachable where the database does not answer. Whoever talks to people then goes on
    without: an answer goes out with no buttons, default settings hold, an update counts as new. `clock`: seconds since
    1970, UTC.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock
        self._settings = TypeAdapter(ChatSettings)
        self._answered = TypeAdapter(Answered)
        self._source = TypeAdapter(Source)
        self._items = TypeAdapter(tuple[AnsweredItem, ...])

    async def settings(self, *places: Place) -> ChatSettings | None:
        """The settings of the first of these places that has any: name a channel before its chat."""
        columns = [SETTINGS.c[field.name] for field in fields(ChatSettings)]
        async with self._database.transaction() as connection:
            for place in places:
                row = (await connection.execute(select(*columns).where(_at(place)))).mappings().first()
                if row is not None:
                    return self._settings.validate_python(dict(row))
        return None

    async def set_settings(self, place: Place, settings: ChatSettings) -> None:
        """Keep the settings of a place instead of its former ones."""
        async with self._database.transaction() as connection:
            row = asdict(place) | asdict(settings)
            await connection.execute(insert_or_replace(connection.dialect, SETTINGS, row))

    async def move_settings(self, old: Place, new: Place) -> None:
        """Let a place that has got another id keep its settings."""
        settings = await self.settings(old)
        if settings is not None:
            await self.set_settings(new, settings)
            await self.clear_settings(old)

    async def clear_settings(self, place: Place) -> None:
        """Let a place have the default settings again."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(SETTINGS).where(_at(place)))

    async def remember(self, answered: Answered) -> None:
        """Keep an answer under its key, instead of what was kept there."""
        row = asdict(answered) | {
            "source": self._source.dump_json(answered.source).decode(),
            "items": self._items.dump_json(answered.items).decode(),
        }
        async with self._database.transaction() as connection:
            await connection.execute(insert_or_replace(connection.dialect, ANSWERS, row))

    async def sent_as(self, key: str, reply_id: str) -> None:
        """Note which message an answer was sent as."""
        async with self._database.transaction() as connection:
            await connection.execute(update(ANSWERS).where(ANSWERS.c.key == key).values(reply_id=reply_id))

    async def answered(self, key: str) -> Answered | None:
        """The answer under this key, None if it is no longer kept."""
        async with self._database.transaction() as connection:
            return await self._newest(connection, ANSWERS.c.key == key)

    async def answered_request(self, platform: str, chat_id: str, request_id: str) -> Answered | None:
        """The newest answer to this message, for when the message is edited."""
        async with self._database.transaction() as connection:
            return await self._newest(connection, _in_chat(platform, chat_id), ANSWERS.c.request_id == request_id)

    async def answered_as(self, platform: str, chat_id: str, reply_id: str) -> Answered | None:
        """The answer that was sent as this message, for when somebody replies to it."""
        async with self._database.transaction() as connection:
            return await self._newest(connection, _in_chat(platform, chat_id), ANSWERS.c.reply_id == reply_id)

    async def delete(self, key: str) -> bool:
        """Delete an answer. False if there was none."""
        async with self._database.transaction() as connection:
            return await _deleted(connection, delete(ANSWERS).where(ANSWERS.c.key == key)) > 0

    async def claim(self, platform: str, update_id: int) -> bool:
        """Take an update for this process. False if it was taken already, within the last day."""
        row = {"platform": platform, "update_id": update_id, "seen_at": int(self._clock())}
        async with self._database.transaction() as connection:
            return (await connection.execute(insert_or_leave(connection.dialect, SEEN, row))).rowcount > 0

    async def release(self, platform: str, update_id: int) -> None:
        """Give back an update that could not be taken after all, so that it may come again."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(SEEN).where(SEEN.c.platform == platform, SEEN.c.update_id == update_id))

    async def note(self, platform: str, name: str) -> str | None:
        """What was noted last about a platform under this name."""
        found = select(NOTES.c.value).where(NOTES.c.platform == platform, NOTES.c.name == name)
        async with self._database.transaction() as connection:
            return await connection.scalar(found)

    async def set_note(self, platform: str, name: str, value: str) -> None:
        """Note something about a platform, instead of what was noted under this name."""
        async with self._database.transaction() as connection:
            row = {"platform": platform, "name": name, "value": value}
            await connection.execute(insert_or_replace(connection.dialect, NOTES, row))

    async def forget(self, platform: str, user_id: str) -> Forgotten:
        """Delete everything of one person: answers to what they asked, and the settings of their private chat."""
        person = Place(platform, "user", user_id)
        asked = and_(ANSWERS.c.platform == platform, ANSWERS.c.asker_id == user_id)
        async with self._database.transaction() as connection:
            return Forgotten(
                answers=await _deleted(connection, delete(ANSWERS).where(asked)),
                settings=await _deleted(connection, delete(SETTINGS).where(_at(person))),
            )

    async def purge(self) -> int:
        """Delete answers older than 30 days, and updates seen more than a day ago. Returns how many answers."""
        now = int(self._clock())
        async with self._database.transaction() as connection:
            await connection.execute(delete(SEEN).where(SEEN.c.seen_at <= now - UPDATES_KEPT))
            return await _deleted(connection, delete(ANSWERS).where(ANSWERS.c.created_at <= now - ANSWERS_KEPT))

    async def _newest(self, connection: AsyncConnection, *conditions: ColumnElement[bool]) -> Answered | None:
        # PostgreSQL locks the row, as SQLite does everything, so that two choices at once do not undo each other.
        found = select(ANSWERS).where(*conditions).order_by(ANSWERS.c.created_at.desc()).limit(1)
        row = (await connection.execute(found)).mappings().first()
        if row is None:
            return None
        read = {"source": self._source.validate_json(row["source"]), "items": self._items.validate_json(row["items"])}
        return self._answered.validate_python(dict(row) | read)


def _at(place: Place) -> ColumnElement[bool]:
    return and_(*(SETTINGS.c[name] == value for name, value in asdict(place).items()))


def _in_chat(platform: str, chat_id: str) -> ColumnElement[bool]:
    return and_(ANSWERS.c.platform == platform, ANSWERS.c.chat_id == chat_id)


async def _deleted(connection: AsyncConnection, statement: Delete) -> int:
    return (await connection.execute(statement)).rowcount

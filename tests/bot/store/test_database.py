"""While the database cannot be reached, the store says so at once; when it is back, so is the store."""

from __future__ import annotations

import asyncio
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.store.database import REST, Database, StoreOptions
from bot.store.errors import StoreUnreachable
from bot.store.opening import open_store
from bot.store.store import Store
from bot.store.values import Answered, AnsweredItem, Place, Source
from tests.bot.store.conftest import Clock

PLACE = Place("telegram", "chat", "1")


async def test_a_folder_that_cannot_be_made_is_a_store_that_is_unreachable_until_it_can(
    tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "data").write_text("in the way")
    database = Database(StoreOptions(folder=tmp_path / "data"), clock)
    store = Store(database)
    with pytest.raises(StoreUnreachable):
        await store.settings(PLACE)

    (tmp_path / "data").unlink()
    with pytest.raises(StoreUnreachable):
        await store.settings(PLACE)  # nothing is tried so soon
    assert not (tmp_path / "data").exists()

    clock.now += REST
    assert await store.settings(PLACE) is None
    await database.close()


@pytest.mark.parametrize(
    "url", ["postgres://ada@127.0.0.1:1/chalk", "postgres://ada@127.0.0.1:1/chalk?sslmode=require"]
)
async def test_nobody_answering_at_the_address_is_unreachable(url: str) -> None:
    async with open_store(StoreOptions(url=url)) as store:
        with pytest.raises(StoreUnreachable):
            await store.settings(PLACE)


@pytest.mark.slow
async def test_a_login_that_is_refused_is_unreachable(postgresql: str) -> None:
    async with open_store(StoreOptions(url=postgresql.replace("tests@", "nobody@"))) as store:
        with pytest.raises(StoreUnreachable):
            await store.settings(PLACE)


async def test_a_wrong_statement_is_a_defect_and_not_taken_for_an_outage(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO answers (key) VALUES ('alone')"))

    async with database.transaction() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM answers")) == 0


async def test_what_is_begun_and_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO seen (platform, update_id, seen_at) VALUES ('telegram', 1, 1)"))
            raise ZeroDivisionError

    assert await Store(database).claim("telegram", 1)


async def test_two_processes_share_one_file_and_only_its_owner_may_look(tmp_path: Path) -> None:
    options, items = StoreOptions(folder=tmp_path / "data"), tuple(AnsweredItem("?") for _ in range(12))
    asked = Answered("key", "telegram", "1", "2", "3", Source(), items, "en", "light", created_at=int(time.time()))
    async with open_store(options) as one, open_store(options) as other:
        answers = [replace(asked, key=f"key{number}") for number in range(12)]
        await asyncio.gather(*((one, other)[n % 2].remember(answer) for n, answer in enumerate(answers)))

        assert [await other.answered(answer.key) for answer in answers] == answers
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700

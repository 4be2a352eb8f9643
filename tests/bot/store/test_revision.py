"""The migrations lead to the tables that the code declares, and a database knows where it stands."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, update

from bot.store.database import Database, StoreOptions
from bot.store.errors import StoreMismatched
from bot.store.opening import open_store, upgrade_store
from bot.store.revision import MIGRATIONS, VERSION, revision
from bot.store.tables import METADATA, REVISION
from bot.store.values import ChatSettings, Place


async def test_the_migrations_make_the_tables_that_the_code_declares(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(revision) == REVISION


def test_the_newest_migration_is_the_one_that_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)

    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


async def test_a_store_opened_again_finds_what_it_kept(tmp_path: Path) -> None:
    options, place = StoreOptions(folder=tmp_path), Place("telegram", "chat", "1")
    async with open_store(options) as store:
        await store.set_settings(place, ChatSettings("off"))

    async with open_store(StoreOptions(folder=tmp_path, upgrade=False)) as store:
        assert await store.settings(place) == ChatSettings("off")


async def test_processes_that_start_together_take_turns(tmp_path: Path) -> None:
    await asyncio.gather(*(upgrade_store(StoreOptions(folder=tmp_path)) for _ in range(3)))


async def test_without_leave_to_upgrade_an_empty_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreMismatched):
        await upgrade_store(StoreOptions(folder=tmp_path, upgrade=False))


async def test_tables_of_a_newer_program_are_left_alone(tmp_path: Path) -> None:
    options = StoreOptions(folder=tmp_path)
    database = Database(options)
    async with database.transaction() as connection:
        await connection.execute(update(VERSION).values(version_num="9999"))
    await database.close()

    with pytest.raises(StoreMismatched):
        await upgrade_store(options)


@pytest.mark.slow
def test_a_database_in_order_is_opened_without_loading_alembic(tmp_path: Path) -> None:
    asyncio.run(upgrade_store(StoreOptions(folder=tmp_path)))
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from bot.store.database import StoreOptions; from bot.store.opening import upgrade_store\n"
        "asyncio.run(upgrade_store(StoreOptions(folder=Path(sys.argv[1]))))\n"
        "assert 'alembic' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program, tmp_path], check=True)

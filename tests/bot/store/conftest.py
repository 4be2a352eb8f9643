"""A store on each database that Chalkline knows: SQLite in a file and in memory, and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.store.database import Database, StoreOptions
from bot.store.store import Store
from bot.store.tables import METADATA
from tests.bot.store.postgresql import postgresql_server, server_programs


@dataclass
class Clock:
    """A clock that a test sets. Seconds since 1970."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    programs = server_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL's server programs: apt-get install postgresql")
    with postgresql_server(programs) as address:
        yield address


@pytest.fixture(params=["file", "memory", pytest.param("postgresql", marks=pytest.mark.slow)])
def options(request: pytest.FixtureRequest, tmp_path: Path) -> StoreOptions:
    """Where an empty database is."""
    match request.param:
        case "file":
            return StoreOptions(folder=tmp_path / "data")
        case "memory":
            return StoreOptions(url="sqlite://")
        case _:
            return StoreOptions(url=request.getfixturevalue("postgresql"))


@pytest.fixture
async def database(options: StoreOptions) -> AsyncIterator[Database]:
    """The database, empty."""
    database = Database(options)
    yield database
    async with database.transaction() as connection:
        for table in METADATA.sorted_tables:
            await connection.execute(delete(table))
    await database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> Store:
    return Store(database, clock)

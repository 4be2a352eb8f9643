"""The database behind the store: how it is opened, brought up to date, and what happens while it cannot be reached."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.address import Address, address_of
from bot.store.errors import StoreUnreachable
from bot.store.revision import require_revision

PATIENCE = 5
"""Seconds to wait for a connection, for a lock, or for a statement."""
REST = 10.0
"""Seconds after a failure in which nothing is tried, so that people need not wait for a database that is down."""
CONNECTIONS = 2
"""To PostgreSQL, and ten more for moments of need."""

PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers and the writer do not wait for each other
    "PRAGMA synchronous=NORMAL",  # safe with WAL, and a phone's photo does not wait for the disk
    f"PRAGMA busy_timeout={PATIENCE * 1000}",
    "PRAGMA secure_delete=ON",  # what is forgotten is overwritten, not just unlinked
)


@dataclass(frozen=True)
class StoreOptions:
    """Where the store is: see `address_of`. `upgrade`: bring older tables up to date when the store is opened."""

    url: str | None = field(default=None, repr=False)
    folder: Path | None = None
    upgrade: bool = True


class Database:
    """One engine, and transactions on it. Nothing is connected until the first one."""

    def __init__(self, options: StoreOptions, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises ValueError for an address that cannot be."""
        self._address, self._upgrade, self._clock = address_of(options.url, options.folder), options.upgrade, clock
        self._engine = _engine(self._address)
        self._preparing = asyncio.Lock()
        self._prepared = False
        self._resting_until = float("-inf")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed with the context. Raises StoreUnreachable, StoreMismatched."""
        await self.prepare()
        async with self._watched(), self._engine.begin() as connection:
            yield connection

    async def prepare(self) -> None:
        """See that the tables are those of this program, once. Raises StoreUnreachable, StoreMismatched."""
        async with self._preparing:
            if not self._prepared:
                async with self._watched():
                    self._make_folder()
                    async with self._engine.begin() as connection:
                        await connection.run_sync(require_revision, self._upgrade)
                self._prepared = True

    async def close(self) -> None:
        await self._engine.dispose()

    def _make_folder(self) -> None:
        name = self._address.url.database
        if self._address.url.get_backend_name() == "sqlite" and name:
            Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        if self._clock() < self._resting_until:
            raise StoreUnreachable
        try:
            yield
        except (OSError, PoolTimeout, DBAPIError) as error:
            if not _unreachable(error):
                raise
            self._resting_until = self._clock() + REST
            raise StoreUnreachable from error


def _unreachable(error: Exception) -> bool:
    """Whether the database is away, rather than a statement wrong.

    Without a statement it failed while connecting, such as a login that is refused.
    """
    if isinstance(error, DBAPIError):
        away = isinstance(error, OperationalError | InterfaceError) or error.statement is None
        return away or error.connection_invalidated
    return True


def _engine(address: Address) -> AsyncEngine:
    if address.url.get_backend_name() == "sqlite":
        return _sqlite_engine(address)
    driver = {"timeout": PATIENCE, "command_timeout": PATIENCE} | address.driver
    return create_async_engine(
        address.url, connect_args=driver, pool_size=CONNECTIONS, pool_timeout=PATIENCE, pool_pre_ping=True
    )


def _sqlite_engine(address: Address) -> AsyncEngine:
    # One connection: transactions take turns anyway, and each connection to memory would have a database of its own.
    engine = create_async_engine(
        address.url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=PATIENCE,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare_connection(connection: Any, record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # The lock for writing is taken at once: a reader that turns writer later would fail, however patient.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine

"""Opening the store for a running bot, and keeping it tidy."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.store.database import Database, StoreOptions
from bot.store.errors import StoreUnreachable
from bot.store.store import Store

log = structlog.stdlib.get_logger(__name__)

TIDY_EVERY = 60 * 60.0
"""Seconds."""


@asynccontextmanager
async def open_store(options: StoreOptions) -> AsyncIterator[Store]:
    """A store with its tables up to date, tidied every hour while the context lasts.

    Raises StoreMismatched, and ValueError for an address that cannot be. A database that does not answer is no reason
    not to start: it is tried again on use.
    """
    database = Database(options)
    try:
        try:
            await database.prepare()
        except StoreUnreachable as error:
            log.error("store-unreachable", exc_info=error)
        store = Store(database)
        tidying = asyncio.create_task(_keep_tidy(store))
        try:
            yield store
        finally:
            tidying.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tidying
    finally:
        await database.close()


async def upgrade_store(options: StoreOptions) -> None:
    """Bring the tables up to date. Raises StoreUnreachable, StoreMismatched, and ValueError like open_store."""
    database = Database(options)
    try:
        await database.prepare()
    finally:
        await database.close()


async def _keep_tidy(store: Store) -> None:
    while True:
        try:
            await store.purge()
        except Exception as error:  # whatever it is, it is no reason to stop answering, nor to stop tidying
            log.error("store-not-purged", exc_info=error)
        await asyncio.sleep(TIDY_EVERY)

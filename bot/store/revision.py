"""Which migration the tables are at, and how they come to the newest. alembic is loaded only where it is needed."""

from __future__ import annotations

import structlog
from sqlalchemy import Connection, column, inspect, select, table, text

from bot.store.errors import StoreMismatched
from bot.store.tables import REVISION

log = structlog.stdlib.get_logger(__name__)

MIGRATIONS = "bot:migrations"
VERSION = table("alembic_version", column("version_num"))
LOCK = "SELECT pg_advisory_xact_lock(4350147813)"
"""Two processes that start together take turns; the number stands for nothing. SQLite's transactions do so anyway."""


def require_revision(connection: Connection, may_upgrade: bool) -> None:
    """See that the tables are at REVISION, bringing them there where that is allowed. Raises StoreMismatched."""
    if revision(connection) == REVISION:
        return
    if not may_upgrade:
        raise StoreMismatched
    if connection.dialect.name == "postgresql":
        connection.execute(text(LOCK))
    if revision(connection) != REVISION:
        upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The migration that the tables are at, None before the first."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(select(VERSION.c.version_num))


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction of `connection`. Raises StoreMismatched."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # the tables are at a migration that this program does not have
        raise StoreMismatched from error
    log.info("store-upgraded", revision=REVISION)

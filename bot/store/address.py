"""Where the database is: from the address that an operator gives to what SQLAlchemy and the driver understand."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

FILE_NAME = "chalkline.sqlite3"
IN_MEMORY = "sqlite://"
POSTGRESQL = ("postgres://", "postgresql://")

DRIVER_OPTIONS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "sslmode": ("ssl", str),
    "connect_timeout": ("timeout", float),
    "target_session_attrs": ("target_session_attrs", str),
}
SERVER_OPTIONS = ("application_name", "options")
IGNORED_OPTIONS = ("channel_binding",)
"""What asyncpg cannot do, but some hosts put into every address that they give out."""


@dataclass(frozen=True)
class Address:
    """An address for SQLAlchemy's asyncio engine, and what the driver is given besides."""

    url: URL
    driver: dict[str, Any] = field(default_factory=dict, repr=False)


def address_of(url: str | None, folder: Path | None) -> Address:
    """The address of the database: PostgreSQL where `url` says so, otherwise a SQLite file in `folder`.

    `postgres://` and `postgresql://` are understood, with libpq's usual options; `sqlite://` is a database in memory.
    Without `folder` the file lies in the user's data folder. Raises ValueError, never quoting the address.
    """
    if not url:
        return Address(URL.create("sqlite+aiosqlite", database=str((folder or data_folder()).absolute() / FILE_NAME)))
    if url == IN_MEMORY:
        return Address(URL.create("sqlite+aiosqlite"))
    if not url.startswith(POSTGRESQL):
        raise ValueError("the address of the database must start with postgresql://")
    server, _, query = url.partition("://")[2].partition("?")
    try:
        address = make_url(f"postgresql+asyncpg://{server}")
    except (ArgumentError, ValueError):
        raise ValueError("the address of the database is not an address") from None
    return Address(address, _for_the_driver(query))


def data_folder() -> Path:
    """The folder of this user's data: `chalkline` in $XDG_DATA_HOME or ~/.local/share."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "chalkline"


def _for_the_driver(query: str) -> dict[str, Any]:
    driver: dict[str, Any] = {}
    for name, value in parse_qsl(query):
        if name in DRIVER_OPTIONS:
            theirs, read = DRIVER_OPTIONS[name]
            driver[theirs] = read(value)
        elif name in SERVER_OPTIONS:
            driver.setdefault("server_settings", {})[name] = value
        elif name not in IGNORED_OPTIONS:
            raise ValueError(f"the address of the database has an option that is not understood: {name}")
    return driver

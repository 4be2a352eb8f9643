"""Inserts that know what to do where a row is there already. Each dialect is loaded only where it is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.sql.dml import Insert


def insert_or_replace(dialect: Dialect, table: Table, columns: Mapping[str, Any]) -> Insert:
    """Insert a row, or give the row with the same primary key these values."""
    statement = _insert(dialect, table).values(**columns)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    replacing: Insert = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return replacing


def insert_or_leave(dialect: Dialect, table: Table, columns: Mapping[str, Any]) -> Insert:
    """Insert a row unless there is one with the same primary key; the row count tells which."""
    leaving: Insert = _insert(dialect, table).values(**columns).on_conflict_do_nothing()
    return leaving


def _insert(dialect: Dialect, table: Table) -> Any:
    if dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)

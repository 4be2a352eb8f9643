"""The tables. A change here needs a migration in bot/migrations/versions, and its number in REVISION."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, String, Table, Text

REVISION = "0002"
"""The newest migration, so that a database in order is recognised without loading alembic (10 MB)."""

METADATA = MetaData(
    naming_convention={"pk": "%(table_name)s_pkey", "ix": "%(table_name)s_%(column_0_N_name)s"},
)

PLATFORM = String(16)
ID = String(64)
"""Telegram's and Discord's ids are numbers of at most 20 digits."""
LANGUAGE = String(35)
"""The longest tag that RFC 5646 expects to see."""

SETTINGS = Table(
    "settings",
    METADATA,
    Column("platform", PLATFORM, primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("id", ID, primary_key=True),
    Column("channel", ID, primary_key=True),
    Column("when", String(16), nullable=False),
    Column("language", LANGUAGE),
    Column("decimal_mark", String(8), nullable=False),
    Column("theme", String(8), nullable=False),
    Column("spoiler", Boolean, nullable=False),
    Column("alt_text_in_caption", Boolean, nullable=False),
    Column("private_answers", Boolean, nullable=False),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("key", String(16), primary_key=True),
    Column("platform", PLATFORM, nullable=False),
    Column("chat_id", ID, nullable=False),
    Column("request_id", ID, nullable=False),
    Column("reply_id", ID),
    Column("asker_id", ID, nullable=False),
    Column("source", Text, nullable=False),  # JSON, like items
    Column("items", Text, nullable=False),
    Column("language", LANGUAGE, nullable=False),
    Column("theme", String(8), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Index(None, "platform", "chat_id", "request_id"),
    Index(None, "platform", "chat_id", "reply_id"),
    Index(None, "platform", "asker_id"),
    Index(None, "created_at"),
)

SEEN = Table(
    "seen",
    METADATA,
    Column("platform", PLATFORM, primary_key=True),
    Column("update_id", BigInteger, primary_key=True),
    Column("seen_at", BigInteger, nullable=False, index=True),
)

NOTES = Table(
    "notes",
    METADATA,
    Column("platform", PLATFORM, primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

"""`python -m bot` where it cannot start, a kind sentence and an exit code; and what it prepares before it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Database, StoreOptions
from tests.platforms.bot_process import bot_process

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("platform", "variables"),
    [
        ("all", ["TELEGRAM_TOKEN", "DISCORD_TOKEN"]),
        ("telegram", ["TELEGRAM_TOKEN"]),
        ("discord", ["DISCORD_TOKEN"]),
    ],
)
async def test_without_a_token_it_says_which_variable_to_set_and_where_tokens_come_from(
    platform: str, variables: list[str], tmp_path: Path
) -> None:
    async with bot_process(platform, {}, tmp_path) as bot:
        assert await bot.exit_code() == 2

    said = bot.log.read_text()
    assert all(variable in said for variable in variables)
    assert "@BotFather" in said or "discord.com/developers" in said


async def test_a_setting_that_cannot_be_is_named_without_its_value(tmp_path: Path) -> None:
    async with bot_process("all", {"CHALKLINE_TELEGRAM__TOKN": "110201543:secret"}, tmp_path) as bot:
        assert await bot.exit_code() == 2

    said = bot.log.read_text()
    assert "telegram.tokn" in said
    assert "secret" not in said


async def test_an_address_of_a_database_that_cannot_be_is_said_without_its_password(tmp_path: Path) -> None:
    async with bot_process("release", {"DATABASE_URL": "mysql://ada:secret@db/chalk"}, tmp_path) as bot:
        assert await bot.exit_code() == 2

    said = bot.log.read_text()
    assert "database.url" in said and "postgresql://" in said
    assert "secret" not in said


async def test_release_brings_the_database_up_to_date_even_where_the_bot_may_not(tmp_path: Path) -> None:
    settings = {"CHALKLINE_DATABASE__FOLDER": str(tmp_path / "data"), "CHALKLINE_DATABASE__UPGRADE": "false"}
    async with bot_process("release", settings, tmp_path) as bot:
        assert await bot.exit_code() == 0

    database = Database(StoreOptions(folder=tmp_path / "data", upgrade=False))
    await database.prepare()
    await database.close()


async def test_release_says_where_the_database_does_not_answer(tmp_path: Path) -> None:
    async with bot_process("release", {"DATABASE_URL": "postgres://ada:secret@127.0.0.1:1/chalk"}, tmp_path) as bot:
        assert await bot.exit_code() == 1

    said = bot.log.read_text()
    assert "The database cannot be reached." in said
    assert "secret" not in said

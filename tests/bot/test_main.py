"""`python -m bot` where it cannot start: a kind sentence and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

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

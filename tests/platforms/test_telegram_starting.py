"""What the Telegram bot does about the trouble it can meet at its start, and while it polls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.platforms.bot_process import STARTS_WITHIN, bot_process
from tests.platforms.telegram_bot import settings_for, telegram_bot
from tests.platforms.telegram_rules import Refused
from tests.platforms.telegram_server import telegram_server
from tests.platforms.telegram_world import PRIVATE, TOKEN

pytestmark = [pytest.mark.wire, pytest.mark.slow]


async def test_a_refused_token_is_said_kindly(tmp_path: Path) -> None:
    async with (
        telegram_server() as server,
        bot_process("telegram", settings_for(server, "110201543:wrong"), tmp_path) as bot,
    ):
        assert await bot.exit_code() == 2
    assert "Telegram refused the token." in bot.log.read_text()
    assert "110201543:wrong" not in bot.log.read_text()


async def test_a_release_publishes_the_commands_and_ends(tmp_path: Path) -> None:
    async with telegram_server() as server:
        for _ in range(2):
            async with bot_process("release", settings_for(server), tmp_path) as bot:
                assert await bot.exit_code() == 0

    assert ("all_private_chats", "") in server.commands
    assert server.calls.count("setMyCommands") == len(server.commands), "nothing is set twice"


async def test_trouble_at_the_start_and_while_polling_is_waited_out(tmp_path: Path) -> None:
    async with telegram_server() as server:
        server.faults["getMe"] = Refused(502, "Bad Gateway")
        server.faults["deleteWebhook"] = Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        server.faults["getUpdates"] = Refused(409, "Conflict: terminated by other getUpdates request")
        async with telegram_bot(server, tmp_path) as bot:
            answer = await server.answer_to(await server.post(PRIVATE, text="/solve 1 + 1"), STARTS_WITHIN)

            assert "Answer: 2" in answer.text
            assert "error=Conflict" in bot.log.read_text()
            assert len(server.refused) == 3
            assert TOKEN not in bot.log.read_text()

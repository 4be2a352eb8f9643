"""A running bot process says how it is, keeps its store, and gives its port back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.bot.web.serving import free_port
from tests.platforms.bot_process import STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.telegram_server import TOKEN, telegram_server

pytestmark = [pytest.mark.wire, pytest.mark.slow]


async def healthy(port: int, bot: BotProcess) -> dict[str, bool]:
    """What /healthz says, as soon as it says anything. Raises TimeoutError."""
    async with asyncio.timeout(STARTS_WITHIN), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        while bot.process.returncode is None:
            try:
                async with client.get("/healthz") as response:
                    assert response.status == 200
                    said: dict[str, bool] = await response.json()
                    return said
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
    raise AssertionError(f"the bot did not start:\n{bot.log.read_text()}")


async def test_it_serves_health_and_metrics_until_told_to_stop(tmp_path: Path) -> None:
    port = free_port()
    async with telegram_server() as server:
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "CHALKLINE_TELEGRAM__BASE_URL": server.base_url,
            "CHALKLINE_TELEGRAM__BASE_FILE_URL": server.base_file_url,
            "CHALKLINE_DATABASE__FOLDER": str(tmp_path / "data"),
            "CHALKLINE_WEB__PORT": str(port),
        }
        async with bot_process("telegram", settings, tmp_path) as bot:
            assert await healthy(port, bot) == {"live": True, "ready": True}
            async with (
                aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client,
                client.get("/metrics") as response,
            ):
                assert "chalkline_waiting 0.0" in await response.text()
            assert (tmp_path / "data" / "chalkline.sqlite3").exists()

            bot.tell_to_stop()
            assert await bot.exit_code() == 0

    assert "web-stopped" in bot.log.read_text()


async def test_a_port_that_is_taken_is_said_kindly(tmp_path: Path) -> None:
    async with telegram_server() as server:
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "CHALKLINE_TELEGRAM__BASE_URL": server.base_url,
            "CHALKLINE_TELEGRAM__BASE_FILE_URL": server.base_file_url,
            "CHALKLINE_WEB__PORT": server.address.rpartition(":")[2],
        }
        async with bot_process("telegram", settings, tmp_path) as bot:
            assert await bot.exit_code() == 1

    assert "cannot listen on port" in bot.log.read_text()

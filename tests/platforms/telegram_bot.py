"""The real Telegram bot process, listening to the server on loopback in either way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from tests.bot.web.serving import free_port
from tests.platforms.bot_process import STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.telegram_server import TOKEN, TelegramServer

Mode = Literal["polling", "webhook"]
SECRET = "what-telegram-says"
GENEROUS = {f"CHALKLINE_LIMITS__ASKING__{limit}": "1000" for limit in ("USER_BURST", "CHAT_BURST")}
"""One person asks for much while the tests run."""


def settings_for(server: TelegramServer, token: str = TOKEN) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": token,
        "CHALKLINE_TELEGRAM__BASE_URL": server.base_url,
        "CHALKLINE_TELEGRAM__BASE_FILE_URL": server.base_file_url,
    }


@asynccontextmanager
async def telegram_bot(
    server: TelegramServer, folder: Path, mode: Mode = "polling", module: str = "bot", **settings: str
) -> AsyncIterator[BotProcess]:
    """The bot, as soon as it listens. `settings`: further ones, such as ENGINE__ASK_BELOW. Its store is in `folder`."""
    chosen = settings_for(server) | GENEROUS | {f"CHALKLINE_{name}": value for name, value in settings.items()}
    if mode == "webhook":
        port = free_port()
        chosen |= {
            "CHALKLINE_TELEGRAM__MODE": "webhook",
            "CHALKLINE_TELEGRAM__WEBHOOK_URL": "https://bot.test/telegram/updates",
            "CHALKLINE_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "CHALKLINE_WEB__PORT": str(port),
        }
        server.webhook_at = f"http://127.0.0.1:{port}/telegram/updates"
    server.calls.clear()
    async with bot_process("telegram", chosen, folder, module) as bot:
        listens = "getUpdates" if mode == "polling" else "setWebhook"
        try:
            await server.until(lambda: listens in server.calls, STARTS_WITHIN)
        except TimeoutError as error:
            raise TimeoutError(f"the bot does not listen:\n{bot.log.read_text()}") from error
        yield bot

"""The Telegram bot from start to stop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog
from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, Application

from bot.conversation import Conversation
from bot.errors import TokenError
from bot.telegram.handlers import Handlers

log = structlog.stdlib.get_logger(__name__)

COMMANDS = ("solve", "help", "start")
AT_ONCE = 32
"""Updates in work at a time; the engine behind them has its own queue."""


@dataclass(frozen=True)
class TelegramOptions:
    """Where the Bot API is and who we are. The token follows the addresses directly."""

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"


async def run_telegram(options: TelegramOptions, conversation: Conversation, stop: asyncio.Event) -> None:
    """Answer by long polling until `stop` is set, then finish what is in work. Raises TokenError, TelegramError."""
    application = (
        Application.builder()
        .token(options.token)
        .base_url(options.base_url)
        .base_file_url(options.base_file_url)
        .rate_limiter(AIORateLimiter(max_retries=2))
        .concurrent_updates(AT_ONCE)
        .build()
    )
    Handlers(conversation).register(application)
    try:
        await application.initialize()
    except InvalidToken as error:
        raise TokenError("telegram") from error
    updater = application.updater
    assert updater is not None
    try:
        commands = [BotCommand(name, conversation.catalogues.speaking("en")(f"command.{name}")) for name in COMMANDS]
        await application.bot.set_my_commands(commands)
        await application.start()
        try:
            await updater.start_polling(allowed_updates=[Update.MESSAGE], error_callback=_polling_failed)
            log.info("telegram-started", bot=application.bot.username)
            await stop.wait()
        finally:
            if updater.running:
                await updater.stop()
            await application.stop()
    finally:
        await application.shutdown()
    log.info("telegram-stopped")


def _polling_failed(error: TelegramError) -> None:
    log.warning("polling-failed", error=type(error).__name__)

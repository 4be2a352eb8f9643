"""The Telegram bot from start to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, ExtBot

from bot.conversation import Conversation
from bot.errors import TokenError
from bot.locale.catalogue import Catalogues
from bot.telegram.commands import publish_commands
from bot.telegram.handlers import Handlers
from bot.telegram.limiting import RateLimiter
from bot.telegram.receiving import FIRST_PAUSE, LONGEST_PAUSE, WANTED, Mailbox, delivering, poll, unless_stopped
from bot.telegram.sending import Sender
from bot.web.claims import Claims

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 1024
"""Updates in work at a time. Most of them wait in the queue, which has its own limit, and nobody's button for them."""
DRAIN_SECONDS = 25.0
"""For what is in work when the bot is told to stop. Hosts kill after 30."""


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates to, and what it says to prove that it is Telegram."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class TelegramOptions:
    """Where the Bot API is and who we are. The token follows the addresses directly. Without a webhook, updates are
    fetched by long polling.
    """

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    webhook: Webhook | None = None


async def run_telegram(
    options: TelegramOptions, claims: Claims, mailbox: Mailbox, conversation: Conversation, stop: asyncio.Event
) -> None:
    """Answer until `stop` is set, then finish what is in work. Raises TokenError, TelegramError.

    `claims`: which updates were fetched already; `mailbox`: where the webhook leaves them.
    """
    application = _application(options)
    bot: ExtBot[Any] = application.bot
    Handlers.by(Sender(bot, conversation)).register(application)
    if not await _reached(application.initialize, stop):
        return
    try:
        await application.start()
        try:
            deliver = delivering(application)
            if await _reached(lambda: _introduce(bot, options.webhook, conversation.catalogues), stop):
                log.info("telegram-started", bot=bot.username, webhook=options.webhook is not None)
                if options.webhook is None:
                    await poll(bot, claims, deliver, stop)
                else:
                    with mailbox.opened(deliver):
                        await stop.wait()
        finally:
            await _drain(application)
    finally:
        await application.shutdown()
    log.info("telegram-stopped")


async def release_telegram(options: TelegramOptions, catalogues: Catalogues) -> None:
    """What Telegram is told of a new version before it runs. Raises TokenError, TelegramError."""
    application = _application(options)
    try:
        await application.bot.initialize()
    except InvalidToken as error:
        raise TokenError("telegram") from error
    try:
        await publish_commands(application.bot, catalogues)
    finally:
        await application.bot.shutdown()


def _application(options: TelegramOptions) -> Application[Any, Any, Any, Any, Any, Any]:
    return (
        Application.builder()
        .token(options.token)
        .base_url(options.base_url)
        .base_file_url(options.base_file_url)
        .rate_limiter(RateLimiter())
        .concurrent_updates(AT_ONCE)
        .updater(None)
        .build()
    )


async def _introduce(bot: ExtBot[Any], webhook: Webhook | None, catalogues: Catalogues) -> None:
    await publish_commands(bot, catalogues)
    if webhook is None:
        await bot.delete_webhook()
    else:
        await bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=WANTED)


async def _reached(doing: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    """Do it, again and again until Telegram can be reached. False where `stop` was set before. Raises TokenError."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await doing()
        except InvalidToken as error:
            raise TokenError("telegram") from error
        except (NetworkError, RetryAfter) as error:
            if isinstance(error, BadRequest):
                raise
            log.warning("telegram-not-reached", error=type(error).__name__, pause=pause)
            await unless_stopped(stop, asyncio.sleep(pause))
            pause = min(LONGEST_PAUSE, 2 * pause)
        else:
            return True
    return False


async def _drain(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Finish what is in work, but not for ever."""
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            await application.stop()
    except TimeoutError:
        log.warning("telegram-not-drained")

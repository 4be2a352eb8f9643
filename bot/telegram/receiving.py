"""How updates come in: fetched by long polling, or brought to the webhook."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, TypeVar
from urllib.parse import urlencode

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application

from bot.errors import TokenError
from bot.web.claims import Claims

log = structlog.stdlib.get_logger(__name__)

WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
"""Kinds of updates; Telegram sends no others."""
POLL_SECONDS = 30
ANSWER_SECONDS = 10
"""For Telegram's answer itself, besides."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two tries while Telegram cannot be reached."""

T = TypeVar("T")

Deliver = Callable[[dict[str, Any]], Awaitable[None]]


class NotListening(Exception):
    """The bot takes no updates at the moment; they should come again."""


class Mailbox:
    """Where the webhook leaves updates for the bot."""

    def __init__(self) -> None:
        self._deliver: Deliver | None = None

    async def receive(self, update: dict[str, Any]) -> None:
        """Hand an update on. Raises NotListening before the bot has started, and as soon as it is told to stop."""
        if self._deliver is None:
            raise NotListening
        await self._deliver(update)

    @contextlib.contextmanager
    def opened(self, deliver: Deliver) -> Iterator[None]:
        """Hand updates on by `deliver` while the context lasts."""
        self._deliver = deliver
        try:
            yield
        finally:
            self._deliver = None


def delivering(application: Application[Any, Any, Any, Any, Any, Any]) -> Deliver:
    """What hands updates to the application's queue; what cannot be read as one is left aside."""

    async def deliver(written: dict[str, Any]) -> None:
        try:
            update = Update.de_json(written, application.bot)
        except Exception as error:  # whatever Telegram, or somebody with its secret, may send
            log.warning("update-not-understood", update=written.get("update_id"), error=type(error).__name__)
            return
        await application.update_queue.put(update)

    return deliver


async def poll(bot: Bot, claims: Claims, deliver: Deliver, stop: asyncio.Event) -> None:
    """Fetch updates until `stop` is set. Raises TokenError; any other failure is waited out.

    PTB's own Updater would fetch an update that it cannot read again and again, and log its content.
    """
    offset, pause = 0, 0.0
    while not stop.is_set():
        try:
            updates = await unless_stopped(stop, fetched(bot, offset, POLL_SECONDS)) or []
        except InvalidToken as error:
            raise TokenError("telegram") from error
        except TelegramError as error:
            pause = min(LONGEST_PAUSE, 2 * pause or FIRST_PAUSE)
            # A second process that polls with the same token is something for the operator.
            tell = log.error if isinstance(error, Conflict) else log.warning
            tell("polling-failed", error=type(error).__name__, pause=pause)
            await unless_stopped(stop, asyncio.sleep(pause))
            continue
        pause = 0.0
        for update in updates:
            offset = update["update_id"] + 1
            if await claims.take(update["update_id"]):
                await deliver(update)
    if offset:
        with contextlib.suppress(TelegramError):  # what it is not told here, Telegram sends again, and it is known then
            await fetched(bot, offset, 0)


async def fetched(bot: Bot, offset: int, seconds: int) -> list[dict[str, Any]]:
    """The updates from `offset` on, as soon as there are any, within so many seconds. Raises TelegramError."""
    wanted = {"offset": offset, "timeout": seconds, "allowed_updates": json.dumps(WANTED)}
    if not seconds:
        wanted["limit"] = 1
    url = f"{bot.base_url}/getUpdates?{urlencode(wanted)}"
    found: list[dict[str, Any]] = await bot.request.post(url, read_timeout=seconds + ANSWER_SECONDS)  # type: ignore
    return found


async def unless_stopped(stop: asyncio.Event, doing: Coroutine[Any, Any, T]) -> T | None:
    """What `doing` returns, or None, with it cancelled, as soon as `stop` is set."""
    work, stopped = asyncio.ensure_future(doing), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        for task in (work, stopped):
            task.cancel()
        await asyncio.wait({work, stopped})

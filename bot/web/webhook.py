"""The Telegram webhook: who may call it, and how an update gets from Telegram to the bot exactly once."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiohttp import web

from bot.web.claims import Claims

log = structlog.stdlib.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_ID = 2**63

Receive = Callable[[dict[str, Any]], Awaitable[None]]
"""Takes an update over, such as into a queue. It should return at once: Telegram waits for it."""


@dataclass(frozen=True)
class WebhookOptions:
    """`path`: where Telegram posts updates to; `secret`: what it says to prove that it is Telegram."""

    path: str
    secret: str = field(repr=False)


def telegram_webhook(options: WebhookOptions, receive: Receive, claims: Claims) -> web.RouteDef:
    """The route of the webhook. It answers 200 as soon as `receive` has the update, or had it before; 403 to strangers,
    400 to what is no update, 413 to what is too large, and 503, so that Telegram comes again, where `receive` fails.
    """

    async def take(request: web.Request) -> web.Response:
        said = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(said, options.secret.encode()):
            raise web.HTTPForbidden
        update = update_in(await request.read())
        number: int = update["update_id"]
        if not await claims.take(number):
            return web.Response()
        try:
            await receive(update)
        except Exception as error:
            log.error("webhook-failed", update=number, exc_info=error)
            await claims.give_back(number)
            raise web.HTTPServiceUnavailable from error
        return web.Response()

    return web.post(options.path, take)


def update_in(body: bytes) -> dict[str, Any]:
    """The update in a body. Raises aiohttp.web.HTTPBadRequest for anything else."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest from error
    if isinstance(update, dict):
        number = update.get("update_id")
        if type(number) is int and 0 <= number < LARGEST_ID:
            return update
    raise web.HTTPBadRequest

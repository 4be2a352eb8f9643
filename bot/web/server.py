"""The one HTTP server of the bot process, from start to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.errors import PortTaken

log = structlog.stdlib.get_logger(__name__)

DRAIN_SECONDS = 10.0
"""For requests in work when the server is told to stop."""


@dataclass(frozen=True)
class WebOptions:
    """Where the server listens, and the largest body that it reads."""

    port: int
    host: str = "127.0.0.1"
    max_bytes: int = 1024 * 1024


async def run_web(options: WebOptions, routes: Iterable[web.RouteDef], stop: asyncio.Event) -> None:
    """Serve until `stop` is set, then finish what is in work. Raises PortTaken, OSError."""
    application = web.Application(client_max_size=options.max_bytes)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=DRAIN_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, options.host, options.port)
        try:
            await site.start()
        except OSError as error:
            raise PortTaken(options.port) from error
        log.info("web-started", host=options.host, port=options.port)
        await stop.wait()
    finally:
        await runner.cleanup()
    log.info("web-stopped")

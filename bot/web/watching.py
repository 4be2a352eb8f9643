"""What operators and their programs look at: whether the bot is well, and what it counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest


def health(ready: Callable[[], Awaitable[bool]]) -> web.RouteDef:
    """`GET /healthz`: an answer at all means that the process lives; 200 that it can solve, 503 that it cannot."""

    async def look(request: web.Request) -> web.Response:
        well = await ready()
        return web.json_response({"live": True, "ready": well}, status=200 if well else 503)

    return web.get("/healthz", look)


def metrics(registry: CollectorRegistry) -> web.RouteDef:
    """`GET /metrics`: everything counted, as Prometheus reads it."""

    async def look(request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return web.get("/metrics", look)

"""The real server on a free port of 127.0.0.1, with a client to ask it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bot.web.server import WebOptions, run_web


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def served(
    routes: Iterable[web.RouteDef], stop: asyncio.Event | None = None, port: int | None = None
) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a server with these routes; the server stops with the context, or when `stop` is set."""
    stop = stop or asyncio.Event()
    port = port or free_port()
    running = asyncio.create_task(run_web(WebOptions(port), routes, stop))
    await until_listening(port, running)
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        stop.set()
        await running


async def until_listening(port: int, running: asyncio.Task[None]) -> None:
    """Return as soon as somebody listens on the port. Raises what the server raised."""
    async with asyncio.timeout(10):
        while not running.done():
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return
    await running

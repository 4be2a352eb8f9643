"""The server starts, says why where it cannot, and finishes what is in work before it stops."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp import ClientConnectionError, web

from bot.errors import PortTaken
from bot.web.server import WebOptions, run_web
from tests.bot.web.serving import served


async def test_told_to_stop_it_finishes_what_is_in_work_and_takes_nothing_new() -> None:
    stop, arrived, may_answer = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        arrived.set()
        await may_answer.wait()
        return web.Response(text="done")

    async with served([web.get("/slow", slow)], stop) as client:
        asked = asyncio.create_task(client.get("/slow"))
        await arrived.wait()
        stop.set()
        await asyncio.sleep(0.05)
        with pytest.raises(ClientConnectionError):
            await client.get("/slow")

        may_answer.set()
        assert await (await asked).text() == "done"


async def test_a_port_that_another_program_has_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTaken) as taken:
            await run_web(WebOptions(port), [], asyncio.Event())
    assert taken.value.port == port

"""Discord on loopback: simcord's model of Discord behind real HTTP and a real gateway."""

from __future__ import annotations

import asyncio
import fnmatch
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import web
from simcord._clock import Clock
from simcord.backend import Backend
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import BackendError
from simcord.backend.models import Interaction, Message
from simcord.http import routes as _routes  # noqa: F401 - importing it fills the table of routes
from simcord.http.router import RouteNotImplemented, UnsupportedField, dispatch

from tests.platforms.discord_gateway import Gateway, with_addresses
from tests.platforms.discord_rules import REQUEST_BYTES, check_commands, check_mentions, parts

TOKEN = "MTE4NzY1NDMyMTA5ODc2NTQzMg.GqWert.not-a-real-token-not-a-real-token-abcd"
LOADING = 1 << 7


class WallClock(Clock):
    """The time of day; simcord's own clock stands still."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Fault:
    """A refusal to come. `path` may hold `*`. `retry_after`: seconds, of a 429."""

    method: str
    path: str
    status: int
    code: int = 0
    retry_after: float = 0.0
    times: int = 1

    def response(self) -> web.Response:
        body = {"message": "refused by the test", "code": self.code, "retry_after": self.retry_after, "global": False}
        headers = {"Retry-After": str(self.retry_after), "Via": "1.1 test"} if self.status == 429 else {}
        return _json(body, self.status, headers)


@dataclass
class DiscordServer:
    """What Discord knows. `refused` holds every request that was not taken, with the reason, in order; `asked` the
    method and path of each request; `acknowledged` when each interaction was, by its id, as time.monotonic() has it.
    """

    address: str = ""
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    acknowledged: dict[int, float] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    backend: Any = field(default_factory=lambda: Backend(clock=WallClock()))
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.guild = self.backend.create_guild("Study group").id
        self.channel = self.backend.create_channel(self.guild, "maths").id
        self.gateway = Gateway(self.backend, TOKEN, lambda: self.address, self._changed.set)

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"{self.address.replace('http', 'ws')}/gateway"

    @property
    def bot(self) -> int:
        """The id of the bot."""
        return int(self.backend.bot_user.id)

    async def wait_for_bot(self, timeout: float) -> None:  # noqa: ASYNC109
        """Wait until the bot is at the gateway and its commands are known. Raises TimeoutError."""
        await self.until(lambda: bool(self.gateway.connected and self.backend.find_command("solve", None)), timeout)

    async def answer_to(self, record: Interaction, timeout: float) -> Message:  # noqa: ASYNC109
        """The message in the place of "thinking…". Raises TimeoutError."""

        def message() -> Message:
            found: Message = self.backend.get_message(record.channel_id, record.message_id)
            return found

        await self.until(lambda: record.responded and not message().flags & LOADING, timeout)
        return message()

    async def reply_to(self, asking: Message, timeout: float) -> Message:  # noqa: ASYNC109
        """The bot's reply to a message. Raises TimeoutError."""
        await self.until(lambda: bool(self.replies_to(asking)), timeout)
        (reply,) = self.replies_to(asking)
        return reply

    def replies_to(self, asking: Message) -> list[Message]:
        """Everything that the bot replied to a message."""
        return [
            message
            for message in self.said_in(asking.channel_id)
            if (message.reference or {}).get("message_id") == str(asking.id)
        ]

    def said_in(self, channel: int) -> list[Message]:
        """Every message of the bot in a channel, those for one person's eyes too."""
        return [message for message in self.backend.messages[channel].values() if message.author_id == self.bot]

    def file(self, attachment: Mapping[str, Any]) -> bytes:
        """The bytes of an attachment of a message."""
        data: bytes = self.backend.cdn.get(attachment["url"])
        return data

    def refuse_next(self, method: str, path: str, status: int, code: int = 0, **more: Any) -> Fault:
        """Refuse the next request of this kind; `path` may hold `*`."""
        self.faults.append(Fault(method, path, status, code, **more))
        return self.faults[-1]

    async def until(self, ready: Callable[[], bool], timeout: float) -> None:  # noqa: ASYNC109
        """Wait for something that a request of the bot brings about. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not ready():
                self._changed.clear()
                await self._changed.wait()

    async def quiet(self, seconds: float) -> None:
        """Wait until the bot has asked for nothing for so long."""
        while True:
            before = len(self.asked)
            await asyncio.sleep(seconds)
            if len(self.asked) == before:
                return

    # ------------------------------------------------------------------ REST

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        self.asked.append(f"{request.method} {path}")
        fault = self._fault(request.method, path)
        if fault is not None:
            self.refused.append(f"{request.method} {path}: {fault.status} {fault.code}")
            return fault.response()
        by_interaction_token = path.startswith(("/interactions/", "/webhooks/"))
        try:
            if not by_interaction_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
                raise BackendError(401, 0, "401: Unauthorized")
            body, files = await parts(request)
            check_commands(path, body)
            check_mentions(body)
            result = self._dispatch(request.method, path, body, dict(request.query), files)
        except (RouteNotImplemented, UnsupportedField, BackendError) as refusal:
            self.refused.append(f"{request.method} {path}: {refusal}")
            return _json(refusal.to_json(), refusal.status)
        finally:
            self._changed.set()
        if result is None:
            return web.Response(status=204)
        return _json(with_addresses(result, self.address))

    def _dispatch(self, method: str, path: str, body: Any, query: dict[str, str], files: list[discord.File]) -> Any:
        if path == "/gateway/bot":
            limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
            return {"url": self.gateway_url, "shards": 1, "session_start_limit": limit}
        result = dispatch(self.backend, method, path, json=body, params=query, files=files)
        if path.startswith("/interactions/"):
            self.acknowledged[int(path.split("/")[2])] = time.monotonic()
        return result

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fnmatch.fnmatch(path, fault.path):
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
                return fault
        return None

    async def _file(self, request: web.Request) -> web.Response:
        data = self.backend.cdn.get(f"{CDN_BASE}/{request.match_info['path']}")
        return web.Response(status=404) if data is None else web.Response(body=data)


def _json(payload: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """As Discord sends it: discord.py does not parse JSON whose type carries a charset."""
    body = json.dumps(payload).encode()
    return web.Response(body=body, status=status, content_type="application/json", headers=headers)


@asynccontextmanager
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A server on a free port of 127.0.0.1."""
    server = DiscordServer()
    application = web.Application(client_max_size=2 * REQUEST_BYTES)
    application.router.add_get("/gateway", server.gateway.serve)
    application.router.add_get("/gateway/", server.gateway.serve)
    application.router.add_get("/cdn/{path:.+}", server._file)
    application.router.add_route("*", "/api/v10/{path:.+}", server._rest)
    runner = web.AppRunner(application, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()

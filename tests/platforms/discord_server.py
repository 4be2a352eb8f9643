"""Discord on loopback: simcord's model of Discord behind real HTTP and a real gateway, and somebody who uses it."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
from aiohttp import WSMsgType, web
from simcord import intents as gateway_intents
from simcord import interactions
from simcord._clock import Clock
from simcord.backend import Backend, serializers
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import BackendError
from simcord.backend.models import Interaction, Message
from simcord.enums import InteractionType, OptionType
from simcord.http import routes as _routes  # noqa: F401 - importing it fills the table of routes
from simcord.http.router import RouteNotImplemented, UnsupportedField, dispatch

from tests.platforms.discord_rules import REQUEST_BYTES, check_commands, parts

TOKEN = "MTE4NzY1NDMyMTA5ODc2NTQzMg.GqWert.not-a-real-token-not-a-real-token-abcd"
DISPATCH, HEARTBEAT, IDENTIFY, HELLO, HEARTBEAT_ACK = 0, 1, 2, 10, 11
AUTHENTICATION_FAILED = 4004
LOADING = 1 << 7


class WallClock(Clock):
    """The time of day; simcord's own clock stands still."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class DiscordServer:
    """What Discord knows. `refused` holds every request that was not taken, with the reason, in order."""

    address: str = ""
    refused: list[str] = field(default_factory=list)
    backend: Any = field(default_factory=lambda: Backend(clock=WallClock()))
    _sockets: list[Socket] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.asker = self.backend.make_user("ada").id
        self.guild = self.backend.create_guild("Study group").id
        self.backend.add_member(self.guild, self.asker)
        self.channel = self.backend.create_channel(self.guild, "maths").id
        self.backend.subscribers.append(self._broadcast)

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"{self.address.replace('http', 'ws')}/gateway"

    async def wait_for_bot(self, command: str, timeout: float) -> dict[str, Any]:  # noqa: ASYNC109
        """The command as the bot registered it, once the bot is at the gateway too. Raises TimeoutError."""
        await self.until(lambda: bool(self._sockets and self.backend.find_command(command, None)), timeout)
        registered: dict[str, Any] = self.backend.find_command(command, None)
        return registered

    def slash(self, name: str, *, size: int | None = None, **options: str | tuple[str, bytes]) -> Interaction:
        """The asker runs a command in the channel. A file is (name, bytes); `size` is what Discord says of it."""
        backend = self.backend
        command = backend.find_command(name, self.guild)
        declared = {option["name"]: option for option in command["options"]}
        accepted = interactions.check_options(name, command, options)
        resolved: dict[str, Any] = {}
        given = []
        for option, value in accepted.items():
            if declared[option]["type"] == OptionType.ATTACHMENT:
                file_name, data = value
                value = interactions.store_interaction_attachment(backend, self.channel, file_name, data, resolved)
                if size is not None:
                    resolved["attachments"][value]["size"] = size
            given.append({"name": option, "type": declared[option]["type"], "value": value})
        invocation = {"id": command["id"], "name": name, "type": 1, "options": given, "resolved": resolved}
        record, payload = interactions.base_payload(
            backend,
            type=InteractionType.APPLICATION_COMMAND,
            channel_id=self.channel,
            guild_id=self.guild,
            user_id=self.asker,
            data=invocation,
        )
        backend.emit("INTERACTION_CREATE", payload)
        return record

    async def answer_to(self, record: Interaction, timeout: float) -> Message:  # noqa: ASYNC109
        """The message in the place of "thinking…". Raises TimeoutError."""

        def message() -> Message:
            found: Message = self.backend.get_message(self.channel, record.message_id)
            return found

        await self.until(lambda: record.responded and not message().flags & LOADING, timeout)
        return message()

    def file(self, attachment: Mapping[str, Any]) -> bytes:
        """The bytes of an attachment of a message."""
        data: bytes = self.backend.cdn.get(attachment["url"])
        return data

    def fail_next(self, method: str, path: str) -> None:
        """Refuse the next request of this kind; `path` may hold `*`."""
        fault = {
            "method": method,
            "path": path,
            "status": 400,
            "code": 50035,
            "message": "Invalid Form Body",
            "times": 1,
        }
        self.backend.faults.append(fault)

    async def until(self, ready: Callable[[], bool], timeout: float) -> None:  # noqa: ASYNC109
        """Wait for something that a request of the bot brings about. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not ready():
                self._changed.clear()
                await self._changed.wait()

    # ------------------------------------------------------------------ REST

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        by_interaction_token = path.startswith(("/interactions/", "/webhooks/"))
        try:
            if not by_interaction_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
                raise BackendError(401, 0, "401: Unauthorized")
            body, files = await parts(request)
            check_commands(path, body)
            params = dict(request.query)
            result = dispatch(self.backend, request.method, path, json=body, params=params, files=files)
        except (RouteNotImplemented, UnsupportedField, BackendError) as refusal:
            self.refused.append(f"{request.method} {path}: {refusal}")
            return _json(refusal.to_json(), refusal.status)
        finally:
            self._changed.set()
        if result is None:
            return web.Response(status=204)
        return _json(self._with_our_addresses(result))

    async def _file(self, request: web.Request) -> web.Response:
        data = self.backend.cdn.get(f"{CDN_BASE}/{request.match_info['path']}")
        return web.Response(status=404) if data is None else web.Response(body=data)

    def _with_our_addresses(self, payload: Any) -> Any:
        """The payload with the addresses of files led to this server."""
        return json.loads(json.dumps(payload, default=dict).replace(CDN_BASE, f"{self.address}/cdn"))

    # --------------------------------------------------------------- gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        socket = Socket(connection)
        await socket.send(HELLO, {"heartbeat_interval": 41_250})
        async for message in connection:
            if message.type is not WSMsgType.TEXT:
                continue
            payload = json.loads(message.data)
            if payload["op"] == HEARTBEAT:
                await socket.send(HEARTBEAT_ACK, None)
            elif payload["op"] == IDENTIFY:
                if payload["d"]["token"] != TOKEN:
                    await connection.close(code=AUTHENTICATION_FAILED)
                    break
                await self._welcome(socket, discord.Intents._from_value(payload["d"]["intents"]))
        if socket in self._sockets:
            self._sockets.remove(socket)
        return connection

    async def _welcome(self, socket: Socket, intents: discord.Intents) -> None:
        backend = self.backend
        socket.intents = intents
        ready = {
            "v": 10,
            "user": dict(serializers.user_payload(backend.bot_user)),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in backend.guilds],
            "session_id": "session",
            "resume_gateway_url": self.gateway_url,
            "application": {"id": str(backend.application_id), "flags": 0},
        }
        await socket.dispatch("READY", ready)
        for guild in backend.guilds.values():
            payload = copy.deepcopy(dict(serializers.guild_create_payload(backend, guild)))
            gateway_intents.prune_guild_create(payload, intents, backend.bot_user.id)
            await socket.dispatch("GUILD_CREATE", payload)
        self._sockets.append(socket)
        self._changed.set()

    def _broadcast(self, event: str, payload: Mapping[str, Any]) -> None:
        needed = gateway_intents.required_intent(event, payload)
        for socket in self._sockets:
            if needed is None or getattr(socket.intents, needed):
                socket.later(event, self._with_our_addresses(payload))


@dataclass(eq=False)
class Socket:
    """One connection at the gateway. Events leave it in order."""

    connection: web.WebSocketResponse
    intents: discord.Intents = field(default_factory=discord.Intents.none)
    _sequence: int = 0
    _sending: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, operation: int, data: Any, **more: Any) -> None:
        await self.connection.send_json({"op": operation, "d": data, "s": None, "t": None} | more)

    async def dispatch(self, event: str, data: Any) -> None:
        self._sequence += 1
        await self.send(DISPATCH, data, s=self._sequence, t=event)

    def later(self, event: str, data: Any) -> None:
        task = asyncio.get_running_loop().create_task(self.dispatch(event, data))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)


def _json(payload: Any, status: int = 200) -> web.Response:
    """As Discord sends it: discord.py does not parse JSON whose type carries a charset."""
    return web.Response(body=json.dumps(payload).encode(), status=status, content_type="application/json")


@asynccontextmanager
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A server on a free port of 127.0.0.1."""
    server = DiscordServer()
    application = web.Application(client_max_size=2 * REQUEST_BYTES)
    application.router.add_get("/gateway", server._gateway)
    application.router.add_get("/gateway/", server._gateway)
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

"""Discord's gateway on loopback: identify, heartbeats, resume, and what each bot may see."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from aiohttp import WSMsgType, web
from simcord import intents as gateway_intents
from simcord.backend import Backend, serializers
from simcord.backend.cdn import CDN_BASE

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014
CENSORED = ("MESSAGE_CREATE", "MESSAGE_UPDATE")


@dataclass(eq=False)
class Session:
    """What one bot has been told, so that it can hear again what it missed."""

    intents: discord.Intents
    told: list[tuple[str, Any]] = field(default_factory=list)
    connection: web.WebSocketResponse | None = None

    async def tell_from(self, number: int) -> None:
        """Send every event after `number`, in order, until the connection breaks."""
        while (connection := self.connection) is not None and number < len(self.told):
            event, data = self.told[number]
            number += 1
            try:
                await connection.send_json({"op": DISPATCH, "d": data, "s": number, "t": event})
            except ConnectionError:
                return


class Gateway:
    """Every session at the gateway. `hidden`: servers that the bot is no member of."""

    def __init__(self, backend: Backend, token: str, address: Callable[[], str], changed: Callable[[], None]) -> None:
        self._backend, self._token, self._address, self._changed = backend, token, address, changed
        self._sessions: dict[str, Session] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self.hidden: set[int] = set()
        self.approved = discord.Intents.default()
        self.resumed = 0
        backend.subscribers.append(self._broadcast)

    @property
    def connected(self) -> list[Session]:
        return [session for session in self._sessions.values() if session.connection is not None]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await _send(connection, HELLO, {"heartbeat_interval": 41_250})
        async for message in connection:
            if message.type is not WSMsgType.TEXT:
                continue
            payload = json.loads(message.data)
            if payload["op"] == HEARTBEAT:
                await _send(connection, HEARTBEAT_ACK, None)
            elif payload["op"] == IDENTIFY:
                await self._identify(connection, payload["d"])
            elif payload["op"] == RESUME:
                await self._resume(connection, payload["d"])
        for session in self._sessions.values():
            if session.connection is connection:
                session.connection = None
        self._changed()
        return connection

    async def close_all(self, code: int) -> None:
        """Break every connection, as Discord does now and then."""
        for session in self.connected:
            assert session.connection is not None
            await session.connection.close(code=code)

    async def order_all(self, operation: int, data: Any) -> None:
        """Order every bot to reconnect (7), or tell it that its session is void (9)."""
        for session in self.connected:
            assert session.connection is not None
            await _send(session.connection, operation, data)
            if operation == INVALID_SESSION:
                session.told.clear()

    async def _identify(self, connection: web.WebSocketResponse, data: Mapping[str, Any]) -> None:
        intents = discord.Intents._from_value(data["intents"])
        if data["token"] != self._token:
            await connection.close(code=AUTHENTICATION_FAILED)
            return
        if intents.message_content and not self.approved.message_content:
            await connection.close(code=DISALLOWED_INTENTS)
            return
        backend, name = self._backend, f"session-{len(self._sessions)}"
        session = self._sessions[name] = Session(intents, connection=connection)
        guilds = {number: guild for number, guild in backend.guilds.items() if number not in self.hidden}
        ready = {
            "v": 10,
            "user": dict(serializers.user_payload(backend.bot_user)),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guilds],
            "session_id": name,
            "resume_gateway_url": f"{self._address().replace('http', 'ws')}/gateway",
            "application": {"id": str(backend.application_id), "flags": 0},
            "shard": data.get("shard", [0, 1]),
        }
        session.told.append(("READY", ready))
        for guild in guilds.values():
            payload = copy.deepcopy(dict(serializers.guild_create_payload(backend, guild)))
            gateway_intents.prune_guild_create(payload, intents, backend.bot_user.id)
            session.told.append(("GUILD_CREATE", self._with_our_addresses(payload)))
        await session.tell_from(0)
        self._changed()

    async def _resume(self, connection: web.WebSocketResponse, data: Mapping[str, Any]) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or not session.told or data["token"] != self._token:
            await _send(connection, INVALID_SESSION, False)
            return
        session.connection = connection
        session.told.append(("RESUMED", {}))
        await session.tell_from(data["seq"])
        self.resumed += 1
        self._changed()

    def _broadcast(self, event: str, payload: Mapping[str, Any]) -> None:
        needed = gateway_intents.required_intent(event, payload)
        if int(payload.get("guild_id") or 0) in self.hidden and event != "INTERACTION_CREATE":
            return
        for session in self._sessions.values():
            if needed is not None and not getattr(session.intents, needed):
                continue
            seen = self._with_our_addresses(payload)
            if event in CENSORED and not session.intents.message_content:
                gateway_intents.censor_message(seen, self._backend.bot_user.id, backend=self._backend)
            session.told.append((event, seen))
            self._later(session, len(session.told) - 1)

    def _later(self, session: Session, number: int) -> None:
        async def tell() -> None:
            if session.connection is not None and number < len(session.told):
                event, data = session.told[number]
                await session.connection.send_json({"op": DISPATCH, "d": data, "s": number + 1, "t": event})

        task = asyncio.get_running_loop().create_task(tell())
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    def _with_our_addresses(self, payload: Any) -> Any:
        return with_addresses(payload, self._address())


def with_addresses(payload: Any, address: str) -> Any:
    """A copy of the payload with the addresses of files led to this server."""
    return json.loads(json.dumps(payload, default=dict).replace(CDN_BASE, f"{address}/cdn"))


async def _send(connection: web.WebSocketResponse, operation: int, data: Any) -> None:
    await connection.send_json({"op": operation, "d": data, "s": None, "t": None})

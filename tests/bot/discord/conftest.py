"""A client that is connected to nothing, and messages as Discord's gateway spells them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry

from bot.conversation import Conversation
from bot.discord.client import ChalklineClient
from bot.keeping import Keeping
from bot.locale.catalogue import read_catalogues
from bot.metrics import make_metrics
from bot.queue import Queue
from bot.store.database import StoreOptions
from bot.store.opening import open_store
from core.limits import AskingLimits, PhotoLimits
from core.service import ServiceOptions, open_service

ROOT = Path(__file__).parents[3]
BOT, ADA, BOB = 100, 1, 2
SERVER, CHANNEL = 7, 70

Incoming = Callable[..., discord.Message]


@asynccontextmanager
async def unasked() -> AsyncIterator[Conversation]:
    """A conversation over an empty store, and a service that nothing has been asked of yet."""
    options = ServiceOptions(ROOT / "models" / "weights")
    async with open_store(StoreOptions("sqlite://")) as store, open_service(options) as service:
        yield Conversation(
            service=service,
            catalogues=read_catalogues(),
            photo_limits=PhotoLimits(),
            queue=Queue(AskingLimits()),
            keeping=Keeping(store),
            metrics=make_metrics(CollectorRegistry()),
        )


@asynccontextmanager
async def disconnected(conversation: Conversation) -> AsyncIterator[ChalklineClient]:
    async with ChalklineClient(conversation, watching=False) as client:
        await client.setup_hook()
        yield client


@pytest_asyncio.fixture
async def conversation() -> AsyncIterator[Conversation]:
    async with unasked() as conversation:
        yield conversation


@pytest_asyncio.fixture
async def client(conversation: Conversation) -> AsyncIterator[ChalklineClient]:
    async with disconnected(conversation) as client:
        yield client


@pytest.fixture
def incoming(client: ChalklineClient) -> Incoming:
    """What makes a message; `in_server` says whether it comes from a server or to the bot alone."""
    state = client._connection
    channel_of_server = {"id": CHANNEL, "type": 0, "name": "maths", "position": 0}
    data: Any = {"id": SERVER, "channels": [channel_of_server]}
    server = discord.Guild(data=data, state=state)
    state._add_guild(server)

    def make(content: str = "", *, in_server: bool = True, author: int = ADA, **more: Any) -> discord.Message:
        payload = _message(content, author) | more
        channel: Any = server.get_channel(CHANNEL)
        if in_server:
            payload["guild_id"] = str(SERVER)
        else:
            direct: Any = {"id": 71, "type": 1, "recipients": [_user(ADA)]}
            channel = discord.DMChannel(me=_bot(state), state=state, data=direct)
        return discord.Message(state=state, channel=channel, data=payload)  # type: ignore[arg-type]

    return make


def attachment(number: int, name: str, content_type: str | None = None) -> dict[str, Any]:
    """A file of a message."""
    address = f"https://cdn.invalid/{number}/{name}?ex=1"
    kind = {} if content_type is None else {"content_type": content_type}
    return {"id": str(number), "filename": name, "size": 9, "url": address, "proxy_url": address} | kind


def reply_to(content: str = "", author: int = BOB, **more: Any) -> dict[str, Any]:
    """The fields of a message that replies to another, which the gateway sends along."""
    quoted = _message(content, author, 6) | more
    reference = {"message_id": "6", "channel_id": str(CHANNEL)}
    return {"type": 19, "message_reference": reference, "referenced_message": quoted}


def _message(content: str, author: int, number: int = 5) -> dict[str, Any]:
    return {
        "id": str(number),
        "channel_id": str(CHANNEL),
        "author": _user(author),
        "content": content,
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
    }


def _user(number: int) -> dict[str, Any]:
    return {"id": str(number), "username": f"user-{number}", "discriminator": "0", "avatar": None, "bot": number == BOT}


def _bot(state: Any) -> discord.ClientUser:
    return discord.ClientUser(state=state, data=_user(BOT))  # type: ignore[arg-type]

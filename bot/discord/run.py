"""The Discord bot from start to stop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.conversation import Conversation
from bot.discord.client import ChalklineClient, ShardedClient
from bot.discord.syncing import sync_commands
from bot.errors import IntentRefused, TokenError

log = structlog.stdlib.get_logger(__name__)

DRAIN_SECONDS = 25.0
"""For what is in work when the bot is told to stop; hosts usually grant 30."""


@dataclass(frozen=True)
class DiscordOptions:
    """Where Discord is and who we are.

    `message_content`: whether Discord lets the bot see messages that do not name it. `sharded`: whether it keeps as
    many connections as Discord recommends, rather than one.
    """

    token: str = field(repr=False)
    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = "wss://gateway.discord.gg/"
    message_content: bool = False
    sharded: bool = False


async def run_discord(options: DiscordOptions, conversation: Conversation, stop: asyncio.Event) -> None:
    """Answer until `stop` is set, then finish what is in work. Raises TokenError, IntentRefused,
    discord.DiscordException.
    """
    async with _client(options, conversation) as client:
        running = asyncio.create_task(_run(client, options, conversation))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                await running
            await client.work.finish(DRAIN_SECONDS)
        except discord.LoginFailure as error:
            raise TokenError("discord") from error
        except discord.PrivilegedIntentsRequired as error:
            raise IntentRefused from error
        finally:
            stopping.cancel()
            await client.close()
            await asyncio.wait({running})
    log.info("discord-stopped")


async def release_discord(options: DiscordOptions, conversation: Conversation) -> None:
    """Tell Discord the commands. Raises TokenError, discord.DiscordException."""
    async with _client(options, conversation) as client:
        try:
            await client.login(options.token)
        except discord.LoginFailure as error:
            raise TokenError("discord") from error
        await sync_commands(client.tree, conversation.keeping, always=True)


async def _run(client: ChalklineClient, options: DiscordOptions, conversation: Conversation) -> None:
    await client.login(options.token)
    await sync_commands(client.tree, conversation.keeping, always=False)
    await client.connect()


def _client(options: DiscordOptions, conversation: Conversation) -> ChalklineClient:
    # discord.py keeps its addresses on the classes, one for the whole process.
    Route.BASE = options.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(options.gateway_url)
    kind = ShardedClient if options.sharded else ChalklineClient
    return kind(conversation, watching=options.message_content)

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
from bot.discord.tree import SolveTree
from bot.errors import TokenError

log = structlog.stdlib.get_logger(__name__)

DRAIN_SECONDS = 25.0
"""For what is in work when the bot is told to stop; hosts usually grant 30."""


@dataclass(frozen=True)
class DiscordOptions:
    """Where Discord is and who we are."""

    token: str = field(repr=False)
    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = "wss://gateway.discord.gg/"


class ChalklineClient(discord.Client):
    """The connection, which registers the commands when it starts."""

    def __init__(self, conversation: Conversation) -> None:
        # Slash commands need no more, and nothing that is privileged.
        super().__init__(intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none())
        self.tree = SolveTree(self, conversation)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_ready(self) -> None:
        log.info("discord-started", bot=str(self.user))


async def run_discord(options: DiscordOptions, conversation: Conversation, stop: asyncio.Event) -> None:
    """Answer until `stop` is set, then finish what is in work. Raises TokenError, discord.DiscordException."""
    # discord.py keeps its addresses on the classes, one for the whole process.
    Route.BASE = options.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(options.gateway_url)
    async with ChalklineClient(conversation) as client:
        running = asyncio.create_task(client.start(options.token))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                await running
            await client.tree.finish(DRAIN_SECONDS)
        except discord.LoginFailure as error:
            raise TokenError("discord") from error
        finally:
            stopping.cancel()
            await client.close()
            await asyncio.wait({running})
    log.info("discord-stopped")

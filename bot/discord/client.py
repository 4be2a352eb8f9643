"""The connection to Discord, and which event goes where."""

from __future__ import annotations

from typing import Any

import discord
import structlog

from bot.buttons import Action, decoded
from bot.conversation import Conversation
from bot.discord.commands import Commands, CommandTree
from bot.discord.components import ActionButton, Interaction, ReadingsMenu, data_of
from bot.discord.failures import Failures
from bot.discord.messages import Messages
from bot.discord.outlets import Outlets
from bot.discord.pressing import Presses
from bot.discord.translation import CatalogueTranslator
from bot.discord.work import Work

log = structlog.stdlib.get_logger(__name__)


def intents(watching: bool) -> discord.Intents:
    """What Discord tells the bot about: servers, and messages; what stands in those that do not name it, only where
    it watches, for that needs Discord's permission.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=watching)


class ChalklineClient(discord.Client):
    """Nothing of what people say is remembered here: there are no caches of messages or members."""

    def __init__(self, conversation: Conversation, *, watching: bool) -> None:
        super().__init__(
            intents=intents(watching),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        outlets, self.work = Outlets(conversation, watching), Work()
        failures = Failures(outlets)
        self._presses = Presses(outlets, failures, self.work)
        self._messages = Messages(outlets, failures, self.work)
        self._translator = CatalogueTranslator(conversation.catalogues)
        self.tree = CommandTree(self, Commands(outlets, self.work), failures)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(ActionButton, ReadingsMenu)
        await self.tree.set_translator(self._translator)

    async def on_ready(self) -> None:
        log.info("discord-started", bot=self.user and self.user.id, servers=len(self.guilds), shards=self.shard_count)

    async def on_resumed(self) -> None:
        log.info("discord-resumed")

    async def on_message(self, message: discord.Message) -> None:
        await self._messages.came(message, self._id())

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        await self._messages.changed(event.message, self._id())

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        await self._messages.gone(event.message_id, event.guild_id, self.get_partial_messageable(event.channel_id))

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        channel = self.get_partial_messageable(event.channel_id)
        for message_id in event.message_ids:
            await self._messages.gone(message_id, event.guild_id, channel)

    async def on_interaction(self, interaction: Interaction) -> None:
        """discord.py sends commands and buttons their own ways; a window may be older than this process."""
        if interaction.type is discord.InteractionType.modal_submit:
            action = decoded(str(data_of(interaction).get("custom_id")))
            if action is not None:
                await self._presses.typed(interaction, action)

    async def pressed(self, interaction: Interaction, action: Action) -> None:
        """A button or a menu says what it does."""
        await self._presses.pressed(interaction, action)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("discord-event-failed", discord_event=event_method)

    def _id(self) -> int:
        assert self.user is not None
        return self.user.id


class ShardedClient(ChalklineClient, discord.AutoShardedClient):
    """The same over as many connections as Discord recommends, all in this process."""

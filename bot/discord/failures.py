"""The one place where failures of the Discord bot end: a line in the log, and a kind sentence to whoever asked."""

from __future__ import annotations

from dataclasses import dataclass

import discord
import structlog

from bot.discord.components import Interaction
from bot.discord.outlets import EXPIRED, UNKNOWN_MESSAGE, Outlets
from core.errors import ChalklineError

log = structlog.stdlib.get_logger(__name__)

NOBODY_THERE = EXPIRED | {UNKNOWN_MESSAGE}
"""What Discord says where whoever asked has waited too long, or the message is gone."""


@dataclass(frozen=True)
class Failures:
    """What happens when something fails that should not."""

    outlets: Outlets

    async def of_interaction(self, interaction: Interaction, error: BaseException) -> None:
        """A command, a button or a window failed."""
        if isinstance(error, discord.HTTPException) and error.code in NOBODY_THERE:
            log.warning("nobody-to-answer", interaction=interaction.id, code=error.code)
            return
        log.error("interaction-failed", interaction=interaction.id, exc_info=error)
        apology = self.outlets.conversation.explain(ChalklineError(), interaction.locale.value)
        try:
            if not interaction.response.is_done():
                await interaction.response.send_message(self.outlets.text(apology), ephemeral=True)
            elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
                await self.outlets.complete(interaction, apology, hidden=True)
            else:
                await self.outlets.follow(interaction, apology, hidden=True)
        except discord.DiscordException as second:
            log.warning("apology-not-sent", interaction=interaction.id, error=type(second).__name__)

    async def of_message(self, message: discord.Message, language: str, error: BaseException) -> None:
        """Answering a message failed."""
        log.error("message-failed", message=message.id, exc_info=error)
        try:
            await self.outlets.reply_to(message, self.outlets.conversation.explain(ChalklineError(), language))
        except discord.DiscordException as second:
            log.warning("apology-not-sent", message=message.id, error=type(second).__name__)

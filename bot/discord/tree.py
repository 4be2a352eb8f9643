"""The Discord commands: what they are called, what they take and what happens on each."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.captions import written
from bot.conversation import Conversation
from bot.markup import DISCORD_MESSAGE
from bot.replies import Reply
from bot.requests import Chat, Person, Photo, Request
from bot.store.values import FileReference
from core.errors import ChalklineError, PhotoTooLarge

log = structlog.stdlib.get_logger(__name__)

FILE_NAME = "answer.png"
DESCRIPTION_LENGTH = 1024
"""Discord's limit on the description of an attachment, which is its alt text."""


class SolveTree(app_commands.CommandTree[discord.Client]):
    """`/solve`, and the one place where failures end."""

    def __init__(self, client: discord.Client, conversation: Conversation) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.conversation = conversation
        self._in_work: set[asyncio.Task[Any]] = set()
        self.add_command(self._solve_command())

    async def finish(self, seconds: float) -> None:
        """Wait until what is in work has been answered, at most `seconds`."""
        if self._in_work:
            await asyncio.wait(self._in_work, timeout=seconds)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        log.error("interaction-failed", interaction=interaction.id, exc_info=cause)
        apology = self.conversation.explain(ChalklineError(), language_of(interaction))
        if interaction.response.is_done():
            await self._send(interaction, apology)
        else:
            await interaction.response.send_message(self._text(apology), ephemeral=True)

    def _solve_command(self) -> app_commands.Command[Any, ..., None]:
        say = self.conversation.catalogues.speaking("en")

        @app_commands.describe(text=say("command.solve.text"), image=say("command.solve.image"))
        async def solve(
            interaction: discord.Interaction, text: str | None = None, image: discord.Attachment | None = None
        ) -> None:
            await interaction.response.defer(thinking=True)  # first of all: Discord waits three seconds, no longer
            task = asyncio.current_task()
            assert task is not None
            self._in_work.add(task)
            task.add_done_callback(self._in_work.discard)
            await self._send(interaction, await self._reply(interaction, text, image))

        return app_commands.Command(name="solve", description=say("command.solve"), callback=solve)

    async def _reply(
        self, interaction: discord.Interaction, text: str | None, image: discord.Attachment | None
    ) -> Reply:
        language = language_of(interaction)
        if image is None and not text:
            return self.conversation.say("ask-for-maths-discord", language)
        place = str(interaction.guild_id or interaction.channel_id or interaction.user.id)
        request = Request(
            chat=Chat("discord", place, interaction.guild_id is None, str(interaction.channel_id or "")),
            asker=Person(str(interaction.user.id), language),
            message_id=str(interaction.id),
            photos=(self._photo(image),) if image is not None else (),
            text=text or "",
        )
        return await self.conversation.answer(request)

    def _photo(self, image: discord.Attachment) -> Photo:
        async def load() -> bytes:
            if image.size > self.conversation.photo_limits.max_bytes:
                raise PhotoTooLarge
            return await image.read()

        return Photo(FileReference(image.url), load)

    async def _send(self, interaction: discord.Interaction, reply: Reply) -> None:
        """Put the reply in the place of "thinking…". Raises discord.HTTPException."""
        files = []
        if reply.picture is not None:
            description = reply.picture.alt[:DESCRIPTION_LENGTH]
            files = [discord.File(BytesIO(reply.picture.png), FILE_NAME, description=description)]
        await interaction.edit_original_response(
            content=self._text(reply), attachments=files, allowed_mentions=discord.AllowedMentions.none()
        )

    def _text(self, reply: Reply) -> str:
        say = self.conversation.catalogues.speaking(reply.language)
        return written(reply.paragraphs, say, DISCORD_MESSAGE, reply.picture is not None)


def language_of(interaction: discord.Interaction) -> str:
    """The language tag of whoever asks."""
    return interaction.locale.value

"""Where a reply goes: in the place of "thinking…", or into the channel as a reply to a message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
import structlog

from bot.buttons import Button
from bot.conversation import Conversation
from bot.discord.components import Interaction, view_of
from bot.discord.layout import Surroundings, rows
from bot.discord.wording import attached, content, within, without_files
from bot.locale.catalogue import Sentences
from bot.replies import Reply

log = structlog.stdlib.get_logger(__name__)

NOBODY = discord.AllowedMentions.none()

UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10008, 10015, 10062
TOO_LARGE, MISSING_ACCESS, MISSING_PERMISSIONS, INVALID_TOKEN = 40005, 50001, 50013, 50027
EXPIRED = frozenset({UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_TOKEN})
"""What Discord says of an interaction that is older than 15 minutes."""
SHUT_OUT = frozenset({MISSING_ACCESS, MISSING_PERMISSIONS})

Put = Callable[[Reply], Awaitable[discord.Message]]


@dataclass(frozen=True)
class Outlets:
    """Sends and changes messages. Methods raise discord.DiscordException for what they cannot mend.

    `watching`: whether the bot sees messages that do not name it.
    """

    conversation: Conversation
    watching: bool = False

    async def complete(self, interaction: Interaction, reply: Reply, *, hidden: bool) -> None:
        """Let the answer to an interaction be this reply; after 15 minutes it goes into the channel, where that is
        allowed and nobody wanted it hidden.
        """

        async def put(reply: Reply) -> discord.Message:
            return await interaction.edit_original_response(**self._edited(reply, hidden))

        try:
            await self._sent(put, reply, interaction.filesize_limit)
        except discord.HTTPException as error:
            if error.code == UNKNOWN_MESSAGE:
                log.info("answer-not-wanted", interaction=interaction.id)  # somebody took "thinking…" away
            elif error.code in EXPIRED:
                await self._late(interaction, reply, hidden)
            else:
                raise

    async def follow(self, interaction: Interaction, reply: Reply, *, hidden: bool) -> None:
        """Send a further message after an interaction."""

        async def put(reply: Reply) -> discord.Message:
            sent = self._new(reply, hidden)
            return await interaction.followup.send(ephemeral=hidden, wait=True, **sent)

        await self._sent(put, reply, interaction.filesize_limit)

    async def show_buttons(
        self, interaction: Interaction, buttons: Sequence[tuple[Button, ...]], language: str, *, hidden: bool
    ) -> None:
        """Let the message whose button was pressed have these buttons."""
        view = self._view(buttons, self._say(language), hidden)
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view)
        else:
            await interaction.response.edit_message(view=view)

    async def reply_to(self, message: discord.Message, reply: Reply) -> None:
        """Reply to a message in its channel. Where nothing can be said there, the log says so."""

        async def put(reply: Reply) -> discord.Message:
            reference = message.to_reference(fail_if_not_exists=False)
            return await message.channel.send(reference=reference, mention_author=False, **self._new(reply, False))

        await self._said(put, reply, message)

    async def change(self, mine: discord.PartialMessage, reply: Reply, asking: discord.Message) -> None:
        """Let one of our messages say something else; where it is gone, a reply to `asking` takes its place."""

        async def put(reply: Reply) -> discord.Message:
            return await mine.edit(**self._edited(reply, False))

        try:
            await self._said(put, reply, asking)
        except discord.NotFound:
            await self.reply_to(asking, reply)

    def text(self, reply: Reply) -> str:
        """Its words alone."""
        return content(reply, self._say(reply.language))

    async def _said(self, put: Put, reply: Reply, message: discord.Message) -> None:
        limit = (
            message.guild.filesize_limit if message.guild is not None else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
        )
        try:
            await self._sent(put, reply, limit)
        except discord.Forbidden as error:
            if error.code not in SHUT_OUT:
                raise
            log.warning("not-allowed-to-speak", channel=message.channel.id, code=error.code)

    async def _sent(self, put: Put, reply: Reply, file_bytes: int) -> None:
        """Send a reply; without its files where they are refused."""
        say = self._say(reply.language)
        reply = within(reply, file_bytes, say)
        try:
            message = await put(reply)
        except discord.HTTPException as error:
            if not attached(reply):
                raise
            if error.status == 413 or error.code == TOO_LARGE:
                message = await put(without_files(reply, "files-too-large", say))
            elif error.code == MISSING_PERMISSIONS:
                message = await put(without_files(reply, "no-pictures-here", say))
            else:
                raise
        if reply.key is not None:
            await self.conversation.sent(reply.key, str(message.id))

    async def _late(self, interaction: Interaction, reply: Reply, hidden: bool) -> None:
        channel = interaction.channel
        if hidden or not isinstance(channel, discord.abc.Messageable):
            log.warning("answer-too-late", interaction=interaction.id)
            return

        async def put(reply: Reply) -> discord.Message:
            return await channel.send(**self._new(reply, False))

        try:
            await self._sent(put, reply, interaction.filesize_limit)
        except discord.HTTPException as error:
            log.warning("answer-too-late", interaction=interaction.id, code=error.code)

    def _new(self, reply: Reply, hidden: bool) -> dict[str, Any]:
        say = self._say(reply.language)
        view = self._view(reply.buttons, say, hidden)
        message: dict[str, Any] = {
            "content": content(reply, say) or None,
            "files": [file.upload() for file in attached(reply)],
            "allowed_mentions": NOBODY,
        }
        return message if view is None else message | {"view": view}

    def _edited(self, reply: Reply, hidden: bool) -> dict[str, Any]:
        say = self._say(reply.language)
        return {
            "content": content(reply, say) or None,
            "attachments": [file.upload() for file in attached(reply)],
            "view": self._view(reply.buttons, say, hidden),
            "allowed_mentions": NOBODY,
        }

    def _view(self, buttons: Sequence[tuple[Button, ...]], say: Sentences, hidden: bool) -> discord.ui.View | None:
        return view_of(rows(buttons, Surroundings(hidden, self.watching), say), say)

    def _say(self, language: str) -> Sentences:
        return self.conversation.catalogues.speaking(language)

"""The commands: what each is called, what it takes, and what it leads to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import discord
import structlog
from discord import app_commands

from bot.discord.components import Interaction
from bot.discord.failures import Failures
from bot.discord.outlets import Outlets
from bot.discord.people import chat_of_interaction, presser_of
from bot.discord.photos import photo_of, pictures_in
from bot.discord.translation import named
from bot.discord.work import Work
from bot.replies import Reply
from bot.requests import Chat, Person, Request
from bot.store.values import ChatSettings

log = structlog.stdlib.get_logger(__name__)

SETTINGS_WITHIN = 0.5
"""Seconds to learn whether the answer is to be hidden; Discord waits three for the first word, no longer."""
CAUTIOUS = ChatSettings(private_answers=True)
"""What holds where the settings are not known in time: what is hidden can still be shown to all."""
CHANNEL, SERVER = "channel", "server"

Answer: TypeAlias = Callable[[Request], Awaitable[Reply]]
AnyCommand: TypeAlias = app_commands.Command[Any, ..., None] | app_commands.ContextMenu


class CommandTree(app_commands.CommandTree[discord.Client]):
    """All commands, for servers and for people, in every language; each failure ends in one place."""

    def __init__(self, client: discord.Client, commands: Commands, failures: Failures) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._failures = failures
        for command in commands.all():
            self.add_command(command)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await self._failures.of_interaction(interaction, cause)


@dataclass(frozen=True)
class Commands:
    """What the commands do."""

    outlets: Outlets
    work: Work

    def all(self) -> Sequence[AnyCommand]:
        """Every command, made anew."""
        talk = self.outlets.conversation
        name = partial(named, talk.catalogues)

        def taking_maths(answer: Answer) -> Callable[..., Awaitable[None]]:
            @app_commands.rename(text=name("option-name.text"), image=name("option-name.image"))
            @app_commands.describe(text=name("command.solve.text"), image=name("command.solve.image"))
            async def run(
                interaction: discord.Interaction, text: str | None = None, image: discord.Attachment | None = None
            ) -> None:
                await self.answer(interaction, answer, text or "", [image] if image is not None else [])

            return run

        def saying(reply: Callable[[Chat, Person], Awaitable[Reply]]) -> Callable[..., Awaitable[None]]:
            async def run(interaction: discord.Interaction) -> None:
                await self.say(interaction, reply)

            return run

        async def help_here(chat: Chat, person: Person) -> Reply:
            return talk.say("help-discord", await self._language(chat, person))

        async def privacy(chat: Chat, person: Person) -> Reply:
            return talk.say("privacy", await self._language(chat, person))

        offered = [(name(f"command.settings.where.{place}"), place) for place in (CHANNEL, SERVER)]
        places = [app_commands.Choice(name=label, value=place) for label, place in offered]

        @app_commands.rename(where=name("option-name.where"))
        @app_commands.describe(where=name("command.settings.where"))
        @app_commands.choices(where=places)
        async def settings(interaction: discord.Interaction, where: str = SERVER) -> None:
            await self.say(interaction, partial(self._panel, where))

        callbacks: dict[str, Callable[..., Awaitable[None]]] = {
            "solve": taking_maths(talk.answer),
            "plot": taking_maths(talk.plot),
            "latex": taking_maths(talk.typeset),
            "settings": settings,
            "help": saying(help_here),
            "privacy": saying(privacy),
            "forget": saying(talk.forget),
        }
        slash = [
            app_commands.Command[Any, ..., None](
                name=name(f"command-name.{command}"),
                description=name(f"command.{command}"),
                callback=callback,  # type: ignore[arg-type]  # coroutine functions all
            )
            for command, callback in callbacks.items()
        ]
        menu = app_commands.ContextMenu(name=name("command-name.solve-this"), callback=self.solve_this)
        return [*slash, menu]

    async def solve_this(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Answer what a message holds: its pictures, or else its words."""
        pictures = pictures_in(message)
        if not pictures and not message.content.strip():
            language = presser_of(interaction).language
            nothing = self.outlets.text(self.outlets.conversation.say("no-photo-there", language))
            await interaction.response.send_message(nothing, ephemeral=True)
            return
        await self.answer(
            interaction, self.outlets.conversation.answer, "" if pictures else message.content, pictures, message.id
        )

    async def answer(
        self,
        interaction: Interaction,
        answer: Answer,
        text: str,
        attachments: Sequence[discord.Attachment],
        message_id: int | None = None,
    ) -> None:
        """Acknowledge at once, and answer when it is done. Where the bot should be silent, only the asker sees it."""
        with self.work.counted():
            talk = self.outlets.conversation
            chat, person = chat_of_interaction(interaction), presser_of(interaction)
            settings = await self._settings_in_time(chat, person)
            hidden = not chat.private and (settings.private_answers or settings.when == "off")
            await interaction.response.defer(thinking=True, ephemeral=hidden)

            async def tell_place(place: int) -> None:
                waiting = talk.say("waiting", settings.language or person.language, place=place)
                await self.outlets.complete(interaction, waiting, hidden=hidden)

            limit = talk.photo_limits.max_bytes
            reply = await answer(
                Request(
                    chat=chat,
                    asker=person,
                    message_id=str(message_id or interaction.id),
                    photos=tuple(photo_of(attachment, limit) for attachment in attachments),
                    text=text,
                    waiting=tell_place,
                )
            )
            await self.outlets.complete(interaction, reply, hidden=hidden)

    async def say(self, interaction: Interaction, reply: Callable[[Chat, Person], Awaitable[Reply]]) -> None:
        """Tell whoever asked, and nobody else."""
        with self.work.counted():
            await interaction.response.defer(thinking=True, ephemeral=True)
            said = await reply(chat_of_interaction(interaction), presser_of(interaction))
            await self.outlets.complete(interaction, said, hidden=True)

    async def _panel(self, where: str, chat: Chat, person: Person) -> Reply:
        place = chat if where == CHANNEL else replace(chat, channel="")
        return await self.outlets.conversation.settings_panel(place, person)

    async def _language(self, chat: Chat, person: Person) -> str:
        return (await self.outlets.conversation.settings(chat, person)).language or person.language

    async def _settings_in_time(self, chat: Chat, person: Person) -> ChatSettings:
        # Not cancelled when it is late: that would cost the store a connection, just when it is slow.
        asking = asyncio.ensure_future(self.outlets.conversation.settings(chat, person))
        await asyncio.wait({asking}, timeout=SETTINGS_WITHIN)
        if asking.done():
            return asking.result()
        asking.add_done_callback(_forget)
        log.warning("settings-too-late")
        return CAUTIOUS


def _forget(late: asyncio.Future[ChatSettings]) -> None:
    """Nobody waits any more; whatever went wrong is told by those who ask next."""
    if not late.cancelled():
        late.exception()

"""Buttons, menus and windows: what pressing them changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.buttons import Action, Verb
from bot.discord.components import Interaction
from bot.discord.failures import Failures
from bot.discord.outlets import Outlets
from bot.discord.people import chat_of_interaction, presser_of
from bot.discord.prompts import modal_of, typed_in
from bot.discord.work import Work
from bot.markup import span
from bot.panel import KEY_OF_CHANNEL
from bot.replies import Effect, Reply
from bot.requests import Chat, Press

OPENS_A_WINDOW: frozenset[Verb] = frozenset({"edit"})
"""A window can only be the first word of ours, so these are not acknowledged before it is known what they lead to."""
FOR_ALL: frozenset[Verb] = frozenset({"plot", "show"})
"""What these send, everybody sees who sees the answer; anything else is for whoever pressed."""


@dataclass(frozen=True)
class Presses:
    """What presses lead to; each failure ends in one place."""

    outlets: Outlets
    failures: Failures
    work: Work

    async def pressed(self, interaction: Interaction, action: Action) -> None:
        """A button was pressed, or a reading chosen from a menu."""
        with self.work.counted():
            try:
                if action.verb not in OPENS_A_WINDOW:
                    await interaction.response.defer()
                press = Press(_place(interaction, action), presser_of(interaction), action)
                await self._carry_out(interaction, action, await self.outlets.conversation.press(press))
            except Exception as error:
                await self.failures.of_interaction(interaction, error)

    async def typed(self, interaction: Interaction, action: Action) -> None:
        """The right reading was typed into a window."""
        with self.work.counted():
            try:
                await interaction.response.defer()
                chat, person = chat_of_interaction(interaction), presser_of(interaction)
                text = typed_in(interaction)
                effect = await self.outlets.conversation.correct(chat, person, action.key, action.item, text)
                await self._carry_out(interaction, action, effect)
            except Exception as error:
                await self.failures.of_interaction(interaction, error)

    async def _carry_out(self, interaction: Interaction, action: Action, effect: Effect) -> None:
        hidden = interaction.message is not None and interaction.message.flags.ephemeral
        language = presser_of(interaction).language
        if effect.prompt is not None:
            say = self.outlets.conversation.catalogues.speaking(language)
            await interaction.response.send_modal(modal_of(effect.prompt, say))
        if effect.edit is not None:
            await self.outlets.complete(interaction, effect.edit, hidden=hidden)
        if effect.send is not None:
            for_all = action.verb == "show" or (action.verb in FOR_ALL and not hidden)
            await self.outlets.follow(interaction, effect.send, hidden=not for_all)
        if effect.delete:
            await interaction.delete_original_response()
        if effect.buttons is not None:
            await self.outlets.show_buttons(interaction, effect.buttons, language, hidden=hidden)
        if effect.notice is not None:
            await self._notice(interaction, effect.notice)
        if not interaction.response.is_done():
            await interaction.response.defer()

    async def _notice(self, interaction: Interaction, words: str) -> None:
        notice = Reply(((span(words),),))
        if interaction.response.is_done():
            await self.outlets.follow(interaction, notice, hidden=True)
        else:
            await interaction.response.send_message(self.outlets.text(notice), ephemeral=True)


def _place(interaction: Interaction, action: Action) -> Chat:
    """Where the press counts: settings of a whole server are not those of the channel where their buttons are."""
    chat = chat_of_interaction(interaction)
    return chat if action.verb != "set" or action.key == KEY_OF_CHANNEL else replace(chat, channel="")

"""Buttons and menus that work after a restart: what they do stands in the id that Discord gives back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

import discord

from bot.buttons import WRITTEN, Action, Button, decoded
from bot.discord.layout import MENU, OPTION_LENGTH, Menu, Row
from bot.locale.catalogue import Sentences

Interaction = discord.Interaction[Any]


def data_of(interaction: Interaction) -> Mapping[str, Any]:
    """What Discord says of an interaction: ids, values, what was typed."""
    return cast(Mapping[str, Any], interaction.data or {})


class TakesPresses(Protocol):
    """A client that knows what a button leads to."""

    async def pressed(self, interaction: Interaction, action: Action) -> None: ...


class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=WRITTEN):
    """A button whose id is its encoded action."""

    def __init__(self, label: str | None, custom_id: str) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> ActionButton:
        return cls(None, match.string)

    async def callback(self, interaction: Interaction) -> None:
        await _pressed(interaction, self.custom_id)


class ReadingsMenu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=MENU):
    """A menu whose options are encoded actions."""

    def __init__(self, select: discord.ui.Select[Any]) -> None:
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> ReadingsMenu:
        return cls(discord.ui.Select(custom_id=match.string))

    async def callback(self, interaction: Interaction) -> None:
        chosen: Sequence[str] = data_of(interaction).get("values") or [""]
        await _pressed(interaction, chosen[0])


def view_of(rows: Sequence[Row], say: Sentences) -> discord.ui.View | None:
    """What goes below a message; None where there is nothing."""
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        items = [_menu(row, say)] if isinstance(row, Menu) else [_button(button) for button in row]
        for item in items:
            item.row = number
            view.add_item(item)
    return view


def _button(button: Button) -> discord.ui.DynamicItem[Any]:
    return ActionButton(button.label, button.action.encoded())


def _menu(menu: Menu, say: Sentences) -> discord.ui.DynamicItem[Any]:
    options = [
        discord.SelectOption(label=button.label[:OPTION_LENGTH], value=button.action.encoded())
        for button in menu.options
    ]
    return ReadingsMenu(
        discord.ui.Select(custom_id=menu.custom_id, options=options, placeholder=say("choose-a-reading"))
    )


async def _pressed(interaction: Interaction, written: str) -> None:
    action = decoded(written)
    if action is None:
        await interaction.response.defer()  # of another version: nothing is known of it
    else:
        await cast(TakesPresses, interaction.client).pressed(interaction, action)

"""Asking somebody to type the right reading: a window that opens, and what comes back from it.

What is typed is taken from the interaction itself, so that it arrives even when the bot was started anew in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import discord

from bot.discord.components import Interaction, data_of
from bot.locale.catalogue import Sentences
from bot.markup import clipped, plain, shown, span
from bot.replies import Prompt

TITLE_LENGTH, DESCRIPTION_LENGTH = 45, 100
TYPED_LENGTH = 1000
FORGOTTEN_AFTER = 15 * 60.0
"""Seconds that discord.py remembers a window that nobody has sent."""


def modal_of(prompt: Prompt, say: Sentences) -> discord.ui.Modal:
    """The window, with the present reading to start from."""
    title = shown(clipped((span(say("title-of-prompt")),), TITLE_LENGTH))
    modal = discord.ui.Modal(title=title, custom_id=prompt.action.encoded(), timeout=FORGOTTEN_AFTER)
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id="reading",
        default=prompt.current[:TYPED_LENGTH],
        max_length=TYPED_LENGTH,
    )
    words = shown(clipped((span(plain(prompt.paragraphs)),), DESCRIPTION_LENGTH))
    modal.add_item(discord.ui.Label(text=title, description=words, component=field))
    return modal


def typed_in(interaction: Interaction) -> str:
    """What somebody typed into the window."""
    return "\n".join(_values(data_of(interaction)))


def _values(component: Mapping[str, Any]) -> Iterator[str]:
    if component.get("type") == discord.ComponentType.text_input.value:
        yield str(component.get("value") or "")
    inner = [*component.get("components", ()), *([component["component"]] if "component" in component else [])]
    for part in inner:
        yield from _values(part)

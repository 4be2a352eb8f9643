"""Telling Discord which commands there are, which it allows a few hundred times a day: only when they have changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import structlog
from discord import app_commands

from bot.discord.people import PLATFORM
from bot.keeping import Keeping

log = structlog.stdlib.get_logger(__name__)

NOTE = "commands"


async def payload_of(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """All commands as Discord is told them, in every language, ordered by name."""
    translator = tree.translator
    assert translator is not None
    payload = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    return sorted(payload, key=lambda command: (int(command["type"]), str(command["name"])))


async def sync_commands(tree: app_commands.CommandTree[Any], keeping: Keeping, *, always: bool) -> None:
    """Tell Discord the commands, unless it was told the same ones last. Raises discord.DiscordException."""
    told = json.dumps([tree.client.application_id, await payload_of(tree)], sort_keys=True)
    digest = hashlib.sha256(told.encode()).hexdigest()
    if not always and await keeping.note(PLATFORM, NOTE) == digest:
        return
    commands = await tree.sync()
    await keeping.set_note(PLATFORM, NOTE, digest)
    log.info("discord-commands-told", commands=len(commands))

"""The commands as Discord is told them, whole.

After a change that is meant, `python -m tests.bot.discord.test_commands` writes the new payload.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot.conversation import Conversation
from bot.discord.client import ChalklineClient, intents
from bot.discord.syncing import payload_of
from bot.keeping import Keeping

SNAPSHOT = Path(__file__).with_name("commands.json")


async def test_the_commands_are_those_of_the_snapshot(client: ChalklineClient) -> None:
    assert await payload_of(client.tree) == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


async def test_every_command_is_for_servers_and_for_people_everywhere(client: ChalklineClient) -> None:
    guild, direct_message, private_channel = 0, 1, 2
    in_servers, by_people = 0, 1
    for command in await payload_of(client.tree):
        assert command["contexts"] == [guild, direct_message, private_channel]
        assert command["integration_types"] == [in_servers, by_people]


def test_nothing_privileged_is_asked_for_unless_channels_are_watched() -> None:
    unwatched, watching = intents(False), intents(True)
    assert not (unwatched.message_content or unwatched.members or unwatched.presences)
    assert watching.message_content and not watching.members


async def test_what_platforms_were_told_is_remembered(conversation: Conversation) -> None:
    keeping: Keeping = conversation.keeping
    await keeping.set_note("discord", "commands", "abc")
    assert await keeping.note("discord", "commands") == "abc"


if __name__ == "__main__":
    from tests.bot.discord.conftest import disconnected, unasked

    async def write() -> None:
        async with unasked() as conversation, disconnected(conversation) as client:
            payload = json.dumps(await payload_of(client.tree), indent=2, ensure_ascii=False)
            SNAPSHOT.write_text(payload + "\n", encoding="utf-8")

    asyncio.run(write())

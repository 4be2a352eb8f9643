"""Albums. Telegram sends each photo of one as a message of its own, and never says how many there are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from telegram import Message

QUIET_SECONDS = 1.2
"""An album is whole when nothing of it has come for so long."""
LONGEST_SECONDS = 8.0
"""It is waited for no longer than this, whatever keeps coming."""


@dataclass
class _Album:
    messages: dict[int, Message] = field(default_factory=dict)
    came: asyncio.Event = field(default_factory=asyncio.Event)


class Albums:
    """Puts the messages of an album together."""

    def __init__(self, quiet: float = QUIET_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._quiet, self._longest = quiet, longest
        self._open: dict[tuple[int, str], _Album] = {}

    async def whole(self, message: Message) -> tuple[Message, ...]:
        """The message alone, where it is of no album; for the first of an album all of it, when it is complete, in its
        order; nothing for the others, which the first has with it.
        """
        if message.media_group_id is None:
            return (message,)
        key = (message.chat_id, message.media_group_id)
        if (album := self._open.get(key)) is not None:
            album.messages[message.message_id] = message
            album.came.set()
            return ()
        album = self._open[key] = _Album({message.message_id: message})
        try:
            async with asyncio.timeout(self._longest):
                while await _came_within(album.came, self._quiet):
                    album.came.clear()
        except TimeoutError:
            pass  # as it stands
        finally:
            del self._open[key]
        return tuple(album.messages[number] for number in sorted(album.messages))


async def _came_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False

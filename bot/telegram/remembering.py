"""What messages asked lately, so that an edited one is answered again only where that makes a difference.

The store knows what was answered. This knows what was not: messages that were overheard, and requests that failed.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.telegram.asking import Ask

REMEMBERED = 10_000
"""Messages."""


@dataclass
class Heard:
    """One message. `maths`: a fingerprint of what it asked, None where it was only overheard. `reply_id`: of our reply.

    `turn` is held while the message is answered, so that its edit waits for that.
    """

    maths: int | None = None
    reply_id: int | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Recent:
    """The messages heard lately, by chat and number."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._heard: OrderedDict[tuple[int, int], Heard] = OrderedDict()

    def of(self, chat_id: int, message_id: int) -> Heard:
        """What is known of a message; from now on there is something."""
        heard = self._heard.setdefault((chat_id, message_id), Heard())
        self._heard.move_to_end((chat_id, message_id))
        while len(self._heard) > self._remembered:
            self._heard.popitem(last=False)
        return heard

    def knows(self, chat_id: int, message_id: int) -> bool:
        return (chat_id, message_id) in self._heard


def maths_of(ask: Ask) -> int:
    """A fingerprint of what is asked: of the pictures, or of the words where there are none."""
    return hash(tuple(picture.file_unique_id for picture in ask.pictures) or ask.text)

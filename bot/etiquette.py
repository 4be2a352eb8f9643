"""When the bot speaks. Pure: how it was approached, and what the chat wants, decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.store.values import ChatSettings, When


@dataclass(frozen=True)
class Approach:
    """How a message concerns the bot. `private`: nobody else is in the chat. `command`: it opens with a command of
    ours; `has_photo`: it carries a picture itself.
    """

    private: bool = False
    command: bool = False
    mentioned: bool = False
    replies_to_bot: bool = False
    has_photo: bool = False


def _named(approach: Approach) -> bool:
    return approach.command or approach.mentioned or approach.replies_to_bot


SPEAKS: Mapping[When, Callable[[Approach], bool]] = {
    "off": lambda approach: False,
    "command": lambda approach: approach.command,
    "mention": _named,
    "every-photo": lambda approach: _named(approach) or approach.has_photo,
}


def should_answer(approach: Approach, settings: ChatSettings) -> bool:
    """Whether to answer. In a private chat always: there everything is meant for the bot."""
    return approach.private or SPEAKS[settings.when](approach)

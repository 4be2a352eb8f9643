"""Buttons, and what they say when they are pressed: short enough for every platform, and readable after a restart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, get_args

Verb = Literal["readings", "choose", "edit", "plot", "latex", "describe", "delete", "back", "show", "set"]
VERBS = frozenset(get_args(Verb))
ENCODED_LENGTH = 64
"""Bytes: what Telegram lets a button carry. Discord allows more."""
SEPARATOR = ":"
WRITTEN = re.compile(r"(?P<verb>[a-z]+):(?P<key>[\w-]{1,32}):(?P<item>\d{1,3}):(?P<value>[\w=.-]*)", re.ASCII)


@dataclass(frozen=True)
class Action:
    """What a button does: `verb`, to problem `item` (from 0) of the answer that the store keeps under `key`.

    `value`: which reading is chosen, or, for `set`, the setting and its value as `name=value`.
    """

    verb: Verb
    key: str
    item: int = 0
    value: str = ""

    def encoded(self) -> str:
        """The action as the text that a platform sends back. Raises ValueError where it is too long or misspelt."""
        written = SEPARATOR.join((self.verb, self.key, str(self.item), self.value))
        if len(written) > ENCODED_LENGTH or decoded(written) != self:
            raise ValueError(f"no button can carry {written!r}")
        return written


def decoded(data: str) -> Action | None:
    """What a pressed button says; None for what is not ours, or was spelt by another version."""
    match = WRITTEN.fullmatch(data)
    if match is None or match["verb"] not in VERBS:
        return None
    verb: Verb = match["verb"]  # type: ignore[assignment]
    return Action(verb, match["key"], int(match["item"]), match["value"])


@dataclass(frozen=True)
class Button:
    """`copies`: what it puts on the clipboard, where a platform can do that; elsewhere its action is taken."""

    label: str
    action: Action
    copies: str | None = field(default=None, repr=False)

"""What the store keeps, as frozen values. Chats, people and messages go by the platform's own ids, as text."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

from core.notation.decimals import DecimalMark
from core.outcome import Box, Reading

When = Literal["off", "command", "mention", "every-photo"]
Mark = Literal["auto", "point", "comma"]
Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Place:
    """Where settings hold: a whole chat (a Discord server is one), one channel or thread in it, or one person.

    A private chat is kept as its person (`kind` user), so that it goes when that person asks to be forgotten.
    """

    platform: str
    kind: Literal["chat", "user"]
    id: str
    channel: str = ""


@dataclass(frozen=True)
class ChatSettings:
    """How the bot behaves in one place.

    `when` it speaks: `off` never, `command` only when given one, `mention` also when named or replied to,
    `every-photo` also on each photo. `language`: a tag such as `pt-br`, None to speak as whoever asks. `decimal_mark`:
    `auto` as that language writes numbers. `spoiler`: hide the answer until it is tapped. `private_answers`: only
    whoever asked sees the answer, where the platform can.
    """

    when: When = "mention"
    language: str | None = None
    decimal_mark: Mark = "auto"
    theme: Theme = "light"
    spoiler: bool = False
    alt_text_in_caption: bool = False
    private_answers: bool = False

    @property
    def chosen_mark(self) -> DecimalMark | None:
        """The decimal mark that was chosen; None where the language decides."""
        return None if self.decimal_mark == "auto" else self.decimal_mark


@dataclass(frozen=True)
class FileReference:
    """How the platform finds a photo again. `id`: what it is fetched by; `unique_id`: equal for equal photos."""

    id: str
    unique_id: str = ""


@dataclass(frozen=True)
class Source:
    """What somebody asked: typed maths, or the photos of one message or album; never their bytes."""

    text: str = field(default="", repr=False)
    files: tuple[FileReference, ...] = ()

    def is_same(self, other: Source) -> bool:
        """Whether the same is asked. A platform can give the same photo another `id` each time."""
        photos = [[file.unique_id or file.id for file in source.files] for source in (self, other)]
        return self.text == other.text and photos[0] == photos[1]


@dataclass(frozen=True)
class AnsweredItem:
    """One problem of an answer. `chosen`: the LaTeX that was solved; `readings`: the likeliest first, none where the
    maths was typed; `file`: which of the source's photos `box` lies on.
    """

    chosen: str = field(repr=False)
    readings: tuple[Reading, ...] = field(default=(), repr=False)
    box: Box | None = None
    label: str | None = None
    file: int = 0


@dataclass(frozen=True)
class Answered:
    """What the buttons under one answer refer to. `language` and `theme`: as they were when it was given.

    `reply_id` is None until the answer has been sent. `created_at`: seconds since 1970, UTC.
    """

    key: str
    platform: str
    chat_id: str
    request_id: str
    asker_id: str
    source: Source
    items: tuple[AnsweredItem, ...]
    language: str
    theme: Theme
    created_at: int
    reply_id: str | None = None


@dataclass(frozen=True)
class Forgotten:
    """How much was deleted when somebody asked to be forgotten."""

    answers: int
    settings: int


def new_key() -> str:
    """A key for an answer: 12 characters that need no escaping, and that nobody can guess (72 bits).

    It leaves 51 of the 64 bytes that Telegram allows a button, after the separator, to what the button does.
    """
    return secrets.token_urlsafe(9)

"""What goes out: one reply as a value, before a platform spells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.buttons import Action, Button
from bot.markup import Paragraph
from core.outcome import Picture


@dataclass(frozen=True)
class NamedFile:
    """A file that goes along with a reply."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """One message. What stands for the picture in words is `picture.alt`.

    `buttons`: rows of them. `key`: under which the store keeps what the buttons refer to; None where it keeps nothing.
    `spoiler`: hidden until it is tapped. `private`: only whoever asked should see it, where the platform can do that.
    `replaces`: our message that this one takes the place of. `language`: of the sentence that says where the rest is,
    should there be too much for one message.
    """

    paragraphs: tuple[Paragraph, ...]
    picture: Picture | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[NamedFile, ...] = ()
    key: str | None = None
    spoiler: bool = False
    private: bool = False
    replaces: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Prompt:
    """A request to type the right reading. `current`: the present one, to start from."""

    paragraphs: tuple[Paragraph, ...]
    action: Action
    current: str


@dataclass(frozen=True)
class Effect:
    """What pressing a button, or typing a correction, leads to: at most one of the first five, and perhaps a `notice`.

    `edit`: what the answer becomes. `send`: a further message. `prompt`: the right reading is asked for. `delete`: the
    answer goes. `buttons`: the answer stays and its buttons become these. `notice`: a word to whoever pressed, at most
    200 characters.
    """

    edit: Reply | None = None
    send: Reply | None = None
    prompt: Prompt | None = None
    delete: bool = False
    buttons: tuple[tuple[Button, ...], ...] | None = None
    notice: str | None = None

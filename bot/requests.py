"""What comes in, whatever the platform: who asks what, and where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.buttons import Action
from bot.store.values import FileReference, Place


@dataclass(frozen=True)
class Person:
    """Somebody who talks to the bot. `language`: a tag such as `pt-br`. `moderator`: may delete what others asked for,
    and change the settings of a group.
    """

    id: str
    language: str = "en"
    moderator: bool = False


@dataclass(frozen=True)
class Chat:
    """Where it happens. `channel`: a channel or thread in a Discord server that can have settings of its own."""

    platform: str
    id: str
    private: bool
    channel: str = ""

    def places(self, person: Person) -> tuple[Place, ...]:
        """Where the settings that hold here may be kept, the nearest place first."""
        if self.private:
            return (Place(self.platform, "user", person.id),)
        chat = Place(self.platform, "chat", self.id)
        return (Place(self.platform, "chat", self.id, self.channel), chat) if self.channel else (chat,)


@dataclass(frozen=True)
class Photo:
    """A picture that was sent. `load` fetches its bytes, and raises ChalklineError."""

    reference: FileReference
    load: Callable[[], Awaitable[bytes]] = field(repr=False)


@dataclass(frozen=True)
class Request:
    """What somebody asks. Where there are photos, `text` is their caption.

    `waiting` is told the place in the queue, where there is one worth telling.
    """

    chat: Chat
    asker: Person
    message_id: str
    photos: tuple[Photo, ...] = ()
    text: str = field(default="", repr=False)
    waiting: Callable[[int], Awaitable[None]] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Press:
    """A button that somebody pressed."""

    chat: Chat
    presser: Person
    action: Action

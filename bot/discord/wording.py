"""A reply as one Discord message: its words, its files and what they weigh. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import discord

from bot.captions import written
from bot.locale.catalogue import Sentences
from bot.markup import DISCORD_MESSAGE, Paragraph, Span, span
from bot.replies import NamedFile, Reply

FILE_NAME = "answer.png"
DESCRIPTION_LENGTH = 1024
"""Discord's limit on the description of an attachment, which is its alt text."""
REQUEST_BYTES = 25 * 1024 * 1024
"""All files of a message, at most."""
SPOILER = "||"


@dataclass(frozen=True)
class Attached:
    """A file of a message. `alt`: the words that stand for a picture."""

    file: NamedFile
    alt: str | None = None
    hidden: bool = False

    def upload(self) -> discord.File:
        """The file as discord.py sends it; each can be sent once."""
        return discord.File(BytesIO(self.file.data), self.file.name, description=self.alt, spoiler=self.hidden)


def attached(reply: Reply) -> tuple[Attached, ...]:
    """The picture and the files of a reply."""
    found: list[Attached] = []
    if reply.picture is not None:
        alt = reply.picture.alt[:DESCRIPTION_LENGTH]
        found.append(Attached(NamedFile(FILE_NAME, reply.picture.png), alt, reply.spoiler))
    return (*found, *(Attached(file, hidden=reply.spoiler) for file in reply.files))


def content(reply: Reply, say: Sentences) -> str:
    """The words of a reply. Hidden ones stand behind bars until they are tapped."""
    pictured = reply.picture is not None
    if not reply.spoiler or not pictured:
        return written(reply.paragraphs, say, DISCORD_MESSAGE, pictured)
    writer = replace(DISCORD_MESSAGE, longest=DISCORD_MESSAGE.longest - 2 * len(SPOILER))
    text = written([tuple(map(_hidable, paragraph)) for paragraph in reply.paragraphs], say, writer, pictured)
    return f"{SPOILER}{text}{SPOILER}" if text else ""


def within(reply: Reply, file_bytes: int, say: Sentences) -> Reply:
    """The reply without what weighs more than a place allows, and a word about it where something is left out."""
    room = REQUEST_BYTES
    picture = reply.picture
    if picture is not None and len(picture.png) > file_bytes:
        picture = None
    room -= len(picture.png) if picture is not None else 0
    files: list[NamedFile] = []
    for file in reply.files:
        if len(file.data) <= min(file_bytes, room):
            files.append(file)
            room -= len(file.data)
    if picture is reply.picture and len(files) == len(reply.files):
        return reply
    return _with_word(replace(reply, picture=picture, files=tuple(files)), "files-too-large", say)


def without_files(reply: Reply, why: str, say: Sentences) -> Reply:
    """Only the words of a reply, with the sentence `why`."""
    return _with_word(replace(reply, picture=None, files=()), why, say)


def _with_word(reply: Reply, name: str, say: Sentences) -> Reply:
    # First, for what does not fit into a message is cut off at the end.
    word: Sequence[Paragraph] = [(span(say(name)),)]
    return replace(reply, paragraphs=(*word, *reply.paragraphs))


def _hidable(piece: Span) -> Span:
    """Bars inside of code cannot be escaped, and would end what is hidden."""
    return Span(piece.text) if piece.style == "code" and SPOILER in piece.text else piece

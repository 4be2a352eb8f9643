"""Text with a little style, and how each platform spells it so that it shows exactly the characters that were meant."""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style = Literal["plain", "bold", "code"]

LINE_LENGTH = 300
"""UTF-16 units that one paragraph shows at most; a picture shows all of it."""

UNSEEN = frozenset({"Cc", "Zl", "Zp", "Cs"})
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Controls of the direction of writing: with them somebody's text could rearrange the sentence around it."""


@dataclass(frozen=True)
class Span:
    """A piece of one line in one style. Line breaks and other controls are no part of it."""

    text: str
    style: Style = "plain"


Paragraph: TypeAlias = tuple[Span, ...]


def span(text: str, style: Style = "plain") -> Span:
    """`text` as a span: line breaks become spaces, other controls are left out."""
    spaced = " ".join(re.split(r"[\n\r\t\v\f\x1c-\x1f\x85\u2028\u2029]+", text))
    return Span("".join(c for c in spaced if unicodedata.category(c) not in UNSEEN and c not in TURNING), style)


def units(text: str) -> int:
    """The length of a text as the platforms count it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def shown(paragraph: Paragraph) -> str:
    """The characters of a paragraph, without style."""
    return "".join(piece.text for piece in paragraph)


def plain(paragraphs: Sequence[Paragraph]) -> str:
    """Without any style."""
    return "\n".join(map(shown, paragraphs))


def telegram_html(paragraphs: Sequence[Paragraph]) -> str:
    """For Telegram's parse mode HTML."""
    return "\n".join("".join(_html(piece) for piece in _merged(paragraph)) for paragraph in paragraphs)


def discord_markdown(paragraphs: Sequence[Paragraph]) -> str:
    """For Discord, which reads every message as Markdown."""
    return "\n".join(_discord_line(_merged(paragraph)) for paragraph in paragraphs)


@dataclass(frozen=True)
class Writer:
    """A platform's spelling. `length`: how long the platform finds what is written; `longest`: what it takes."""

    write: Callable[[Sequence[Paragraph]], str]
    length: Callable[[Sequence[Paragraph]], int]
    longest: int


def _units_shown(paragraphs: Sequence[Paragraph]) -> int:
    return units(plain(paragraphs))


def _units_of_markdown(paragraphs: Sequence[Paragraph]) -> int:
    return units(discord_markdown(paragraphs))


TELEGRAM_CAPTION = Writer(telegram_html, _units_shown, 1024)
TELEGRAM_MESSAGE = Writer(telegram_html, _units_shown, 4096)
DISCORD_MESSAGE = Writer(discord_markdown, _units_of_markdown, 2000)


def fitted(paragraphs: Sequence[Paragraph], ending: Paragraph, writer: Writer) -> str:
    """The paragraphs as the platform spells them, none too long; `ending` in the place of the last ones where they are
    too many for one message.
    """
    kept = [clipped(paragraph) for paragraph in paragraphs]
    if writer.length(kept) <= writer.longest:
        return writer.write(kept)
    while kept and writer.length([*kept, ending]) > writer.longest:
        kept.pop()
    return writer.write([*kept, ending])


def clipped(paragraph: Paragraph, longest: int = LINE_LENGTH) -> Paragraph:
    """The paragraph, with its end cut off where it is too long."""
    if units(shown(paragraph)) <= longest:
        return paragraph
    room = longest - 1
    kept: list[Span] = []
    for piece in paragraph:
        encoded = piece.text.encode("utf-16-le")[: 2 * room]
        kept.append(Span(encoded.decode("utf-16-le", "ignore"), piece.style))
        room -= units(kept[-1].text)
        if units(piece.text) > units(kept[-1].text):
            break
    return (*kept, Span("…", kept[-1].style))


def _merged(paragraph: Paragraph) -> Paragraph:
    """Neighbours of one style as one, for between two of them Markdown would see no border."""
    groups = itertools.groupby((piece for piece in paragraph if piece.text), key=lambda piece: piece.style)
    return tuple(Span("".join(piece.text for piece in pieces), style) for style, pieces in groups)


TAGS: dict[Style, tuple[str, str]] = {"plain": ("", ""), "bold": ("<b>", "</b>"), "code": ("<code>", "</code>")}


def _html(piece: Span) -> str:
    before, after = TAGS[piece.style]
    return before + html.escape(piece.text, quote=False) + after


SPECIAL = re.compile(r"([\\*_~`|<>\[\]:@])")
"""What Discord gives a meaning anywhere in a line; the colon, for it makes links and emoji."""
AT_START = re.compile(r"^(\s*)([#+-])")
NUMBERED = re.compile(r"^(\s*\d+)([.)])")
"""What it gives a meaning at the beginning of a line: headings, lists, small print."""


def _discord_line(paragraph: Paragraph) -> str:
    written = "".join(_discord(piece) for piece in paragraph)
    return NUMBERED.sub(r"\1\\\2", AT_START.sub(r"\1\\\2", written))


def _discord(piece: Span) -> str:
    inner = piece.text.strip()
    if piece.style == "plain" or not inner:
        return _escaped(piece.text)
    before, after = piece.text[: piece.text.index(inner)], piece.text[piece.text.index(inner) + len(inner) :]
    if piece.style == "code" and "`" not in inner:
        return f"{before}`{inner}`{after}"
    if piece.style == "bold":
        return f"{before}**{_escaped(inner)}**{after}"
    return _escaped(piece.text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)

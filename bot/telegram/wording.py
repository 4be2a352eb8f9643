"""Paragraphs as Telegram's HTML. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.captions import written
from bot.locale.catalogue import Sentences
from bot.markup import TELEGRAM_CAPTION, TELEGRAM_MESSAGE, Paragraph, Span


def words(
    paragraphs: Sequence[Paragraph], say: Sentences, *, pictured: bool, in_caption: bool = False, hidden: bool = False
) -> str:
    """What a message says. `pictured`: a picture shows all of it; `hidden`: until it is tapped."""
    if hidden:
        paragraphs = [tuple(map(_hidable, paragraph)) for paragraph in paragraphs]
    text = written(paragraphs, say, TELEGRAM_CAPTION if in_caption else TELEGRAM_MESSAGE, pictured)
    return f"<tg-spoiler>{text}</tg-spoiler>" if hidden and text else text


def _hidable(piece: Span) -> Span:
    """Telegram lets nothing contain code."""
    return Span(piece.text) if piece.style == "code" else piece

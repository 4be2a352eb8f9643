"""What a caller decides about a picture: how it looks and which language it speaks. Light to import, and picklable."""

from __future__ import annotations

from dataclasses import dataclass

from core.render.theme import LIGHT, Theme
from core.render.words import ENGLISH, CardWords


@dataclass(frozen=True)
class CardStyle:
    """The colours and sizes of a picture, and its words."""

    theme: Theme = LIGHT
    words: CardWords = ENGLISH


PLAIN = CardStyle()

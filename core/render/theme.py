"""How a card looks: colours and sizes. Sizes are points; a phone shows the whole width of the card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Colours are `#rrggbb`; `second` is that of another curve on a plot. `ink_scale`: points to a pixel of
    handwriting. `density`: pixels to a point, where the card is not too tall for it.
    """

    paper: str
    ink: str
    muted: str
    rule: str
    answer_paper: str
    right: str
    unsure: str
    wrong: str
    second: str
    width: float = 400.0
    margin: float = 22.0
    reading_size: float = 23.0
    answer_size: float = 25.0
    text_size: float = 16.0
    small_size: float = 14.0
    ink_scale: float = 1.2
    density: float = 2.0


LIGHT = Theme(
    paper="#fdfcf8",
    ink="#1d2320",
    muted="#66706a",
    rule="#e2e1d8",
    answer_paper="#eaf2ec",
    right="#23704a",
    unsure="#8a5a00",
    wrong="#a8321f",
    second="#2d5fa6",
)

DARK = Theme(
    paper="#1e2725",
    ink="#f2f1ea",
    muted="#a4b0aa",
    rule="#37433f",
    answer_paper="#2a3733",
    right="#8ed6aa",
    unsure="#e9c46a",
    wrong="#f39c8b",
    second="#8fbcf2",
)

THEMES: Mapping[str, Theme] = {"light": LIGHT, "dark": DARK}

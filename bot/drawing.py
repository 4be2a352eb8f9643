"""Pictures on request that answer nothing: a plot, or formulas set beautifully."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.answering import MAX_LINES, MAX_PHOTOS
from bot.captions import compact
from bot.requests import Photo
from core.errors import ChalklineError, NothingToPlot
from core.outcome import Picture
from core.render.style import CardStyle
from core.service import MathService


@dataclass(frozen=True)
class Drawn:
    """A picture, and LaTeX to copy that goes with it."""

    picture: Picture
    latex: tuple[str, ...] = ()


Drawing: TypeAlias = Callable[[MathService, Sequence[Photo], str, CardStyle], Awaitable[Drawn]]
"""From photos, or from typed maths where there are none. Raises ChalklineError."""


async def plotted(service: MathService, photos: Sequence[Photo], text: str, style: CardStyle) -> Drawn:
    """The plot of the first formula that has one."""
    for formula in await _formulas(service, photos) if photos else [text]:
        try:
            return Drawn(await service.plot_text(formula, style=style))
        except NothingToPlot:
            continue
    raise NothingToPlot


async def typeset(service: MathService, photos: Sequence[Photo], text: str, style: CardStyle) -> Drawn:
    """All formulas on one card."""
    formulas = await _formulas(service, photos) if photos else [await service.spell_text(text)]
    outcome = await service.typeset(formulas, style=style)
    if outcome.picture is None:
        raise ChalklineError
    return Drawn(outcome.picture, tuple(compact(formula) for formula in formulas))


async def _formulas(service: MathService, photos: Sequence[Photo]) -> list[str]:
    """The LaTeX of what is on these photos."""
    found: list[str] = []
    for photo in photos[:MAX_PHOTOS]:
        found += [line.latex for line in (await service.read_photo(await photo.load())).lines]
    return found[:MAX_LINES]

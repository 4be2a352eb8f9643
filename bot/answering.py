"""From what was sent to an Outcome: photos are read one by one, and their lines answered together on one card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.requests import Photo
from bot.store.values import AnsweredItem
from core.errors import ChalklineError
from core.outcome import Box, Fault, InkLine, Line, Outcome, Page, Reading
from core.render.style import CardStyle
from core.service import MathService

MAX_PHOTOS = 10
MAX_LINES = 40
"""Of one request; whoever sent more is told."""


@dataclass(frozen=True)
class Answers:
    """What came of a request. `files`: which photo each item was on. `failed`: photos that could not be read, by
    number from 0. `left_out`: photos and lines beyond what one reply can hold.
    """

    outcome: Outcome
    files: tuple[int, ...] = ()
    failed: tuple[tuple[int, Fault], ...] = ()
    left_out: tuple[int, int] = (0, 0)


async def answer_photos(service: MathService, photos: Sequence[Photo], style: CardStyle) -> Answers:
    """The answers to everything on these photos; a photo that cannot be read does not spoil the others."""
    lines: list[Line] = []
    inks: list[InkLine | None] = []
    files: list[int] = []
    failed: list[tuple[int, Fault]] = []
    page: Page | None = None
    for number, photo in enumerate(photos[:MAX_PHOTOS]):
        try:
            page, ink = await service.inspect_photo(await photo.load())
        except ChalklineError as error:
            failed.append((number, error.fault()))
            continue
        lines += page.lines
        inks += ink.lines
        files += [number] * len(page.lines)
    left_out = max(0, len(photos) - MAX_PHOTOS), max(0, len(lines) - MAX_LINES)
    if not lines:
        return Answers(Outcome(error=failed[0][1]), failed=tuple(failed), left_out=left_out)
    outcome = await service.answer_lines(
        lines[:MAX_LINES], inks[:MAX_LINES], page=page if len(photos) == 1 else None, style=style
    )
    return Answers(outcome, tuple(files[:MAX_LINES]), tuple(failed), left_out)


async def answer_again(service: MathService, items: Sequence[AnsweredItem], style: CardStyle) -> Outcome:
    """The answers to what was asked before, each problem as it is now to be read."""
    if len(items) == 1 and items[0].box is None:
        return await service.answer_text(items[0].chosen, style=style)
    return await service.answer_lines([_line(item) for item in items], style=style)


def chosen(item: AnsweredItem, latex: str) -> AnsweredItem:
    """The item as somebody said that it is to be read: now nothing about it is doubtful."""
    ways = tuple(way for way in item.readings if way.latex != latex)
    written = any(way.latex == latex and way.confidence for way in item.readings)
    sure = (Reading(latex, 1.0),) if item.box is not None or written else (Reading(latex, 0.0),)
    return replace(item, chosen=latex, readings=(*sure, *ways))


def _line(item: AnsweredItem) -> Line:
    written = tuple(way for way in item.readings if way.confidence)
    first = next((way for way in written if way.latex == item.chosen), Reading(item.chosen, 1.0))
    rest = tuple(way for way in written if way.latex != item.chosen)
    return Line(item.box or Box(0, 0, 0, 0), (first, *rest), item.label)

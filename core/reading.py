"""Reads a photo the right way up: at the turn that seems likeliest, and at others while the reading is doubtful.

Upside down, hardly anything can be read with confidence; so the reader decides between the turns that the writing
leaves open. A photo that is read with confidence at once costs nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from core.engine.engine import Engine
from core.errors import NoWriting, OnlyWords, PhotoError
from core.limits import PhotoLimits
from core.outcome import InkPage, Line, Page, Turn
from core.sifting import Readings, sift, tails_to_read, to_read, with_tails

SURE = 0.65
"""Mean confidence, over the signs read, from which no other turn is tried."""
_UPRIGHT_IS_LIKELIER = 1.2
"""By how much more evidence another turn must have, where the photo seemed to be upright."""
_RELATIONS = frozenset(r"= < > \leq \geq \neq \approx".split())
_BEGINNING_WITH_RELATION = 0.6
"""What a reading counts whose first line begins with an equals sign or the like, as "2 + 6 =" does upside down."""


async def read_page(engine: Engine, photo: bytes, limits: PhotoLimits, expression: bool) -> tuple[Page, InkPage]:
    """What was read on a photo, and the ink that it was read from.

    Raises what the engine raises, NoWriting and OnlyWords.
    """
    page, ink = await _read_turned(engine, photo, limits, expression, None)
    spent = [page]
    for turn in ink.other_turns:
        if is_sure(page):
            break
        try:
            other, other_ink = await _read_turned(engine, photo, limits, expression, turn)
        except PhotoError:
            continue
        spent.append(other)
        if evidence(other.lines) > evidence(page.lines) * (_UPRIGHT_IS_LIKELIER if page.turned == 0 else 1.0):
            page, ink = other, other_ink
    if not page.lines:
        raise OnlyWords
    return _timed(page, spent), ink


def evidence(lines: Sequence[Line]) -> float:
    """How many signs are expected to be right, less one for each line: a lone stroke can be read at any turn."""
    expected = sum(line.confidence * (len(line.latex.split()) - 1) for line in lines)
    return expected * (_BEGINNING_WITH_RELATION if _begins_with_relation(lines) else 1.0)


def is_sure(page: Page) -> bool:
    """Whether a page was read so surely that it must be upright; what is upside down may pass for words, or begin with
    an equals sign.
    """
    signs = [len(line.latex.split()) for line in page.lines]
    confidence = sum(line.confidence * count for line, count in zip(page.lines, signs, strict=True))
    doubtful = any(part.what == "prose" for part in page.set_aside) or _begins_with_relation(page.lines)
    return confidence >= SURE * max(1, sum(signs)) and not doubtful


def _begins_with_relation(lines: Sequence[Line]) -> bool:
    return bool(lines) and bool(_RELATIONS.intersection(lines[0].latex.split()[:1]))


async def _read_turned(
    engine: Engine, photo: bytes, limits: PhotoLimits, expression: bool, turn: Turn | None
) -> tuple[Page, InkPage]:
    start = time.perf_counter()
    ink = await engine.ink(photo, limits, expression, turn)
    inked = time.perf_counter()
    if not ink.lines:
        raise NoWriting
    readings: Sequence[Readings] = await engine.read(to_read(ink))
    tails = tails_to_read(ink, readings)
    if tails:
        ink, readings = with_tails(ink, readings, await engine.read(tails))
    page, kept = sift(ink, readings)
    finished = time.perf_counter()
    return replace(page, ink_ms=round((inked - start) * 1000), read_ms=round((finished - inked) * 1000)), kept


def _timed(page: Page, spent: Sequence[Page]) -> Page:
    """`page` with the time that all of `spent` took."""
    return replace(page, ink_ms=sum(one.ink_ms for one in spent), read_ms=sum(one.read_ms for one in spent))

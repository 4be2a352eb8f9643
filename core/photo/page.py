"""A photo to the ink of its expressions: the door of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core.limits import PhotoLimits
from core.outcome import Box, InkLabel, InkLine, InkPage, InkTail, SetAside, Turn
from core.photo.border import without_border
from core.photo.decode import Photo, decode
from core.photo.glyphs import GlyphBoxes, glyph_boxes
from core.photo.holes import without_holes
from core.photo.ink import GLYPH_HEIGHT, INK, MARGIN, Ink, fine_ink, glyph_height, normalise
from core.photo.lines import SMALLEST_GLYPH, FoundLine, FoundPage, find_lines
from core.photo.parallels import parallels
from core.photo.perspective import Matrix, straight_on
from core.photo.prose import LEAST_WORDY, tail_starts, wordiness
from core.photo.quality import why_no_writing
from core.photo.sheet import Sheet, sheet_of
from core.photo.turns import likely_turns, skew
from core.photo.view import View


def ink_lines(data: bytes, limits: PhotoLimits, expression: bool = False, turn: Turn | None = None) -> InkPage:
    """The normalised ink of each expression on a photo, at most `limits.max_lines`.

    The photo is turned clockwise by `turn`; by default as its writing seems to lie, and then `other_turns` says which
    else are possible. With `expression` the whole picture is taken as one expression, just as it lies. Raises what
    `decode` raises, and what `why_no_writing` returns.
    """
    photo = decode(data, limits)
    sheet = Sheet(photo.pixels) if expression else sheet_of(photo.pixels)
    seen = _view(sheet, photo, limits.long_side)
    turns: tuple[Turn, ...] = (turn or 0,)
    if not expression:
        seen = replace(seen, ink=without_holes(without_border(seen.ink)))
        glyphs = glyph_boxes(seen.ink)
        turns = likely_turns(glyphs) if turn is None else (turn,)
        front = straight_on(*parallels(sheet, *photo.pixels.shape[1::-1]), seen.width, seen.height)
        seen = _levelled(seen.turned(turns[0]), glyphs.turned(turns[0]), front)
    found = _whole(seen.ink) if expression else find_lines(seen.ink)
    if not found.lines:
        raise why_no_writing(sheet.pixels, seen.ink)
    return InkPage(
        tuple(_packed(line, seen, expression) for line in found.lines[: limits.max_lines]),
        tuple(SetAside(seen.on_photo(part.box, part.ink), part.what) for part in found.aside),
        turned=turns[0],
        other_turns=turns[1:],
    )


def _levelled(seen: View, glyphs: GlyphBoxes, front: Matrix | None) -> View:
    """A view that has its quarter turn, without skew and perspective. `glyphs`: on it; `front`: see View.levelled."""
    if front is None:
        return seen.levelled(skew(glyphs))
    flat = seen.levelled(0.0, front)
    degrees = skew(glyph_boxes(flat.ink))
    # Pixels are resampled once: again from where they were, not from the flat map.
    return seen.levelled(degrees, front) if degrees else flat


def _whole(ink: Ink) -> FoundPage:
    rows, columns = (np.flatnonzero(ink.max(axis=axis) >= INK) for axis in (1, 0))
    height = glyph_height(ink)
    if not len(rows) or height < SMALLEST_GLYPH:
        return FoundPage()
    left, top = int(columns[0]), int(rows[0])
    box = Box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)
    return FoundPage((FoundLine(box, ink[top : top + box.h, left : left + box.w], height),))


def _packed(line: FoundLine, seen: View, expression: bool) -> InkLine:
    box = seen.on_photo(line.box, line.ink)
    ink = normalise(line.ink, line.glyph_height)
    if expression:
        return _ready(box, ink)
    label = None
    if line.label:
        body = normalise(line.label.body, line.label.glyph_height) if line.label.body.any() else None
        where = seen.on_photo(line.label.box, line.label.ink)
        label = InkLabel(where, _ready(where, body) if body is not None else None, line.label.form)
    wordy = wordiness(ink)
    tails = tuple(_tails(line, seen, ink)) if wordy > LEAST_WORDY else ()
    return replace(_ready(box, ink), label=label, wordiness=wordy, tails=tails)


def _tails(line: FoundLine, seen: View, ink: Ink) -> Iterator[InkTail]:
    """What may be maths at the end of a line of words. `ink`: the line, normalised."""
    left = int(np.flatnonzero((line.ink >= INK).any(axis=0))[0])
    for start in tail_starts(ink):
        column = left + round((start - MARGIN - 1) * line.glyph_height / GLYPH_HEIGHT)
        head, tail = line.ink[:, :column], line.ink[:, column:]
        if head.any() and (tail >= INK).any():
            before = Box(line.box.x, line.box.y, column, line.box.h)
            behind = Box(line.box.x + column, line.box.y, line.box.w - column, line.box.h)
            yield InkTail(_piece(behind, tail, seen), _piece(before, head, seen))


def _piece(box: Box, part: Ink, seen: View) -> InkLine:
    ink = normalise(part, glyph_height(part))
    return replace(_ready(seen.on_photo(box, part), ink), wordiness=wordiness(ink))


def _ready(box: Box, ink: Ink) -> InkLine:
    height, width = ink.shape
    return InkLine(box, width, height, ink.tobytes())


def _view(sheet: Sheet, photo: Photo, long_side: int) -> View:
    """The ink of a sheet, placed on its photo at full size; enlarged at most to `long_side` pixels."""
    height, width = photo.pixels.shape[:2]
    ink, enlarged = fine_ink(sheet.pixels, long_side)
    to_photo = np.diag([photo.scale / enlarged, photo.scale / enlarged, 1.0])
    to_photo[:2, 2] = photo.scale * sheet.left, photo.scale * sheet.top
    return View(ink, to_photo, round(width * photo.scale), round(height * photo.scale))

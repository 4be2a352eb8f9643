"""A photo to the ink of its expressions: the door of this folder."""

from __future__ import annotations

import numpy as np

from core.errors import NoWriting
from core.limits import PhotoLimits
from core.outcome import Box, InkLine, InkPage, SetAside
from core.photo.decode import decode
from core.photo.ink import INK, Ink, glyph_height, normalise, soft_ink
from core.photo.lines import SMALLEST_GLYPH, FoundLine, find_lines
from core.photo.sheet import Sheet, sheet_of


def ink_lines(data: bytes, limits: PhotoLimits, expression: bool = False) -> InkPage:
    """The normalised ink of each expression on a photo, at most `limits.max_lines`.

    With `expression` the whole picture is taken as one expression. Raises what `decode` raises, and NoWriting.
    """
    photo = decode(data, limits)
    sheet = Sheet(photo.pixels) if expression else sheet_of(photo.pixels)
    ink = soft_ink(sheet.pixels)
    found = _whole(ink) if expression else find_lines(ink)
    lines = [line for line in found if not line.is_label]
    if not lines:
        raise NoWriting
    return InkPage(
        tuple(
            _packed(_on_photo(line.box, sheet, photo.scale), normalise(line.ink, line.glyph_height))
            for line in lines[: limits.max_lines]
        ),
        tuple(SetAside(_on_photo(line.box, sheet, photo.scale), "label") for line in found if line.is_label),
    )


def _whole(ink: Ink) -> list[FoundLine]:
    rows, columns = (np.flatnonzero(ink.max(axis=axis) >= INK) for axis in (1, 0))
    height = glyph_height(ink)
    if not len(rows) or height < SMALLEST_GLYPH:
        return []
    left, top = int(columns[0]), int(rows[0])
    box = Box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)
    return [FoundLine(box, ink, height)]


def _packed(box: Box, ink: Ink) -> InkLine:
    height, width = ink.shape
    return InkLine(box, width, height, ink.tobytes())


def _on_photo(box: Box, sheet: Sheet, scale: float) -> Box:
    return Box(*(round(value * scale) for value in (box.x + sheet.left, box.y + sheet.top, box.w, box.h)))

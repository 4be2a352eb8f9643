"""Inks in their places: boxes that are moved and joined, as in TeX, before a single point is computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.data.school.hand import Glyph, Shape


@dataclass(frozen=True)
class Piece:
    """One symbol's ink in its box."""

    label: str
    shape: Shape
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Box:
    """Pieces laid out together."""

    pieces: tuple[Piece, ...]
    width: float
    top: float
    bottom: float

    def moved(self, right: float, down: float) -> Box:
        pieces = tuple(Piece(p.label, p.shape, p.left + right, p.top + down, p.width, p.height) for p in self.pieces)
        return Box(pieces, self.width + right, self.top + down, self.bottom + down)


EMPTY = Box((), 0.0, 0.0, 0.0)


def joined(boxes: Iterable[Box]) -> Box:
    """Boxes already in their places, as one."""
    boxes = [box for box in boxes if box.pieces]
    if not boxes:
        return EMPTY
    return Box(
        tuple(piece for box in boxes for piece in box.pieces),
        max(box.width for box in boxes),
        min(box.top for box in boxes),
        max(box.bottom for box in boxes),
    )


def stretched(glyph: Glyph, top: float, bottom: float, width: float) -> Box:
    """`glyph` in a box of another size."""
    return Box((Piece(glyph.label, glyph.shape, 0.0, top, width, bottom - top),), width, top, bottom)


def scaled(glyph: Glyph, size: float) -> Box:
    """`glyph` at `size` times its own size."""
    return stretched(glyph, glyph.top * size, glyph.bottom * size, glyph.width * size)

"""Typst source -> PNG. The compiler sees the source, its built-in fonts and an empty folder; no file, no network."""

from __future__ import annotations

import struct
import tempfile
from functools import cache
from pathlib import Path

import typst

POINTS_PER_INCH = 72


@cache
def built_in_fonts() -> typst.Fonts:
    """The fonts inside the compiler, so that a card looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def png(source: str, density: float) -> bytes:
    """The one page of `source` as a PNG of `density` pixels to a point. Raises typst.TypstError on a mistake in it."""
    with tempfile.TemporaryDirectory(prefix="chalkline-") as empty:
        return typst.compile(
            source.encode(),
            root=Path(empty),
            font_paths=built_in_fonts(),
            ignore_system_fonts=True,
            package_path=Path(empty),
            package_cache_path=Path(empty),
            format="png",
            ppi=density * POINTS_PER_INCH,
        )


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the PNG's header says."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height

"""Typst source -> PNG. The compiler sees the source, its built-in fonts and an empty folder; no file, no network."""

from __future__ import annotations

import struct
import tempfile
from functools import cache

import typst

POINTS_PER_INCH = 72


@cache
def built_in_fonts() -> typst.Fonts:
    """The fonts inside the compiler, so that a card looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def png(source: str, density: float) -> bytes:
    """The one page of `source` as a PNG of `density` pixels to a point. Raises typst.TypstError on a mistake in it and
    ValueError where it is not one page."""
    with tempfile.TemporaryDirectory(prefix="chalkline-") as empty:
        compiler = typst.Compiler(
            source.encode(),
            root=empty,
            font_paths=built_in_fonts(),
            ignore_system_fonts=True,
            package_path=empty,
            package_cache_path=empty,
        )
        page = compiler.compile(format="png", ppi=density * POINTS_PER_INCH)
    if not isinstance(page, bytes):
        raise ValueError("a card must be one page")
    return page


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the PNG's header says."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height

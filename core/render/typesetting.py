"""Typst source -> PNG, SVG or PDF. The compiler sees the source and its built-in fonts; no file, no network."""

from __future__ import annotations

import os
import struct
from functools import cache
from typing import Literal

import typst

POINTS_PER_INCH = 72
NO_FOLDER = os.devnull  # no file lies below it; the same at every call, for Typst never forgets a folder it has seen


@cache
def built_in_fonts() -> typst.Fonts:
    """The fonts inside the compiler, so that a card looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def png(source: str, density: float) -> bytes:
    """The one page of `source` as a PNG of `density` pixels to a point. Raises what `typeset` raises."""
    return typeset(source, "png", density)


def typeset(source: str, file_format: Literal["png", "svg", "pdf"], density: float = 1.0) -> bytes:
    """The one page of `source` in a format; `density` (pixels to a point) is for PNG. Raises typst.TypstError on a
    mistake in it and ValueError where it is not one page.
    """
    compiler = typst.Compiler(
        source.encode(),
        root=NO_FOLDER,
        font_paths=built_in_fonts(),
        ignore_system_fonts=True,
        package_path=NO_FOLDER,
        package_cache_path=NO_FOLDER,
    )
    page = compiler.compile(format=file_format, ppi=density * POINTS_PER_INCH)
    if not isinstance(page, bytes):
        raise ValueError("a card must be one page")
    return page


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the PNG's header says."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height

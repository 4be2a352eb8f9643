"""Turns the official CROHME packages into prepared sets of expressions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import MathError
from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tokens import TOKEN_IDS
from core.notation.write import to_latex
from core.photo.ink import MARGIN, glyph_height
from models.data.alignment import aligned
from models.data.expression import Expression, Stroke, bounds, save_expressions
from models.data.fonts import FONTS, read_fonts
from models.data.inkml import BrokenInk, Ink, read_captions, read_package
from models.data.scans import SCANS, Scan, read_scans, save_scans
from models.data.strokes import draw_polylines

MEASURING_HEIGHT = 30.0
"""Pixels that the median stroke is drawn at while the glyph height is measured."""
MEASURING_PIXELS = 4_000_000
SETS = {"train": "train_captions.tsv", "test2011": None, "test2012": None, "test2013": None}
"""Sets that are prepared, and their captions; None: the labels are normalised from the ink files' own LaTeX."""


@dataclass(frozen=True)
class Prepared:
    """`path` holds `count` expressions; `broken`: what was left out, each with its reason."""

    path: Path
    count: int
    broken: tuple[str, ...]


def prepare(source: Path, target: Path) -> list[Prepared]:
    """Reads each set's `<set>_inkml.zip` and captions from `source` into `target`/<set>.npz.

    A file that cannot be read, or that says what the alphabet cannot, is left out and reported. Raises
    FileNotFoundError.
    """
    prepared = []
    for name, captions_name in SETS.items():
        captions = read_captions(source / captions_name) if captions_name else None
        expressions, broken = [], []
        for key, ink in read_package(source / f"{name}_inkml.zip"):
            try:
                expressions.append(_expression(key, ink, captions))
            except BrokenInk as error:
                broken.append(f"{key}: {error}")
        path = target / f"{name}.npz"
        save_expressions(path, expressions)
        prepared.append(Prepared(path, len(expressions), tuple(broken)))
    return prepared


def prepare_scans(source: Path, target: Path) -> Prepared:
    """Reads a folder of labelled crops of pen on paper into `target`/scans.npz. Raises FileNotFoundError."""
    found = list(read_scans(source))
    scans = [scan for scan in found if isinstance(scan, Scan)]
    path = target / SCANS
    save_scans(path, scans)
    return Prepared(path, len(scans), tuple(reason for reason in found if isinstance(reason, str)))


def prepare_fonts(source: Path, target: Path) -> Prepared:
    """Traces the fonts of a folder into `target`/fonts.npz. Raises FileNotFoundError."""
    fonts = list(read_fonts(source))
    path = target / FONTS
    save_expressions(path, fonts)
    return Prepared(path, len(fonts), ())


def _expression(key: str, ink: Ink | BrokenInk, captions: Mapping[str, tuple[str, ...]] | None) -> Expression:
    if isinstance(ink, BrokenInk):
        raise ink
    if captions is not None and key not in captions:
        raise BrokenInk("it has no caption")
    tokens = captions[key] if captions is not None else _normalised(ink.truth)
    unknown = [token for token in tokens if token not in TOKEN_IDS]
    if unknown:
        raise BrokenInk(f"tokens outside the alphabet: {unknown}")
    symbols = aligned(ink.symbols, tokens)
    return Expression(key, ink.writer, tokens, ink.strokes, symbols, measured_glyph_height(ink.strokes))


def _normalised(truth: str) -> tuple[str, ...]:
    """The recogniser's spelling of a file's own LaTeX."""
    try:
        return tuple(to_latex(parse(truth.strip().strip("$"), MathLimits())).split())
    except MathError as error:
        raise BrokenInk(str(error)) from error


def measured_glyph_height(strokes: tuple[Stroke, ...]) -> float:
    """Height of the median glyph in the strokes' own units, measured on a drawing as it is on a photo."""
    least, greatest = bounds(strokes)
    extents = [max(float(np.ptp(stroke[:, 0])), float(np.ptp(stroke[:, 1])), 1e-3) for stroke in strokes]
    zoom = MEASURING_HEIGHT / float(np.median(extents))
    width, height = (greatest - least) * zoom + 2 * MARGIN
    zoom *= min(1.0, math.sqrt(MEASURING_PIXELS / (width * height)))
    width, height = (greatest - least) * zoom + 2 * MARGIN
    ink = draw_polylines([(s - least) * zoom + MARGIN for s in strokes], (math.ceil(height), math.ceil(width)), 1.5)
    return max(glyph_height(ink) / zoom, 1e-3)

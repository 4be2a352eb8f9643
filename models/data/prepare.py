"""Turns the official CROHME packages into prepared sets of expressions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.notation.tokens import TOKEN_IDS
from core.photo.ink import glyph_height
from core.predictor.canvas import MARGIN
from models.data.expression import Expression, Stroke, bounds, save_expressions
from models.data.inkml import BrokenInk, Ink, read_captions, read_package
from models.data.strokes import draw_polylines

MEASURING_HEIGHT = 30.0
"""Pixels that the median stroke is drawn at while the glyph height is measured."""
MEASURING_PIXELS = 4_000_000
SETS = {"train": "train_captions.tsv", "test2014": "test2014_captions.tsv"}


@dataclass(frozen=True)
class Prepared:
    """`path` holds `count` expressions; `broken`: what was left out, each with its reason."""

    path: Path
    count: int
    broken: tuple[str, ...]


def prepare(source: Path, target: Path) -> list[Prepared]:
    """Reads `<set>_inkml.zip` with its captions from `source`, for each set that lies there, into `target`/<set>.npz."""
    prepared = []
    for name, captions_name in SETS.items():
        package, captions_path = source / f"{name}_inkml.zip", source / captions_name
        if not package.exists():
            continue
        captions = read_captions(captions_path)
        expressions, broken = [], []
        for key, ink in read_package(package):
            if isinstance(ink, BrokenInk):
                broken.append(f"{key}: {ink}")
            elif key in captions:
                expressions.append(_expression(key, ink, captions[key]))
        path = target / f"{name}.npz"
        save_expressions(path, expressions)
        prepared.append(Prepared(path, len(expressions), tuple(broken)))
    return prepared


def _expression(key: str, ink: Ink, tokens: tuple[str, ...]) -> Expression:
    unknown = [token for token in tokens if token not in TOKEN_IDS]
    if unknown:
        raise ValueError(f"{key}: tokens outside the alphabet: {unknown}")
    return Expression(key, ink.writer, tokens, ink.strokes, ink.symbols, measured_glyph_height(ink.strokes))


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

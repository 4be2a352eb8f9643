"""Crops of pen on paper, one expression each: a small folder of pictures with `labels.tsv` beside them.

What is kept of a crop is its ink, made by the code that serves. Their labels spell LaTeX freely; they are folded into
the recogniser's spelling.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import ChalklineError
from core.limits import MathLimits, PhotoLimits
from core.notation.latex import parse
from core.notation.tokens import TOKEN_IDS
from core.notation.write import to_latex
from core.photo.ink import MARGIN
from core.photo.page import ink_lines
from core.predictor.canvas import fit, unpacked

SCANS = "scans.npz"
LABELS = "labels.tsv"
BLOCK = 20
"""Crops with neighbouring numbers are of one sheet: they are held out together, every HELD_OUT-th block."""
HELD_OUT = 5


@dataclass(frozen=True)
class Scan:
    """`ink`: uint8 (height, width), 255 ink, its median glyph GLYPH_HEIGHT high."""

    key: str
    tokens: tuple[str, ...]
    ink: NDArray[np.uint8]


def sheet(key: str) -> int:
    """The sheet of paper that a crop is from, as far as its number tells."""
    return int(key) // BLOCK


def is_held_out(key: str) -> bool:
    """True for crops that are kept for validation."""
    return sheet(key) % HELD_OUT == HELD_OUT - 1


def read_scans(folder: Path) -> Iterator[Scan | str]:
    """Each crop that has ink and a label in our alphabet; of the others, why not. Raises FileNotFoundError."""
    with (folder / LABELS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for name, label in rows:
        try:
            tokens = tuple(to_latex(parse(label, MathLimits())).split())
            lines = ink_lines((folder / name).read_bytes(), PhotoLimits(), True).lines
        except ChalklineError as error:
            yield f"{name}: {error}"
            continue
        unknown = [token for token in tokens if token not in TOKEN_IDS]
        if unknown or not lines:
            yield f"{name}: tokens outside the alphabet: {unknown}" if unknown else f"{name}: no ink"
        else:
            yield Scan(Path(name).stem, tokens, unpacked(lines[0]))


def save_scans(path: Path, scans: list[Scan]) -> None:
    """Writes all ink as one flat array, with the structure beside it as JSON."""
    structure = [{"key": s.key, "tokens": " ".join(s.tokens), "shape": s.ink.shape} for s in scans]
    np.savez_compressed(
        path,
        ink=np.concatenate([scan.ink.ravel() for scan in scans]),
        structure=np.frombuffer(json.dumps(structure).encode(), np.uint8),
    )


def load_scans(path: Path, part: Literal["training", "validation"]) -> list[Scan]:
    """Reads one part of what `save_scans` wrote. Raises FileNotFoundError."""
    with np.load(path) as archive:
        flat, structure = archive["ink"], json.loads(archive["structure"].tobytes())
    sizes = [math.prod(row["shape"]) for row in structure]
    inks = np.split(flat, np.cumsum(sizes)[:-1])
    scans = [
        Scan(row["key"], tuple(row["tokens"].split()), ink.reshape(row["shape"]))
        for row, ink in zip(structure, inks, strict=True)
    ]
    return [scan for scan in scans if is_held_out(scan.key) == (part == "validation")]


def warped(scan: Scan, scale: float, rotation: float, slant: float) -> NDArray[np.uint8]:
    """The ink on its canvas, `scale` times as large, turned by `rotation` and slanted by `slant` (radians)."""
    turn = np.array([[math.cos(rotation), -math.sin(rotation)], [math.sin(rotation), math.cos(rotation)]])
    matrix = turn @ np.array([[1.0, -slant], [0.0, 1.0]]) * scale
    height, width = scan.ink.shape
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]]) @ matrix.T
    least = corners.min(axis=0) - MARGIN
    columns, rows = np.ceil(corners.max(axis=0) + MARGIN - least).astype(int)
    affine = np.hstack([matrix, -least[:, None]])
    ink = cv2.warpAffine(scan.ink, affine, (int(columns), int(rows)), flags=cv2.INTER_LINEAR).astype(np.uint8)
    marked = np.argwhere(ink > 60)
    if not len(marked):
        return fit(ink)
    (top, left), (bottom, right) = marked.min(axis=0), marked.max(axis=0) + 1
    trimmed = ink[max(top - MARGIN, 0) : bottom + MARGIN, max(left - MARGIN, 0) : right + MARGIN]
    return fit(trimmed)

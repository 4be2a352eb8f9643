"""Reads sets whose captions are known with the exported network, as it ships."""

from __future__ import annotations

import csv
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from core.limits import MathLimits, PhotoLimits
from core.notation.latex import parse
from core.notation.write import to_latex
from core.photo.page import ink_lines
from core.predictor.canvas import unpacked
from core.predictor.reader import Reader
from models.data.expression import load_expressions
from models.data.inkml import read_captions
from models.data.photo.photographed import photographed
from models.data.scans import SCANS, load_scans
from models.data.strokes import TABLET_PEN, draw
from models.scores import Read

PICTURES = (".png", ".jpg", ".jpeg", ".bmp")


def pictures(source: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(stem, how to get the bytes) of each picture in a folder or a zip, in order of name."""
    if source.is_dir():
        for path in sorted(source.iterdir()):
            if path.suffix.lower() in PICTURES:
                yield path.stem, path.read_bytes
        return
    with zipfile.ZipFile(source) as package:
        for name in sorted(package.namelist()):
            inside = PurePosixPath(name)
            if inside.suffix.lower() in PICTURES:
                yield inside.stem, partial(package.read, name)


def read_ink(reader: Reader, source: str, truth: tuple[str, ...], ink: NDArray[np.uint8], spent: float = 0.0) -> Read:
    """Reads one line. `spent`: seconds that its ink took."""
    start = time.perf_counter()
    best = reader.read(ink)[0]
    return Read(source, truth, tuple(best.latex.split()), best.confidence, time.perf_counter() - start + spent)


def read_pictures(reader: Reader, images: Path, captions: Path, limit: int | None = None) -> list[Read]:
    """Every picture that has a caption, or the first `limit` of them. Raises ValueError where there is none."""
    labels = read_captions(captions)
    reads: list[Read] = []
    for stem, load in pictures(images):
        if stem not in labels:
            continue
        data = load()
        start = time.perf_counter()
        ink = unpacked(ink_lines(data, PhotoLimits(), expression=True).lines[0])
        reads.append(read_ink(reader, images.stem, labels[stem], ink, time.perf_counter() - start))
        if len(reads) == limit:
            break
    if not reads:
        raise ValueError(f"no picture in {images} has a caption in {captions}")
    return reads


def read_validation(reader: Reader, data: Path, limit: int | None = None) -> list[Read]:
    """The first `limit` lines, or all, of each prepared set that nothing was trained on: CROHME 2013 as a tablet and as
    a simulated phone camera see it, and scans of paper that were held out. Raises FileNotFoundError.
    """
    return [read_ink(reader, source, truth, ink) for source, truth, ink in _validation(data, limit)]


def _validation(data: Path, limit: int | None) -> Iterator[tuple[str, tuple[str, ...], NDArray[np.uint8]]]:
    random = np.random.default_rng(0)
    written = [line for line in load_expressions(data / "test2013.npz") if line.tokens][:limit]
    for line in written:
        yield "CROHME 2013", line.tokens, draw(line.strokes, line.symbols, line.glyph_height, 1.0, TABLET_PEN).ink
    for line in written:
        yield "CROHME 2013, simulated photos", line.tokens, photographed(line, 1.0, random).ink
    for scan in load_scans(data / SCANS, "validation")[:limit]:
        yield "scans of paper", scan.tokens, scan.ink


def read_photos(reader: Reader, folder: Path) -> list[Read]:
    """Photos of a folder with labels beside them: `labels.tsv` (picture, its one line) or `labels.jsonl` (`image`,
    `lines`). Captions are spelt as the recogniser spells; of several lines each is compared with the one in its place.
    """
    reads: list[Read] = []
    for name, labels in _photo_labels(folder):
        start = time.perf_counter()
        lines = ink_lines((folder / name).read_bytes(), PhotoLimits(), expression=False).lines
        share = (time.perf_counter() - start) / max(1, len(lines))
        for place, label in enumerate(labels):
            truth = tuple(to_latex(parse(label, MathLimits())).split())
            if place < len(lines):
                reads.append(read_ink(reader, folder.name, truth, unpacked(lines[place]), share))
            else:
                reads.append(Read(folder.name, truth, (), 0.0, 0.0))
    return reads


def _photo_labels(folder: Path) -> list[tuple[str, list[str]]]:
    table = folder / "labels.tsv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [(name, [label]) for name, label in rows]
    rows_of_json = [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]
    return [(row["image"], row["lines"]) for row in rows_of_json]

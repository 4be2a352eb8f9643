"""Measures the exported network, as it ships, on pictures of one expression each with known captions.

Exact means the same tokens as the caption; "at most k" counts token edits (Levenshtein), as PosFormer, ICAL and TAMER
do.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from core.limits import PhotoLimits
from core.photo.page import ink_lines
from core.predictor.canvas import unpacked
from core.predictor.reader import Reader
from models.data.inkml import read_captions

PICTURES = (".png", ".jpg", ".jpeg", ".bmp")


@dataclass(frozen=True)
class Scores:
    """Percentages of `n` pictures read exactly, with at most one and with at most two token edits.

    `ter`: token edits per hundred caption tokens. `ms_per_image`: mean wall time, decoding of the picture included.
    """

    n: int
    exprate: float
    le1: float
    le2: float
    ter: float
    ms_per_image: float


def edit_distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Least number of insertions, deletions and substitutions between two sequences (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for i, token in enumerate(one):
        previous, row = row, [i + 1]
        for j, against in enumerate(other):
            row.append(min(previous[j + 1] + 1, row[j] + 1, previous[j] + (token != against)))
    return row[-1]


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


def evaluate(reader: Reader, images: Path, captions: Path, limit: int | None = None) -> Scores:
    """Reads every picture that has a caption, or the first `limit` of them. Raises ValueError where there is none."""
    labels = read_captions(captions)
    distances: list[int] = []
    tokens = 0
    seconds = 0.0
    for stem, load in pictures(images):
        if stem not in labels:
            continue
        data = load()
        start = time.perf_counter()
        ink = unpacked(ink_lines(data, PhotoLimits(), expression=True).lines[0])
        read = reader.read(ink)[0].latex.split()
        seconds += time.perf_counter() - start
        distances.append(edit_distance(read, labels[stem]))
        tokens += len(labels[stem])
        if len(distances) == limit:
            break
    if not distances:
        raise ValueError(f"no picture in {images} has a caption in {captions}")
    return Scores(
        n=len(distances),
        exprate=_percent(distances, 0),
        le1=_percent(distances, 1),
        le2=_percent(distances, 2),
        ter=round(100 * sum(distances) / tokens, 2),
        ms_per_image=round(1000 * seconds / len(distances), 1),
    )


def _percent(distances: Sequence[int], most: int) -> float:
    return round(100 * sum(distance <= most for distance in distances) / len(distances), 2)

"""The sample photos: what is on each, in whose hand, and how it is written to disk with its labels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.data.photo.paper import Range
from models.data.photo.simulator import SAMPLE_PAGE, PhotoStyle, photograph
from models.samples.handwriting import Hand, put, write

SHAPE = (1200, 1600)
MOST_BYTES = 240_000


@dataclass(frozen=True)
class Sample:
    """One photo: what is written, and how. `height` of a digit, `pitch` of the rules, `x` and `indents` are in pixels.

    Lines are written on every `step`th rule, in the middle of the photo's height, and fill one column after the other.
    `question_labels` stand before the lines, `label_room` pixels to their left.
    """

    name: str
    lines: tuple[str, ...]
    font: str
    pen: str
    paper: str
    ruling: str
    seed: int
    height: float = 110.0
    thickness: float = 0.085
    pitch: float = 150.0
    step: int = 2
    x: float = 260.0
    desk: bool = False
    shadow: bool = False
    light: Range = SAMPLE_PAGE.light
    indents: tuple[float, ...] = ()
    columns: int = 1
    question_labels: tuple[str, ...] = ()
    label_room: float = 0.0


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "addition", ("4 7 + 3 8 =",),
        font="caveat", pen="blue ballpoint", paper="white", ruling="lines", seed=1,
        height=150, pitch=200, light=(0.1, 0.2),
    ),
    Sample(
        "fractions", (r"\frac { 1 } { 2 } + \frac { 1 } { 3 }",),
        font="nanum", pen="black gel", paper="white", ruling="grid", seed=2,
        height=135, pitch=80, x=420, shadow=True,
    ),
    Sample(
        "equation", ("2 x + 3 = 1 1",),
        font="patrick", pen="pencil", paper="cream", ruling="blank", seed=3,
        height=140, x=330, thickness=0.075,
    ),
    Sample(
        "quadratic", ("x ^ { 2 } - 5 x + 6 = 0",),
        font="caveat", pen="blue gel", paper="bluish", ruling="lines and margin", seed=4,
        height=120, pitch=175, x=290,
    ),
    Sample(
        "root", (r"\sqrt { 4 9 } + 2 ^ { 3 }",),
        font="patrick", pen="red felt", paper="pinkish", ruling="blank", seed=5,
        height=140, x=420, thickness=0.11,
    ),
    Sample(
        "integral", (r"\int _ { 0 } ^ { 1 } x ^ { 2 } d x",),
        font="kalam", pen="violet ballpoint", paper="recycled", ruling="grey lines", seed=6,
        height=130, pitch=190, x=480, desk=True,
    ),
    Sample(
        "brackets", ("3 ( x - 2 ) = 1 5",),
        font="nanum", pen="black ballpoint", paper="white", ruling="grey grid", seed=7,
        height=130, pitch=85, x=300, desk=True,
    ),
    Sample(
        "product", (r"\frac { 3 } { 4 } \times \frac { 8 } { 9 }",),
        font="caveat", pen="blue ballpoint", paper="yellow pad", ruling="lines", seed=21,
        height=125, pitch=180, x=450, shadow=True,
    ),
    Sample(
        "division", (r"8 4 \div 7",),
        font="handlee", pen="pencil", paper="white", ruling="grey grid", seed=14,
        height=140, pitch=85, x=480, light=(0.1, 0.2),
    ),
    Sample(
        "page", ("5 x - 3 = 1 2", r"\frac { 2 } { 3 } + \frac { 1 } { 4 }", "x ^ { 2 } = 3 6"),
        font="kalam", pen="blue gel", paper="white", ruling="lines and margin", seed=10,
        height=100, pitch=145, x=330, shadow=True,
    ),
    Sample(
        "worked", ("2 x + 5 = 1 5", "2 x = 1 5 - 5", "2 x = 1 0", "x = 5"),
        font="shadows", pen="black gel", paper="cream", ruling="grey lines", seed=11,
        height=100, pitch=140, x=360, indents=(0, 130, 130, 240),
    ),
    Sample(
        "columns",
        (
            r"3 + 4 \times 2", "2 x + 5 = 1 1", r"\frac { 1 } { 2 } + \frac { 3 } { 4 }", "x ^ { 2 } - 9 = 0",
            r"\sqrt { 8 1 } - 5", "7 ( x - 1 ) = 1 4", r"4 8 \div 6", "5 x - 3 = 2 x + 9",
            r"\frac { 5 } { 6 } - \frac { 1 } { 3 }", "x ^ { 2 } = 4 9", "3 x - 7 < 2", "6 4 + 2 9 =",
        ),
        font="patrick", pen="blue gel", paper="white", ruling="lines", seed=31,
        height=58, thickness=0.09, pitch=88, x=220, light=(0.1, 0.2), columns=2, label_room=115,
        question_labels=tuple(f"{letter} )" for letter in "abcdefghijkl"),
    ),
)  # fmt: skip

FONTS: dict[str, str] = {
    "kalam": "kalam-latin-300-normal",
    "caveat": "caveat-latin-500-normal",
    "nanum": "nanum-pen-script-latin-400-normal",
    "patrick": "patrick-hand-latin-400-normal",
    "shadows": "shadows-into-light-latin-400-normal",
    "handlee": "handlee-latin-400-normal",
}


def photo_of(sample: Sample, font: Path) -> NDArray[np.uint8]:
    """The photo (1200, 1600, 3), RGB, of a sample written in a font; always the same one."""
    random = np.random.default_rng(sample.seed)
    hand = Hand(font, sample.height, thickness=sample.thickness)
    ink = np.zeros(SHAPE, np.uint8)
    rules = max(1, round(SHAPE[0] / sample.pitch))
    rows = math.ceil(len(sample.lines) / sample.columns)
    first = (rules - sample.step * (rows - 1)) // 2 + 1
    for index, line in enumerate(sample.lines):
        column, row = divmod(index, rows)
        baseline = (first + row * sample.step) * sample.pitch - 0.06 * sample.height
        x = sample.x + column * (SHAPE[1] - sample.x) / sample.columns
        indent = sample.indents[index] if sample.indents else 0.0
        put(write(line, hand, random), ink, x + indent + random.normal() * 10, baseline)
        if sample.question_labels:
            label = write(sample.question_labels[index], hand, random)
            put(label, ink, x - sample.label_room + random.normal() * 5, baseline)
    return photograph(ink, random, _style(sample))


def _style(sample: Sample) -> PhotoStyle:
    pitch = sample.pitch / sample.height
    return replace(
        SAMPLE_PAGE,
        unit=sample.height,
        pens=((sample.pen, 1),),
        papers=((sample.paper, 1),),
        rulings=((sample.ruling, 1),),
        rule_pitch=(pitch, pitch),
        rule_offset=0.0,
        desk_chance=float(sample.desk),
        shadow_chance=float(sample.shadow),
        light=sample.light,
        jpeg=(96, 96),
    )


def as_jpeg(photo: NDArray[np.uint8]) -> bytes:
    """The photo as a JPEG file of at most `MOST_BYTES`, as good as they allow."""
    for quality in range(90, 40, -5):
        written, data = cv2.imencode(".jpg", photo[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        if written and len(data) <= MOST_BYTES:
            return data.tobytes()
    raise ValueError("the photo does not fit into a sample's size")


def write_samples(fonts: Path, out: Path) -> None:
    """Writes every sample's photo, and labels.tsv: one row for each line, the file's name, a tab, the LaTeX."""
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for sample in SAMPLES:
        font = next(iter(sorted(fonts.rglob(f"{FONTS[sample.font]}.*"))), None)
        if font is None:
            raise FileNotFoundError(f"{fonts} holds no font {FONTS[sample.font]}")
        (out / f"{sample.name}.jpg").write_bytes(as_jpeg(photo_of(sample, font)))
        rows += [f"{sample.name}.jpg\t{line}\n" for line in sample.lines]
    (out / "labels.tsv").write_text("".join(rows), encoding="utf-8")

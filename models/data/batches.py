"""Draws an endless stream of training batches from handwriting, synthetic school maths and simulated photos."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from core.notation.tokens import END_ID, PAD_ID, START_ID, TOKEN_IDS
from core.predictor.canvas import CELL
from models.data.augment import Distortion, SymbolBank, distorted
from models.data.expression import Expression
from models.data.photo.photographed import photographed
from models.data.recompose import Recomposition, recomposed
from models.data.scans import Scan, warped
from models.data.strokes import Drawing, draw

UNKNOWN_SYMBOL = 255
"""In a batch's symbol map: no label for this cell."""
POOL = 1024
"""Samples that batches are picked from: the larger, the less padding."""
SHELF_START = 300
MAX_TOKENS = 150


@dataclass(frozen=True)
class Sample:
    """`ids`: the label without marks."""

    drawing: Drawing
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Batch:
    """Samples of about the same size, padded at the right and bottom.

    `ink`: uint8 (batch, height, width); `mask`: bool and `symbol_map`: uint8, both (batch, height / CELL, width /
    CELL);
    `tokens`: int64 (batch, length), START_ID first, END_ID last, then PAD_ID.
    """

    ink: NDArray[np.uint8]
    mask: NDArray[np.bool_]
    symbol_map: NDArray[np.uint8]
    tokens: NDArray[np.int64]


@dataclass(frozen=True)
class Mixture:
    """What batches are made of. `area`: pixels of a batch, padding included. Shares are probabilities; that of the
    scans comes first, then of the rest those of simulated photos and of school maths.

    A simulated photo costs as much as training on it, so the newest `photo_shelf` of them are kept, and of the photos
    in a batch only a share of `photo_fresh` is new.
    """

    school_share: float = 0.3
    photo_share: float = 0.25
    scan_share: float = 0.06
    photo_fresh: float = 0.3
    photo_shelf: int = 5000
    recomposition: Recomposition = Recomposition()
    area: int = 12 * 80 * 320
    distortion: Distortion = Distortion()


SchoolWriter = Callable[[np.random.Generator], Expression]


@dataclass(frozen=True)
class Sources:
    """What samples are drawn from: real handwriting, a writer of synthetic expressions, and crops of pen on paper."""

    expressions: Sequence[Expression]
    school: SchoolWriter | None = None
    scans: Sequence[Scan] = ()


def collate(samples: Sequence[Sample]) -> Batch:
    """Pads `samples` to the largest of them."""
    height = max(s.drawing.ink.shape[0] for s in samples)
    width = max(s.drawing.ink.shape[1] for s in samples)
    length = max(len(s.ids) for s in samples) + 2
    count = len(samples)
    batch = Batch(
        ink=np.zeros((count, height, width), np.uint8),
        mask=np.zeros((count, height // CELL, width // CELL), np.bool_),
        symbol_map=np.full((count, height // CELL, width // CELL), UNKNOWN_SYMBOL, np.uint8),
        tokens=np.full((count, length), PAD_ID, np.int64),
    )
    for i, sample in enumerate(samples):
        rows, columns = sample.drawing.ink.shape
        batch.ink[i, :rows, :columns] = sample.drawing.ink
        batch.mask[i, : rows // CELL, : columns // CELL] = True
        batch.symbol_map[i, : rows // CELL, : columns // CELL] = sample.drawing.symbol_map
        batch.tokens[i, : len(sample.ids) + 2] = (START_ID, *sample.ids, END_ID)
    return batch


def token_ids(expression: Expression) -> tuple[int, ...]:
    return tuple(TOKEN_IDS[token] for token in expression.tokens)


def clean_sample(
    expression: Expression, bank: SymbolBank, distortion: Distortion, random: np.random.Generator
) -> Sample:
    """One distorted drawing of `expression`, with its symbol map."""
    written = distorted(expression, bank, distortion, random)
    thickness = float(random.choice(distortion.thicknesses))
    scale = _scale(distortion, random)
    return Sample(draw(written.strokes, written.symbols, written.glyph_height, scale, thickness), token_ids(expression))


def photo_sample(
    expression: Expression, bank: SymbolBank, distortion: Distortion, random: np.random.Generator
) -> Sample:
    """One distorted `expression` through the photo simulator and the ink code that serves."""
    written = distorted(expression, bank, distortion, random)
    return Sample(photographed(written, _scale(distortion, random), random), token_ids(expression))


def scan_sample(scan: Scan, distortion: Distortion, random: np.random.Generator) -> Sample:
    """One scan, turned and slanted a little; its symbol map is unknown."""
    angle, slant = random.normal(0, distortion.rotation), random.normal(0, distortion.slant)
    return unmapped(warped(scan, _scale(distortion, random), angle, slant), scan.tokens)


def unmapped(ink: NDArray[np.uint8], tokens: Sequence[str]) -> Sample:
    """A sample of which nobody knows where its symbols lie."""
    unknown = np.full((ink.shape[0] // CELL, ink.shape[1] // CELL), UNKNOWN_SYMBOL, np.uint8)
    return Sample(Drawing(ink, unknown), tuple(TOKEN_IDS[token] for token in tokens))


def _scale(distortion: Distortion, random: np.random.Generator) -> float:
    return math.exp(random.uniform(math.log(distortion.least_scale), math.log(distortion.greatest_scale)))


def batches(sources: Sources, bank: SymbolBank, mixture: Mixture, seed: int) -> Iterator[Batch]:
    """Endless batches of about equal area."""
    random = np.random.default_rng(seed)
    expressions, school, scans = sources.expressions, sources.school, sources.scans
    usable = [e for e in expressions if len(e.tokens) <= MAX_TOKENS]
    school_share = mixture.school_share if school else 0.0
    scan_share = mixture.scan_share if scans else 0.0
    shelf: deque[Sample] = deque(maxlen=mixture.photo_shelf)

    def expression() -> Expression:
        if school and random.random() < school_share:
            return school(random)
        return recomposed(usable, bank, mixture.recomposition, random)

    def sample() -> Sample:
        if random.random() < scan_share:
            return scan_sample(scans[int(random.integers(len(scans)))], mixture.distortion, random)
        if random.random() >= mixture.photo_share:
            return clean_sample(expression(), bank, mixture.distortion, random)
        if len(shelf) < SHELF_START or random.random() < mixture.photo_fresh:
            shelf.append(photo_sample(expression(), bank, mixture.distortion, random))
            return shelf[-1]
        return shelf[int(random.integers(len(shelf)))]

    while True:
        groups = list(_equal_areas([sample() for _ in range(POOL)], mixture.area, random))
        for i in random.permutation(len(groups)):
            yield collate(groups[int(i)])


def _equal_areas(pool: list[Sample], area: int, random: np.random.Generator) -> Iterator[list[Sample]]:
    """Groups of equal height and like width, so that little of a batch is padding."""
    noise = dict(zip(map(id, pool), random.uniform(-8, 8, len(pool)), strict=True))
    pool.sort(key=lambda sample: (sample.drawing.ink.shape[0], sample.drawing.ink.shape[1] + noise[id(sample)]))
    for height, row in groupby(pool, key=lambda sample: sample.drawing.ink.shape[0]):
        group: list[Sample] = []
        width = 0
        for sample in row:
            width = max(width, sample.drawing.ink.shape[1])
            if group and height * width * (len(group) + 1) > area:
                yield group
                group, width = [], sample.drawing.ink.shape[1]
            group.append(sample)
        yield group

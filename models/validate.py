"""Greedy reading in torch, to follow a training run; what ships is measured by models/evaluate.py."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from core.notation.tokens import END_ID, PAD_ID, START_ID
from core.predictor.canvas import fit, zoomed
from models.data.batches import Batch, Sample, collate, token_ids, unmapped
from models.data.expression import Expression
from models.data.scans import Scan
from models.data.strokes import TABLET_PEN, draw
from models.network import ReaderNetwork

BATCH = 16
SCALE = 1.25
"""Of the ink: amid those that it is read at when it ships."""
SHORT, MEDIUM = 10, 20
"""Tokens of a short line and of a middling one, at most."""


@dataclass(frozen=True)
class LabelledBatch:
    """A batch and the token ids, without marks, of each of its lines. `scans`: crops of paper rather than drawings."""

    batch: Batch
    labels: tuple[tuple[int, ...], ...]
    scans: bool


@dataclass(frozen=True)
class Exactness:
    """How a network does on lines that were held out. `loss`: mean cross-entropy of a token, in nats; shares of the
    lines that are read exactly: drawings, by their length, and scans (nan where there are none).
    """

    loss: float
    drawings: float
    short: float
    medium: float
    long: float
    scans: float


def tensors(batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ink (batch, 1, height, width) in 0..1, mask, symbol map and tokens."""
    ink = torch.from_numpy(batch.ink).unsqueeze(1).float().div_(255).to(memory_format=torch.channels_last)
    return ink, torch.from_numpy(batch.mask), torch.from_numpy(batch.symbol_map).long(), torch.from_numpy(batch.tokens)


def validation_batches(expressions: Sequence[Expression], scans: Sequence[Scan]) -> list[LabelledBatch]:
    """Clean drawings and then scans, small ones first."""
    drawings = [
        Sample(draw(e.strokes, e.symbols, e.glyph_height, SCALE, TABLET_PEN), token_ids(e)) for e in expressions
    ]
    crops = [unmapped(fit(zoomed(scan.ink, SCALE)), scan.tokens) for scan in scans]
    return [*_labelled(drawings, False), *_labelled(crops, True)]


def _labelled(samples: list[Sample], scans: bool) -> list[LabelledBatch]:
    samples.sort(key=lambda sample: sample.drawing.ink.size)
    groups = [samples[i : i + BATCH] for i in range(0, len(samples), BATCH)]
    return [LabelledBatch(collate(group), tuple(sample.ids for sample in group), scans) for group in groups]


@torch.no_grad()
def greedy(network: ReaderNetwork, ink: Tensor, mask: Tensor, max_tokens: int = 150) -> list[list[int]]:
    """Token ids of each line, the likeliest token at every step, without marks."""
    cells, _ = network.encode(ink, mask)
    visible = mask.flatten(1)
    memory = network.memory(cells)
    empty = cells.new_empty(len(ink), network.shape.heads, 0, network.shape.width // network.shape.heads)
    past = [(empty, empty) for _ in memory]
    token = torch.full((len(ink),), START_ID)
    ended = torch.zeros(len(ink), dtype=torch.bool)
    written: list[Tensor] = []
    for position in range(max_tokens):
        logits, past = network.step(token, torch.tensor(position), memory, visible, past)
        token = logits.argmax(-1)
        written.append(token)
        ended |= token == END_ID
        if ended.all():
            break
    rows = torch.stack(written, 1).tolist()
    return [row[: row.index(END_ID)] if END_ID in row else row for row in rows]


@torch.no_grad()
def exactness(network: ReaderNetwork, validation: Sequence[LabelledBatch]) -> Exactness:
    """Reads greedily. Leaves the network in evaluation mode."""
    network.eval()
    right: dict[str, list[bool]] = {"drawings": [], "short": [], "medium": [], "long": [], "scans": []}
    loss, count = 0.0, 0
    for labelled in validation:
        ink, mask, _, tokens = tensors(labelled.batch)
        logits, _ = network(ink, mask, tokens[:, :-1])
        following = tokens[:, 1:].flatten()
        loss += functional.cross_entropy(logits.flatten(0, 1), following, ignore_index=PAD_ID, reduction="sum").item()
        count += int((following != PAD_ID).sum())
        for line, label in zip(greedy(network, ink, mask), labelled.labels, strict=True):
            exact = tuple(line) == label
            if labelled.scans:
                right["scans"].append(exact)
            else:
                right["drawings"].append(exact)
                right[_length(label)].append(exact)
    return Exactness(loss / count, **{kind: _share(lines) for kind, lines in right.items()})


def _length(label: Sequence[int]) -> str:
    return "short" if len(label) <= SHORT else "medium" if len(label) <= MEDIUM else "long"


def _share(lines: Sequence[bool]) -> float:
    return sum(lines) / len(lines) if lines else math.nan

"""Greedy reading in torch, to follow a training run; what ships is measured by models/evaluate.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.notation.tokens import END_ID, START_ID
from models.data.batches import Batch, Sample, collate, token_ids
from models.data.expression import Expression
from models.data.strokes import draw
from models.network import ReaderNetwork

BATCH = 16
PEN = 2.0


@dataclass(frozen=True)
class LabelledBatch:
    """A batch and the token ids, without marks, of each of its lines."""

    batch: Batch
    labels: tuple[tuple[int, ...], ...]


def tensors(batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ink (batch, 1, height, width) in 0..1, mask, symbol map and tokens."""
    ink = torch.from_numpy(batch.ink).unsqueeze(1).float().div_(255).to(memory_format=torch.channels_last)
    return ink, torch.from_numpy(batch.mask), torch.from_numpy(batch.symbol_map).long(), torch.from_numpy(batch.tokens)


def validation_batches(expressions: Sequence[Expression]) -> list[LabelledBatch]:
    """Clean drawings, small ones first."""
    samples = [Sample(draw(e.strokes, e.symbols, e.glyph_height, 1.0, PEN), token_ids(e)) for e in expressions]
    samples.sort(key=lambda sample: sample.drawing.ink.size)
    groups = [samples[i : i + BATCH] for i in range(0, len(samples), BATCH)]
    return [LabelledBatch(collate(group), tuple(sample.ids for sample in group)) for group in groups]


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


def exactness(network: ReaderNetwork, validation: Sequence[LabelledBatch]) -> float:
    """Share of lines read exactly, greedily. Leaves the network in evaluation mode."""
    network.eval()
    right = total = 0
    for labelled in validation:
        ink, mask, _, _ = tensors(labelled.batch)
        read = greedy(network, ink, mask)
        right += sum(tuple(line) == label for line, label in zip(read, labelled.labels, strict=True))
        total += len(labelled.labels)
    return right / total

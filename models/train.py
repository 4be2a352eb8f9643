"""Trains the reader. A run can be stopped at any time and resumed; `--decay-minutes` ends it with a falling rate.

Schedule: warm-up, flat, and a linear decay at the end of a run (warm-up-stable-decay, Hu et al. 2024, MiniCPM), so that
the number of runs can stay open.
"""

from __future__ import annotations

import csv
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import torch
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset

from core.notation.tokens import END_ID, PAD_ID
from models.checkpoint import CHECKPOINT, WEIGHTS, ExponentialAverage, Progress, load_weights, save_weights
from models.data.augment import symbol_bank
from models.data.batches import UNKNOWN_SYMBOL, Batch, Mixture, batches, collate, token_ids
from models.data.batches import Sample as DrawnSample
from models.data.expression import Expression, load_expressions
from models.data.school.writer import school_expression
from models.data.strokes import draw
from models.network import NetworkShape, ReaderNetwork

LOG_COLUMNS = (
    "seconds", "steps", "samples", "samples_per_second", "rate", "token_loss", "map_loss", "validation_exact",
)  # fmt: skip


@dataclass(frozen=True)
class Training:
    """Settings of one run. Times in minutes; `data`: folder of prepared sets."""

    data: Path
    minutes: float
    decay_minutes: float = 0.0
    rate: float = 1.2e-3
    warm_up_steps: int = 300
    weight_decay: float = 0.05
    label_smoothing: float = 0.1
    map_weight: float = 0.5
    paper_weight: float = 0.15
    average_decay: float = 0.998
    gradient_limit: float = 1.0
    threads: int = 2
    save_minutes: float = 10.0
    validation_size: int = 200
    mixture: Mixture = Mixture()


class _Stream(IterableDataset[Batch]):
    """The endless batches, made in one loader process."""

    def __init__(self, training: Training, expressions: list[Expression], seed: int) -> None:
        self.training, self.expressions, self.seed = training, expressions, seed

    def __iter__(self) -> Iterator[Batch]:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        bank = symbol_bank(self.expressions)
        school = partial(school_expression, bank)
        return batches(self.expressions, school, bank, self.training.mixture, self.seed)


def rate_at(training: Training, steps: int, seconds: float) -> float:
    """Learning rate after `steps` of the optimiser and `seconds` of this run."""
    warm = min(1.0, (steps + 1) / training.warm_up_steps)
    remaining = training.minutes * 60 - seconds
    decay = min(1.0, remaining / (training.decay_minutes * 60)) if training.decay_minutes else 1.0
    return training.rate * warm * max(decay, 0.02)


def tensors(batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ink (batch, 1, height, width) in 0..1, mask, symbol map and tokens."""
    ink = torch.from_numpy(batch.ink).unsqueeze(1).float().div_(255).to(memory_format=torch.channels_last)
    symbol_map = torch.from_numpy(batch.symbol_map).long()
    return ink, torch.from_numpy(batch.mask), symbol_map, torch.from_numpy(batch.tokens)


def losses(network: ReaderNetwork, batch: Batch, training: Training) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the next token, and of the symbol map with paper weighted down."""
    ink, mask, symbol_map, tokens = tensors(batch)
    logits, map_logits = network(ink, mask, tokens[:, :-1])
    token_loss = functional.cross_entropy(
        logits.flatten(0, 1), tokens[:, 1:].flatten(), ignore_index=PAD_ID, label_smoothing=training.label_smoothing
    )
    weight = torch.ones(map_logits.shape[1])
    weight[PAD_ID] = training.paper_weight
    known = (symbol_map != UNKNOWN_SYMBOL).any()
    map_loss = (
        functional.cross_entropy(map_logits, symbol_map, weight=weight, ignore_index=UNKNOWN_SYMBOL)
        if known
        else map_logits.sum() * 0
    )
    return token_loss, map_loss


@torch.no_grad()
def greedy(network: ReaderNetwork, ink: Tensor, mask: Tensor, max_tokens: int = 150) -> list[list[int]]:
    """Token ids of each line, the likeliest token at every step, without marks."""
    cells, _ = network.encode(ink, mask)
    visible = mask.flatten(1)
    memory = network.memory(cells)
    head = (len(ink), network.shape.heads, 0, network.shape.width // network.shape.heads)
    past = [(cells.new_empty(head), cells.new_empty(head)) for _ in network.layers]
    token = torch.full((len(ink),), 1)
    written = []
    for position in range(max_tokens):
        logits, past = network.step(token, torch.tensor(position), memory, visible, past)
        token = logits.argmax(-1)
        written.append(token)
        if (torch.stack(written) == END_ID).any(0).all():
            break
    rows = torch.stack(written, 1).tolist()
    return [row[: row.index(END_ID)] if END_ID in row else row for row in rows]


def validation_batches(expressions: list[Expression]) -> list[tuple[Batch, list[tuple[int, ...]]]]:
    """Clean drawings, small ones first, 16 to a batch, with their labels."""
    samples = [DrawnSample(draw(e.strokes, e.symbols, e.glyph_height, 1.0, 2.0), token_ids(e)) for e in expressions]
    samples.sort(key=lambda sample: sample.drawing.ink.size)
    groups = [samples[i : i + 16] for i in range(0, len(samples), 16)]
    return [(collate(group), [sample.ids for sample in group]) for group in groups]


def exactness(network: ReaderNetwork, validation: list[tuple[Batch, list[tuple[int, ...]]]]) -> float:
    """Share of lines read exactly, greedily."""
    network.eval()
    right = total = 0
    for batch, labels in validation:
        ink, mask, _, _ = tensors(batch)
        read = greedy(network, ink, mask)
        right += sum(tuple(r) == label for r, label in zip(read, labels, strict=True))
        total += len(labels)
    network.train()
    return right / total


class _Run:
    """One run's moving parts, and how they are saved."""

    def __init__(self, training: Training, resume: bool) -> None:
        if resume and CHECKPOINT.exists():
            saved = torch.load(CHECKPOINT, map_location="cpu", weights_only=True)
            self.network = ReaderNetwork()
            self.network.load_state_dict(saved["network"])
            self.progress = Progress(**saved["progress"])
        elif resume and WEIGHTS.exists():
            saved = None
            self.network, self.progress = load_weights(WEIGHTS)
        else:
            saved = None
            self.network, self.progress = ReaderNetwork(NetworkShape()), Progress()
        self.network = self.network.to(memory_format=torch.channels_last).train()
        self.average = ExponentialAverage(self.network, training.average_decay)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), training.rate, weight_decay=training.weight_decay, fused=True
        )
        self.optimiser_steps = 0
        if saved is not None:
            self.optimiser_steps = saved["optimiser_steps"]
            self.average.state = saved["average"]
            self.optimiser.load_state_dict(saved["optimiser"])

    def averaged(self) -> ReaderNetwork:
        network = ReaderNetwork(self.network.shape)
        network.load_state_dict(self.average.state)
        return network.to(memory_format=torch.channels_last)

    def save(self) -> None:
        CHECKPOINT.parent.mkdir(parents=True, exist_ok=True)
        partial_file = CHECKPOINT.with_suffix(".partial")
        torch.save(
            {
                "network": self.network.state_dict(),
                "average": self.average.state,
                "optimiser": self.optimiser.state_dict(),
                "optimiser_steps": self.optimiser_steps,
                "progress": vars(self.progress),
            },
            partial_file,
        )
        partial_file.replace(CHECKPOINT)
        save_weights(CHECKPOINT.with_name("reader.pt"), self.average.state, self.network.shape, self.progress)


def train(training: Training, resume: bool) -> Progress:
    """Trains for `training.minutes`, or until SIGTERM; saves every `save_minutes` and at the end."""
    torch.set_num_threads(training.threads)
    run = _Run(training, resume)
    expressions = load_expressions(training.data / "train.npz")
    validation = validation_batches(load_expressions(training.data / "test2013.npz")[: training.validation_size])
    stream = _Stream(training, expressions, seed=run.progress.steps)
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    start = saved = last = time.monotonic()
    first = run.progress
    sums, summed = torch.zeros(2), 0
    CHECKPOINT.parent.mkdir(parents=True, exist_ok=True)
    with (CHECKPOINT.parent / "log.csv").open("a", newline="") as file:
        log = csv.writer(file)
        if not file.tell():
            log.writerow(LOG_COLUMNS)
        for batch in DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=8):
            elapsed = time.monotonic() - start
            for group in run.optimiser.param_groups:
                group["lr"] = rate_at(training, run.optimiser_steps, elapsed)
            token_loss, map_loss = losses(run.network, batch, training)
            run.optimiser.zero_grad(set_to_none=True)
            (token_loss + training.map_weight * map_loss).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(run.network.parameters(), training.gradient_limit)
            run.optimiser.step()
            run.optimiser_steps += 1
            run.average.update(run.network, run.progress.steps)
            now = time.monotonic()
            run.progress = run.progress.plus(len(batch.tokens), now - last)
            last = now
            sums += torch.stack([token_loss.detach(), map_loss.detach()])
            summed += 1
            finished = stopping or elapsed > training.minutes * 60
            due = finished or now - saved > training.save_minutes * 60
            if run.progress.steps % 200 == 0 or due:
                exact = exactness(run.averaged(), validation) if due else None
                speed = (run.progress.samples - first.samples) / (now - start)
                row = (
                    round(run.progress.seconds), run.progress.steps, run.progress.samples, round(speed, 1),
                    round(run.optimiser.param_groups[0]["lr"], 6),
                    *(round(float(value) / summed, 4) for value in sums), exact,
                )  # fmt: skip
                log.writerow(row)
                file.flush()
                print(dict(zip(LOG_COLUMNS, row, strict=True)), flush=True)
                sums.zero_()
                summed = 0
            if due:
                run.save()
                saved = last = time.monotonic()
            if finished:
                return run.progress
    raise AssertionError("the stream of batches is endless")

"""Trains the reader. A run can be stopped at any time and resumed; `decay_minutes` ends it with a falling rate.

Schedule: warm-up, flat, and a linear decay at the end of a run (warm-up-stable-decay, Hu et al. 2024, MiniCPM), so that
the number of runs can stay open.
"""

from __future__ import annotations

import csv
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Literal

import torch
from torch.utils.data import DataLoader, IterableDataset

from models.checkpoint import Progress
from models.data.augment import symbol_bank
from models.data.batches import Batch, Sources, batches
from models.data.expression import Expression, load_expressions
from models.data.fonts import FONTS
from models.data.scans import SCANS, Scan, load_scans
from models.data.school.writer import school_expression
from models.run import Run
from models.training import Training
from models.validate import Exactness, exactness, validation_batches

LOG_COLUMNS = (
    "seconds", "steps", "samples", "samples_per_second", "rate", "token_loss", "map_loss",
    "validation_loss", "exact", "exact_short", "exact_medium", "exact_long", "exact_scans",
)  # fmt: skip
TRAINING_SETS = ("train", "test2011", "test2012")
"""The tests of 2011 and 2012 share no ink with later ones."""
LOG_STEPS = 200
LEAST_RATE = 0.02
"""Share of the rate that is left at the end of the decay."""


class _Stream(IterableDataset[Batch]):
    """The endless batches, made in one loader process."""

    def __init__(
        self, training: Training, expressions: list[Expression], fonts: list[Expression], scans: list[Scan], seed: int
    ) -> None:
        self.training, self.expressions, self.fonts = training, expressions, fonts
        self.scans, self.seed = scans, seed

    def __iter__(self) -> Iterator[Batch]:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        bank = symbol_bank([*self.expressions, *self.fonts])
        sources = Sources(self.expressions, partial(school_expression, bank), self.scans)
        return batches(sources, bank, self.training.mixture, self.seed)


class _Stop:
    """Set by SIGTERM or SIGINT: the run saves and ends after the step it is in."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


class _Log:
    """log.csv: a row every LOG_STEPS steps, with the mean losses since the row before, and the same on standard
    output.
    """

    def __init__(self, path: Path, begun: Progress) -> None:
        self.path, self.begun = path, begun
        self._sums, self._count = torch.zeros(2), 0

    def add(self, losses: torch.Tensor) -> None:
        self._sums += losses
        self._count += 1

    def write(self, progress: Progress, rate: float, validation: Exactness | None) -> None:
        speed = (progress.samples - self.begun.samples) / max(progress.seconds - self.begun.seconds, 1e-9)
        means = (round(float(value) / self._count, 4) for value in self._sums)
        counts = round(progress.seconds), progress.steps, progress.samples
        measured = [round(share, 4) for share in astuple(validation)] if validation else [None] * len(fields(Exactness))
        row = (*counts, round(speed, 1), round(rate, 6), *means, *measured)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", newline="") as file:
            log = csv.writer(file)
            if not file.tell():
                log.writerow(LOG_COLUMNS)
            log.writerow(row)
        print(dict(zip(LOG_COLUMNS, row, strict=True)), flush=True)
        self._sums, self._count = torch.zeros(2), 0


def rate_at(training: Training, steps: int, seconds: float) -> float:
    """Learning rate after `steps` of the optimiser and `seconds` of this run."""
    warm = min(1.0, (steps + 1) / training.warm_up_steps)
    remaining = training.minutes * 60 - seconds
    decay = min(1.0, remaining / (training.decay_minutes * 60)) if training.decay_minutes else 1.0
    return training.rate * warm * max(decay, LEAST_RATE)


def training_batches(training: Training, seed: int) -> Iterable[Batch]:
    """The endless batches of a run, made beside it in a process of their own; without scans and fonts where there are
    none.

    Raises FileNotFoundError where nothing was prepared.
    """
    expressions = [e for name in TRAINING_SETS for e in load_expressions(training.data / f"{name}.npz")]
    fonts = load_expressions(training.data / FONTS) if (training.data / FONTS).exists() else []
    stream = _Stream(training, expressions, fonts, _scans(training, "training"), seed)
    return DataLoader(stream, batch_size=None, num_workers=1, prefetch_factor=8)


def _scans(training: Training, part: Literal["training", "validation"]) -> list[Scan]:
    path = training.data / SCANS
    return load_scans(path, part) if path.exists() else []


def train(training: Training, resume: bool) -> Progress:
    """Trains for `training.minutes`, or until SIGTERM; saves every `save_minutes` and at the end.

    Raises FileNotFoundError where nothing was prepared.
    """
    torch.set_num_threads(training.threads)
    drawings = load_expressions(training.data / "test2013.npz")[: training.validation_size]
    validation = validation_batches(drawings, _scans(training, "validation")[: training.validation_size])
    run, stop = Run(training, resume), _Stop()
    log = _Log(training.folder / "log.csv", run.progress)
    start = saved = last = time.monotonic()
    for batch in training_batches(training, seed=run.progress.steps):
        rate = rate_at(training, run.optimiser_steps, last - start)
        now = time.monotonic()
        log.add(run.step(batch, rate, now - last))
        last = now
        finished = stop.asked or now - start > training.minutes * 60
        due = finished or now - saved > training.save_minutes * 60
        if due or run.progress.steps % LOG_STEPS == 0:
            log.write(run.progress, rate, exactness(run.averaged(), validation) if due else None)
        if due:
            run.save()
            saved = last = time.monotonic()
        if finished:
            break
    return run.progress

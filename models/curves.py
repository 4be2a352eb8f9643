"""Pictures of a run: its log as curves, and the learning-rate range test."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from models.rate_range import RateLoss

SIZE = (8.0, 4.5)
"""Inches."""
VALIDATION = (
    ("exact", "tab:orange", "held-out drawings, exactly right"),
    ("exact_scans", "tab:red", "held-out scans, exactly right"),
)
"""Column of the log, colour and name of its curve."""


def draw_log(log: Path, picture: Path) -> None:
    """Losses and validation exactness of log.csv over the samples seen. Raises FileNotFoundError."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    figure = Figure(SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    left = figure.subplots()
    samples = [int(row["samples"]) / 1000 for row in rows]
    left.plot(samples, [float(row["token_loss"]) for row in rows], color="tab:blue", label="token loss")
    left.plot(samples, [float(row["map_loss"]) for row in rows], color="tab:cyan", label="symbol map loss")
    left.set_xlabel("thousand samples")
    left.set_ylabel("loss")
    left.set_ylim(0, 3)
    right = left.twinx()
    for column, colour, label in VALIDATION:
        measured = [(at, 100 * float(row[column])) for at, row in zip(samples, rows, strict=True) if row[column]]
        right.plot([at for at, _ in measured], [exact for _, exact in measured], "o-", color=colour, label=label)
    right.set_ylabel("% of lines")
    right.set_ylim(0, 100)
    left.grid(alpha=0.3)
    figure.legend(loc="outside upper center", ncols=3)
    figure.savefig(picture)


def draw_rates(tried: Sequence[RateLoss], picture: Path) -> None:
    """The loss over the learning rate."""
    figure = Figure(SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.semilogx([point.rate for point in tried], [point.loss for point in tried])
    axes.set_xlabel("learning rate")
    axes.set_ylabel("token loss, smoothed")
    axes.grid(alpha=0.3)
    figure.savefig(picture)

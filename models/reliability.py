"""How far confidences can be trusted: a few figures, and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.calibrate import Observation, Reliability
from models.scores import table


def summary(seen: Sequence[Observation], reliability: Reliability, sure: float) -> str:
    """A Markdown table by source. `reliability`: of `seen`, in its order."""
    sources = np.array([observation.source for observation in seen])
    rows = []
    for name in ("all", *dict.fromkeys(sources.tolist())):
        chosen = np.ones(len(seen), np.bool_) if name == "all" else sources == name
        part = Reliability(reliability.confidences[chosen], reliability.right[chosen])
        share, precision = part.above(sure)
        figures = part.right.mean(), part.confidences.mean(), part.expected_error(), share, precision
        rows.append((name, str(chosen.sum()), *(f"{100 * figure:.1f} %" for figure in figures)))
    header = (
        "lines of",
        "n",
        "exact",
        "mean confidence",
        "calibration error",
        f"sure ({sure:g} or more)",
        "of these exact",
    )
    return table(header, rows)


def draw_reliability(reliability: Reliability, path: Path) -> None:
    """Share of lines that were right against confidence, with the number of lines in each range, as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.2, 4.2), dpi=110, layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="0.75", linewidth=1)
    bins = reliability.bins()
    axes.plot([confidence for confidence, _, _ in bins], [right for _, right, _ in bins], "o-", color="#1f6f8b")
    for confidence, right, lines in bins:
        axes.annotate(str(lines), (confidence, right), (7, -9), textcoords="offset points", fontsize=8, color="0.35")
    axes.set(
        xlabel="confidence", ylabel="share of lines read exactly", xlim=(0, 1.05), ylim=(0, 1.05), aspect="equal",
        title=f"{len(reliability.right)} held-out lines, calibration error {100 * reliability.expected_error():.1f} %",
    )  # fmt: skip
    axes.title.set_fontsize(10)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Software": ""})

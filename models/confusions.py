"""A picture of what is taken for what: the symbols, written by hands made of handwriting fonts, and how often."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from models.data.augment import SymbolBank
from models.data.school.hand import Hand

COLUMNS = 5
CELL = (1.7, 0.95)
"""Inches."""
PLACES = (0.0, 2.4)
"""Where the symbol that was written stands and the one that was read, in digit heights."""

DOT = np.array([[0.0], [0.01]], np.float32)
"""Makes a line of a single point."""


def draw_confusions(counts: Mapping[tuple[str, str], int], bank: SymbolBank, most: int, picture: Path) -> None:
    """The `most` commonest pairs (written, read) of two symbols that a hand of `bank` can write."""
    hand = Hand(bank, Random(0))
    drawn = [(pair, count) for pair, count in counts.items() if all(_can_write(hand, token) for token in pair)]
    common = sorted(drawn, key=lambda entry: -entry[1])[:most]
    rows = math.ceil(len(common) / COLUMNS)
    figure = Figure((COLUMNS * CELL[0], rows * CELL[1]), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, ((written, read), count) in zip(figure.subplots(rows, COLUMNS, squeeze=False).flat, common, strict=False):
        _draw(axes, hand, (written, read))
        axes.set_title(f"{_name(written)} read {_name(read)}: {count}", fontsize=8, color="0.35")
    for axes in figure.axes:
        axes.set(xlim=(-0.4, 4.6), ylim=(0.5, -1.4), aspect="equal")
        axes.axis("off")
    figure.savefig(picture, dpi=110, metadata={"Software": ""})


def _draw(axes: Axes, hand: Hand, tokens: Sequence[str]) -> None:
    for token, place in zip(tokens, PLACES, strict=True):
        glyph = hand.glyph(token)
        for stroke in glyph.shape.placed(place, glyph.top, glyph.width, glyph.bottom - glyph.top):
            points = stroke if len(stroke) > 1 else stroke + DOT
            axes.plot(points[:, 0], points[:, 1], color="#1b3a6b", linewidth=2, solid_capstyle="round")
    axes.annotate("", (2.1, -0.5), (1.4, -0.5), arrowprops={"arrowstyle": "->", "color": "0.6"})


def _can_write(hand: Hand, token: str) -> bool:
    try:
        hand.glyph(token)
    except KeyError:
        return False
    return True


def _name(token: str) -> str:
    return token.removeprefix("\\")

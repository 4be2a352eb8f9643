"""One writer's hand for one expression: which inks it uses, how large it writes each token, how loosely it spaces them.

Lengths are in digit heights, y down, the baseline at 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from models.data.augment import SymbolBank
from models.data.expression import Stroke
from models.data.school.compose import DRAWN, LOOKALIKES, NAMES, PARTS, drawn
from models.data.school.metrics import METRICS, X_HEIGHT_LETTERS


@dataclass(frozen=True)
class Shape:
    """Strokes in the unit square, one after the other: `points` (n, 2), `ends`: where each stroke ends."""

    points: NDArray[np.float32]
    ends: tuple[int, ...]
    width: float
    height: float

    def placed(self, left: float, top: float, width: float, height: float) -> tuple[Stroke, ...]:
        """The strokes in a box."""
        points = self.points * np.array([width, height], np.float32) + np.array([left, top], np.float32)
        return tuple(points[start:end] for start, end in zip((0, *self.ends[:-1]), self.ends, strict=True))


def shape(strokes: Sequence[Stroke]) -> Shape:
    """`strokes` moved and stretched into the unit square."""
    points = np.concatenate(strokes)
    low = points.min(axis=0)
    size = points.max(axis=0) - low
    ends = tuple(np.cumsum([len(stroke) for stroke in strokes]).tolist())
    return Shape((points - low) / np.maximum(size, 1e-6), ends, float(size[0]), float(size[1]))


@dataclass(frozen=True)
class Glyph:
    """A token's ink and the box that it fills, left edge at 0."""

    label: str
    shape: Shape
    width: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Habits:
    """What stays the same while one hand writes one line. Gaps and sizes in digit heights."""

    x_height: float
    size_jitter: float
    shift_jitter: float
    width: float
    digit_gap: float
    letter_gap: float
    operator_gap: float
    relation_gap: float
    bracket_gap: float
    script_size: float
    script_raise: float
    fraction_size: float
    fraction_gap: float
    bar_overhang: float
    limits_beside: bool
    limit_size: float
    letters_for_names: float
    drift: float
    wave: float
    bracket_growth: float


def habits(chance: Random) -> Habits:
    """A hand drawn by chance."""
    between, room = chance.uniform, chance.choice((0.75, 1.0, 1.0, 1.5))
    air = chance.choice((1.0, 1.0, 1.6, 3.0))  # many leave wide gaps round operators, and most before the last `=`
    return Habits(
        x_height=between(0.85, 1.4),
        size_jitter=between(0.02, 0.09),
        shift_jitter=between(0.01, 0.05),
        width=between(0.85, 1.15),
        digit_gap=between(0.08, 0.26) * room,
        letter_gap=between(0.08, 0.26) * room,
        operator_gap=between(0.14, 0.5) * room * air,
        relation_gap=between(0.2, 0.65) * room * air,
        bracket_gap=between(0.06, 0.2) * room,
        script_size=between(0.5, 0.8),
        script_raise=between(0.1, 0.42),
        fraction_size=between(0.72, 1.0),
        fraction_gap=between(0.12, 0.38),
        bar_overhang=between(0.02, 0.3),
        limits_beside=chance.random() < 0.25,
        limit_size=between(0.42, 0.65),
        letters_for_names=chance.choice((0.0, 0.0, 0.0, 1.0)),
        drift=chance.gauss(0, 0.012),
        wave=between(0.0, 0.03),
        bracket_growth=between(0.55, 1.15),
    )


class Hand:
    """Writes single tokens, the same token in much the same way each time."""

    def __init__(self, bank: SymbolBank, chance: Random) -> None:
        self._bank = bank
        self.chance = chance
        self.habits = habits(chance)
        self._shapes: dict[str, list[Shape]] = {}

    def glyph(self, label: str) -> Glyph:
        """`label` at its natural size. Raises KeyError for a token that has no ink here."""
        if label in NAMES and (label not in self._bank or self.chance.random() < self.habits.letters_for_names):
            return self._name(label)
        return self._sized(label, self.shape(label))

    def shape(self, label: str) -> Shape:
        """One ink of `label`: mostly the one used before in this line."""
        used = self._shapes.setdefault(label, [])
        if used and self.chance.random() < 0.85:
            return used[0]
        used.append(self._new_shape(label))
        return used[-1]

    def radical(self, hook: float) -> Shape:
        """A radical whose hook takes the share `hook` of its width: a written one where its parts can be told apart."""
        for _ in range(4):
            bent = _with_hook(self.shape(r"\sqrt"), hook)
            if bent:
                return bent
            del self._shapes[r"\sqrt"]
        bent = None
        while not bent:
            bent = _with_hook(shape(drawn(r"\sqrt", self.chance, wobble=0.01)), hook)
        return bent

    def _new_shape(self, label: str) -> Shape:
        examples = self._bank.get(label, ())
        if examples:
            return shape(self.chance.choice(examples))
        models = [model for model in LOOKALIKES.get(label, ()) if model in self._bank]
        if label in DRAWN and (not models or self.chance.random() < 0.7):
            return shape(drawn(label, self.chance))
        if models:
            return shape(self.chance.choice(self._bank[self.chance.choice(models)]))
        parts = PARTS[label]
        inks = (self.shape(part).placed(*box) for part, *box in parts)
        return shape([stroke for ink in inks for stroke in ink])

    def _sized(self, label: str, ink: Shape) -> Glyph:
        metric, habits = METRICS[label], self.habits
        extent = metric.extent * (1 + self.chance.gauss(0, habits.size_jitter))
        centre = metric.centre
        if label in X_HEIGHT_LETTERS:
            extent *= habits.x_height
            centre = -extent / 2 + 0.01
        aspect = ink.width / max(ink.height, 1e-3 * ink.width, 1e-6) * habits.width
        aspect = min(max(aspect, metric.least_aspect), metric.greatest_aspect)
        height = extent / aspect if metric.by_width else extent
        width = extent if metric.by_width else extent * aspect
        centre += self.chance.gauss(0, habits.shift_jitter + metric.wander)
        return Glyph(label, ink, width, centre - height / 2, centre + height / 2)

    def _name(self, label: str) -> Glyph:
        """The letters of a function's name side by side, as one glyph."""
        strokes: list[Stroke] = []
        right = 0.0
        gap = min(self.habits.letter_gap, 0.15)
        glyphs = [self.glyph(letter) for letter in NAMES[label]]
        for glyph in glyphs:
            strokes.extend(glyph.shape.placed(right, glyph.top, glyph.width, glyph.bottom - glyph.top))
            right += glyph.width + gap * self.chance.uniform(0.4, 1.2)
        top, bottom = min(g.top for g in glyphs), max(g.bottom for g in glyphs)
        ink = shape(strokes)
        return Glyph(label, ink, ink.width, top, bottom)


def _with_hook(ink: Shape, hook: float) -> Shape | None:
    """`ink` of a radical, its hook and its overline stretched apart; None where the two cannot be told apart."""
    x, y = ink.points[:, 0], ink.points[:, 1]
    foot = x[int(np.argmax(y))]
    over = (x > foot) & (y < 0.22)
    if not over.any():
        return None
    corner = float(x[over].min())
    beyond = x > corner + 0.02
    if not 0.02 < corner < 0.6 or foot < 0.01 or not beyond.any() or float(y[beyond].max()) > 0.3:
        return None
    points = ink.points.copy()
    points[:, 0] = np.where(x < corner, x / corner * hook, hook + (x - corner) / (1 - corner) * (1 - hook))
    points[:, 1] = np.where(beyond, y * 0.5, y)
    return Shape(points, ink.ends, ink.width, ink.height)

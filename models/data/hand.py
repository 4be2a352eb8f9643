"""One writer's hand for one expression: which inks it uses, how large it writes each token, how loosely it spaces them.

Lengths are in digit heights, y down, the baseline at 0. The natural sizes are medians measured on CROHME's training inks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from models.data.augment import SymbolBank
from models.data.compose import DRAWN, LOOKALIKES, NAMES, PARTS, drawn
from models.data.expression import Stroke

AXIS = -0.42
"""Where minus signs and fraction bars lie."""


@dataclass(frozen=True)
class Metric:
    """How a token is written: `extent` is its height, or its width where `by_width`; `centre` is the y of its middle."""

    extent: float
    centre: float
    least_aspect: float = 0.3
    greatest_aspect: float = 1.3
    by_width: bool = False


def _metrics() -> dict[str, Metric]:
    rows: tuple[tuple[str, Metric], ...] = (
        ("0", Metric(0.92, -0.47, 0.45, 1.1)),
        ("1", Metric(1.0, -0.5, 0.0, 0.75)),
        ("2 3 4 5 6 7 8 9", Metric(1.0, -0.5, 0.35, 1.05)),
        ("A B C D E F G H J K L N O P Q R S U V X Y Z", Metric(1.08, -0.53, 0.4, 1.1)),
        ("I", Metric(1.08, -0.53, 0.0, 0.9)),
        (r"M T W \Delta \Pi \Sigma \Omega \Gamma \Phi", Metric(1.05, -0.52, 0.6, 1.4)),
        ("a c e o s u v z", Metric(0.6, -0.29, 0.6, 1.5)),
        ("r", Metric(0.6, -0.29, 0.45, 1.2)),
        (r"m w \omega", Metric(0.58, -0.28, 1.1, 2.4)),
        (r"n x \alpha \sigma \pi \rho \tau", Metric(0.6, -0.29, 0.7, 1.6)),
        ("b d h k t", Metric(1.02, -0.51, 0.3, 0.95)),
        ("l", Metric(1.05, -0.52, 0.05, 0.6)),
        ("i", Metric(0.82, -0.42, 0.05, 0.6)),
        ("j", Metric(1.2, -0.26, 0.15, 0.6)),
        ("f", Metric(1.35, -0.46, 0.25, 0.7)),
        ("g p q y", Metric(1.05, -0.08, 0.3, 0.9)),
        (r"\beta \phi \psi", Metric(1.25, -0.36, 0.35, 0.8)),
        (r"\gamma \mu", Metric(0.9, -0.1, 0.45, 1.2)),
        (r"\lambda \theta \delta \partial \exists \forall \angle \triangle \nabla", Metric(1.0, -0.5, 0.45, 1.1)),
        (r"\emptyset", Metric(1.0, -0.48, 0.5, 1.0)),
        (r"\in \epsilon \cup \cap \subset", Metric(0.7, -0.38, 0.6, 1.2)),
        ("-", Metric(0.52, AXIS, 3.5, 60.0, by_width=True)),
        ("=", Metric(0.62, AXIS, 1.1, 3.2, by_width=True)),
        (r"\equiv", Metric(0.62, AXIS, 1.0, 2.0, by_width=True)),
        (r"\sim \approx", Metric(0.68, AXIS, 1.2, 3.0, by_width=True)),
        ("+", Metric(0.6, AXIS, 0.7, 1.5, by_width=True)),
        (r"\times", Metric(0.52, AXIS + 0.04, 0.7, 1.4, by_width=True)),
        (r"\div", Metric(0.74, AXIS, 0.7, 1.5, by_width=True)),
        (r"\pm \mp", Metric(0.82, AXIS, 0.6, 1.1)),
        (r"\cdot .", Metric(0.08, AXIS, 0.6, 1.6)),
        (",", Metric(0.32, 0.06, 0.15, 0.7)),
        (":", Metric(0.45, -0.3, 0.05, 0.3)),
        (";", Metric(0.65, -0.12, 0.2, 0.4)),
        ("!", Metric(1.1, -0.54, 0.02, 0.2)),
        ("?", Metric(1.08, -0.53, 0.4, 0.7)),
        (r"\%", Metric(1.0, -0.5, 0.7, 1.2)),
        (r"\circ", Metric(0.42, -0.4, 0.7, 1.2)),
        (r"\prime", Metric(0.55, -0.75, 0.05, 0.6)),
        (r"< > \ll \gg", Metric(0.6, AXIS, 0.7, 1.5)),
        (r"\leq \geq", Metric(0.85, AXIS, 0.6, 1.2)),
        (r"\neq", Metric(0.85, AXIS, 0.6, 1.2)),
        (r"\propto", Metric(0.5, AXIS, 1.0, 1.8)),
        (r"\rightarrow \leftarrow \Rightarrow \Leftrightarrow", Metric(1.0, AXIS, 1.3, 4.0, by_width=True)),
        (r"\infty", Metric(0.95, -0.35, 1.4, 2.8, by_width=True)),
        (r"\ldots", Metric(1.1, -0.05, 6.0, 20.0, by_width=True)),
        (r"\cdots", Metric(1.1, AXIS, 8.0, 20.0, by_width=True)),
        (r"\therefore \because", Metric(0.6, -0.35, 0.8, 1.3)),
        (r"\perp", Metric(0.9, -0.45, 0.8, 1.3)),
        (r"\parallel", Metric(1.0, -0.48, 0.25, 0.5)),
        ("/", Metric(1.25, -0.48, 0.2, 0.7)),
        (r"( ) [ ] \{ \}", Metric(1.35, -0.45, 0.14, 0.42)),
        ("|", Metric(1.35, -0.47, 0.0, 0.12)),
        (r"\int", Metric(1.9, -0.48, 0.2, 0.55)),
        (r"\sum", Metric(1.4, -0.48, 0.6, 1.2)),
        (r"\sin", Metric(0.82, -0.41, 1.2, 2.4)),
        (r"\cos", Metric(0.6, -0.29, 1.8, 3.2)),
        (r"\tan", Metric(0.9, -0.44, 1.3, 2.6)),
        (r"\log", Metric(1.5, -0.32, 0.65, 1.2)),
        (r"\lim", Metric(1.0, -0.49, 0.9, 1.9)),
    )
    return {label: metric for labels, metric in rows for label in labels.split()}


METRICS = _metrics()
_BASELINE_DOT = -0.03
_X_HEIGHT_LETTERS = frozenset([r"a", r"c", r"e", r"m", r"n", r"o", r"r", r"s", r"u", r"v", r"w", r"x", r"z", r"\alpha", r"\sigma", r"\pi", r"\omega", r"\rho", r"\tau"])


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
    between, room = chance.uniform, chance.choice((0.6, 1.0, 1.0, 1.5))
    return Habits(
        x_height=between(0.85, 1.4),
        size_jitter=between(0.02, 0.09),
        shift_jitter=between(0.01, 0.05),
        width=between(0.85, 1.15),
        digit_gap=between(0.06, 0.26) * room,
        letter_gap=between(0.06, 0.26) * room,
        operator_gap=between(0.14, 0.5) * room,
        relation_gap=between(0.2, 0.65) * room,
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

    def forget(self, label: str) -> None:
        """Takes another ink for `label` from now on."""
        self._shapes.pop(label, None)

    def drawn(self, label: str) -> tuple[Stroke, ...]:
        """`label` as lines, whatever inks there are. Raises KeyError for a token that is not drawn."""
        return drawn(label, self.chance)

    def _new_shape(self, label: str) -> Shape:
        examples = self._bank.get(label, ())
        if examples:
            return shape(self.chance.choice(examples))
        models = [model for model in LOOKALIKES.get(label, ()) if model in self._bank]
        if label in DRAWN and (not models or self.chance.random() < 0.5):
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
        if label in _X_HEIGHT_LETTERS:
            extent *= habits.x_height
            centre = -extent / 2 + 0.01
        aspect = ink.width / max(ink.height, 1e-3 * ink.width, 1e-6) * habits.width
        aspect = min(max(aspect, metric.least_aspect), metric.greatest_aspect)
        height = extent / aspect if metric.by_width else extent
        width = extent if metric.by_width else extent * aspect
        if label == ".":
            centre = _BASELINE_DOT
        centre += self.chance.gauss(0, habits.shift_jitter)
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

"""Distorts handwriting in stroke space, and swaps symbols for others of the same class.

Symbol interchange and distortion after Le, Indurkhya and Nakagawa, "Pattern generation strategies for improving
recognition of handwritten mathematical expressions" (2019); scale augmentation after Li et al. (2020).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.data.expression import Expression, Stroke, bounds

WARP_WAVES = 2
"""Sines that bend the curves of a symbol, each about half a wave long on it."""
WAVE_LENGTHS = (5.0, 20.0)
"""Of the wave of a line's baseline, in glyph heights."""

SymbolBank = Mapping[str, Sequence[tuple[Stroke, ...]]]
"""Every written example of each symbol."""


@dataclass(frozen=True)
class Distortion:
    """How far handwriting is bent. Angles in radians, all but the scales are standard deviations.

    `symbol_shift`, `line_wave`: shares of the glyph height. `symbol_warp`, `stroke_shift`: shares of the symbol's own
    size, by which its curves are bent and its strokes moved apart. `line_growth`: of the letters' height from one end
    to the other.
    """

    interchange_expressions: float = 0.7
    interchange_symbols: float = 0.6
    symbol_stretch: float = 0.1
    symbol_slant: float = 0.08
    symbol_shift: float = 0.04
    symbol_warp: float = 0.04
    stroke_shift: float = 0.03
    line_stretch: float = 0.1
    line_growth: float = 0.1
    line_wave: float = 0.06
    rotation: float = 0.04
    slant: float = 0.14
    least_scale: float = 0.85
    greatest_scale: float = 1.5
    thicknesses: tuple[float, ...] = (1.0, 1.5, 2.0, 2.0, 2.5, 3.0)


def symbol_bank(expressions: Iterable[Expression]) -> SymbolBank:
    """Collects the strokes of every symbol of `expressions`, by its token."""
    bank: dict[str, list[tuple[Stroke, ...]]] = defaultdict(list)
    for expression in expressions:
        for symbol in expression.symbols:
            bank[symbol.label].append(tuple(expression.strokes[i] for i in symbol.strokes))
    return dict(bank)


def distorted(
    expression: Expression, bank: SymbolBank, distortion: Distortion, random: np.random.Generator
) -> Expression:
    """A new handwriting of the same expression: symbols swapped and bent one by one, then the whole line."""
    strokes = list(expression.strokes)
    interchange = random.random() < distortion.interchange_expressions
    for symbol in expression.symbols:
        written = tuple(strokes[i] for i in symbol.strokes)
        if interchange and symbol.label != r"\sqrt" and random.random() < distortion.interchange_symbols:
            written = _interchanged(written, bank.get(symbol.label, ()), random)
        for i, stroke in zip(symbol.strokes, _bent(written, expression.glyph_height, distortion, random), strict=True):
            strokes[i] = stroke
    return replace(expression, strokes=_line_bent(strokes, expression.glyph_height, distortion, random))


def _interchanged(
    written: tuple[Stroke, ...], examples: Sequence[tuple[Stroke, ...]], random: np.random.Generator
) -> tuple[Stroke, ...]:
    """Another example in the box of `written`, its proportions kept within 0.7 to 1.4; `written` where strokes
    differ in number.
    """
    if not examples:
        return written
    other = examples[int(random.integers(len(examples)))]
    if len(other) != len(written):
        return written
    low, high = bounds(written)
    other_low, other_high = bounds(other)
    size, other_size = high - low, other_high - other_low
    whole = float(size.max()) / max(float(other_size.max()), 1e-3)
    zoom = np.clip(size / np.maximum(other_size, 1e-3), whole * 0.7, whole * 1.4)
    return tuple((stroke - (other_low + other_high) / 2) * zoom + (low + high) / 2 for stroke in other)


def _bent(
    written: tuple[Stroke, ...], glyph_height: float, distortion: Distortion, random: np.random.Generator
) -> list[NDArray[np.float32]]:
    """One symbol stretched, slanted, its curves bent and its strokes moved a little."""
    low, high = bounds(written)
    centre, size = (low + high) / 2, float((high - low).max())
    stretch, slant = distortion.symbol_stretch, distortion.symbol_slant
    matrix = np.eye(2) + random.normal(0, 1, (2, 2)) * np.array([[stretch, slant], [slant * 0.7, stretch]])
    shift = random.normal(0, distortion.symbol_shift * glyph_height, 2)
    strength = random.normal(0, distortion.symbol_warp * size, (2, WARP_WAVES))
    waves, phases = random.normal(0, 1 / max(size, 1e-3), (2, WARP_WAVES)), random.uniform(0, 2 * math.pi, WARP_WAVES)
    bent = []
    for stroke in written:
        apart = random.normal(0, distortion.stroke_shift * size, 2) if len(written) > 1 else 0.0
        from_centre = stroke - centre
        warp = np.sin(from_centre @ waves * math.pi + phases) @ strength.T
        bent.append(((from_centre + warp) @ matrix.T + centre + shift + apart).astype(np.float32))
    return bent


def _line_bent(
    strokes: Sequence[Stroke], glyph_height: float, distortion: Distortion, random: np.random.Generator
) -> tuple[Stroke, ...]:
    """A whole line turned, slanted, stretched; its letters growing towards one end, its baseline in a slow wave."""
    angle, slant = random.normal(0, distortion.rotation), random.normal(0, distortion.slant)
    stretch, growth = math.exp(random.normal(0, distortion.line_stretch)), random.normal(0, distortion.line_growth)
    wave, phase = random.normal(0, distortion.line_wave * glyph_height), random.uniform(0, 2 * math.pi)
    pace = 2 * math.pi / (random.uniform(*WAVE_LENGTHS) * glyph_height)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    whole = (turn @ np.array([[stretch, -slant], [0.0, 1.0]])).T
    low, high = bounds(strokes)
    middle, width = (low + high) / 2, max(float(high[0] - low[0]), 1e-3)
    bent = []
    for stroke in strokes:
        x, y = (stroke - middle).T
        y = y * (1 + growth * x / width) + wave * np.sin(x * pace + phase)
        bent.append((np.stack([x, y], axis=1) @ whole + middle).astype(np.float32))
    return tuple(bent)

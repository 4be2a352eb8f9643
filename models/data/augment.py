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

SymbolBank = Mapping[str, Sequence[tuple[Stroke, ...]]]
"""Every written example of each symbol."""


@dataclass(frozen=True)
class Distortion:
    """How far handwriting is bent. Shares are of the glyph height, angles in radians, all standard deviations."""

    interchange_expressions: float = 0.6
    interchange_symbols: float = 0.4
    symbol_stretch: float = 0.06
    symbol_slant: float = 0.06
    symbol_shift: float = 0.03
    rotation: float = 0.04
    slant: float = 0.12
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
    """A new handwriting of the same expression: symbols swapped and bent one by one, then the whole line slanted."""
    strokes = list(expression.strokes)
    interchange = random.random() < distortion.interchange_expressions
    for symbol in expression.symbols:
        written = tuple(strokes[i] for i in symbol.strokes)
        if interchange and symbol.label != r"\sqrt" and random.random() < distortion.interchange_symbols:
            written = _interchanged(written, bank.get(symbol.label, ()), random)
        for i, stroke in zip(symbol.strokes, _bent(written, expression.glyph_height, distortion, random), strict=True):
            strokes[i] = stroke
    angle, slant = random.normal(0, distortion.rotation), random.normal(0, distortion.slant)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    whole = (turn @ np.array([[1.0, -slant], [0.0, 1.0]])).astype(np.float32)
    return replace(expression, strokes=tuple(stroke @ whole.T for stroke in strokes))


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
    low, high = bounds(written)
    centre = (low + high) / 2
    stretch, slant = distortion.symbol_stretch, distortion.symbol_slant
    matrix = np.eye(2) + random.normal(0, 1, (2, 2)) * np.array([[stretch, slant], [slant * 0.7, stretch]])
    shift = random.normal(0, distortion.symbol_shift * glyph_height, 2)
    return [((stroke - centre) @ matrix.T + centre + shift).astype(np.float32) for stroke in written]

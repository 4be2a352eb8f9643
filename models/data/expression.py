"""Handwritten expressions as arrays, and the one file that holds a prepared set of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Stroke: TypeAlias = NDArray[np.float32]
"""Pen positions (n, 2): x to the right, y down, in the device's own units."""


@dataclass(frozen=True)
class InkSymbol:
    """A written symbol: its name, the indices of its strokes, and, where that is known, which token of the label it
    is.
    """

    label: str
    strokes: tuple[int, ...]
    token: int | None = None


@dataclass(frozen=True)
class Expression:
    """One handwritten expression. `glyph_height`: of its median glyph, in units of its strokes."""

    key: str
    writer: str
    tokens: tuple[str, ...]
    strokes: tuple[Stroke, ...]
    symbols: tuple[InkSymbol, ...]
    glyph_height: float


def bounds(strokes: Iterable[Stroke]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Least and greatest (x, y) over all points of `strokes`."""
    points = np.concatenate(list(strokes))
    return points.min(axis=0), points.max(axis=0)


def save_expressions(path: Path, expressions: Sequence[Expression]) -> None:
    """Writes all strokes as one flat array, with the structure beside it as JSON."""
    strokes = [stroke for expression in expressions for stroke in expression.strokes]
    structure = [
        {
            "key": e.key,
            "writer": e.writer,
            "tokens": " ".join(e.tokens),
            "strokes": len(e.strokes),
            "symbols": [[s.label, s.token, *s.strokes] for s in e.symbols],
            "glyph_height": e.glyph_height,
        }
        for e in expressions
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        points=np.concatenate(strokes),
        lengths=np.array([len(stroke) for stroke in strokes], np.int32),
        structure=np.frombuffer(json.dumps(structure).encode(), np.uint8),
    )


def load_expressions(path: Path) -> list[Expression]:
    """Reads what `save_expressions` wrote. Raises FileNotFoundError where nothing was prepared."""
    with np.load(path) as archive:
        strokes = np.split(archive["points"], np.cumsum(archive["lengths"])[:-1])
        structure = json.loads(archive["structure"].tobytes())
    expressions = []
    start = 0
    for row in structure:
        end = start + row["strokes"]
        expressions.append(
            Expression(
                key=row["key"],
                writer=row["writer"],
                tokens=tuple(row["tokens"].split()),
                strokes=tuple(strokes[start:end]),
                symbols=tuple(InkSymbol(label, tuple(indices), token) for label, token, *indices in row["symbols"]),
                glyph_height=row["glyph_height"],
            )
        )
        start = end
    return expressions

"""A tiny hand for tests: expressions whose ink is made here, not taken from anybody."""

import numpy as np

from models.data.expression import Expression, InkSymbol, Stroke


def _stroke(*points: tuple[float, float]) -> Stroke:
    return np.array(points, np.float32)


def one_plus_x(key: str = "sum", writer: str = "ada") -> Expression:
    """`1 + x` in five strokes, its glyphs 10 units high."""
    strokes = (
        _stroke((0, 2), (3, 0), (3, 10)),
        _stroke((8, 5), (14, 5)),
        _stroke((11, 2), (11, 8)),
        _stroke((20, 0), (28, 10)),
        _stroke((28, 0), (20, 10)),
    )
    symbols = (InkSymbol("1", (0,), 0), InkSymbol("+", (1, 2), 1), InkSymbol("x", (3, 4), 2))
    return Expression(key, writer, ("1", "+", "x"), strokes, symbols, 10.0)

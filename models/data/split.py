"""Which writers are held out: the validation set shares no hand with the training set."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from models.data.expression import Expression

HELD_OUT = 0.06
"""Share of writers, about; those expressions are never trained on."""


def _place(text: str) -> float:
    """A fixed number in 0..1 for each text, without order or pattern."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def training_and_validation(expressions: Sequence[Expression]) -> tuple[list[Expression], list[Expression]]:
    """Splits by writer; where a file names no writer, by its key. The validation set comes shuffled, always the same way."""
    training: list[Expression] = []
    validation: list[Expression] = []
    for expression in expressions:
        held_out = _place(expression.writer or expression.key) < HELD_OUT
        (validation if held_out else training).append(expression)
    return training, sorted(validation, key=lambda expression: _place(expression.key))

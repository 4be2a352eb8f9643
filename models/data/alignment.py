"""Which token of its label each written symbol is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.data.expression import InkSymbol

INKLESS = frozenset(("{", "}", "^", "_", r"\limits"))
INKS = {r"\frac": "-", r"\cdots": r"\ldots"}
"""Tokens whose ink bears another name: a fraction's bar is written like a minus."""


def aligned(symbols: Sequence[InkSymbol], tokens: Sequence[str]) -> tuple[InkSymbol, ...]:
    """The symbols, given in the order of their label, each with the index of its token; as they came where the two
    do not match one to one.
    """
    positions = list(written_positions(tokens))
    written = [INKS.get(symbol.label, symbol.label) for symbol in symbols]
    if written != [INKS.get(tokens[i], tokens[i]) for i in positions]:
        return tuple(symbols)
    return tuple(replace(symbol, token=i) for symbol, i in zip(symbols, positions, strict=True))


def written_positions(tokens: Sequence[str]) -> Iterator[int]:
    """Indices of the tokens that leave ink: all but braces, scripts and the brackets round a root's index."""
    closing: list[int] = []
    for i, token in enumerate(tokens):
        if token == "[" and i and tokens[i - 1] == r"\sqrt":
            closing.append(_closing_bracket(tokens, i))
        elif token not in INKLESS and i not in closing:
            yield i


def _closing_bracket(tokens: Sequence[str], opening: int) -> int:
    depth = 0
    for i in range(opening, len(tokens)):
        depth += (tokens[i] == "[") - (tokens[i] == "]")
        if depth == 0:
            return i
    return len(tokens)

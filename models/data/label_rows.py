"""The rows of a label: which of its tokens stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SCRIPTS = ("^", "_")
GROUPS = {r"\frac": 2, r"\sqrt": 1}
"""Tokens that take groups in braces, and how many."""


@dataclass(frozen=True)
class Span:
    """Tokens `start` to `end`, the last excluded: one symbol or structure with its scripts."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


Row = tuple[Span, ...]


def rows(tokens: Sequence[str]) -> list[Row]:
    """Every row of a label whose groups are all braced, the whole line first."""
    found: list[Row] = []
    _row(tokens, 0, found)
    return found


def _row(tokens: Sequence[str], position: int, found: list[Row]) -> int:
    """Adds the row that begins at `position`, then the rows inside it; returns where it ends."""
    place = len(found)
    found.append(())
    spans: list[Span] = []
    while position < len(tokens) and tokens[position] != "}":
        start = position
        position = _body(tokens, position, found)
        while position < len(tokens) and tokens[position] in (*SCRIPTS, r"\limits"):
            position = position + 1 if tokens[position] == r"\limits" else _group(tokens, position + 1, found)
        spans.append(Span(start, position))
    found[place] = tuple(spans)
    return position


def _body(tokens: Sequence[str], position: int, found: list[Row]) -> int:
    token = tokens[position]
    if token == "{":
        return _group(tokens, position, found)
    position += 1
    if token == r"\sqrt" and position < len(tokens) and tokens[position] == "[":
        while tokens[position - 1] != "]":
            position += 1
    for _ in range(GROUPS.get(token, 0)):
        position = _group(tokens, position, found)
    return position


def _group(tokens: Sequence[str], position: int, found: list[Row]) -> int:
    """Reads `{`, a row and `}`."""
    return _row(tokens, position + 1, found) + 1

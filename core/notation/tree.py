"""The presentation tree: what is seen, before anybody says what it means.

The renderer draws it and the reader reads it, so what the user sees is what was solved. It is total: any sequence of
tokens that the recogniser's grammar allows has a tree, however little it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Atom:
    """One token that is neither a digit nor structure: `x`, `+`, `\\alpha`, `\\leq`, `\\sin`, `|`, `,`, `?`."""

    token: str


@dataclass(frozen=True)
class Number:
    """Digits that stand together, with at most one decimal point: `42`, `3.5`, `.5`. A comma is an Atom."""

    text: str


@dataclass(frozen=True)
class Row:
    """Things side by side; may be empty."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Script:
    """A base with a subscript or a superscript or both. A prime is an Atom `\\prime` in the superscript.

    Limits of `\\sum`, `\\int` and `\\lim` are scripts too: the renderer places them above and below.
    """

    base: Node
    sub: Row | None = None
    sup: Row | None = None


@dataclass(frozen=True)
class Fraction:
    numerator: Row
    denominator: Row


@dataclass(frozen=True)
class Binomial:
    top: Row
    bottom: Row


@dataclass(frozen=True)
class Root:
    """A root; `index` is None for a square root."""

    radicand: Row
    index: Row | None = None


@dataclass(frozen=True)
class Fence:
    """A matched pair of delimiters and what they hold. `left`, `right`: one of `( [ \\{ | \\lfloor \\lceil` and their
    partners, or the empty string for an invisible one (`\\left.`). Half-open intervals such as `[0,1)` are fences
    too.
    """

    left: str
    body: Row
    right: str


@dataclass(frozen=True)
class Accent:
    """A mark over something. `command`: `\\overline`, `\\vec`, `\\hat`, `\\bar`, `\\dot`, `\\ddot`, `\\tilde`."""

    command: str
    body: Row


@dataclass(frozen=True)
class Grid:
    """Rows and columns. `environment`: `matrix` (bare; its fence stands round it), `cases`, or `aligned` (stacked
    lines).
    """

    environment: str
    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Text:
    """Words or units in upright letters, exactly as written."""

    text: str


Node: TypeAlias = Atom | Number | Row | Script | Fraction | Binomial | Root | Fence | Accent | Grid | Text

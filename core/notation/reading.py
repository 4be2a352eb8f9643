"""What the readers of scripts, functions and operators need of the reader of a whole row: they call each other in
turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.notation.choices import Context
from core.notation.terms import Term
from core.notation.tree import Fence, Node, Row
from core.outcome import Excerpt


class RowReader(Protocol):
    """A place in a row of the presentation tree, read from left to right. `at` is the index of the next item."""

    items: Sequence[Node]
    context: Context
    at: int

    def read(self, row: Row | Sequence[Node], context: Context | None = None) -> Term:
        """The meaning of another, whole row. Raises NotUnderstood."""

    def excerpt(self, back: int = 0) -> Excerpt:
        """The place of the next item, or of the one `back` items before it, for messages."""

    def peek(self) -> Node | None:
        """The next item, None at the end."""

    def token(self) -> str:
        """The next item's token where it is an atom, else the empty string."""

    def starts_operand(self) -> bool:
        """True where the next item can begin a factor."""

    def factor(self) -> Term:
        """Reads one factor."""

    def fence(self, node: Fence) -> Term:
        """The meaning of brackets and what they hold."""

    def operand(self, choice: str, wide: bool) -> Term:
        """What an operator acts on: the product after it, or, where `choice` says so, the whole sum."""

"""Words between two statements, such as "or"."""

from __future__ import annotations

from dataclasses import dataclass

from core.notation.tree import Node, Text

CONNECTIVES = frozenset(("or", "and"))


@dataclass(frozen=True)
class Connective(Text):
    """A word between two statements, in whatever language, with the spaces round it."""


def is_connective(node: Node) -> bool:
    return isinstance(node, Connective) or (isinstance(node, Text) and node.text.strip() in CONNECTIVES)

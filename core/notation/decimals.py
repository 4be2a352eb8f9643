"""The decimal mark of what is written out: numbers that were made with a point, written with a comma.

Schools that write 0,5 separate the members of a list with semicolons: {0,5; 2}. So it is done here, throughout one
formula, as soon as one of its numbers has a decimal part. What somebody else wrote is not for these functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Literal, TypeVar

from core.notation.tree import Atom, Node, Number

DecimalMark = Literal["point", "comma"]

POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")

T = TypeVar("T", bound=Node)


def marked(tree: T, mark: DecimalMark) -> T:
    """`tree`, its numbers written with `mark`."""
    if mark == "point":
        return tree
    written = _each(tree, _with_comma)
    found: T = tree if written == tree else _each(written, _apart)
    return found


def marked_text(text: str, mark: DecimalMark) -> str:
    """Numbers written as plain text, alone or in a list such as `0.5, 2`, with `mark`."""
    if mark == "point" or not POINT.search(text):
        return text
    return POINT.sub(",", text.replace(",", ";"))


def _with_comma(node: Any) -> Any:
    return Number(node.text.replace(".", ",")) if isinstance(node, Number) else node


def _apart(node: Any) -> Any:
    return Atom(";") if node == Atom(",") else node


def _each(part: Any, change: Callable[[Any], Any]) -> Any:
    """A node, or what one of its fields holds, with every node in it changed."""
    if part is None or isinstance(part, str):
        return part
    if isinstance(part, tuple):
        return tuple(_each(inner, change) for inner in part)
    inside = {field.name: _each(getattr(part, field.name), change) for field in fields(part)}
    return change(replace(part, **inside))

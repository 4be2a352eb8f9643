"""Where something is wrong: the piece of the writing around it, for messages."""

from __future__ import annotations

from collections.abc import Sequence

from core.notation.tree import Node, Row
from core.notation.write import to_unicode
from core.outcome import Excerpt

REACH = 24


def around(items: Sequence[Node], at: int) -> Excerpt:
    """The item at `at` in a row, or the gap at its end, with what stands before and after it."""
    there = to_unicode(Row(tuple(items[at : at + 1])))
    return _shortened(to_unicode(Row(tuple(items[:at]))), there, to_unicode(Row(tuple(items[at + 1 :]))))


def within(text: str, start: int, length: int) -> Excerpt:
    """The characters of `text` from `start` on, with what stands before and after them."""
    return _shortened(text[:start], text[start : start + length], text[start + length :])


def _shortened(before: str, there: str, after: str) -> Excerpt:
    before, after = before.strip(), after.strip()
    return Excerpt(
        before if len(before) <= REACH else "…" + before[-REACH:],
        there.strip(),
        after if len(after) <= REACH else after[:REACH] + "…",
    )

"""LaTeX of an outcome -> presentation tree, for the eye (card) and the ear (alt text)."""

from __future__ import annotations

from core.errors import MathError
from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tree import Row, Text

# Wider than what may be asked: an answer can be longer than its question.
SHOWN = MathLimits(max_tokens=4000, max_depth=80)


def tree(latex: str) -> Row:
    """The tree of `latex`; where it cannot be read, its source as text, so that a card can always be drawn."""
    try:
        return parse(latex, SHOWN)
    except MathError:
        return Row((Text(latex),))

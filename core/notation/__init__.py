"""Mathematical notation: LaTeX and typed maths -> presentation tree -> meaning -> sympy, and the way back to text."""

from __future__ import annotations

from core.limits import MathLimits
from core.notation.tree import Row
from core.notation.typed import parse_typed


def read(text: str, limits: MathLimits) -> Row:
    """The presentation tree of `text`, LaTeX or plain typing. Raises EmptyText, NotUnderstood or TooLong."""
    return parse_typed(text, limits)

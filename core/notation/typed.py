"""What people type -> presentation tree: `2x+3=7`, `sqrt(16)`, `x² − 5x`, "derivative of x^2 sin x", pasted LaTeX.

Typed maths is turned into LaTeX piece by piece and then parsed as such, so that both ways of writing share one grammar.
"""

from __future__ import annotations

import re

from core.errors import EmptyText, TooLong
from core.limits import MathLimits
from core.notation import latex
from core.notation.phrases import rephrased
from core.notation.tree import Row
from core.notation.typed_parser import to_latex

_DOLLARS = re.compile(r"\$\$?|\\[\[\]()]|```(?:latex|tex)?|`")
_LATEX = re.compile(r"\\[A-Za-z%{|\\]|[\^_]\s*\{")
MAX_CHARACTERS = 4000


def parse_typed(text: str, limits: MathLimits) -> Row:
    """The presentation tree of typed maths, or of LaTeX where that is what it is.

    Raises EmptyText, NotUnderstood with what is not known, TooLong.
    """
    text = _DOLLARS.sub(" ", text).strip()
    if not text:
        raise EmptyText
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    if is_latex(text):
        return latex.parse(text, limits)
    return latex.parse(to_latex(rephrased(text), limits), limits)


def is_latex(text: str) -> bool:
    """Commands, braced scripts, or tokens with one space between each, as the recogniser writes them."""
    if _LATEX.search(text):
        return True
    pieces = text.split(" ")
    return len(pieces) > 2 and all(len(piece) == 1 for piece in pieces)

"""What people type -> presentation tree: `2x+3=7`, `sqrt(16)`, `x² − 5x`, "derivative of x^2 sin x", pasted LaTeX.

Typed maths is turned into LaTeX piece by piece and then parsed as such, so that both ways of writing share one grammar.
"""

from __future__ import annotations

import re

from core.errors import EmptyText, TooLong
from core.limits import MathLimits
from core.notation import latex
from core.notation.choices import Context
from core.notation.latex_words import latex_in_words
from core.notation.phrases import rephrased
from core.notation.tree import Row
from core.notation.typed_amounts import amounts_marked
from core.notation.typed_parser import to_latex
from core.notation.unicode_signs import in_latex, in_typed, plain_letters

_DOLLARS = re.compile(r"\$\$?|\\[\[\]()]|```(?:latex|tex)?|`")
_LATEX = re.compile(r"\\[A-Za-z%{|\\]|[\^_]\s*\{|\{\s*,\s*\}")
_BRACED = re.compile(r"^\{([^{}]*=[^{}]*[;,][^{}]*=[^{}]*)\}$")
"""Equations in braces: `{x + y = 3; x - y = 1}`."""
_FACTORIAL = re.compile(r"^(\d+!)=\s*(?=\d+$)")
"""`3!=6`, where nobody asks whether two numbers differ."""
MAX_CHARACTERS = 4000


def parse_typed(text: str, limits: MathLimits, context: Context | None = None) -> Row:
    """The presentation tree of typed maths, or of LaTeX where that is what it is.

    `context` notes the choices met in typing and says which is taken the other way. Raises EmptyText, TooLong, and
    NotUnderstood with what is not known.
    """
    text = plain_letters(_DOLLARS.sub(" ", text)).strip()
    if not text:
        raise EmptyText
    if len(text) > MAX_CHARACTERS:
        raise TooLong
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if is_latex(text):
        several = len(lines) > 1 and all("=" in line for line in lines) and "\\begin" not in text
        return latex.parse(in_latex(r" \\ ".join(lines) if several else latex_in_words(text)), limits)
    context = context or Context()
    written = rephrased(_FACTORIAL.sub(r"\1 = ", _BRACED.sub(r"\1", "; ".join(lines))))
    return latex.parse(to_latex(in_typed(amounts_marked(written, context)), limits, context), limits)


def is_latex(text: str) -> bool:
    """Commands, braced scripts, or tokens with one space between each, as the recogniser writes them."""
    if _LATEX.search(text):
        return True
    pieces = text.split(" ")
    return len(pieces) > 2 and all(len(piece) == 1 for piece in pieces)

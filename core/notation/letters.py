"""Which signs are letters, and what their names are."""

from __future__ import annotations

from core.notation.tree import Accent, Atom, Node, Number, Row, Script
from core.notation.write import to_unicode

_GREEK = """
    alpha beta gamma delta epsilon zeta eta theta kappa lambda mu xi pi rho sigma tau phi chi psi omega
    Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega Pi
    """
GREEK = frozenset(_GREEK.split())
ASIDE = {"\\hat": "hat", "\\tilde": "tilde", "\\bar": "bar"}


def letter_name(node: Node) -> str:
    """`x`, `alpha`, `x_1`, `y_hat`; the empty string for what is not a letter."""
    match node:
        case Atom(token) if len(token) == 1 and token.isalpha():
            return token
        case Atom(token) if token[1:] in GREEK:
            return token[1:]
        case Script(base, Row() as sub, None) if letter_name(base) and "_" not in letter_name(base) and sub.items:
            return f"{letter_name(base)}_{_index_name(sub)}"
        case Accent(command, body) if command in ASIDE and len(body.items) == 1 and letter_name(body.items[0]):
            return f"{letter_name(body.items[0])}_{ASIDE[command]}"
    return ""


def _index_name(sub: Row) -> str:
    only = sub.items[0] if len(sub.items) == 1 else None
    if isinstance(only, Number):
        return only.text
    return to_unicode(sub).replace(" ", "") if only is None or not letter_name(only) else letter_name(only)


def is_primed(node: Node) -> bool:
    return isinstance(node, Script) and node.sup is not None and Atom("\\prime") in node.sup.items

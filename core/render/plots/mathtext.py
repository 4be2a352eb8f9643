"""Presentation tree -> matplotlib's mathtext, by a list of what is allowed; nothing of a user's own text gets through.

mathtext draws no matrices, no cases and no words, so a tree may have no mathtext at all.
"""

from __future__ import annotations

from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text

SAME = frozenset(
    "\\alpha \\beta \\gamma \\delta \\epsilon \\zeta \\eta \\theta \\kappa \\lambda \\mu \\xi \\pi \\rho \\sigma \\tau "
    "\\phi \\chi \\psi \\omega \\Gamma \\Delta \\Theta \\Lambda \\Xi \\Pi \\Sigma \\Phi \\Psi \\Omega "
    "\\sin \\cos \\tan \\cot \\sec \\csc \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\coth \\log \\ln \\lg \\exp "
    "\\lim \\max \\min \\gcd \\det \\times \\cdot \\div \\pm \\mp \\leq \\geq \\neq \\approx \\equiv \\infty \\in "
    "\\notin \\cup \\cap \\rightarrow \\leftarrow \\Rightarrow \\ldots \\cdots \\int \\sum \\prod \\partial \\prime "
    "\\circ \\emptyset".split()
)
PLAIN = frozenset("+-=<>/,;:!?|()[].'")
OTHER = {"\\%": "\\%", "\\{": "\\{", "\\}": "\\}", "\\sgn": "\\mathrm{sgn}"}
FENCES = frozenset({"(", ")", "[", "]", "|", "\\{", "\\}", "\\lfloor", "\\rfloor", "\\lceil", "\\rceil"})
ACCENTS = frozenset({"\\overline", "\\vec", "\\hat", "\\bar", "\\dot", "\\tilde"})


class Unwritable(ValueError):
    """A tree holds something that mathtext does not draw."""


def displayed(row: Row) -> str:
    """mathtext without its dollars, its outermost fractions as tall as a line of their own lets them. Raises
    Unwritable.
    """
    return " ".join(to_mathtext(item).replace("\\frac", "\\dfrac", isinstance(item, Fraction)) for item in row.items)


def to_mathtext(node: Node) -> str:
    """mathtext without its dollars. Raises Unwritable."""
    match node:
        case Atom(token):
            return _atom(token)
        case Number(text):
            return "".join(_digit(letter) for letter in text)
        case Row(items):
            return " ".join(to_mathtext(item) for item in items)
        case Script(base, sub, sup):
            below = "" if sub is None else f"_{{{to_mathtext(sub)}}}"
            return (
                f"{{{to_mathtext(base)}}}{below}{_raised(sup)}"
                if _is_compound(base)
                else (f"{to_mathtext(base)}{below}{_raised(sup)}")
            )
        case Fraction(numerator, denominator):
            return f"\\frac{{{to_mathtext(numerator)}}}{{{to_mathtext(denominator)}}}"
        case Binomial(top, bottom):
            return f"\\binom{{{to_mathtext(top)}}}{{{to_mathtext(bottom)}}}"
        case Root(radicand, index):
            degree = "" if index is None else f"[{to_mathtext(index)}]"
            return f"\\sqrt{degree}{{{to_mathtext(radicand)}}}"
        case Fence(left, body, right):
            if _is_tall(body):
                return f"\\left{_delimiter(left)}{to_mathtext(body)}\\right{_delimiter(right)}"
            return " ".join((_delimiter(left, ""), to_mathtext(body), _delimiter(right, "")))
        case Accent(command, body) if command in ACCENTS:
            return f"{command}{{{to_mathtext(body)}}}"
        case Text(text):
            return f"\\mathrm{{{_words(text)}}}"
        case Grid() | Accent():
            raise Unwritable
    raise Unwritable


def _atom(token: str) -> str:
    if token in SAME:
        return token
    if token in OTHER:
        return OTHER[token]
    if token in PLAIN or (len(token) == 1 and token.isascii() and token.isalnum()):
        return token
    raise Unwritable


def _digit(letter: str) -> str:
    if letter == "." or (letter.isascii() and letter.isdigit()):
        return letter
    raise Unwritable


def _raised(sup: Row | None) -> str:
    if sup is None:
        return ""
    if sup.items and all(item == Atom("\\prime") for item in sup.items):
        return "'" * len(sup.items)
    return f"^{{{to_mathtext(sup)}}}"


def _is_compound(base: Node) -> bool:
    return isinstance(base, Row | Script)


def _is_tall(row: Row) -> bool:
    return any(isinstance(item, Fraction | Binomial | Fence | Script) and _height(item) > 1 for item in row.items)


def _height(node: Node) -> int:
    """Lines that stand over each other."""
    match node:
        case Fraction() | Binomial():
            return 2
        case Fence(_, body, _):
            return 2 if _is_tall(body) else 1
        case Script(base, _, _):
            return _height(base)
    return 1


def _delimiter(token: str, invisible: str = ".") -> str:
    if not token:
        return invisible
    if token not in FENCES:
        raise Unwritable
    return token


def _words(text: str) -> str:
    if not all(letter == " " or (letter.isascii() and letter.isalnum()) for letter in text):
        raise Unwritable
    return text.replace(" ", "\\ ")

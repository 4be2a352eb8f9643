"""Presentation tree -> text: LaTeX in the recogniser's spelling, and unicode for places that show plain text."""

from __future__ import annotations

from core.notation.pairing import HALF_OPEN, NOT_AN_END, PARTNERS
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text


def to_latex(node: Node) -> str:
    """LaTeX as the recogniser spells it: tokens separated by one space, every group braced.

    `latex.parse(to_latex(tree)) == tree` for every tree that `latex.parse` makes.
    """
    if isinstance(node, Row) and len(node.items) == 1 and isinstance(node.items[0], Grid):
        grid = node.items[0]
        if grid.environment == "aligned":
            return _lines(grid)
    return _latex(node)


def _latex(node: Node) -> str:
    match node:
        case Atom(token):
            return token
        case Number(text):
            return " ".join(text)
        case Row(items):
            return _row(items)
        case Script(base, sub, sup):
            return " ".join([_base(base), *_script("_", sub), *_script("^", sup)])
        case Fraction(numerator, denominator):
            return f"\\frac {_group(numerator)} {_group(denominator)}"
        case Binomial(top, bottom):
            return f"\\binom {_group(top)} {_group(bottom)}"
        case Root(radicand, index):
            degree = "" if index is None else f"[ {_latex(index)} ] "
            return f"\\sqrt {degree}{_group(radicand)}"
        case Fence():
            return _fence(node)
        case Accent(command, body):
            return f"{command} {_group(body)}"
        case Grid(environment):
            return f"\\begin{{{environment}}} {_lines(node)} \\end{{{environment}}}"
        case Text(text):
            return _text(text)


def _row(items: tuple[Node, ...]) -> str:
    """Side by side; digits that belong to two things are kept apart by braces."""
    pieces: list[str] = []
    for item in items:
        written = _latex(item)
        touching = bool(pieces) and pieces[-1][-1:].isdigit() and written[:1] in _DIGITS
        pieces.append(f"{{ {written} }}" if touching else written)
    return " ".join(piece for piece in pieces if piece)


_DIGITS = frozenset(".0123456789")


def _group(row: Row) -> str:
    inside = to_latex(row)
    return f"{{ {inside} }}" if inside else "{ }"


def _script(sign: str, row: Row | None) -> list[str]:
    return [] if row is None else [sign, _group(row)]


def _base(base: Node) -> str:
    return f"{{ {_latex(base)} }}" if isinstance(base, Row | Script) and _latex(base) else _latex(base)


def _fence(fence: Fence) -> str:
    body = _latex(fence.body)
    pieces = [fence.left, body, fence.right] if body else [fence.left, fence.right]
    if _pairs_by_itself(fence, body):
        return " ".join(pieces)
    return " ".join(["\\left", fence.left or ".", *([body] if body else []), "\\right", fence.right or "."])


def _pairs_by_itself(fence: Fence, body: str) -> bool:
    """Whether the plain brackets round `body`, as it is written, will be paired again when the text is read."""
    if fence.left == "|" and fence.right == "|":
        written = body.split()
        return bool(written) and "|" not in written and written[-1] not in NOT_AN_END
    if PARTNERS.get(fence.left) == fence.right:
        return not any(isinstance(item, Atom) and item.token in _BRACKETS for item in fence.body.items)
    return (fence.left, fence.right) in HALF_OPEN and any(item == Atom(",") for item in fence.body.items)


_BRACKETS = frozenset({*PARTNERS, *PARTNERS.values(), "|"})


def _lines(grid: Grid) -> str:
    return " \\\\ ".join(" & ".join(_latex(cell) for cell in line) for line in grid.rows)


def _text(text: str) -> str:
    spelt = " ".join("~" if letter == " " else letter for letter in text)
    upright = all(letter.isalpha() or letter in " /.,:'" for letter in text)
    if len(text) == 1 and text.isalpha():
        return f"\\unit {{ {text} }}"
    return f"\\mathrm {{ {spelt} }}" if upright else f"\\text {{ {spelt} }}"


SIGNS: dict[str, str] = {
    "\\times": "×", "\\cdot": "·", "\\div": "÷", "-": "−", "\\pm": "±", "\\mp": "∓", "\\leq": "≤", "\\geq": "≥",
    "\\neq": "≠", "\\approx": "≈", "\\equiv": "≡", "\\infty": "∞", "\\in": "∈", "\\notin": "∉", "\\cup": "∪",
    "\\cap": "∩", "\\rightarrow": "→", "\\leftarrow": "←", "\\Rightarrow": "⇒", "\\Leftrightarrow": "⇔", "\\ldots": "…",
    "\\cdots": "⋯", "\\int": "∫", "\\sum": "∑", "\\prod": "∏", "\\partial": "∂", "\\nabla": "∇", "\\prime": "′",
    "\\circ": "°", "\\%": "%", "\\{": "{", "\\}": "}", "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉",
    "\\emptyset": "∅", "\\subset": "⊂", "\\subseteq": "⊆", "\\setminus": "∖", "\\therefore": "∴", "\\because": "∵",
    "\\forall": "∀", "\\exists": "∃", "\\sim": "∼", "\\propto": "∝", "\\perp": "⊥", "\\parallel": "∥", "\\angle": "∠",
    "\\triangle": "△", "\\ll": "≪", "\\gg": "≫", "\\alpha": "α", "\\beta": "β", "\\gamma": "γ", "\\delta": "δ",
    "\\epsilon": "ε", "\\zeta": "ζ", "\\eta": "η", "\\theta": "θ", "\\kappa": "κ", "\\lambda": "λ", "\\mu": "μ",
    "\\xi": "ξ", "\\pi": "π", "\\rho": "ρ", "\\sigma": "σ", "\\tau": "τ", "\\phi": "φ", "\\chi": "χ", "\\psi": "ψ",
    "\\omega": "ω", "\\Gamma": "Γ", "\\Delta": "Δ", "\\Theta": "Θ", "\\Lambda": "Λ", "\\Pi": "Π", "\\Sigma": "Σ",
    "\\Phi": "Φ", "\\Psi": "Ψ", "\\Omega": "Ω", "\\lor": "∨", "\\nexists": "∄",
    "\\mathbb{N}": "ℕ", "\\mathbb{Z}": "ℤ", "\\mathbb{Q}": "ℚ", "\\mathbb{R}": "ℝ", "\\mathbb{C}": "ℂ",
}  # fmt: skip

SPACED = frozenset("+−±∓×÷=<>≤≥≠≈≡∈∉∪∩→←⇒⇔∼⊂⊆∨")
RAISED = dict(zip("0123456789+−()nix′°", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣ′°", strict=True))
LOWERED = dict(zip("0123456789+−()naxk", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₐₓₖ", strict=True))
MARKS = {
    "\\overline": "\u0305",
    "\\bar": "\u0304",
    "\\vec": "\u20d7",
    "\\hat": "\u0302",
    "\\tilde": "\u0303",
    "\\dot": "\u0307",
    "\\ddot": "\u0308",
}
ROOTS = {"3": "∛", "4": "∜"}


def to_unicode(node: Node) -> str:
    """One line of plain text, as near to the writing as unicode comes."""
    match node:
        case Atom(token):
            return SIGNS.get(token, token.lstrip("\\"))
        case Number(text):
            return text
        case Text(text):
            return text
        case Row(items):
            return _unicode_row(items)
        case Script(base, sub, sup):
            written = to_unicode(base)
            written = f"({written})" if isinstance(base, Row | Fraction | Script) and len(written) > 1 else written
            return written + _shifted(sub, LOWERED, "_") + _shifted(sup, RAISED, "^")
        case Fraction(numerator, denominator):
            return f"{_bracketed(numerator)}/{_bracketed(denominator)}"
        case Binomial(top, bottom):
            return f"C({to_unicode(top)}, {to_unicode(bottom)})"
        case Root(radicand, index):
            sign = "√" if index is None else ROOTS.get(to_unicode(index), _shifted(index, RAISED, "") + "√")
            return sign + _bracketed(radicand)
        case Fence(left, body, right):
            return to_unicode(Atom(left)) + to_unicode(body) + to_unicode(Atom(right))
        case Accent(command, body):
            return "".join(letter + MARKS.get(command, "") for letter in to_unicode(body))
        case Grid(environment, rows):
            lines = "; ".join(", ".join(to_unicode(cell) for cell in line) for line in rows)
            return f"[{lines}]" if environment == "matrix" else lines


def _unicode_row(items: tuple[Node, ...]) -> str:
    written = ""
    operand_before = False
    for index, item in enumerate(items):
        piece = to_unicode(item)
        if isinstance(item, Atom) and piece in SPACED:
            unary = piece in "+−±∓" and not operand_before
            written += piece if unary else f" {piece} "
            operand_before = False
            continue
        named = isinstance(item, Atom) and len(piece) > 1
        mixed = index > 0 and isinstance(item, Fraction | Text) and isinstance(items[index - 1], Number)
        if (mixed and not piece.startswith(" ")) or (named and operand_before):
            written += " "
        elif index and _goes_under_root(items[index - 1], piece):
            written += "·"
        written += piece
        if piece in (",", ";") or (
            (named or _is_named(item)) and index + 1 < len(items) and not isinstance(items[index + 1], Fence)
        ):
            written += " "
        operand_before = not named and piece not in (",", ";")
    return written.strip()


def _goes_under_root(before: Node, piece: str) -> bool:
    """Whether `piece`, set right after a root without brackets, would look as if it stood under it."""
    return (
        isinstance(before, Root)
        and not to_unicode(before).endswith(")")
        and (piece[:1].isalnum() or piece[:1] in ("(", "√", "∛", "∜", "|"))
    )


def _is_named(item: Node) -> bool:
    return isinstance(item, Script) and isinstance(item.base, Atom) and len(to_unicode(item.base)) > 1


def _bracketed(row: Row) -> str:
    written = to_unicode(row)
    simple = len(row.items) == 1 and not isinstance(row.items[0], Fraction | Fence | Script)
    return written if simple and " " not in written else f"({written})"


def _shifted(row: Row | None, alphabet: dict[str, str], sign: str) -> str:
    if row is None:
        return ""
    written = to_unicode(row)
    if written and all(letter in alphabet for letter in written):
        return "".join(alphabet[letter] for letter in written)
    return f"{sign}{written}" if len(written) == 1 else f"{sign}({written})"

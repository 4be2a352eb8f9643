"""Presentation tree -> words, for the alt text of pictures: "x squared minus 5 x plus 6 equals 0"."""

from __future__ import annotations

from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text

WORDS: dict[str, str] = {
    "+": "plus", "-": "minus", "\\pm": "plus or minus", "\\mp": "minus or plus", "\\times": "times", "\\cdot": "times",
    "\\div": "divided by", "/": "over", "=": "equals", "<": "is less than", ">": "is greater than",
    "\\leq": "is at most", "\\geq": "is at least", "\\neq": "is not equal to", "\\approx": "is about",
    "\\equiv": "is equivalent to", "\\infty": "infinity", "\\in": "in", "\\notin": "not in", "\\cup": "union",
    "\\cap": "intersection", "\\rightarrow": "to", "\\Rightarrow": "so", "\\ldots": "and so on", "\\cdots": "and so on",
    "\\partial": "partial", "\\prime": "prime", "\\circ": "degrees", "\\%": "percent", "!": "factorial", "|": "bar",
    "?": "what", "\\sin": "sine", "\\cos": "cosine", "\\tan": "tangent", "\\cot": "cotangent", "\\sec": "secant",
    "\\csc": "cosecant", "\\arcsin": "arc sine", "\\arccos": "arc cosine", "\\arctan": "arc tangent", "\\log": "log",
    "\\ln": "natural log", "\\lg": "log", "\\lim": "limit", "\\int": "integral", "\\sum": "sum", "\\prod": "product",
    "\\det": "determinant", "\\gcd": "greatest common divisor", "\\mod": "modulo", "\\emptyset": "the empty set",
    "\\lor": "or", "\\nexists": "does not exist",
    "\\mathbb{N}": "the natural numbers", "\\mathbb{Z}": "the whole numbers", "\\mathbb{Q}": "the rational numbers",
    "\\mathbb{R}": "the real numbers", "\\mathbb{C}": "the complex numbers",
    "\\therefore": "therefore", "\\because": "because", ",": ",", ";": ";", ":": ":", "(": "open bracket",
    ")": "close bracket", "[": "open bracket", "]": "close bracket", "\\{": "open brace", "\\}": "close brace",
}  # fmt: skip

POWERS = {"2": "squared", "3": "cubed", "\\circ": "degrees", "\\prime": "prime", "\\prime \\prime": "double prime"}
ROOTS = {"3": "cube root", "4": "fourth root", "5": "fifth root"}
FENCES = {
    "(": ("open bracket", "close bracket"),
    "[": ("open square bracket", "close square bracket"),
    "\\{": ("open brace", "close brace"),
}
NAMED_FENCES = {"|": "absolute value", "\\lfloor": "floor", "\\lceil": "ceiling"}
FUNCTIONS = frozenset(
    r"\sin \cos \tan \cot \sec \csc \arcsin \arccos \arctan \sinh \cosh \tanh \log \ln \lg \exp f g h F G H".split()
)
DIFFERENTIALS = frozenset({"d", "\\partial"})
ACCENTS = {"\\overline": "bar", "\\bar": "bar", "\\vec": "vector", "\\hat": "hat", "\\tilde": "tilde", "\\dot": "dot"}
RANGED = frozenset({"\\int", "\\sum", "\\prod"})


def to_words(node: Node) -> str:
    """The expression in English words; two different expressions may share theirs."""
    return " ".join(_words(node).split()).replace(" ,", ",").replace(" ;", ";").replace(" :", ":")


def _words(node: Node) -> str:
    match node:
        case Atom(token):
            return WORDS.get(token, token.lstrip("\\"))
        case Number(text) | Text(text):
            return text
        case Row(items):
            return _row(items)
        case Script():
            return _script(node)
        case Fraction(numerator, denominator):
            if _is_differential(node):
                return f"{_words(numerator)} by {_words(denominator)} of"
            if _is_product(numerator) and _short(denominator):
                return f"{_words(numerator)} over {_words(denominator)}"
            return f"the fraction {_words(numerator)} over {_words(denominator)} end fraction"
        case Binomial(top, bottom):
            return f"{_words(top)} choose {_words(bottom)}"
        case Root(radicand, index):
            return _root(radicand, index)
        case Fence(left, body, _):
            return _fence(left, body)
        case Accent(command, body):
            return f"{_words(body)} {ACCENTS.get(command, '')}"
        case Grid(environment, rows):
            return _grid(environment, rows)


def _row(items: tuple[Node, ...]) -> str:
    """Things side by side, with the words that only their neighbours call for."""
    spoken = []
    for before, item in zip((None, *items), items, strict=False):
        if isinstance(item, Fence) and item.left == "(" and _core(before) in FUNCTIONS:
            spoken.append(f"of {_words(item.body) if _short(item.body) else _words(item)}")
        elif isinstance(item, Fraction) and isinstance(before, Number) and not _is_differential(item):
            spoken.append(f"{'and' if _short(item.numerator) and _short(item.denominator) else 'times'} {_words(item)}")
        elif isinstance(item, Root) and isinstance(before, Number | Fraction | Root | Script):
            spoken.append(f"times {_words(item)}")
        else:
            spoken.append(_words(item))
    return " ".join(spoken)


def _core(node: Node | None) -> str:
    """The sign that `node` is, or has its scripts on; nothing for anything larger."""
    if isinstance(node, Script):
        return _core(node.base)
    return node.token if isinstance(node, Atom) else ""


def _fence(left: str, body: Row) -> str:
    if _is_matrix(body):
        return ("the determinant of " if left == "|" else "") + _words(body)
    if left in NAMED_FENCES:
        name = NAMED_FENCES[left]
        return f"the {name} of {_words(body)}" + ("" if _short(body) else f" end {name}")
    if left == "\\{" and Atom(",") in body.items:
        return f"the set {_words(body)} end set"
    before, after = FENCES.get(left, FENCES["("])
    return f"{before} {_words(body)} {after}"


def _is_differential(fraction: Fraction) -> bool:
    """Whether `fraction` is d over d x, and not a value."""
    above, below = fraction.numerator.items, fraction.denominator.items
    return (
        len(above) == 1 and len(below) == 2 and _core(above[0]) in DIFFERENTIALS and _core(below[0]) == _core(above[0])
    )


def _script(script: Script) -> str:
    spoken = _words(script.base)
    if isinstance(script.base, Atom) and script.base.token in RANGED:
        if script.sub is not None:
            spoken += f" from {_words(script.sub)}"
        return f"the {spoken}" + (f" to {_words(script.sup)} of" if script.sup is not None else " of")
    if script.base == Atom("\\lim") and script.sub is not None:
        return f"limit as {_words(script.sub)} of".replace(" to ", " goes to ")
    if script.sub is not None:
        spoken += f" base {_words(script.sub)} of" if script.base == Atom("\\log") else f" sub {_words(script.sub)}"
    if script.sup is not None:
        token = " ".join(
            item.token if isinstance(item, Atom) else item.text if isinstance(item, Number) else "?"
            for item in script.sup.items
        )
        spoken += f" {POWERS[token]}" if token in POWERS else f" to the power {_words(script.sup)}"
    return spoken


def _root(radicand: Row, index: Row | None) -> str:
    name = "square root" if index is None else ROOTS.get(_words(index), f"{_words(index)}th root")
    end = "" if _short(radicand) else " end root"
    return f"the {name} of {_words(radicand)}{end}"


def _grid(environment: str, rows: tuple[tuple[Row, ...], ...]) -> str:
    if environment == "matrix":
        lines = "; ".join(f"row {n}: " + ", ".join(_words(cell) for cell in line) for n, line in enumerate(rows, 1))
        return f"the {len(rows)} by {max(map(len, rows), default=0)} matrix, {lines}, end matrix"
    lines = "; ".join(" ".join(_words(cell) for cell in line) for line in rows)
    return f"{len(rows)} lines: {lines}" if environment == "aligned" else f"the system {lines}, end system"


def _is_matrix(body: Row) -> bool:
    return len(body.items) == 1 and isinstance(body.items[0], Grid)


def _is_product(row: Row) -> bool:
    """Whether `row` is short, or a number and letters side by side, some of them raised: nothing to lose its way in."""
    factors = [item.base if isinstance(item, Script) else item for item in row.items]
    return len(factors) <= 3 and all(isinstance(item, Number) or _is_letter(_core(item)) for item in factors)


def _is_letter(token: str) -> bool:
    return token.lstrip("\\").isalpha() and token not in WORDS


def _short(row: Row) -> bool:
    return len(row.items) == 1 and isinstance(row.items[0], Atom | Number)

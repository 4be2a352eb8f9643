"""Presentation tree -> words, for the alt text of pictures: "x squared minus 5 x plus 6 equals 0"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.notation.spoken_words import SIGNS, SPEECH
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text

POWERS = {
    "2": "squared",
    "3": "cubed",
    "\\circ": "in-degrees",
    "\\prime": "with-prime",
    "\\prime \\prime": "with-double-prime",
}
ROOTS = {"3": "cube-root", "4": "fourth-root", "5": "fifth-root"}
FENCES = {
    "(": ("open-bracket", "close-bracket"),
    "[": ("open-square-bracket", "close-square-bracket"),
    "\\{": ("open-brace", "close-brace"),
}
NAMED_FENCES = {"|": "absolute-value", "\\lfloor": "floor", "\\lceil": "ceiling"}
FUNCTIONS = frozenset(
    r"\sin \cos \tan \cot \sec \csc \arcsin \arccos \arctan \sinh \cosh \tanh \log \ln \lg \exp f g h F G H".split()
)
DIFFERENTIALS = frozenset({"d", "\\partial"})
ACCENTS = {
    "\\overline": "with-bar",
    "\\bar": "with-bar",
    "\\vec": "with-arrow",
    "\\hat": "with-hat",
    "\\tilde": "with-tilde",
    "\\dot": "with-dot",
}
RANGED = frozenset({"\\int", "\\sum", "\\prod"})


def to_words(node: Node, sentences: Mapping[str, str] = SPEECH) -> str:
    """The expression in words; two different expressions may share theirs. `sentences`: a catalogue, by the codes of
    core.notation.spoken_words; what it lacks is said in English.
    """
    words = " ".join(_Speaker(sentences).words(node).split())
    return words.replace(" ,", ",").replace(" ;", ";").replace(" :", ":")


@dataclass(frozen=True)
class _Speaker:
    """Says formulas in one language."""

    sentences: Mapping[str, str]

    def say(self, name: str, /, **values: object) -> str:
        code = f"speech.{name}"
        return self.sentences.get(code, SPEECH[code]).format(**values)

    def words(self, node: Node) -> str:
        match node:
            case Atom(token):
                return self.say(SIGNS[token]) if token in SIGNS else token.lstrip("\\")
            case Number(text) | Text(text):
                return text
            case Row(items):
                return self.row(items)
            case Script():
                return self.script(node)
            case Fraction():
                return self.fraction(node)
            case Binomial(top, bottom):
                return self.say("choose", top=self.words(top), bottom=self.words(bottom))
            case Root(radicand, index):
                return self.root(radicand, index)
            case Fence(left, body, _):
                return self.fence(left, body)
            case Accent(command, body):
                said = self.words(body)
                return self.say(ACCENTS[command], body=said) if command in ACCENTS else said
            case Grid(environment, rows):
                return self.grid(environment, rows)

    def row(self, items: tuple[Node, ...]) -> str:
        """Things side by side, with the words that only their neighbours call for."""
        spoken = []
        for before, item in zip((None, *items), items, strict=False):
            said = self.words(item)
            if isinstance(item, Fence) and item.left == "(" and _core(before) in FUNCTIONS:
                said = self.say("of", argument=self.words(item.body) if _short(item.body) else said)
            elif isinstance(item, Fraction) and isinstance(before, Number) and not _is_differential(item):
                short = _short(item.numerator) and _short(item.denominator)
                said = self.say("and-fraction", fraction=said) if short else self.say("times-factor", factor=said)
            elif isinstance(item, Root) and isinstance(before, Number | Fraction | Root | Script):
                said = self.say("times-factor", factor=said)
            spoken.append(said)
        return " ".join(spoken)

    def fraction(self, fraction: Fraction) -> str:
        above, below = self.words(fraction.numerator), self.words(fraction.denominator)
        if _is_differential(fraction):
            return self.say("derivative", above=above, below=below)
        short = _is_product(fraction.numerator) and _short(fraction.denominator)
        return self.say("short-fraction" if short else "fraction", numerator=above, denominator=below)

    def fence(self, left: str, body: Row) -> str:
        said = self.words(body)
        if _is_matrix(body):
            return self.say("determinant-of", matrix=said) if left == "|" else said
        if left in NAMED_FENCES:
            return self.say("named" if _short(body) else "named-to-end", name=self.say(NAMED_FENCES[left]), body=said)
        if left == "\\{" and (Atom(",") in body.items or Atom(";") in body.items):
            return self.say("set", members=said)
        before, after = FENCES.get(left, FENCES["("])
        return f"{self.say(before)} {said} {self.say(after)}"

    def script(self, script: Script) -> str:
        if isinstance(script.base, Atom) and script.base.token in RANGED:
            return self.ranged(script)
        if script.base == Atom("\\lim") and script.sub is not None:
            approach = self.words(script.sub).replace(f" {self.say('to')} ", f" {self.say('goes-to')} ")
            return self.say("limit-as", approach=approach)
        spoken = self.words(script.base)
        if script.sub is not None:
            template = "base" if script.base == Atom("\\log") else "index"
            spoken = self.say(template, sign=spoken, index=self.words(script.sub))
        if script.sup is not None:
            power = POWERS.get(_tokens(script.sup))
            if power is not None:
                return self.say(power, base=spoken)
            return self.say("power", base=spoken, exponent=self.words(script.sup))
        return spoken

    def ranged(self, script: Script) -> str:
        """A sign with its bounds, such as an integral."""
        bounds = {"lower": script.sub, "upper": script.sup}
        said = {name: self.words(bound) for name, bound in bounds.items() if bound is not None}
        template = {(): "all", ("lower",): "from", ("upper",): "up-to"}.get(tuple(said), "from-to")
        return self.say(template, sign=self.words(script.base), **said)

    def root(self, radicand: Row, index: Row | None) -> str:
        if index is None:
            name = self.say("square-root")
        else:
            degree = _tokens(index)
            name = self.say(ROOTS[degree]) if degree in ROOTS else self.say("nth-root", index=self.words(index))
        return self.say("root" if _short(radicand) else "root-to-end", name=name, radicand=self.words(radicand))

    def grid(self, environment: str, rows: tuple[tuple[Row, ...], ...]) -> str:
        if environment == "matrix":
            lines = "; ".join(
                self.say("row", number=number, cells=", ".join(map(self.words, line)))
                for number, line in enumerate(rows, 1)
            )
            return self.say("matrix", rows=len(rows), columns=max(map(len, rows), default=0), lines=lines)
        lines = "; ".join(" ".join(map(self.words, line)) for line in rows)
        if environment == "aligned":
            return self.say("lines", count=len(rows), lines=lines)
        return self.say("system", lines=lines)


def _core(node: Node | None) -> str:
    """The sign that `node` is, or has its scripts on; nothing for anything larger."""
    if isinstance(node, Script):
        return _core(node.base)
    return node.token if isinstance(node, Atom) else ""


def _tokens(row: Row) -> str:
    """The signs and numbers of a row, separated by spaces."""
    return " ".join(
        item.token if isinstance(item, Atom) else item.text if isinstance(item, Number) else "?" for item in row.items
    )


def _is_differential(fraction: Fraction) -> bool:
    """Whether `fraction` is d over d x, and not a value."""
    above, below = fraction.numerator.items, fraction.denominator.items
    return (
        len(above) == 1 and len(below) == 2 and _core(above[0]) in DIFFERENTIALS and _core(below[0]) == _core(above[0])
    )


def _is_matrix(body: Row) -> bool:
    return len(body.items) == 1 and isinstance(body.items[0], Grid)


def _is_product(row: Row) -> bool:
    """Whether `row` is short, or a number and letters side by side, some of them raised: nothing to lose its way in."""
    factors = [item.base if isinstance(item, Script) else item for item in row.items]
    return len(factors) <= 3 and all(isinstance(item, Number) or _is_letter(_core(item)) for item in factors)


def _is_letter(token: str) -> bool:
    return token.lstrip("\\").isalpha() and token not in SIGNS


def _short(row: Row) -> bool:
    return len(row.items) == 1 and isinstance(row.items[0], Atom | Number)

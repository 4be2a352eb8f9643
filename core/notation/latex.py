"""LaTeX -> presentation tree. Total on anything whose braces balance: what is not known becomes a plain sign.

Digits and one decimal point join into a number, but a bare script takes one token, as in TeX: `2 ^ 1 0` is 2 to the
first, then 0. Letters that spell a function's name become that function.
"""

from __future__ import annotations

from core.errors import TooLong
from core.limits import MathLimits
from core.notation.lexer import Token, lex, matching_braces
from core.notation.pairing import PARTNERS, pair_brackets
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text

ACCENTS = frozenset({"\\overline", "\\vec", "\\hat", "\\bar", "\\dot", "\\ddot", "\\tilde"})
DELIMITERS = frozenset({*PARTNERS, *PARTNERS.values(), "|"})

ENVIRONMENTS: dict[str, tuple[str, str, str]] = {
    "matrix": ("matrix", "", ""), "smallmatrix": ("matrix", "", ""), "array": ("array", "", ""),
    "pmatrix": ("matrix", "(", ")"), "bmatrix": ("matrix", "[", "]"), "Bmatrix": ("matrix", "\\{", "\\}"),
    "vmatrix": ("matrix", "|", "|"), "Vmatrix": ("matrix", "|", "|"),
    "cases": ("cases", "", ""), "dcases": ("cases", "", ""), "rcases": ("cases", "", ""),
}  # fmt: skip

SPELT_ALWAYS = ("arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "sin", "cos", "tan", "cot", "log", "lim", "ln")
SPELT_BEFORE_A_BRACKET = ("sec", "csc", "max", "min", "gcd", "lcm", "det", "exp", "mod", "lg")
RELATIONS = frozenset({"=", "<", ">", "\\leq", "\\geq", "\\neq", "\\approx"})


def parse(text: str, limits: MathLimits) -> Row:
    """The presentation tree of LaTeX `text`.

    Raises NotUnderstood, with the place, where braces or environments do not balance; TooLong above the limits.
    """
    tokens = tuple(_join_spelt_names(lex(text, limits.max_tokens)))
    return _Parser(tokens, limits.max_depth).row(0, len(tokens), 0)


def _join_spelt_names(tokens: tuple[Token, ...]) -> list[Token]:
    """`s i n x` -> `\\sin x`; the rarer names only where a bracket or a script follows."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        name = _spelt_name(tokens, index) if tokens[index].text.isalpha() else ""
        joined.append(Token("\\" + name, tokens[index].place) if name else tokens[index])
        index += len(name) or 1
    return joined


def _spelt_name(tokens: tuple[Token, ...], index: int) -> str:
    letters = "".join(token.text if len(token.text) == 1 else " " for token in tokens[index : index + 6])
    for name in SPELT_ALWAYS:
        if letters.startswith(name):
            return name
    for name in SPELT_BEFORE_A_BRACKET:
        after = index + len(name)
        if letters.startswith(name) and after < len(tokens) and tokens[after].text in ("(", "[", "\\{", "_", "\\left"):
            return name
    return ""


class _Parser:
    """Recursive descent over tokens; every method takes absolute positions and returns nodes and where it stopped."""

    def __init__(self, tokens: tuple[Token, ...], max_depth: int) -> None:
        self._tokens = [token.text for token in tokens]
        self._max_depth = max_depth
        self._spans = matching_braces(tokens)
        self._rights: dict[int, int] = {}
        self._match_left_right()

    def _match_left_right(self) -> None:
        """`\\left` and `\\right` of one group become spans; one alone is dropped."""
        lefts: list[list[int]] = [[]]
        for index, token in enumerate(self._tokens):
            if token == "{" or token.startswith("\\begin{"):
                lefts.append([])
            elif token == "}" or token.startswith("\\end{"):
                lefts.pop()
            elif token == "\\left":
                lefts[-1].append(index)
            elif token == "\\right" and lefts[-1]:
                opened = lefts[-1].pop()
                self._rights[opened] = index
                self._spans[opened] = index + self._has_delimiter(index + 1)

    def row(self, start: int, end: int, depth: int) -> Row:
        """Everything in [start, end): one cell, or bare lines under each other."""
        lines = self._cells(start, end)
        if (stroke := self._infix(start, end)) is not None:
            above, below = self.row(start, stroke, depth + 1), self.row(stroke + 1, end, depth + 1)
            return Row((Fraction(above, below) if self._tokens[stroke] == "\\over" else Binomial(above, below),))
        if len(lines) == 1 and len(lines[0]) == 1:
            return Row(self._cell(*lines[0][0], depth))
        return Row((Grid("aligned", self._grid(lines, depth)),))

    def _infix(self, start: int, end: int) -> int | None:
        """Where TeX's own `\\over` or `\\choose` stands in a group; None where there is none."""
        index = start
        while index < end:
            if self._tokens[index] in ("\\over", "\\choose"):
                return index
            index = self._spans.get(index, index) + 1
        return None

    def _cells(self, start: int, end: int) -> list[list[tuple[int, int]]]:
        lines: list[list[tuple[int, int]]] = [[]]
        begin = index = start
        while index < end:
            token = self._tokens[index]
            if token in ("&", "\\\\"):
                lines[-1].append((begin, index))
                begin = index + 1
                if token == "\\\\":
                    lines.append([])
            index = self._spans.get(index, index) + 1
        lines[-1].append((begin, end))
        while len(lines) > 1 and len(lines[-1]) == 1 and lines[-1][0][0] == lines[-1][0][1]:
            lines.pop()
        return lines

    def _grid(self, lines: list[list[tuple[int, int]]], depth: int) -> tuple[tuple[Row, ...], ...]:
        return tuple(tuple(Row(self._cell(a, b, depth + 1)) for a, b in line) for line in lines)

    def _cell(self, start: int, end: int, depth: int) -> tuple[Node, ...]:
        """The nodes of one cell, its brackets paired first."""
        at: list[int] = []
        index = start
        while index < end:
            at.append(index)
            index = self._spans.get(index, index) + 1
        pairs = pair_brackets([self._tokens[i] if i not in self._spans else "group" for i in at])
        return self._items(start, end, {at[a]: at[b] for a, b in pairs.items()}, depth)

    def _items(self, start: int, end: int, pairs: dict[int, int], depth: int) -> tuple[Node, ...]:
        if depth > self._max_depth:
            raise TooLong
        items: list[Node] = []
        index = start
        while index < end:
            before = index
            nodes, index = self._primary(index, end, pairs, depth)
            if index < end and self._tokens[index] in ("^", "_", "'"):
                base = nodes[0] if len(nodes) == 1 else Row(nodes)
                while index < end and self._tokens[index] in ("^", "_", "'"):
                    base, index = self._scripts(base, index, end, pairs, depth)
                nodes = (base,)
            items.extend(nodes)
            index = max(index, before + 1)
        return tuple(items)

    def _scripts(self, base: Node, index: int, end: int, pairs: dict[int, int], depth: int) -> tuple[Node, int]:
        """One subscript and one superscript at most; primes join the superscript that follows them."""
        sub: Row | None = None
        sup: Row | None = None
        primes: list[Node] = []
        while index < end:
            token = self._tokens[index]
            if token == "'" and sup is None:
                primes.append(Atom("\\prime"))
                index += 1
            elif token == "_" and sub is None:
                sub, index = self._argument(index + 1, end, pairs, depth)
            elif token == "^" and sup is None:
                sup, index = self._argument(index + 1, end, pairs, depth)
            else:
                break
        if primes:
            sup = Row((*primes, *(sup.items if sup else ())))
        return Script(base, sub, sup), index

    def _argument(self, index: int, end: int, pairs: dict[int, int], depth: int) -> tuple[Row, int]:
        """A braced group or one token, with that token's own arguments."""
        if index >= end:
            return Row(()), index
        if self._tokens[index] == "{":
            return self.row(index + 1, self._spans[index], depth + 1), self._spans[index] + 1
        if self._tokens[index] in ("^", "_", "'"):
            return Row(()), index
        nodes, stop = self._primary(index, end, pairs, depth + 1, bare=True)
        return Row(nodes), stop

    def _primary(
        self, index: int, end: int, pairs: dict[int, int], depth: int, bare: bool = False
    ) -> tuple[tuple[Node, ...], int]:
        """What stands at `index`, without scripts; a braced group gives its own nodes."""
        token = self._tokens[index]
        if depth > self._max_depth:
            raise TooLong
        if token == "{":
            return self.row(index + 1, self._spans[index], depth + 1).items, self._spans[index] + 1
        if token in ("^", "_", "'"):
            return (), index
        if token == "\\left" or token == "\\right":
            return self._left_right(index, depth)
        if token.startswith("\\begin{"):
            return self._environment(index, depth)
        if index in pairs and not bare:
            close = pairs[index]
            left, right = (_plain_bar(self._tokens[at]) for at in (index, close))
            return (Fence(left, Row(self._items(index + 1, close, pairs, depth + 1)), right),), close + 1
        if token.isdigit() or (token == "." and not bare and self._digit_at(index + 1, end)):
            stop = index + 1 if bare else self._number_end(index, end)
            return (Number("".join(self._tokens[index:stop])),), stop
        return self._command(token, index, end, pairs, depth)

    def _command(
        self, token: str, index: int, end: int, pairs: dict[int, int], depth: int
    ) -> tuple[tuple[Node, ...], int]:
        if token in ("\\frac", "\\binom"):
            first, stop = self._argument(index + 1, end, pairs, depth)
            second, stop = self._argument(stop, end, pairs, depth)
            return (Fraction(first, second) if token == "\\frac" else Binomial(first, second),), stop
        if token == "\\sqrt":
            return self._root(index + 1, end, pairs, depth)
        if token in ACCENTS:
            body, stop = self._argument(index + 1, end, pairs, depth)
            return (Accent(token, body),), stop
        if token == "\\pmod":
            body, stop = self._argument(index + 1, end, pairs, depth)
            return (Fence("(", Row((Atom("\\mod"), *body.items)), ")"),), stop
        if token.startswith("\\text{"):
            return (Text(token[len("\\text{") : -1]),), index + 1
        return (Atom(_plain_bar(token)),), index + 1

    def _root(self, index: int, end: int, pairs: dict[int, int], depth: int) -> tuple[tuple[Node, ...], int]:
        degree: Row | None = None
        if index in pairs and self._tokens[index] == "[" and self._tokens[pairs[index]] == "]":
            degree = Row(self._items(index + 1, pairs[index], pairs, depth + 1))
            index = pairs[index] + 1
        radicand, stop = self._argument(index, end, pairs, depth)
        return (Root(radicand, degree),), stop

    def _left_right(self, index: int, depth: int) -> tuple[tuple[Node, ...], int]:
        if index not in self._rights:
            return (), index + 1
        close = self._rights[index]
        left, right = (self._delimiter(at + 1) for at in (index, close))
        body = self.row(index + 1 + self._has_delimiter(index + 1), close, depth + 1)
        stop = self._spans[index] + 1
        only = body.items[0] if len(body.items) == 1 else None
        if isinstance(only, Grid) and (left, right) == ("\\{", ""):
            return (Grid("cases", only.rows),), stop
        if isinstance(only, Grid) and only.environment == "aligned":
            body = Row((Grid("matrix", only.rows),))
        return (Fence(left, body, right),), stop

    def _has_delimiter(self, index: int) -> bool:
        """Whether a delimiter stands there, `.` for an invisible one included."""
        return index < len(self._tokens) and (self._tokens[index] == "." or self._delimiter(index) != "")

    def _delimiter(self, index: int) -> str:
        token = _plain_bar(self._tokens[index]) if index < len(self._tokens) else ""
        return token if token in DELIMITERS else ""

    def _environment(self, index: int, depth: int) -> tuple[tuple[Node, ...], int]:
        name = self._tokens[index][len("\\begin{") : -1]
        close = self._spans[index]
        start = index + 1
        if name == "array" and start < close and self._tokens[start] == "{":
            start = self._spans[start] + 1
        environment, left, right = ENVIRONMENTS.get(name, ("aligned", "", ""))
        rows = self._grid(self._cells(start, close), depth)
        if environment == "array":
            environment = "aligned" if _holds_relations(rows) else "matrix"
        grid = Grid(environment, rows)
        return (Fence(left, Row((grid,)), right) if left else grid,), close + 1

    def _digit_at(self, index: int, end: int) -> bool:
        return index < end and self._tokens[index].isdigit()

    def _number_end(self, index: int, end: int) -> int:
        while self._digit_at(index, end):
            index += 1
        point = index < end and self._tokens[index] == "."
        if point and (self._digit_at(index + 1, end) or self._tokens[index + 1 : index + 2] == ["\\overline"]):
            index += 1
            while self._digit_at(index, end):
                index += 1
        return index


def _plain_bar(token: str) -> str:
    return "|" if token in ("\\lvert", "\\rvert") else token


def _holds_relations(rows: tuple[tuple[Row, ...], ...]) -> bool:
    return any(
        isinstance(node, Atom) and node.token in RELATIONS for line in rows for cell in line for node in cell.items
    )

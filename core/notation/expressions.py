"""Rows of the presentation tree -> terms: operator precedence, juxtaposition, scripts, brackets.

Precedence, loosest first: mod; + - ±; × ÷ / and juxtaposition, left to right; signs; postfix ! and %; scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation import functions
from core.notation.calculus import approach, integrand, is_integral, leibniz, running_index
from core.notation.choices import Context
from core.notation.dots import ELLIPSIS, fill_dots
from core.notation.letters import letter_name
from core.notation.scripted import read_script
from core.notation.terms import (
    Call,
    Collection,
    Constant,
    Derivative,
    Integral,
    Limit,
    MatrixTerm,
    Negative,
    Num,
    Over,
    Plus,
    PlusMinus,
    Power,
    Radical,
    Series,
    Span,
    Sym,
    Term,
    Times,
)  # fmt: skip
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text
from core.notation.write import to_unicode

PRODUCTS = {"\\times": "\\times", "\\cdot": "\\cdot"}
QUOTIENTS = {"\\div": "\\div", "/": "/", ":": "\\div"}
SIGNS = {"+", "-", "\\pm", "\\mp"}
DOTS = {"\\ldots", "\\cdots"}
POSTFIX = {"!": "factorial", "\\%": "percent"}
FENCED_CALLS = {"|": "abs", "\\lfloor": "floor", "\\lceil": "ceiling"}
SERIES = {"\\sum": "sum", "\\prod": "product"}


def read_expression(items: Sequence[Node], context: Context) -> Term:
    """The term that `items` write. Raises NotUnderstood, naming what could not be read."""
    if not items:
        raise NotUnderstood("Something is missing where a number or a letter should stand.")
    return Reader(items, context).whole()


class Reader:
    """Reads one row from left to right; `at` is the next item."""

    def __init__(self, items: Sequence[Node], context: Context) -> None:
        self.items = items
        self.context = context
        self.at = 0

    def read(self, row: Row | Sequence[Node], context: Context | None = None) -> Term:
        items = row.items if isinstance(row, Row) else row
        return read_expression(items, context or self.context)

    def whole(self) -> Term:
        term = self.sum()
        while self.token() == "\\mod" or _is_pmod(self.peek()):
            bracket = self.peek()
            self.at += 1
            modulus = self.read(bracket.body.items[1:]) if isinstance(bracket, Fence) else self.sum()
            term = Call("mod", (term, modulus))
        if self.at < len(self.items):
            raise NotUnderstood(f"“{to_unicode(self.items[self.at])}” is not understood here.")
        return term

    def peek(self) -> Node | None:
        return self.items[self.at] if self.at < len(self.items) else None

    def token(self) -> str:
        node = self.peek()
        return node.token if isinstance(node, Atom) else ""

    def sum(self) -> Term:
        terms: list[Term] = []
        while True:
            sign = self._sign()
            if self.token() in DOTS:
                self.at += 1
                terms.append(ELLIPSIS)
            else:
                terms.append(_signed(sign, self.product()))
            if self.token() not in SIGNS:
                break
        return fill_dots(terms) if ELLIPSIS in terms else terms[0] if len(terms) == 1 else Plus(tuple(terms))

    def _sign(self) -> str:
        """All signs that stand together: an even number of minus signs is none."""
        sign = "+"
        while self.token() in SIGNS:
            token = self.token()
            self.at += 1
            if token in ("\\pm", "\\mp"):
                sign = {"+": token, "-": "\\mp" if token == "\\pm" else "\\pm"}.get(sign, sign)
            elif token == "-":
                sign = {"+": "-", "-": "+", "\\pm": "\\mp", "\\mp": "\\pm"}[sign]
        return sign

    def product(self) -> Term:
        """Factors up to the next sign. A differential operator or a sum sign reads its own operand from here."""
        left = self.factor()
        while True:
            token = self.token()
            if token in PRODUCTS:
                self.at += 1
                left = Times(left, self.signed_factor(), PRODUCTS[token])
            elif token in QUOTIENTS:
                self.at += 1
                left = Over(left, self._divisor(), QUOTIENTS[token])
            elif self.starts_operand():
                left = Times(left, self.factor())
            else:
                return left

    def _divisor(self) -> Term:
        right = self.signed_factor()
        if not self.starts_operand() or self.context.decides("division"):
            return right
        while self.starts_operand():
            right = Times(right, self.factor())
        return right

    def signed_factor(self) -> Term:
        sign = self._sign()
        return _signed(sign, self.factor())

    def starts_operand(self) -> bool:
        node = self.peek()
        if isinstance(node, Atom):
            return bool(letter_name(node)) or node.token in functions.PREFIXES or node.token in functions.OPERATORS
        if isinstance(node, Script) and (self._postfix() or node.base == Row(())):
            return False
        return node is not None and not _is_pmod(node)

    def factor(self) -> Term:
        term = self.primary()
        while (mark := self._postfix()) is not None:
            self.at += 1
            sign = mark.base if isinstance(mark, Script) else mark
            assert isinstance(sign, Atom)
            term = Call(POSTFIX[sign.token], (term,))
            if isinstance(mark, Script) and mark.sup is not None:
                term = Power(term, self.read(mark.sup))
        return term

    def _postfix(self) -> Node | None:
        """The ! or % that comes next, perhaps with an exponent of its own."""
        node = self.peek()
        sign = node.base if isinstance(node, Script) and node.sub is None else node
        return node if isinstance(sign, Atom) and sign.token in POSTFIX else None

    def primary(self) -> Term:
        node = self.peek()
        if node is None:
            raise NotUnderstood("The line ends where a number or a letter should follow.")
        if is_integral(node):
            return self._integral(node)
        self.at += 1
        match node:
            case Number(text):
                return self._number(text)
            case Fraction(numerator, denominator):
                return self._fraction(node, numerator, denominator)
            case Root(radicand, index):
                return Radical(self.read(radicand), Num(ExactFraction(2)) if index is None else self.read(index))
            case Binomial(top, bottom):
                return Call("binomial", (self.read(top), self.read(bottom)))
            case Fence():
                return self.fence(node)
            case Grid("matrix", rows):
                return MatrixTerm(tuple(tuple(self.read(cell) for cell in line) for line in rows))
            case Text(text):
                raise NotUnderstood(f"Words and units are not calculated yet: “{text.strip()}”.")
            case Accent("\\vec"):
                raise NotUnderstood("Vectors are not calculated yet.")
            case Accent("\\overline", body):
                return Call("conjugate", (self.read(body),))
            case Atom(token) if token in functions.PREFIXES:
                return functions.read_call(self, node, None)
            case Atom() | Accent() if letter_name(node):
                return self._letter(letter_name(node))
            case Atom("\\infty"):
                return Constant("oo")
            case Script(Atom(token)) if token in SERIES:
                return self._series(node, token)
            case Script(Atom("\\lim")):
                return self._limit(node)
            case Script(Atom(token)) if token in functions.PREFIXES:
                return functions.read_call(self, node.base, node)
            case Script():
                return read_script(self, node)
        raise NotUnderstood(f"“{to_unicode(node)}” is not understood here.")

    def _letter(self, name: str) -> Term:
        context = self.context
        if name in context.functions and name not in context.bound and _is_call_bracket(self.peek()):
            if name in context.certain or context.decides("call"):
                return functions.read_application(self, name)
        elif name not in context.bound and name in ("e", "i", "pi"):
            return Constant(name)  # type: ignore[arg-type]  # narrowed by the tuple
        return Sym(name)

    def _number(self, text: str) -> Term:
        following = self.peek()
        if "." in text and isinstance(following, Accent) and following.command == "\\overline":
            self.at += 1
            return _repeating(text, to_unicode_digits(following.body))
        if "." in text:
            return Num(ExactFraction(text), "decimal", text)
        whole = Num(ExactFraction(int(text)))
        if isinstance(following, Fraction) and (part := _proper(following)) and self.context.decides("mixed"):
            self.at += 1
            return Num(whole.value + part, "mixed", text)
        return whole

    def _fraction(self, node: Fraction, numerator: Row, denominator: Row) -> Term:
        operator = leibniz(node)
        if operator is None:
            return Over(self.read(numerator), self.read(denominator))
        if operator.body:
            return Derivative(self.read(operator.body), operator.variables, operator.partial)
        body = self._operand("scope-derivative", wide=False)
        return Derivative(body, operator.variables, operator.partial)

    def _operand(self, choice: str, wide: bool) -> Term:
        """What an operator acts on: the product after it, or (`wide`) the whole sum; noted where that differs."""
        start = self.at
        body = _signed(self._sign(), self.product())
        if self.token() in SIGNS and self.context.decides(choice) == wide:
            self.at = start
            body = self.sum()
        return body

    def _integral(self, node: Node) -> Term:
        inside, variable, stop = integrand(self.items, self.at)
        self.at = stop
        body: Term = self.read(inside, self.context.binding(variable.name)) if inside else Num(ExactFraction(1))
        sub = node.sub if isinstance(node, Script) else None
        sup = node.sup if isinstance(node, Script) else None
        if (sub is None) != (sup is None):
            raise NotUnderstood("The integral has only one of its two bounds.")
        return Integral(
            body, variable, None if sub is None else self.read(sub), None if sup is None else self.read(sup)
        )

    def _series(self, node: Script, token: str) -> Term:
        index, first, last = running_index(node)
        bounds = self.read(first), self.read(last)
        outer, self.context = self.context, self.context.binding(index.name)
        body = self._operand("scope-series", wide=False)
        self.context = outer
        return Series("sum" if SERIES[token] == "sum" else "product", body, index, *bounds)

    def _limit(self, node: Script) -> Term:
        found = approach(node.sub)
        outer, self.context = self.context, self.context.binding(found.variable.name)
        body = self._operand("scope-limit", wide=True)
        self.context = outer
        return Limit(body, found.variable, self.read(found.target), found.side)

    def fence(self, node: Fence) -> Term:
        """Brackets: grouping, an interval, a set or tuple, an absolute value, a floor, a determinant."""
        parts = split_at(node.body.items, {",", ";"})
        if (node.left in FENCED_CALLS and node.left != "|") or (node.left, node.right) == ("|", "|"):
            inside = self.read(node.body)
            name = "determinant" if isinstance(inside, MatrixTerm) else FENCED_CALLS[node.left]
            return Call(name, (inside,))
        if len(parts) == 1:
            return self.read(node.body)
        terms = tuple(self.read(part) for part in parts)
        if (
            node.left in ("(", "[")
            and node.right in (")", "]")
            and (node.left, node.right) != ("(", ")")
            and len(terms) == 2
        ):
            return Span(*terms, node.left == "(", node.right == ")")
        return Collection("set" if node.left == "\\{" else "tuple", terms)


def split_at(items: Sequence[Node], separators: set[str]) -> list[tuple[Node, ...]]:
    """The pieces between separators, in order."""
    pieces: list[list[Node]] = [[]]
    for item in items:
        if isinstance(item, Atom) and item.token in separators:
            pieces.append([])
        else:
            pieces[-1].append(item)
    return [tuple(piece) for piece in pieces]


def to_unicode_digits(row: Row) -> str:
    only = row.items[0] if len(row.items) == 1 else None
    if not isinstance(only, Number) or not only.text.isdigit():
        raise NotUnderstood("Only digits can stand under the line of a repeating decimal.")
    return only.text


def _repeating(text: str, digits: str) -> Num:
    """0.1(6) = 1/10 + 6/90."""
    steady = len(text.split(".")[1])
    value = ExactFraction(text + "0") + ExactFraction(int(digits), (10 ** len(digits) - 1) * 10**steady)
    return Num(value, "repeating", f"{text}({digits})")


def _proper(fraction: Fraction) -> ExactFraction | None:
    parts = [row.items[0] for row in (fraction.numerator, fraction.denominator) if len(row.items) == 1]
    numbers = [int(part.text) for part in parts if isinstance(part, Number) and part.text.isdigit()]
    return ExactFraction(*numbers) if len(numbers) == 2 and 0 < numbers[0] < numbers[1] else None


def _signed(sign: str, term: Term) -> Term:
    if sign == "-":
        return Negative(term)
    return term if sign == "+" else PlusMinus(term, 1 if sign == "\\pm" else -1)


def _is_call_bracket(node: Node | None) -> bool:
    return isinstance(node, Fence) and node.left == "(" and node.right == ")"


def _is_pmod(node: Node | None) -> bool:
    return isinstance(node, Fence) and node.body.items[:1] == (Atom("\\mod"),)

"""Rows of the presentation tree -> terms: operator precedence, juxtaposition, scripts, brackets.

Precedence, loosest first: mod; + - ±; × ÷ / and juxtaposition, left to right; signs; postfix ! and %; scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation import functions, operators
from core.notation.brackets import (
    as_vector,
    is_bar,
    is_listed,
    multiplied,
    nested_bars,
    read_bar,
    read_fence,
    vector_of,
)
from core.notation.calculus import is_integral
from core.notation.choices import Context
from core.notation.dots import ELLIPSIS, fill_dots
from core.notation.excerpts import around
from core.notation.exponents import (
    exponent_goes_on,
    exponent_takes_a_letter,
    is_even_power,
    with_letter_in_exponent,
    with_longer_exponent,
)
from core.notation.letter_terms import read_letter
from core.notation.letters import letter_name
from core.notation.number_terms import exact, read_number
from core.notation.scripted import read_script
from core.notation.terms import (
    Call,
    Constant,
    Derivative,
    MatrixTerm,
    Negative,
    Num,
    Over,
    Plus,
    PlusMinus,
    Power,
    Radical,
    Sym,
    Term,
    Times,
    Unit,
)  # fmt: skip
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text
from core.notation.units import unit_symbol
from core.notation.write import to_unicode
from core.outcome import Excerpt
from core.phrases import phrase

PRODUCTS = {"\\times": "\\times", "\\cdot": "\\cdot"}
BETWEEN_LISTS = {"x": "\\times", ".": "\\cdot"}
QUOTIENTS = {"\\div": "\\div", "/": "/", ":": "\\div"}
SIGNS = {"+", "-", "\\pm", "\\mp"}
DOUBLE_INTEGRALS = {"\\iint", "\\iiint"}
DOTS = {"\\ldots", "\\cdots"}
POSTFIX = {"!": "factorial", "\\%": "percent"}


ONE = Num(ExactFraction(1))


def read_expression(items: Sequence[Node], context: Context) -> Term:
    """The term that `items` write. Raises NotUnderstood, naming what could not be read."""
    if not items:
        raise NotUnderstood(phrase("reason.operand"))
    return Reader(nested_bars(items, context), context).whole()


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
        if is_bar(bar := self.peek()) and isinstance(bar, Script):
            self.at += 1
            term = read_bar(self, bar, term)
        if self.at < len(self.items):
            raise NotUnderstood(phrase("reason.sign", sign=to_unicode(self.items[self.at])), self.excerpt())
        return term

    def excerpt(self, back: int = 0) -> Excerpt:
        return around(self.items, self.at - back)

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
                terms.append(self._signed_product(sign, first=not terms))
            if self.token() not in SIGNS:
                break
        if ELLIPSIS in terms:
            return fill_dots(terms)
        return terms[0] if len(terms) == 1 else self._summed([vector_of(term) for term in terms])

    def _signed_product(self, sign: str, first: bool) -> Term:
        """A minus sign before a power at the beginning, `- 3 ^ 2`, may be meant to be inside it."""
        node = self.peek()
        if first and sign == "-" and is_even_power(node) and not self.context.decides("negative-power"):
            assert isinstance(node, Script) and isinstance(node.base, Number) and node.sup is not None
            self.at += 1
            power = Power(Negative(exact(node.base.text)), self.read(node.sup))
            return self._multiplied_on(power)
        return _signed(sign, self.product())

    def _summed(self, terms: list[Term]) -> Term:
        """The sum; a percentage after something else, `200 + 10 %`, may be meant as so much of what is before it."""
        if _is_percentage(terms[0]) or not any(map(_is_percentage, terms)) or self.context.decides("percent-of"):
            return Plus(tuple(terms))
        total = terms[0]
        for term in terms[1:]:
            total = Times(total, Plus((ONE, term)), "\\times") if _is_percentage(term) else Plus((total, term))
        return total

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
        return self._multiplied_on(self.factor())

    def _multiplied_on(self, left: Term) -> Term:
        while True:
            token = self.token()
            if sign := self._times_sign(left):
                self.at += 1
                left = multiplied(left, self.signed_factor(), sign)
            elif token in QUOTIENTS:
                self.at += 1
                left = Over(vector_of(left), self._divisor(), QUOTIENTS[token])
            elif exponent_goes_on(self) and not self.context.decides("exponent"):
                left = with_longer_exponent(self, left)
            elif exponent_takes_a_letter(self) and not self.context.decides("exponent-letter"):
                left = with_letter_in_exponent(self, left)
            elif self.starts_operand():
                left = multiplied(left, self.factor(), "juxtaposed")
            else:
                return left

    def _times_sign(self, left: Term) -> str:
        """The sign of a product that comes next, the empty string for none; between lists and numbers x is a cross."""
        token = self.token()
        following = self.items[self.at + 1] if self.at + 1 < len(self.items) else None
        if token in BETWEEN_LISTS and as_vector(left) is not None and is_listed(following):
            return BETWEEN_LISTS[token]
        if token == "x" and self.context.crosses and isinstance(following, Number):
            return "\\times" if self.context.decides("letter-times") else ""
        return PRODUCTS.get(token, "")

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
        if isinstance(node, Script) and (self._postfix() or node.base == Row(()) or is_bar(node)):
            return False
        return node is not None and not _is_pmod(node)

    def factor(self) -> Term:
        term = self.primary()
        while (mark := self._postfix()) is not None:
            self.at += 1
            sign = mark.base if isinstance(mark, Script) else mark
            assert isinstance(sign, Atom)
            if sign.token == "!" and self.token() == "!" and self.context.decides("double-factorial"):
                self.at += 1
                term = Call("double factorial", (term,))
                continue
            if sign.token == "\\%" and isinstance(self.peek(), Number) and not self.context.decides("remainder"):
                term = Call("mod", (term, self.factor()))
                continue
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
            raise NotUnderstood(phrase("reason.operand"), self.excerpt())
        if is_integral(node):
            return operators.read_integral(self, node)
        self.at += 1
        match node:
            case Number(text):
                return read_number(self, text)
            case Fraction(numerator, denominator):
                return self._fraction(node, numerator, denominator)
            case Root(radicand, index):
                return Radical(self.read(radicand), Num(ExactFraction(2)) if index is None else self.read(index))
            case Binomial(top, bottom):
                return Call("binomial", (self.read(top), self.read(bottom)))
            case Fence():
                return read_fence(self, node)
            case Grid("matrix", rows):
                return MatrixTerm(tuple(tuple(self.read(cell) for cell in line) for line in rows))
            case Text(text) if text.strip() in functions.WORDED:
                return functions.read_worded(self, text.strip())
            case Text(text) if unit_symbol(text.strip()):
                return Unit(unit_symbol(text.strip()))
            case Text(text):
                raise NotUnderstood(phrase("reason.word", word=text.strip()), self.excerpt(back=1))
            case Accent("\\vec"):
                raise NotUnderstood(phrase("reason.vector-letters"), self.excerpt(back=1))
            case Accent("\\overline", body):
                return Call("conjugate", (self.read(body),))
            case Accent("\\dot" | "\\ddot" as command, Row((body,))) if letter_name(body):
                return Derivative(Sym(letter_name(body)), ((Sym("t"), 2 if command == "\\ddot" else 1),))
            case Atom("\\min") if self.context.units and not isinstance(self.peek(), Fence):
                return Unit("min")
            case Atom(token) if token in functions.PREFIXES:
                return functions.read_call(self, node, None)
            case Atom() | Accent() if letter_name(node):
                return read_letter(self, letter_name(node))
            case Atom("\\infty"):
                return Constant("oo")
            case Script(Fence("", body, "|" | "]"), Row()):
                return read_bar(self, node, self.read(body))
            case Atom(token) | Script(Atom(token)) if token in DOUBLE_INTEGRALS:
                raise NotUnderstood(phrase("reason.double-integral"), self.excerpt(back=1))
            case Script(Atom(token)) if token in operators.SERIES:
                return operators.read_series(self, node)
            case Script(Atom("\\lim")):
                return operators.read_limit(self, node)
            case Script(Atom(token)) if token in functions.PREFIXES:
                return functions.read_call(self, node.base, node)
            case Script():
                return read_script(self, node)
        raise NotUnderstood(phrase("reason.unknown-sign", sign=to_unicode(node)), self.excerpt(back=1))

    def _fraction(self, node: Fraction, numerator: Row, denominator: Row) -> Term:
        return operators.read_derivative(self, node) or Over(self.read(numerator), self.read(denominator))

    def operand(self, choice: str, wide: bool) -> Term:
        """What an operator acts on: the product after it, or (`wide`) the whole sum; noted where that differs."""
        start = self.at
        body = _signed(self._sign(), self.product())
        if self.token() in SIGNS and self.context.decides(choice) == wide:
            self.at = start
            body = self.sum()
        return body

    def fence(self, node: Fence) -> Term:
        return read_fence(self, node)


def _signed(sign: str, term: Term) -> Term:
    if sign == "-":
        return Negative(term)
    return term if sign == "+" else PlusMinus(term, 1 if sign == "\\pm" else -1)


def _is_pmod(node: Node | None) -> bool:
    return isinstance(node, Fence) and node.body.items[:1] == (Atom("\\mod"),)


def _is_percentage(term: Term) -> bool:
    amount = term.operand if isinstance(term, Negative) else term
    return isinstance(amount, Call) and amount.name == "percent"

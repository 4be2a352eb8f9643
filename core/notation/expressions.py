"""Rows of the presentation tree -> terms: operator precedence, juxtaposition, scripts, brackets.

Precedence, loosest first: mod; + - ±; × ÷ / and juxtaposition, left to right; signs; postfix ! and %; scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as ExactFraction

from core.errors import NotUnderstood
from core.notation import functions, operators
from core.notation.calculus import is_integral
from core.notation.choices import Context
from core.notation.dots import ELLIPSIS, fill_dots
from core.notation.letters import letter_name
from core.notation.numerals import proper, repeating, split_at
from core.notation.scripted import read_script
from core.notation.terms import (
    Call,
    Collection,
    Constant,
    MatrixTerm,
    Negative,
    Num,
    Over,
    Plus,
    PlusMinus,
    Power,
    Radical,
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
            elif self._exponent_goes_on() and not self.context.decides("exponent"):
                left = self._with_longer_exponent(left)
            elif self.starts_operand():
                left = Times(left, self.factor())
            else:
                return left

    def _exponent_goes_on(self) -> bool:
        """A digit right after a raised digit, `2 ^ 1 0`: braces may have been lost."""
        before = self.items[self.at - 1] if self.at else None
        raised = before.sup.items if isinstance(before, Script) and before.sup is not None else ()
        digits = [node.text.isdigit() for node in (*raised, self.peek()) if isinstance(node, Number)]
        return len(raised) == 1 and digits == [True, True]

    def _with_longer_exponent(self, left: Term) -> Term:
        following = self.peek()
        self.at += 1
        assert isinstance(following, Number)
        if isinstance(left, Times):
            return Times(left.left, self._longer(left.right, following.text), left.sign)
        return self._longer(left, following.text)

    @staticmethod
    def _longer(power: Term, digits: str) -> Term:
        if isinstance(power, Power) and isinstance(power.exponent, Num):
            return Power(power.base, Num(ExactFraction(int(f"{power.exponent.value}{digits}"))))
        raise NotUnderstood("The exponent is not clear.")

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
            return operators.read_integral(self, node)
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
            case Script(Atom(token)) if token in operators.SERIES:
                return operators.read_series(self, node)
            case Script(Atom("\\lim")):
                return operators.read_limit(self, node)
            case Script(Atom(token)) if token in functions.PREFIXES:
                return functions.read_call(self, node.base, node)
            case Script():
                return read_script(self, node)
        raise NotUnderstood(f"“{to_unicode(node)}” is not understood here.")

    def _letter(self, name: str) -> Term:
        context = self.context
        if functions.is_unknown_function(self, name):
            return functions.read_application(self, name)
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
            return repeating(text, following.body)
        if "." in text:
            return Num(ExactFraction(text), "decimal", text)
        if (decimals := self._decimals_after_a_raised_dot()) and not self.context.decides("raised-dot"):
            self.at += 2
            return Num(ExactFraction(f"{text}.{decimals}"), "decimal", f"{text}.{decimals}")
        whole = Num(ExactFraction(int(text)))
        if isinstance(following, Fraction) and (part := proper(following)) and self.context.decides("mixed"):
            self.at += 1
            return Num(whole.value + part, "mixed", text)
        return whole

    def _decimals_after_a_raised_dot(self) -> str:
        """`3 \\cdot 6`: many write the decimal point halfway up."""
        dot, digits = (*self.items[self.at : self.at + 2], None, None)[:2]
        return digits.text if dot == Atom("\\cdot") and isinstance(digits, Number) and digits.text.isdigit() else ""

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


def _signed(sign: str, term: Term) -> Term:
    if sign == "-":
        return Negative(term)
    return term if sign == "+" else PlusMinus(term, 1 if sign == "\\pm" else -1)


def _is_call_bracket(node: Node | None) -> bool:
    return isinstance(node, Fence) and node.left == "(" and node.right == ")"


def _is_pmod(node: Node | None) -> bool:
    return isinstance(node, Fence) and node.body.items[:1] == (Atom("\\mod"),)

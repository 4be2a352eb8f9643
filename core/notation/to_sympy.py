"""Meaning tree -> sympy. Symbols are real unless plain ones are asked for; nothing a user wrote is evaluated as code.

`size.check_size` must have passed the term before it is built with `evaluate=True`.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NotUnderstood
from core.notation.sympy_calls import called, is_matrix, matrices, scalars, taylor_polynomial
from core.notation.term_tools import dependent_letters, signs_chosen
from core.notation.terms import (
    Apply,
    At,
    Call,
    Cases,
    Collection,
    Constant,
    Conversion,
    Derivative,
    Either,
    Expansion,
    Integral,
    Limit,
    MatrixTerm,
    Negative,
    Num,
    Over,
    Plus,
    Power,
    Primed,
    Radical,
    Relation,
    Series,
    SetUnion,
    Span,
    Sym,
    System,
    Task,
    Term,
    Times,
    Unit,
    Vector,
    walk,
)  # fmt: skip
from core.phrases import phrase

CONSTANTS = {"pi": sp.pi, "e": sp.E, "i": sp.I, "oo": sp.oo}
RELATIONS = {"=": sp.Eq, "~": sp.Eq, "<": sp.Lt, ">": sp.Gt, "<=": sp.Le, ">=": sp.Ge, "!=": sp.Ne}


def to_sympy(term: Term, real: bool = True, evaluate: bool = True) -> Any:
    """The sympy object of `term`: an expression, a relation, a set, a matrix; several statements are a Tuple.

    `evaluate=False` keeps the shape that was written. Raises NotUnderstood for what has no value in this place.
    """
    branches = [term] if isinstance(term, Relation | System | Task) else signs_chosen(term)
    built = [Builder(branch, real, evaluate).build(branch) for branch in branches]
    return built[0] if len(built) == 1 else sp.Tuple(*built)


class Builder:
    """Builds one term. `dependent`: letters that are unknown functions of `variable` in it."""

    def __init__(self, term: Term, real: bool, evaluate: bool) -> None:
        self.real = real
        self.evaluate = evaluate
        self.dependent, self.variable = dependent_letters(term)

    def symbol(self, name: str) -> Any:
        """i is the imaginary unit to every reader of names, so an index called i goes by another one."""
        name = "i_0" if name == "i" else name
        return sp.Symbol(name, real=True) if self.real else sp.Symbol(name)

    def build(self, term: Term) -> Any:
        match term:
            case Num(value):
                return sp.Rational(value.numerator, value.denominator)
            case Sym(name) if name in self.dependent:
                return sp.Function(name)(self.symbol(self.variable))
            case Sym(name):
                return self.symbol(name)
            case Constant(name):
                return CONSTANTS[name]
            case Plus(terms):
                return self._sum([self.build(part) for part in terms])
            case Negative(operand):
                return self._negative(self.build(operand))
            case Times():
                return self._product([self.build(part) for part in _factors(term)])
            case Over(left, right):
                return self._quotient(self.build(left), self.build(right))
            case Power(base, exponent):
                return self._power(self.build(base), self.build(exponent))
            case Radical(radicand, degree):
                return self._root(self.build(radicand), self.build(degree))
            case Call():
                return self._call(term)
            case Apply(name, arguments):
                return sp.Function(name)(*[self.build(part) for part in arguments])
            case Relation():
                return self._relation(term)
            case System(parts):
                return sp.Tuple(*[piece for part in parts for piece in self._statements(part)])
            case Task(_, body):
                return self.build(body)
        return self._construct(term)

    def _construct(self, term: Term) -> Any:
        """Calculus, matrices and sets."""
        match term:
            case Primed(operand, order):
                return self._primed(operand, order)
            case Derivative(body, variables):
                return sp.Derivative(self.build(body), *[(self.symbol(name.name), n) for name, n in variables])
            case Integral(body, variable, lower, upper):
                letter = self.symbol(variable.name)
                inner = self.build(body)
                own = () if lower is None or upper is None else (self.build(lower), self.build(upper))
                if isinstance(inner, sp.Integral):
                    return sp.Integral(inner.function, *inner.limits, (letter, *own))
                return sp.Integral(inner, (letter, *own))
            case Limit(body, variable, target, side):
                point = self.build(target)
                direction = {sp.oo: "-", -sp.oo: "+"}.get(point, side)
                return sp.Limit(self.build(body), self.symbol(variable.name), point, direction)
            case At(body, variable, point):
                placed = sp.Subs(self.build(body), self.symbol(variable.name), self.build(point))
                return placed.doit() if self.evaluate else placed
            case Expansion(body, variable, point, order):
                parts = [self.build(body), self.symbol(variable.name), self.build(point), sp.Integer(order)]
                return taylor_polynomial(*parts) if self.evaluate else sp.Function("taylor")(*parts)
            case Cases(pieces):
                built = [
                    (self.build(body), sp.true if held is None else self._condition(held)) for body, held in pieces
                ]
                return sp.Piecewise(*built, evaluate=False)
            case Series(kind, body, index, first, last):
                make = sp.Sum if kind == "sum" else sp.Product
                return make(self.build(body), (self.symbol(index.name), self.build(first), self.build(last)))
            case MatrixTerm(rows):
                if len({len(line) for line in rows}) != 1:
                    raise NotUnderstood(phrase("reason.ragged"))
                return sp.ImmutableDenseMatrix([[self.build(cell) for cell in line] for line in rows])
            case Vector(items):
                return sp.ImmutableDenseMatrix([[self.build(item)] for item in items])
            case Unit(symbol):
                return sp.Symbol(symbol, positive=True) if self.real else sp.Symbol(symbol)
            case Conversion(body, target):
                return sp.Tuple(self.build(body), self.build(target))
            case Either(parts):
                return sp.Or(*[self._condition(part) for part in parts], evaluate=False)
            case Span(left, right, left_open, right_open):
                return sp.Interval(self.build(left), self.build(right), left_open, right_open)
            case Collection("set", items):
                return sp.FiniteSet(*[self.build(item) for item in items])
            case Collection(_, items):
                return sp.Tuple(*[self.build(item) for item in items])
            case SetUnion(parts):
                return sp.Union(*[self.build(part) for part in parts])
        raise NotUnderstood(phrase("reason.plus-minus"))

    def _condition(self, term: Term | None) -> Any:
        """One statement, or several that hold together, as one condition; None always holds."""
        return sp.true if term is None else sp.And(*self._statements(term), evaluate=False)

    def _statements(self, term: Term) -> list[Any]:
        built = self.build(term)
        return list(built) if isinstance(built, sp.Tuple) and isinstance(term, System | Relation) else [built]

    def _relation(self, term: Relation) -> Any:
        """A relation that holds ± is two of them."""
        branches = signs_chosen(term)
        if len(branches) > 1:
            return sp.Tuple(*[self.build(branch) for branch in branches])
        left, right = self.build(term.left), self.build(term.right)
        if term.sign == "in":
            return sp.Contains(left, right, evaluate=False)
        if isinstance(left, sp.MatrixBase) or isinstance(right, sp.MatrixBase):
            return sp.Eq(left, right, evaluate=False)
        if not isinstance(left, sp.Expr) or not isinstance(right, sp.Expr):
            raise NotUnderstood(phrase("reason.sides"))
        return RELATIONS[term.sign](left, right, evaluate=False)

    def _sum(self, parts: list[Any]) -> Any:
        if any(is_matrix(part) for part in parts):
            return matrices(sp.MatAdd, parts, self.evaluate)
        return sp.Add(*scalars(parts), evaluate=self.evaluate)

    def _negative(self, operand: Any) -> Any:
        if isinstance(operand, sp.Number):
            return -operand
        return self._product([sp.S.NegativeOne, operand])

    def _product(self, parts: list[Any]) -> Any:
        if any(is_matrix(part) for part in parts):
            return matrices(sp.MatMul, parts, self.evaluate)
        return sp.Mul(*scalars(parts), evaluate=self.evaluate)

    def _quotient(self, left: Any, right: Any) -> Any:
        if not self.evaluate and isinstance(left, sp.Integer) and isinstance(right, sp.Integer) and right != 0:
            return sp.Rational(left, right)
        return self._product([left, self._power(right, sp.S.NegativeOne)])

    def _power(self, base: Any, exponent: Any) -> Any:
        if is_matrix(base):
            if not isinstance(exponent, sp.Expr):
                raise NotUnderstood(phrase("reason.matrix-exponent"))
            power = sp.MatPow(base, exponent)
            return power.doit() if self.evaluate else power
        base, exponent = scalars([base, exponent])
        if base == sp.E and not self.evaluate:
            return sp.exp(exponent, evaluate=False)
        return sp.Pow(base, exponent, evaluate=self.evaluate)

    def _root(self, radicand: Any, degree: Any) -> Any:
        """An odd root of a negative number is the real one."""
        radicand, degree = scalars([radicand, degree])
        if degree.is_odd and radicand.is_number and radicand.is_negative:
            return self._negative(self._power(-radicand, 1 / degree))
        return self._power(radicand, 1 / degree)

    def _call(self, term: Call) -> Any:
        parts = [self.build(part) for part in term.arguments]
        match term.name:
            case "log":
                return self._logarithm(*scalars(parts))
            case "percent":
                return self._quotient(scalars(parts)[0], sp.Integer(100))
            case "degrees":
                return self._product([*scalars(parts), sp.pi, sp.Rational(1, 180)])
        return called(term.name, parts, self.evaluate)

    def _logarithm(self, argument: Any, base: Any) -> Any:
        if base == sp.E:
            return sp.log(argument, evaluate=self.evaluate)
        if self.evaluate:
            return sp.log(argument, base)
        return self._quotient(sp.log(argument, evaluate=False), sp.log(base, evaluate=False))

    def _primed(self, operand: Term, order: int) -> Any:
        if isinstance(operand, Sym) and operand.name in self.dependent:
            return sp.Derivative(self.build(operand), (self.symbol(self.variable), order))
        if isinstance(operand, Apply) and len(operand.arguments) == 1:
            point = self.build(operand.arguments[0])
            letter = point if point.is_Symbol else self.symbol(self.variable)
            derivative = sp.Derivative(sp.Function(operand.name)(letter), (letter, order))
            return derivative if point == letter else sp.Subs(derivative, letter, point)
        names = {part.name for part in walk(operand) if isinstance(part, Sym)}
        name = "x" if "x" in names or len(names) != 1 else next(iter(names))
        return sp.Derivative(self.build(operand), (self.symbol(name), order))


def _factors(term: Term) -> list[Term]:
    """The factors of a product that was written left to right."""
    found: list[Term] = []
    while isinstance(term, Times):
        found.append(term.right)
        term = term.left
    return [term, *reversed(found)]

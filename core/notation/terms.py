"""The meaning tree: what writing says, exactly, before anything is evaluated.

Numbers keep how they were written (decimal, repeating, mixed), products and quotients keep their signs; nothing is
simplified. Several statements are a System; a chain a < b < c is its neighbouring relations.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as ExactFraction
from typing import Literal, TypeAlias

NumberStyle = Literal["integer", "decimal", "repeating", "mixed"]


@dataclass(frozen=True)
class Num:
    """An exact number. `text`: as it was written, for the styles that a fraction cannot tell."""

    value: ExactFraction
    style: NumberStyle = "integer"
    text: str = ""


@dataclass(frozen=True)
class Sym:
    """A letter, with its subscript if it has one: `x`, `x_1`, `alpha`."""

    name: str


@dataclass(frozen=True)
class Constant:
    """`pi`, `e`, `i` (the imaginary unit) or `oo`."""

    name: Literal["pi", "e", "i", "oo"]


@dataclass(frozen=True)
class Plus:
    """A sum, term by term; a subtracted term is a Negative."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Negative:
    operand: Term


@dataclass(frozen=True)
class PlusMinus:
    """Both signs of the operand; `first` is the sign of the first of the two values."""

    operand: Term
    first: Literal[1, -1] = 1


@dataclass(frozen=True)
class Times:
    """A product of two; `sign`: `juxtaposed`, `\\times` or `\\cdot`."""

    left: Term
    right: Term
    sign: str = "juxtaposed"


@dataclass(frozen=True)
class Over:
    """A quotient; `sign`: `fraction`, `/` or `\\div`."""

    left: Term
    right: Term
    sign: str = "fraction"


@dataclass(frozen=True)
class Power:
    base: Term
    exponent: Term


@dataclass(frozen=True)
class Radical:
    """The root of `radicand`; `degree` 2 is the square root."""

    radicand: Term
    degree: Term


@dataclass(frozen=True)
class Call:
    """A known function or operation: `sin`, `log` (argument, base), `abs`, `factorial`, `binomial`, `gcd`, `mod`,
    `percent`, `degrees`, `floor`, `conjugate`, `determinant`, `transpose`, `rank`; `dot`, `cross`, `norm` of vectors;
    `mean`, `median`, `variance`, `deviation` (of a population), `round`, `double factorial` ..."""

    name: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True)
class Apply:
    """A function known by its letter: f(2)."""

    name: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True)
class Primed:
    """A prime: the derivative of what stands before it, `order` times."""

    operand: Term
    order: int


@dataclass(frozen=True)
class Derivative:
    """Leibniz's form; `variables`: each with its order. `partial`: written with a round d."""

    body: Term
    variables: tuple[tuple[Sym, int], ...]
    partial: bool = False


@dataclass(frozen=True)
class Integral:
    """`lower` and `upper` are both None for an antiderivative."""

    body: Term
    variable: Sym
    lower: Term | None = None
    upper: Term | None = None


@dataclass(frozen=True)
class Limit:
    """`side`: `+` from above, `-` from below, `+-` both."""

    body: Term
    variable: Sym
    target: Term
    side: Literal["+", "-", "+-"] = "+-"


@dataclass(frozen=True)
class At:
    """`body` with `variable` at `point`: f'(2), or a value after a bar."""

    body: Term
    variable: Sym
    point: Term


@dataclass(frozen=True)
class Expansion:
    """The Taylor polynomial of `body` around `point`, with the terms up to the power `order`."""

    body: Term
    variable: Sym
    point: Term
    order: int


@dataclass(frozen=True)
class Cases:
    """A function given in pieces: each value with the condition under which it holds, None for "otherwise"."""

    pieces: tuple[tuple[Term, Term | None], ...]


@dataclass(frozen=True)
class Series:
    """A sum or a product over whole numbers from `first` to `last`."""

    kind: Literal["sum", "product"]
    body: Term
    index: Sym
    first: Term
    last: Term


@dataclass(frozen=True)
class MatrixTerm:
    rows: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Vector:
    """Numbers in brackets that are calculated with as a column."""

    items: tuple[Term, ...]


@dataclass(frozen=True)
class Unit:
    """A unit of measurement, by its symbol in `core.notation.units`."""

    symbol: str


@dataclass(frozen=True)
class Conversion:
    """`body` is to be said in the units of `target`: 3 km + 200 m in m."""

    body: Term
    target: Term


@dataclass(frozen=True)
class Span:
    """An interval; the booleans say whether an end is left out."""

    left: Term
    right: Term
    left_open: bool
    right_open: bool


@dataclass(frozen=True)
class Collection:
    """Items in round brackets (`kind` tuple) or in braces (`kind` set)."""

    kind: Literal["tuple", "set"]
    items: tuple[Term, ...]


@dataclass(frozen=True)
class SetUnion:
    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Relation:
    """`sign`: one of `= < > <= >= != ~ in`, where `~` is "about"."""

    sign: str
    left: Term
    right: Term


@dataclass(frozen=True)
class System:
    """Several statements that hold together, in the order they were written."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Either:
    """Statements of which at least one holds: x < 1 or x > 3."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Task:
    """A word that says what to do: `factor`, `expand`, `simplify`, `solve`, `differentiate`, `integrate`.

    `unknown` is the letter to solve for, where one was named.
    """

    verb: str
    body: Term
    unknown: Sym | None = None


Term: TypeAlias = (
    Num | Sym | Constant | Plus | Negative | PlusMinus | Times | Over | Power | Radical | Call | Apply | Primed
    | Derivative | Integral | Limit | At | Expansion | Cases | Series | MatrixTerm | Vector | Unit | Conversion | Span
    | Collection | SetUnion | Relation | System | Either | Task
)  # fmt: skip


def children(term: Term) -> tuple[Term, ...]:
    """The parts of `term` that are terms themselves, in reading order."""
    found: list[Term] = []
    for name in term.__dataclass_fields__:
        value = getattr(term, name)
        found.extend(item for item in _flat(value) if isinstance(item, Term.__args__))
    return tuple(found)


def _flat(value: object) -> list[object]:
    return [deep for item in value for deep in _flat(item)] if isinstance(value, tuple) else [value]


def free_letters(term: Term) -> frozenset[str]:
    """Names of the letters in `term` that no limit, sum, product or definite integral binds."""
    if isinstance(term, Sym):
        return frozenset({term.name})
    inner = frozenset().union(*[free_letters(part) for part in children(term)])
    match term:
        case Limit(_, variable, target):
            return (inner - {variable.name}) | free_letters(target)
        case At(_, variable, point):
            return (inner - {variable.name}) | free_letters(point)
        case Series(_, _, index, first, last):
            return (inner - {index.name}) | free_letters(first) | free_letters(last)
        case Integral(_, variable, lower, upper) if lower is not None and upper is not None:
            return (inner - {variable.name}) | free_letters(lower) | free_letters(upper)
    return inner


def walk(term: Term) -> list[Term]:
    """`term` and everything in it, each before its parts."""
    found: list[Term] = []
    waiting = [term]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(children(current)))
    return found

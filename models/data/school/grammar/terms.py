"""The small parts that all topics share: numbers, signs, variables, powers, fractions, roots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

Topic: TypeAlias = Callable[[Random], str]
"""Draws one label: tokens separated by one space."""


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TIMES, CDOT, DIV, NEQ, APPROX, LEQ, PARALLEL, PERP = words(r"\times \cdot \div \neq \approx \leq \parallel \perp")
DEGREE, PRIME, PI, INFINITY, LDOTS, CDOTS = words(r"\circ \prime \pi \infty \ldots \cdots")
SIN, COS, LOG, PARTIAL = words(r"\sin \cos \log \partial")

VARIABLES = tuple("xxxxxxxxxxxyyyyzzabnntmpkrsuvwcdhq")
FUNCTIONS = (r"\sin", r"\sin", r"\sin", r"\cos", r"\cos", r"\cos", r"\tan", r"\tan", r"\cot", r"\sec", r"\csc")
INVERSES = (r"\arcsin", r"\arccos", r"\arctan")
HYPERBOLIC = (r"\sinh", r"\cosh", r"\tanh")
GREEK = (r"\theta", r"\theta", r"\theta", r"\alpha", r"\beta", r"\phi", r"\gamma", r"\omega", r"\lambda", r"\mu")
UNITS = ("c m", "m m", "k m", "k g", "m", "g", "s", "h", "N", "J", "W", "L")
RELATIONS = ("<", ">", r"\leq", r"\geq")


def weighted(chance: Random, topics: Sequence[tuple[float, Topic]]) -> str:
    """A label of one of `topics`, each as likely as its weight."""
    return chance.choices([topic for _, topic in topics], [weight for weight, _ in topics])[0](chance)


def likely(chance: Random, share: float) -> bool:
    return chance.random() < share


def spelt(value: int) -> str:
    """The digits of `value`, apart."""
    return " ".join(str(value))


def signed(value: int) -> str:
    return f"- {spelt(-value)}" if value < 0 else spelt(value)


def integer(chance: Random, digits: int = 0) -> str:
    """A number of `digits` digits, or mostly of one or two."""
    digits = digits or chance.choices((1, 2, 3, 4), (46, 34, 14, 6))[0]
    return spelt(chance.randrange(10 ** (digits - 1) if digits > 1 else 0, 10**digits))


def small(chance: Random, least: int = 2, greatest: int = 12) -> str:
    return spelt(chance.randint(least, greatest))


def decimal(chance: Random) -> str:
    mark = "," if likely(chance, 0.15) else "."
    places = chance.choices((1, 2, 3), (60, 32, 8))[0]
    whole = "0" if likely(chance, 0.3) else integer(chance, chance.choices((1, 2, 3), (60, 30, 10))[0])
    return f"{whole} {mark} {' '.join(chance.choices('0123456789', k=places))}"


def number(chance: Random) -> str:
    return decimal(chance) if likely(chance, 0.12) else integer(chance)


def variable(chance: Random) -> str:
    return chance.choice(VARIABLES)


def capital(chance: Random) -> str:
    return chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def fraction(above: str, below: str) -> str:
    return rf"\frac {{ {above} }} {{ {below} }}"


def root(inside: str, degree: str = "") -> str:
    return rf"\sqrt [ {degree} ] {{ {inside} }}" if degree else rf"\sqrt {{ {inside} }}"


def power(base: str, exponent: str) -> str:
    return f"{base} ^ {{ {exponent} }}"


def index(base: str, subscript: str) -> str:
    return f"{base} _ {{ {subscript} }}"


def bracketed(inside: str) -> str:
    return f"( {inside} )"


def plain_fraction(chance: Random) -> str:
    above = small(chance, 1, 15) if likely(chance, 0.85) else integer(chance)
    below = small(chance, 2, 15) if likely(chance, 0.85) else integer(chance, 2)
    return fraction(above, below)


def mixed_number(chance: Random) -> str:
    return f"{small(chance, 1, 12)} {fraction(small(chance, 1, 9), small(chance, 2, 12))}"


def sign(chance: Random, minus: float = 0.45) -> str:
    return "-" if likely(chance, minus) else "+"


def coefficient(chance: Random) -> str:
    """Before a variable: often nothing, mostly a small number, seldom a fraction, a decimal or a letter."""
    return chance.choices(
        (
            "",
            small(chance, 2, 9),
            small(chance, 10, 40),
            plain_fraction(chance),
            decimal(chance),
            chance.choice("abckm"),
        ),
        (28, 52, 9, 6, 2, 3),
    )[0]


def monomial(chance: Random, name: str, exponent: int) -> str:
    """Coefficient, variable, power."""
    factor = coefficient(chance)
    if exponent == 0:
        return factor or small(chance, 1, 20)
    body = power(name, spelt(exponent)) if exponent > 1 else name
    return f"{factor} {body}" if factor and factor != name else body


def summed(chance: Random, terms: Sequence[str], leading_minus: float = 0.12) -> str:
    """`terms` with signs between them."""
    text = f"- {terms[0]}" if likely(chance, leading_minus) else terms[0]
    for term in terms[1:]:
        text += f" {sign(chance)} {term}"
    return text


def polynomial(chance: Random, name: str, degree: int) -> str:
    """Falling powers of `name`, some missing."""
    exponents = [degree, *(e for e in range(degree - 1, -1, -1) if likely(chance, 0.72))]
    return summed(chance, [monomial(chance, name, e) for e in exponents])


def linear(chance: Random, name: str) -> str:
    return summed(chance, [monomial(chance, name, 1), small(chance, 1, 30)])

"""Signs that are seldom written: complex numbers, sets, vectors, probabilities, Greek; so that no token is unknown."""

from __future__ import annotations

from random import Random

from models.data.school.grammar.terms import (
    PI,
    capital,
    decimal,
    fraction,
    index,
    integer,
    plain_fraction,
    power,
    root,
    sign,
    small,
    weighted,
    words,
)

RARE_LETTERS = words(
    r"""
    D J K O Q U W Z I L M N H X Y R S T V E G o l j g q \alpha \beta \gamma \delta \lambda \mu \phi \sigma \rho \tau
    \psi \omega \Delta \Gamma \Omega \Phi \Pi \partial
    """
)
RARE_RELATIONS = words(
    r"\ll \gg \equiv \sim \propto \leftarrow \rightarrow \Leftrightarrow \cup \cap \subset \mp \in \perp ;"
)
RARE_NAMES = words(r"\gcd \max \min")
RARE = RARE_LETTERS + RARE_RELATIONS + RARE_NAMES


def complex_number(chance: Random) -> str:
    a, b, c, d = (small(chance, 1, 9) for _ in range(4))
    return chance.choice(
        (
            f"z = {a} {sign(chance)} {b} i",
            f"( {a} {sign(chance)} {b} i ) ( {c} {sign(chance)} {d} i )",
            fraction(f"{a} {sign(chance)} {b} i", f"{c} {sign(chance)} {d} i"),
            f"{power('e', f'{PI} i')} = - 1",
            "| z | = " + root(power(a, "2") + " + " + power(b, "2")),
            f"{power('i', '2')} = - 1",
            rf"\overline {{ z }} = {a} {sign(chance)} {b} i",
        )
    )


def sets(chance: Random) -> str:
    a, b = chance.sample("ABCDEMPQ", 2)
    return chance.choice(
        (
            rf"{a} \cup {b}", rf"{a} \cap {b} = \emptyset", rf"{a} \subset {b}", rf"x \in {a}",
            rf"P ( {a} \cap {b} ) = {decimal(chance)}", rf"P ( {a} ) = {plain_fraction(chance)}", rf"\forall x \in {a}",
            rf"\vec {{ {chance.choice('abuvF')} }} = ( {small(chance)} , {small(chance)} )",
            rf"\det {a} = {small(chance, 0, 9)}", r"y \propto x", rf"\delta = {decimal(chance)}",
            r"\omega = 2 \pi f", rf"{capital(chance)} = {integer(chance)} \Omega",
            rf"\rho = {decimal(chance)}", rf"\tau = {decimal(chance)}",
        )
    )  # fmt: skip


def rare_sign(chance: Random) -> str:
    """Any written token at all, in plain company, so that none is unknown."""
    one = chance.choice(RARE)
    other = chance.choice(("x", "a", "A", "n", small(chance), chance.choice(RARE_LETTERS)))
    if one in RARE_RELATIONS:
        return f"{chance.choice('abxnAB')} {one} {other}"
    if one in RARE_NAMES:
        return f"{one} ( {chance.choice('abxnAB')} , {other} )"
    return chance.choice(
        (
            f"{one} = {integer(chance)}",
            f"{one} {sign(chance)} {other}",
            f"{small(chance)} {one} {other}",
            f"{power(one, '2')} = {other}",
            f"{index(one, chance.choice('012nk'))} = {decimal(chance)}",
            f"{other} = {fraction(one, small(chance))}",
            f"{one} ( {other} )",
        )
    )


def rare(chance: Random) -> str:
    return weighted(chance, ((35, complex_number), (25, sets), (40, rare_sign)))

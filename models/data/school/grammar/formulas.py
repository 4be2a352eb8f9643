"""Formulas, functions, sequences, units, angles: what stands in the margins of a pupil's book."""

from __future__ import annotations

from random import Random

from models.data.school.grammar.terms import (
    CDOTS,
    DEGREE,
    FUNCTIONS,
    GREEK,
    LDOTS,
    PARALLEL,
    PERP,
    UNITS,
    bracketed,
    capital,
    decimal,
    fraction,
    index,
    integer,
    likely,
    linear,
    number,
    plain_fraction,
    polynomial,
    power,
    root,
    sign,
    signed,
    small,
    spelt,
    variable,
    weighted,
)

FORMULAS = tuple(
    line.strip()
    for line in r"""
    A = \frac { 1 } { 2 } b h
    A = \pi r ^ { 2 }
    C = 2 \pi r
    V = \frac { 4 } { 3 } \pi r ^ { 3 }
    V = \pi r ^ { 2 } h
    a ^ { 2 } + b ^ { 2 } = c ^ { 2 }
    c = \sqrt { a ^ { 2 } + b ^ { 2 } }
    x = \frac { - b \pm \sqrt { b ^ { 2 } - 4 a c } } { 2 a }
    F = m a
    E = m c ^ { 2 }
    U = R I
    P = U I
    W = F s
    v = \frac { s } { t }
    E _ { k } = \frac { 1 } { 2 } m v ^ { 2 }
    E _ { p } = m g h
    P V = n R T
    D = b ^ { 2 } - 4 a c
    \Delta = b ^ { 2 } - 4 a c
    Q = m c \Delta T
    \rho = \frac { m } { V }
    S = \frac { a + b } { 2 } h
    s = v t + \frac { 1 } { 2 } a t ^ { 2 }
    T = 2 \pi \sqrt { \frac { l } { g } }
    F = G \frac { m _ { 1 } m _ { 2 } } { r ^ { 2 } }
    ( a + b ) ^ { 2 } = a ^ { 2 } + 2 a b + b ^ { 2 }
    a ^ { 2 } - b ^ { 2 } = ( a - b ) ( a + b )
    \frac { a } { b } = \frac { c } { d }
    a ^ { m } \cdot a ^ { n } = a ^ { m + n }
    m = \frac { y _ { 2 } - y _ { 1 } } { x _ { 2 } - x _ { 1 } }
    a _ { n } = a _ { 1 } + ( n - 1 ) d
    y = m x + c
    y = k x + b
    y = a x ^ { 2 } + b x + c
    K = \frac { 1 } { 2 } m v ^ { 2 }
    I = \frac { U } { R }
    \omega = 2 \pi f
    x ^ { 2 } + y ^ { 2 } = r ^ { 2 }
    S _ { n } = \frac { n } { 2 } ( a _ { 1 } + a _ { n } )
    O = 2 \pi r
    Z = R + j \omega L
    f = \frac { 1 } { T }
    """.strip().splitlines()
)


def formula(chance: Random) -> str:
    return chance.choice(FORMULAS)


def literal(chance: Random) -> str:
    a, b, c, d = chance.sample("abcdefghkmnpqrstuvwxyz", 4)
    big, bigger = capital(chance), capital(chance)
    return chance.choice(
        (
            f"{a} {b} {sign(chance)} {c} = {d}",
            f"{big} = {a} {b} {sign(chance)} {c} {d}",
            f"{big} = {fraction(f'{a} {b}', c)}",
            f"{a} = {fraction(big, f'{b} {c}')}",
            f"{big} = {small(chance)} {a} {sign(chance)} {small(chance)} {b}",
            f"{big} = {number(chance)}",
            f"{index(big, chance.choice('012n'))} = {index(bigger, chance.choice('012n'))} {sign(chance)} {a} {b}",
            f"{big} {bigger} = {number(chance)}",
            f"{a} = {b} {sign(chance)} {c} {d}",
            f"{fraction(a, b)} = {fraction(c, d)}",
            f"{fraction('1', a)} = {fraction('1', b)} + {fraction('1', c)}",
            f"{big} ( {small(chance, 0, 9)} , {signed(chance.randint(-9, 9))} )",
        )
    )


def function(chance: Random) -> str:
    name, of = chance.choice("ffffgghFPy"), chance.choice("xxxxxtn")
    at = f"{name} ( {of} )" if name != "y" else "y"
    value = f"{name} ( {signed(chance.randint(-5, 9))} )" if name != "y" else "y"
    return chance.choices(
        (
            f"{at} = {polynomial(chance, of, chance.randint(1, 3))}",
            f"{at} = {fraction(linear(chance, of), linear(chance, of))}",
            f"{value} = {signed(chance.randint(-9, 30))}",
            f"{value} = {power(bracketed(small(chance)), chance.choice('23'))} {sign(chance)} {small(chance)}",
            f"{value} = {small(chance)} ( {small(chance)} ) {sign(chance)} {small(chance)}",
            f"y = {linear(chance, of)}",
            f"y = {fraction(small(chance, 1, 5), small(chance, 2, 5))} {of} {sign(chance)} {small(chance)}",
            f"{at} = {root(linear(chance, of))}",
            f"{at} = | {linear(chance, of)} |",
            f"( f \\circ g ) ( {of} )",
            f"f ( g ( {of} ) ) = {polynomial(chance, of, 2)}",
            f"{power('f', '- 1')} ( {of} ) = {linear(chance, of)}",
            f"y {sign(chance)} {small(chance)} = {small(chance)} ( {of} {sign(chance)} {small(chance)} )",
        ),
        (28, 6, 10, 5, 5, 14, 6, 5, 3, 2, 3, 3, 5),
    )[0]


def sequence(chance: Random) -> str:
    a = chance.choice("aaabuxS")
    return chance.choice(
        (
            f"{index(a, 'n')} = {linear(chance, 'n')}",
            f"{index(a, 'n + 1')} = {small(chance)} {index(a, 'n')} {sign(chance)} {small(chance)}",
            f"{index(a, small(chance, 0, 9))} = {integer(chance)}",
            rf"{small(chance)} , {small(chance)} , {small(chance)} , \ldots",
            rf"1 + 2 + 3 + {chance.choice((CDOTS, LDOTS))} + n",
            f"{index(a, 'n')} = {index(a, '1')} {power('q', 'n - 1')}",
            f"{index(chance.choice('xyPv'), '1')} = {number(chance)}",
        )
    )


def with_units(chance: Random) -> str:
    unit = rf"\mathrm {{ {chance.choice(UNITS)} }}"
    square = power(unit, chance.choice("23")) if likely(chance, 0.4) else unit
    return chance.choice(
        (
            f"{number(chance)} {square}",
            f"{variable(chance)} = {number(chance)} {square}",
            f"{capital(chance)} = {number(chance)} {square}",
            rf"{number(chance)} {unit} \times {number(chance)} {unit} =",
            f"{capital(chance)} = \\pi \\cdot {power(small(chance), '2')} = {decimal(chance)} {square}",
        )
    )


def angle(chance: Random) -> str:
    degrees = power(
        spelt(chance.choice((15, 30, 30, 45, 45, 60, 60, 90, 120, 135, 180, 360, chance.randint(1, 360)))), r"\circ"
    )
    return chance.choice(
        (
            f"{chance.choice(FUNCTIONS)} {degrees} = {plain_fraction(chance)}",
            f"{chance.choice(FUNCTIONS)} {degrees}",
            f"{chance.choice(GREEK)} = {degrees}",
            rf"\angle A B C = {degrees}",
            rf"{degrees} - {degrees} - {degrees} =",
            rf"x + {degrees} = {power('1 8 0', DEGREE)}",
            rf"\triangle A B C \sim \triangle {' '.join(chance.sample('DEFKLMPQR', 3))}",
            rf"A B {chance.choice((PARALLEL, PERP))} C D",
        )
    )


def formulas(chance: Random) -> str:
    return weighted(chance, ((18, formula), (22, literal), (36, function), (9, sequence), (5, with_units), (10, angle)))

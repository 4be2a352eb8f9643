"""Beyond algebra: trigonometry, logarithms, derivatives, integrals, limits, sums, differential equations."""

from __future__ import annotations

from random import Random

from models.data.school.grammar.terms import (
    COS,
    FUNCTIONS,
    GREEK,
    HYPERBOLIC,
    INFINITY,
    INVERSES,
    LOG,
    PARTIAL,
    PI,
    PRIME,
    SIN,
    bracketed,
    decimal,
    fraction,
    index,
    integer,
    likely,
    linear,
    monomial,
    plain_fraction,
    polynomial,
    power,
    root,
    sign,
    small,
    summed,
    weighted,
)


def _argument(chance: Random, name: str) -> str:
    """What a function is taken of: bare where it is short."""
    return chance.choices(
        (name, bracketed(name), f"{small(chance, 2, 9)} {name}", bracketed(linear(chance, name)), fraction(name, "2"),
         bracketed(f"{small(chance, 2, 9)} {name}"), bracketed(power(name, "2"))),
        (44, 17, 15, 9, 4, 7, 4),
    )[0]  # fmt: skip


def _wave(chance: Random, name: str) -> str:
    function = chance.choices(
        (chance.choice(FUNCTIONS), chance.choice(INVERSES), chance.choice(HYPERBOLIC)), (90, 7, 3)
    )[0]
    if likely(chance, 0.2):
        function = power(function, chance.choice("2223"))
    return f"{function} {_argument(chance, name)}"


def _logarithm(chance: Random, name: str) -> str:
    kind = chance.choices(
        (r"\ln", r"\log", r"\lg", index(r"\log", chance.choice(("2", "3", "5", "a", "1 0")))), (46, 22, 4, 28)
    )[0]
    inside = chance.choices(
        (_argument(chance, name), integer(chance), bracketed(polynomial(chance, name, 2))), (66, 22, 12)
    )[0]
    return f"{kind} {inside}"


def _exponential(chance: Random, name: str) -> str:
    exponent = chance.choices(
        (
            name,
            f"- {name}",
            f"{small(chance, 2, 5)} {name}",
            power(name, "2"),
            linear(chance, name),
            f"- {power(name, '2')}",
        ),
        (42, 14, 20, 8, 10, 6),
    )[0]
    return power(chance.choice("eeee23a"), exponent)


def _smooth(chance: Random, name: str) -> str:
    """A factor to differentiate or integrate."""
    return chance.choices(
        (
            monomial(chance, name, chance.randint(1, 4)),
            _wave(chance, name),
            _exponential(chance, name),
            f"\\ln {_argument(chance, name)}",
            root(name if likely(chance, 0.5) else linear(chance, name)),
            fraction(
                small(chance, 1, 5),
                chance.choice((name, power(name, "2"), linear(chance, name), polynomial(chance, name, 2))),
            ),
            bracketed(polynomial(chance, name, 2)),
        ),
        (28, 24, 14, 7, 8, 12, 7),
    )[0]


def _integrand(chance: Random, name: str) -> str:
    return chance.choices(
        (
            _smooth(chance, name),
            f"{monomial(chance, name, 1)} {_smooth(chance, name)}",
            bracketed(summed(chance, [_smooth(chance, name), _smooth(chance, name)])),
            bracketed(polynomial(chance, name, chance.randint(1, 3))),
            polynomial(chance, name, chance.randint(1, 3)),
            fraction(_smooth(chance, name), polynomial(chance, name, chance.randint(1, 2))),
            f"{_exponential(chance, name)} {_wave(chance, name)}",
        ),
        (34, 14, 10, 14, 8, 14, 6),
    )[0]


def trigonometry(chance: Random) -> str:
    name = chance.choice(("x", "x", "x", "t", *GREEK[:5]))
    value = chance.choice(
        (plain_fraction(chance), "0", "1", "- 1", fraction(root(chance.choice("23")), "2"), decimal(chance))
    )
    pi = chance.choice(
        (
            r"\pi",
            r"2 \pi",
            fraction(r"\pi", chance.choice("23464")),
            fraction(rf"{small(chance, 2, 7)} \pi", chance.choice("2346")),
        )
    )
    return chance.choices(
        (
            _wave(chance, name),
            f"{_wave(chance, name)} = {value}",
            f"{power(SIN, '2')} {name} + {power(COS, '2')} {name} = 1",
            f"{small(chance)} {_wave(chance, name)} {sign(chance)} {_wave(chance, name)} = {value}",
            f"{chance.choice(FUNCTIONS)} {pi}",
            f"{chance.choice(FUNCTIONS)} ( {name} {sign(chance)} {pi} )",
            f"{name} = {pi}",
            rf"{name} = {pi} + {chance.choice(('', '2 '))}k \pi",
            rf"\tan {name} = {fraction(f'{SIN} {name}', f'{COS} {name}')}",
            f"y = {small(chance)} {_wave(chance, name)}",
            rf"{chance.choice(INVERSES)} {chance.choice((plain_fraction(chance), bracketed(value), bracketed(name)))}",
            rf"\sin 2 {name} = 2 \sin {name} \cos {name}",
        ),
        (16, 20, 5, 12, 12, 7, 9, 4, 3, 5, 5, 2),
    )[0]


def logarithms(chance: Random) -> str:
    name = "x"
    return chance.choices(
        (
            _logarithm(chance, name),
            f"{_logarithm(chance, name)} = {small(chance, 0, 9)}",
            f"{_logarithm(chance, name)} {sign(chance)} {_logarithm(chance, name)} = {small(chance, 0, 9)}",
            f"{_exponential(chance, name)} = {integer(chance)}",
            f"{index(LOG, small(chance, 2, 5))} {integer(chance)} =",
            rf"{name} = \ln {small(chance)}",
            f"{power(small(chance, 2, 9), 'x')} = {integer(chance)}",
            f"y = {_exponential(chance, name)}",
            r"\log a + \log b = \log ( a b )",
            f"{small(chance)} {_exponential(chance, name)} {sign(chance)} {small(chance)} = {small(chance, 0, 20)}",
        ),
        (22, 18, 12, 14, 12, 5, 8, 5, 1, 5),
    )[0]


def derivative(chance: Random) -> str:
    name = chance.choice("xxxxxtuz")
    body = polynomial(chance, name, chance.randint(1, 4)) if likely(chance, 0.4) else _smooth(chance, name)
    if likely(chance, 0.25):
        body = f"{_smooth(chance, name)} {sign(chance)} {_smooth(chance, name)}"
    prime = r"\prime \prime" if likely(chance, 0.18) else r"\prime"
    f = chance.choice("fffgh")
    return chance.choices(
        (
            f"{fraction('d', f'd {name}')} ( {body} )",
            f"{fraction('d', f'd {name}')} {body}",
            f"{fraction('d y', f'd {name}')} = {body}",
            f"{power(f, prime)} ( {name} ) = {body}",
            f"{power('y', prime)} = {body}",
            f"{fraction(power('d', '2') + ' y', 'd ' + power(name, '2'))}"
            + ("" if likely(chance, 0.4) else f" = {body}"),
            f"( {body} ) ^ {{ \\prime }}",
            f"{fraction('d', f'd {name}')} [ {body} ]",
            f"{power(f, prime)} ( {small(chance, 0, 5)} ) = {small(chance, 0, 20)}",
            f"{fraction(f'{PARTIAL} f', f'{PARTIAL} {name}')} = {body}",
            f"{fraction('d y', f'd {name}')}",
        ),
        (22, 8, 13, 20, 12, 5, 8, 3, 4, 3, 3),
    )[0]


def integral(chance: Random) -> str:
    name = chance.choice("xxxxxxtuyz")
    if name == "t" and likely(chance, 0.2):
        name = r"\theta"
    bound = chance.choices(
        ("", rf" _ {{ {chance.choice(('0', '0', '0', '1', '- 1', 'a', small(chance)))} }} ^ {{ "
         rf"{chance.choice(('1', '2', 'b', small(chance), PI, INFINITY, fraction(PI, '2')))} }}",
         r" _ { - \infty } ^ { \infty }"),
        (56, 41, 3),
    )[0]  # fmt: skip
    if bound and likely(chance, 0.18):
        bound = rf" \limits{bound}"
    one = rf"\int{bound} {_integrand(chance, name)} d {name}"
    if likely(chance, 0.06):
        one = rf"\int{bound} {fraction(f'd {name}', polynomial(chance, name, chance.randint(1, 2)))}"
    if likely(chance, 0.03):
        one = rf"\int{bound} \int{bound} {_smooth(chance, 'x')} d x d y"
    ending = chance.choices(("", " =", f" = {_smooth(chance, name)}{'' if bound else ' + C'}"), (62, 18, 20))[0]
    return (
        ("" if likely(chance, 0.88) else chance.choice(("y = ", r"\pi ", f"{small(chance)} ", "A = "))) + one + ending
    )


def limit(chance: Random) -> str:
    name = chance.choice("xxxxnnth")
    to = (
        r"\infty"
        if name == "n"
        else chance.choice(
            ("0", "0", "0", "1", "2", r"\infty", "a", r"- \infty", power("0", "+"), power("0", "-"), small(chance))
        )
    )
    body = chance.choices(
        (
            fraction(polynomial(chance, name, 2), polynomial(chance, name, chance.randint(1, 2))),
            fraction(_wave(chance, name), name),
            _smooth(chance, name),
            power(rf"( 1 + {fraction('1', name)} )", name),
            fraction(f"{_exponential(chance, name)} - 1", name),
            "f ( x )",
            fraction("f ( x + h ) - f ( x )", "h"),
            fraction(f"{root(linear(chance, name))} - {small(chance)}", linear(chance, name)),
        ),
        (30, 18, 18, 8, 8, 6, 5, 7),
    )[0]
    ending = chance.choices(("", " =", f" = {small(chance, 0, 9)}"), (58, 20, 22))[0]
    return rf"\lim _ {{ {name} \rightarrow {to} }} {body}{ending}"


def series(chance: Random) -> str:
    i = chance.choice("iiikknnj")
    top = chance.choice((INFINITY, INFINITY, small(chance, 3, 99), *("" if i == "n" else "nnnN")))
    body = chance.choices(
        (i, power(i, "2"), index(chance.choice("axfb"), i), fraction("1", power(i, chance.choice("23"))),
         bracketed(linear(chance, i)), power(small(chance, 2, 5), i), fraction(power("x", i), f"{i} !"),
         fraction("1", f"{i} ( {i} + 1 )"), power(bracketed(fraction("1", small(chance, 2, 5))), i)),
        (14, 16, 16, 14, 14, 8, 7, 5, 5),
    )[0]  # fmt: skip
    before = chance.choices(("", "S = ", f"{index('S', 'n')} = ", f"{fraction('1', 'n')} "), (76, 8, 8, 8))[0]
    ending = chance.choices(("", " =", f" = {integer(chance)}"), (62, 18, 20))[0]
    return rf"{before}\sum _ {{ {i} = {chance.choice('0111')} }} ^ {{ {top} }} {body}{ending}"


def differential_equation(chance: Random) -> str:
    y = chance.choice("yyyxu")
    right = chance.choice(("0", small(chance), _exponential(chance, "x")))
    once, twice = power(y, PRIME), power(y, f"{PRIME} {PRIME}")
    return chance.choice(
        (
            f"{once} {sign(chance)} {small(chance)} {y} = {right}",
            f"{twice} {sign(chance)} {small(chance)} {once} {sign(chance)} {small(chance)} {y} = 0",
            f"{fraction(f'd {y}', 'd t')} = {small(chance)} {y}",
            f"{once} = {fraction('x', y)}",
            f"{y} ( 0 ) = {small(chance, 0, 9)}",
            f"{fraction('d y', 'd x')} {sign(chance)} {monomial(chance, 'x', 1)} y = {_smooth(chance, 'x')}",
        )
    )


def calculus(chance: Random) -> str:
    return weighted(
        chance,
        (
            (20, trigonometry), (15, logarithms), (20, derivative), (24, integral), (9, limit), (8, series),
            (3, differential_equation),
        ),
    )  # fmt: skip

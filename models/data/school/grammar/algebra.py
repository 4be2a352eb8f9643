"""Letters for numbers: equations and their answers, inequalities, expressions, systems, matrices."""

from __future__ import annotations

from random import Random

from models.data.school.grammar.terms import (
    LEQ,
    RELATIONS,
    bracketed,
    capital,
    decimal,
    fraction,
    index,
    integer,
    likely,
    linear,
    monomial,
    number,
    plain_fraction,
    polynomial,
    power,
    root,
    sign,
    signed,
    small,
    spelt,
    summed,
    variable,
    weighted,
)


def linear_equation(chance: Random) -> str:
    name = variable(chance)

    def side() -> str:
        return chance.choices(
            (
                linear(chance, name),
                integer(chance),
                monomial(chance, name, 1),
                f"{small(chance, 2, 9)} ( {linear(chance, name)} )",
                f"{small(chance, 2, 9)} ( {linear(chance, name)} ) {sign(chance)} {small(chance)}",
                f"{small(chance, 1, 20)} {sign(chance)} {monomial(chance, name, 1)}",
                fraction(linear(chance, name), small(chance, 2, 9)),
                f"{fraction(name, small(chance, 2, 9))} {sign(chance)} {small(chance)}",
                f"{decimal(chance)} {name} {sign(chance)} {decimal(chance)}",
                f"{linear(chance, name)} {sign(chance)} {linear(chance, name)}",
            ),
            (34, 12, 10, 10, 7, 7, 7, 6, 2, 5),
        )[0]

    right = chance.choices(
        (integer(chance), side(), signed(-chance.randint(1, 30)), plain_fraction(chance)), (52, 34, 9, 5)
    )
    return f"{side()} = {right[0]}"


def factored(chance: Random) -> str:
    name = variable(chance)
    count = chance.choices((2, 3), (85, 15))[0]
    factors = [bracketed(linear(chance, name)) for _ in range(count)]
    if likely(chance, 0.25):
        factors[0] = monomial(chance, name, 1)
    if likely(chance, 0.15):
        factors[-1] = power(bracketed(linear(chance, name)), chance.choice("223"))
    return " ".join(factors)


def quadratic(chance: Random) -> str:
    name = variable(chance)
    p, q = chance.randint(-9, 9), chance.randint(-9, 9)
    plain = [power(name, "2")]
    for value, tail in ((p + q, f" {name}"), (p * q, "")):
        if value:
            shown = "" if abs(value) == 1 and tail else spelt(abs(value))
            plain.append(f"{'+' if value > 0 else '-'} {shown}{tail}".replace("  ", " "))
    return chance.choices(
        (
            f"{' '.join(plain)} = 0",
            f"{polynomial(chance, name, 2)} = 0",
            f"{polynomial(chance, name, 2)} = {integer(chance)}",
            f"{power(name, '2')} = {integer(chance)}",
            f"{power(bracketed(linear(chance, name)), '2')} = {integer(chance)}",
            f"{factored(chance)} = 0",
            f"{polynomial(chance, name, 2)} = {linear(chance, name)}",
            f"{power(name, '2')} = {' + '.join(power(bracketed(small(chance)), '2') for _ in range(2))}",
        ),
        (32, 20, 10, 8, 6, 12, 9, 3),
    )[0]


def expression(chance: Random) -> str:
    name = variable(chance)
    other = variable(chance)

    def squared() -> str:
        return power(bracketed(linear(chance, name)), "2")

    return chance.choices(
        (
            polynomial(chance, name, chance.randint(2, 4)),
            factored(chance),
            fraction(polynomial(chance, name, chance.randint(1, 2)), linear(chance, name)),
            f"{fraction(small(chance), linear(chance, name))} {sign(chance)} {fraction(small(chance), name)}",
            f"{small(chance)} {name} {sign(chance)} {small(chance)} {other} {sign(chance)} {small(chance)} {name}",
            rf"{monomial(chance, name, 2)} \cdot {monomial(chance, name, 3)}",
            power(bracketed(monomial(chance, name, chance.randint(1, 4))), small(chance, 2, 4)),
            f"{squared()} {sign(chance)} {squared()}",
            root(f"{polynomial(chance, name, chance.randint(1, 2))}"),
            f"{polynomial(chance, name, 2)} = {factored(chance)}",
            f"{power(name, spelt(chance.randint(2, 9)))} {other}",
            fraction(f"{power(name, small(chance))} {other}", f"{name} {power(other, small(chance, 2, 9))}"),
            f"| {linear(chance, name)} |",
            f"( {polynomial(chance, name, 2)} ) {sign(chance)} ( {polynomial(chance, name, 2)} )",
        ),
        (22, 15, 10, 6, 6, 5, 6, 5, 5, 6, 4, 4, 3, 3),
    )[0]


def rational_equation(chance: Random) -> str:
    name = variable(chance)
    return chance.choice(
        (
            f"{fraction(small(chance), linear(chance, name))} = {fraction(small(chance), linear(chance, name))}",
            f"{fraction(name, small(chance))} {sign(chance)} {fraction(name, small(chance))} = {small(chance)}",
            f"{fraction(linear(chance, name), small(chance))} = {fraction(linear(chance, name), small(chance))}",
            f"{fraction(name, small(chance))} = {small(chance)}",
            f"{fraction(name, small(chance))} = {plain_fraction(chance)}",
            f"{root(linear(chance, name))} = {chance.choice((small(chance), linear(chance, name)))}",
            f"| {linear(chance, name)} | = {small(chance)}",
            f"{power(small(chance, 2, 9), linear(chance, name))} = {integer(chance)}",
            f"{polynomial(chance, name, 3)} = 0",
        )
    )


def answer(chance: Random) -> str:
    name = variable(chance)
    if likely(chance, 0.12):
        name = capital(chance)
    value = chance.choices(
        (
            spelt(chance.randint(0, 30)),
            signed(-chance.randint(1, 30)),
            ("- " if likely(chance, 0.25) else "") + plain_fraction(chance),
            number(chance),
            fraction(f"{small(chance)} {chance.choice('+-')} {small(chance)}", small(chance)),
            ("" if likely(chance, 0.6) else r"\pm ") + root(integer(chance)),
            rf"\pm {small(chance)}",
            fraction(rf"{signed(chance.randint(-9, 9))} \pm {root(integer(chance))}", small(chance, 2, 6)),
            f"{small(chance)} {root(small(chance))}",
            f"{integer(chance)} {chance.choice('+-')} {integer(chance)}",
            f"{small(chance)} {variable(chance)}",
        ),
        (30, 12, 14, 10, 6, 6, 4, 5, 4, 6, 3),
    )[0]
    if likely(chance, 0.15):
        name = index(name, chance.choice(("1", "2", "0", "1 , 2", "n")))
    before = chance.choices(("", r"\therefore ", r"\Rightarrow "), (88, 6, 6))[0]
    between = chance.choices(("=", r"\approx", r"\neq"), (94, 4, 2))[0]
    return f"{before}{name} {between} {value}"


def answers(chance: Random) -> str:
    name = variable(chance)
    two = [spelt(chance.randint(0, 12)), signed(chance.randint(-12, 12))]
    return chance.choice(
        (
            rf"{name} = {two[0]} , {name} = {two[1]}",
            f"{index(name, '1')} = {two[0]} , {index(name, '2')} = {two[1]}",
            rf"{name} = {two[0]} \Rightarrow {variable(chance)} = {two[1]}",
            rf"{linear(chance, name)} = {small(chance)} \Rightarrow {name} = {two[0]}",
            rf"{name} \in ( {two[1]} , {two[0]} {chance.choice(')]')}",
            rf"{name} \in [ {two[1]} , \infty )",
            f"S = \\{{ {two[0]} , {two[1]} \\}}",
            f"( {two[0]} , {two[1]} )",
            rf"{linear(chance, name)} = {small(chance)} \Leftrightarrow {name} = {two[1]}",
            f"{index(name, '1')} + {index(name, '2')} = {two[1]}",
        )
    )


def inequality(chance: Random) -> str:
    name, relation = variable(chance), chance.choice(RELATIONS)
    return chance.choices(
        (
            f"{name} {relation} {signed(chance.randint(-15, 20))}",
            f"{linear(chance, name)} {relation} {integer(chance)}",
            f"{linear(chance, name)} {relation} {linear(chance, name)}",
            f"{small(chance)} ( {linear(chance, name)} ) {relation} {integer(chance)}",
            f"{polynomial(chance, name, 2)} {relation} 0",
            f"{small(chance)} {chance.choice(('<', LEQ))} {name} {chance.choice(('<', LEQ))} {small(chance)}",
            f"| {linear(chance, name)} | {relation} {small(chance)}",
            f"{fraction(linear(chance, name), linear(chance, name))} {relation} 0",
            f"{name} {relation} {plain_fraction(chance)}",
        ),
        (26, 22, 12, 8, 11, 8, 5, 4, 5),
    )[0]


def system(chance: Random) -> str:
    names = chance.choice(("x y", "x y", "x y", "a b", "x y z", "m n")).split()

    def equation() -> str:
        used = [name for name in names if likely(chance, 0.9)] or names[:1]
        return f"{summed(chance, [monomial(chance, name, 1) for name in used])} = {signed(chance.randint(-9, 30))}"

    rows = [equation() for _ in names]
    if likely(chance, 0.3):
        return " , ".join(rows[:2])
    return _cases(rows)


def _cases(rows: list[str]) -> str:
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def matrix(chance: Random) -> str:
    rows, columns = chance.choice(((2, 2), (2, 2), (2, 3), (3, 3), (2, 1), (3, 1)))

    def one() -> str:
        cells = [[signed(chance.randint(-9, 12)) for _ in range(columns)] for _ in range(rows)]
        body = r" \\ ".join(" & ".join(row) for row in cells)
        return rf"{left} \begin{{matrix}} {body} \end{{matrix}} {right}"

    left, right = chance.choice(("[]", "[]", "()", "()", "||"))
    text = one()
    if likely(chance, 0.3):
        text += f" {chance.choice('+-=')} {one()}"
    elif likely(chance, 0.3):
        text = f"{capital(chance)} = {text}"
    return text


def algebra(chance: Random) -> str:
    return weighted(
        chance,
        (
            (24, linear_equation), (14, quadratic), (11, expression), (5, rational_equation), (14, answer),
            (3, answers), (7, inequality), (2.2, system), (1.0, matrix),
        ),
    )  # fmt: skip

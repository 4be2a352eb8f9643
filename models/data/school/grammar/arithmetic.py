"""Sums on a page: whole numbers, decimals, brackets, fractions, powers, roots, percent; most without their answer."""

from __future__ import annotations

from random import Random

from models.data.school.grammar.terms import (
    APPROX,
    CDOT,
    DIV,
    NEQ,
    TIMES,
    bracketed,
    decimal,
    fraction,
    integer,
    likely,
    mixed_number,
    number,
    plain_fraction,
    power,
    root,
    small,
    spelt,
    weighted,
)

OPERATORS = ("+", "+", "+", "-", "-", "-", r"\times", r"\times", r"\div", r"\cdot", "/")


def _operator(chance: Random) -> str:
    return chance.choice(OPERATORS)


def _ending(chance: Random, result: str = "") -> str:
    """What comes after the sum: nothing, a bare `=`, `= ?`, or a result."""
    return chance.choices(("", " =", " = ?", f" = {result or number(chance)}"), (28, 42, 6, 24))[0]


def exact(chance: Random) -> str:
    """Two whole numbers with the true result, where one is written."""
    digits = chance.choices((1, 2, 3, 4), (40, 36, 17, 7))[0]
    a = chance.randrange(10 ** (digits - 1), 10**digits)
    b = chance.randrange(1, 10 ** chance.choice((digits, digits, max(1, digits - 1))))
    sign = chance.choice(("+", "-", r"\times", r"\div", r"\cdot", "/"))
    if sign in (r"\div", "/"):
        a, result = (a * min(b, 20), a) if b <= 20 else (a, max(1, a // b))
        b = min(b, 20)
    else:
        a, b = (max(a, b), min(a, b)) if sign == "-" else (a, b)
        result = a + b if sign == "+" else a - b if sign == "-" else a * b
    return f"{spelt(a)} {sign} {spelt(b)}{_ending(chance, spelt(result))}"


def chain(chance: Random) -> str:
    text = number(chance)
    for _ in range(chance.choices((1, 2, 3, 4, 5, 6, 8), (32, 30, 16, 9, 6, 4, 3))[0]):
        text += f" {_operator(chance)} {number(chance)}"
    return f"{'- ' if likely(chance, 0.08) else ''}{text}{_ending(chance)}"


def decimals(chance: Random) -> str:
    text = decimal(chance)
    for _ in range(chance.choices((1, 2, 3), (70, 22, 8))[0]):
        text += f" {_operator(chance)} {decimal(chance) if likely(chance, 0.7) else integer(chance)}"
    return text + _ending(chance, decimal(chance))


def _nested(chance: Random, depth: int) -> str:
    parts = []
    for _ in range(chance.choices((2, 3, 4, 6), (58, 26, 10, 6))[0]):
        if depth and likely(chance, 0.35):
            inside = _nested(chance, depth - 1)
            parts.append(f"[ {inside} ]" if depth > 1 and likely(chance, 0.15) else bracketed(inside))
        elif likely(chance, 0.12):
            parts.append(bracketed(f"- {small(chance, 1, 20)}"))
        else:
            parts.append(number(chance))
    text = parts[0]
    for part in parts[1:]:
        beside = part.startswith("(") and likely(chance, 0.15)
        text += f" {part}" if beside else f" {_operator(chance)} {part}"
    return text


def brackets(chance: Random) -> str:
    return _nested(chance, chance.choice((1, 2, 2))) + _ending(chance)


def fractions(chance: Random) -> str:
    terms = [
        chance.choices(
            (
                plain_fraction(chance),
                mixed_number(chance),
                small(chance, 1, 20),
                bracketed(f"- {plain_fraction(chance)}"),
            ),
            (68, 20, 8, 4),
        )[0]
        for _ in range(chance.choices((1, 2, 3, 4), (14, 58, 21, 7))[0])
    ]
    text = terms[0]
    for term in terms[1:]:
        text += f" {chance.choice(('+', '+', '-', '-', TIMES, CDOT, DIV, ':'))} {term}"
    return ("- " if likely(chance, 0.06) else "") + text + _ending(chance, plain_fraction(chance))


def tall_fractions(chance: Random) -> str:
    def side() -> str:
        return chance.choices(
            (
                plain_fraction(chance),
                f"{small(chance)} {_operator(chance)} {small(chance)}",
                f"{small(chance)} {chance.choice('+-')} {plain_fraction(chance)}",
                root(small(chance)),
                f"{small(chance)} {chance.choice('+-')} {root(small(chance))}",
                integer(chance),
            ),
            (22, 30, 12, 8, 12, 16),
        )[0]

    text = fraction(side(), side())
    if likely(chance, 0.3):
        text += f" {chance.choice('+-')} {number(chance) if likely(chance, 0.5) else plain_fraction(chance)}"
    return text + _ending(chance)


def powers(chance: Random) -> str:
    def one() -> str:
        base = chance.choices(
            (integer(chance), bracketed(f"- {small(chance)}"), bracketed(plain_fraction(chance)), decimal(chance)),
            (72, 12, 11, 5),
        )[0]
        exponent = chance.choices(
            ("2", "3", small(chance, 0, 12), f"- {small(chance, 1, 4)}", fraction("1", small(chance, 2, 4))),
            (44, 20, 20, 10, 6),
        )[0]
        return power(base, exponent)

    text = one() if likely(chance, 0.85) else integer(chance)
    for _ in range(chance.choices((0, 1, 2, 3), (24, 48, 20, 8))[0]):
        text += f" {_operator(chance)} {one() if likely(chance, 0.6) else integer(chance)}"
    return text + _ending(chance)


def roots(chance: Random) -> str:
    def one() -> str:
        inside = chance.choices(
            (
                integer(chance),
                plain_fraction(chance),
                f"{integer(chance)} {chance.choice('+-')} {integer(chance)}",
                f"{power(small(chance), '2')} {chance.choice('+-')} {power(small(chance), '2')}",
                decimal(chance),
            ),
            (66, 8, 12, 10, 4),
        )[0]
        factor = f"{small(chance, 2, 12)} " if likely(chance, 0.25) else ""
        return factor + root(inside, chance.choice("3345n") if likely(chance, 0.18) else "")

    text = one()
    for _ in range(chance.choices((0, 1, 2), (46, 40, 14))[0]):
        text += f" {chance.choice(('+', '-', '-', CDOT, TIMES))} {one() if likely(chance, 0.7) else integer(chance)}"
    return text + _ending(chance, small(chance))


def percent(chance: Random) -> str:
    share = rf"{number(chance)} \%"
    return chance.choice(
        (
            share,
            rf"{share} \cdot {integer(chance)}{_ending(chance)}",
            rf"{integer(chance)} \times {share}{_ending(chance)}",
            f"{share} = {decimal(chance)}",
            rf"{plain_fraction(chance)} = {share}",
            rf"{fraction(integer(chance), '1 0 0')} \times {integer(chance)}{_ending(chance)}",
            f"{integer(chance)} {chance.choice('+-')} {share}{_ending(chance)}",
        )
    )


def comparison(chance: Random) -> str:
    left, right = (plain_fraction(chance) if likely(chance, 0.5) else number(chance) for _ in range(2))
    return rf"{left} {chance.choice(('<', '>', NEQ, APPROX, '='))} {right}"


def bare_number(chance: Random) -> str:
    return chance.choice(
        (integer(chance), number(chance), decimal(chance), mixed_number(chance), f"- {integer(chance)}")
    )


def others(chance: Random) -> str:
    return chance.choice(
        (
            f"{small(chance, 2, 10)} !{_ending(chance)}",
            f"{fraction(f'{small(chance, 4, 9)} !', f'{small(chance, 2, 3)} !')}{_ending(chance)}",
            f"| - {small(chance)} | {chance.choice('+-')} | {small(chance)} - {small(chance)} |{_ending(chance)}",
            f"{small(chance)} : {small(chance)}",
            f"{small(chance)} : {small(chance)} = x : {small(chance)}",
            rf"{decimal(chance)} \times {power('1 0', chance.choice(('', '- ')) + small(chance, 2, 9))}",
            rf"{number(chance)} \approx {decimal(chance)}",
            rf"0 . \overline {{ {small(chance, 1, 99)} }}",
            rf"\binom {{ {small(chance, 4, 12)} }} {{ {small(chance, 2, 4)} }}{_ending(chance)}",
            rf"\gcd ( {integer(chance, 2)} , {integer(chance, 2)} ){_ending(chance)}",
        )
    )


def arithmetic(chance: Random) -> str:
    return weighted(
        chance,
        (
            (24, exact), (22, chain), (9, decimals), (14, brackets), (13, fractions), (4, tall_fractions), (8, powers),
            (7, roots), (3, percent), (1, comparison), (2, bare_number), (3, others),
        ),
    )  # fmt: skip

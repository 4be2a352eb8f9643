"""Solution sets in signs that need no language: `x = 2 \\lor x = 3`, `1 < x \\leq 5`, `x \\in \\emptyset`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from core.notation.from_sympy import write_sympy
from core.solver.present import ordered

GEQ, OR = "\\geq", " \\lor "
NO_VALUE = "\\nexists"
MANY = 3


def spelt(name: str) -> str:
    """A letter's LaTeX: `x_1` -> `x _ { 1 }`, `alpha` -> `\\alpha`."""
    return write_sympy(sp.Symbol(name))


def nothing(*names: str) -> str:
    """No value of the letters will do."""
    letters = " , ".join(map(spelt, names))
    return f"( {letters} ) \\in \\emptyset" if len(names) > 1 else f"{letters} \\in \\emptyset"


def everything(name: str) -> str:
    """Every real number will do."""
    return f"{spelt(name)} \\in R"


def either(pieces: Iterable[str]) -> str:
    """One or another of these."""
    return OR.join(pieces)


def both_signs(first: str, second: str) -> str | None:
    """Two formulas that differ only in one plus and minus, as one; None for any others.

    `- a` and `a` become `\\pm a`, `b + a` and `b - a` become `b \\pm a`.
    """
    one, other = first.split(), second.split()
    for positive, negative in ((one, other), (other, one)):
        if negative == ["-", *positive]:
            return " ".join(["\\pm", *positive])
    places = [n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
    if len(one) == len(other) and len(places) == 1 and {one[places[0]], other[places[0]]} == {"+", "-"}:
        return " ".join([*one[: places[0]], "\\pm", *one[places[0] + 1 :]])
    return None


def finite(name: str, values: Any) -> str:
    """`x = 2` or `x = 3`; more than MANY as `x in { ... }`."""
    items = ordered(values)
    if not items:
        return nothing(name)
    written = [write_sympy(item) for item in items]
    if len(items) > MANY:
        return f"{spelt(name)} \\in \\{{ {' , '.join(written)} \\}}"
    signs = ["\\approx" if item.has(sp.Float) else "=" for item in items]
    return either(f"{spelt(name)} {sign} {item}" for sign, item in zip(signs, written, strict=True))


def interval_set(name: str, values: Any) -> str:
    """An interval or a union of them, as inequalities."""
    if values == sp.S.EmptySet:
        return nothing(name)
    if values == sp.S.Reals:
        return everything(name)
    parts = values.args if isinstance(values, sp.Union) else (values,)
    if isinstance(values, sp.Complement) or not all(isinstance(part, sp.Interval | sp.FiniteSet) for part in parts):
        return f"{spelt(name)} \\in {write_sympy(values)}"
    gaps = _only_points_missing(values)
    if gaps is not None:
        return " , ".join(f"{spelt(name)} \\neq {write_sympy(gap)}" for gap in gaps)
    return either(
        _one(name, part)
        for part in sorted(parts, key=lambda part: float(part.inf) if part.inf.is_finite else float("-inf"))
    )


def _only_points_missing(values: Any) -> list[Any] | None:
    missing = sp.Complement(sp.S.Reals, values)
    return ordered(missing) if isinstance(missing, sp.FiniteSet) and len(missing) <= MANY else None


def _one(name: str, part: Any) -> str:
    if isinstance(part, sp.FiniteSet):
        return finite(name, part)
    left, right = part.start, part.end
    below, above = "<" if part.left_open else "\\leq", "<" if part.right_open else "\\leq"
    above = f"{above} {write_sympy(right)}"
    if left == -sp.oo:
        return f"{spelt(name)} {above}"
    if right == sp.oo:
        return f"{spelt(name)} {'>' if part.left_open else GEQ} {write_sympy(left)}"
    return f"{write_sympy(left)} {below} {spelt(name)} {above}"

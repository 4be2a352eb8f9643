"""Solution sets on a number line."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NothingToPlot
from core.notation.terms import Collection, Relation, Sym, walk
from core.notation.to_sympy import to_sympy
from core.solver.found import Problem
from core.solver.inequalities import inequality, is_inequality
from core.solver.plots.data import PlotData, Stretch, Window
from core.solver.plots.evaluate import real_number
from core.solver.plots.features import snapped
from core.solver.wording import spelt

USUAL = 5.0
MOST_PARTS = 30


def number_line(problem: Problem) -> PlotData:
    """The numbers that an inequality allows, or that a set holds."""
    term = problem.term
    if is_inequality(problem):
        name, values = problem.letters[0], inequality(problem).value
    else:
        named = isinstance(term, Relation) and isinstance(term.left, Sym)
        name = term.left.name if isinstance(term, Relation) and isinstance(term.left, Sym) else "x"
        values = to_sympy(term.right if isinstance(term, Relation) and named else term)
        values = values if isinstance(values, sp.Set) else sp.FiniteSet(*_each(values))
    stretches = _stretches(values)
    ends = [end for stretch in stretches for end in (stretch.left, stretch.right) if end is not None]
    low, high = (min(ends), max(ends)) if ends else (0.0, 0.0)
    room = 0.35 * (high - low) if high > low else max(USUAL, 0.7 * abs(low))
    if 0 < low <= 1.5 * room:
        low = 0.0
    if -1.5 * room <= high < 0:
        high = 0.0
    exact = [end for end in _ends(values) if end.is_finite and end != 0]
    return PlotData(
        "number line", "", Window(low - room, high + room, -1, 1), spelt(name), "",
        x_in_pi=bool(exact) and all((end / sp.pi).is_Rational for end in exact),
        stretches=stretches,
    )  # fmt: skip


def _each(values: Any) -> tuple[Any, ...]:
    return tuple(values) if isinstance(values, sp.Tuple) else (values,)


def is_set_of_numbers(problem: Problem) -> bool:
    return isinstance(problem.term, Collection) and problem.term.kind == "set" and not problem.letters


def is_value(problem: Problem) -> bool:
    """`x = 3`: a letter and its value."""
    term = problem.term
    return (
        isinstance(term, Relation)
        and term.sign in ("=", "~")
        and isinstance(term.left, Sym)
        and problem.letters == (term.left.name,)
        and term.left not in walk(term.right)
    )


def _parts(values: Any) -> list[Any]:
    if values == sp.S.Reals:
        return [sp.Interval(-sp.oo, sp.oo)]
    return list(values.args) if isinstance(values, sp.Union) else [values]


def _ends(values: Any) -> list[Any]:
    return [
        end
        for part in _parts(values)
        for end in (part.args if isinstance(part, sp.FiniteSet) else (part.start, part.end))
    ]


def _stretches(values: Any) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for part in _parts(values):
        if isinstance(part, sp.FiniteSet):
            found += [Stretch(_end(item), _end(item), False, False) for item in part]
        elif isinstance(part, sp.Interval):
            found.append(Stretch(_end(part.start), _end(part.end), bool(part.left_open), bool(part.right_open)))
        else:
            raise NothingToPlot
    if not found or len(found) > MOST_PARTS:
        raise NothingToPlot
    return tuple(sorted(found, key=lambda stretch: float("-inf") if stretch.left is None else stretch.left))


def _end(number: Any) -> float | None:
    return None if number.is_infinite else snapped(real_number(number))

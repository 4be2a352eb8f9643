"""The table of plots, tried from the top: what each is of and who makes it. Telling costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.notation.terms import (
    Apply,
    Call,
    Collection,
    Integral,
    Limit,
    MatrixTerm,
    Relation,
    Series,
    SetUnion,
    Span,
    Sym,
    System,
    Task,
    free_letters,
    walk,
)
from core.solver.equations import is_equation
from core.solver.found import Problem
from core.solver.inequalities import ORDER, is_inequality
from core.solver.memberships import is_membership
from core.solver.plots.areas import area, limit
from core.solver.plots.data import PlotData
from core.solver.plots.fields import field, is_field
from core.solver.plots.graphs import equation, graph
from core.solver.plots.lines import is_set_of_numbers, is_value, number_line
from core.solver.plots.planes import curve, parts_of, region, system
from core.solver.plots.points import (
    complex_number,
    complex_roots,
    is_complex_equation,
    is_complex_number,
    is_sequence,
    is_vector,
    sequence,
    series,
    vector,
)
from core.solver.systems import is_system

NO_VALUE = (Relation, System, Task, Collection, Span, SetUnion, MatrixTerm, Series, Limit)


@dataclass(frozen=True)
class PlotMaker:
    """`make` may still raise NothingToPlot, where there turns out to be no real value anywhere."""

    applies: Callable[[Problem], bool]
    make: Callable[[Problem], PlotData]


def is_function(problem: Problem) -> bool:
    """`f(x) = ...`, or a letter by itself on the left and nothing but one other on the right."""
    term = problem.term
    if not isinstance(term, Relation) or term.sign not in ("=", "~"):
        return False
    right = free_letters(term.right)
    match term.left:
        case Apply(_, (Sym(letter),)):
            return right <= {letter}
        case Sym(name):
            return (len(right) == 1 and name not in right and name != "x") or (name == "y" and not right)
    return False


def is_expression(problem: Problem) -> bool:
    parts = walk(problem.term)
    return (
        len(problem.letters) == 1
        and not isinstance(problem.term, NO_VALUE)
        and not any(isinstance(part, MatrixTerm | Apply) for part in parts)
        and not any(isinstance(part, Call) and part.name == "determinant" for part in parts)
    )


def is_area(problem: Problem) -> bool:
    term = problem.term
    return isinstance(term, Integral) and not problem.letters and not isinstance(term.body, Integral)


def is_region(problem: Problem) -> bool:
    relations = parts_of(problem.term)
    whole = len(relations) == (len(problem.term.parts) if isinstance(problem.term, System) else 1)
    signs = {relation.sign for relation in relations}
    return whole and len(problem.letters) == 2 and bool(signs & (ORDER - {"!="})) and "in" not in signs


PLOTS: tuple[PlotMaker, ...] = (
    PlotMaker(is_field, field),
    PlotMaker(lambda p: is_inequality(p) and len(p.letters) == 1, number_line),
    PlotMaker(is_membership, number_line),
    PlotMaker(is_set_of_numbers, number_line),
    PlotMaker(lambda p: is_value(p) and p.letters != ("y",), number_line),
    PlotMaker(is_region, region),
    PlotMaker(lambda p: is_system(p) and len(p.letters) == 2 and len(parts_of(p.term)) > 1, system),
    PlotMaker(is_sequence, sequence),
    PlotMaker(is_function, graph),
    PlotMaker(is_complex_equation, complex_roots),
    PlotMaker(lambda p: is_equation(p) and len(p.letters) == 1, equation),
    PlotMaker(lambda p: is_equation(p) and len(p.letters) == 2, curve),
    PlotMaker(is_area, area),
    PlotMaker(lambda p: isinstance(p.term, Limit) and not p.letters, limit),
    PlotMaker(lambda p: isinstance(p.term, Series), series),
    PlotMaker(is_vector, vector),
    PlotMaker(is_complex_number, complex_number),
    PlotMaker(is_expression, graph),
)

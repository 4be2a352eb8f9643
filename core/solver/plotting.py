"""What was typed or read -> PlotData. Heavy like solving, so it belongs in a worker process that can be killed."""

from __future__ import annotations

from dataclasses import replace

from core.errors import EmptyText, NothingToPlot, TooLarge, TooLong
from core.limits import MathLimits
from core.notation import read
from core.notation.meaning import understand
from core.notation.size import check_size
from core.notation.terms import Term
from core.notation.write import to_latex
from core.solver.failures import sympy_may_fail
from core.solver.kinds import problem_of
from core.solver.plots.data import PlotData
from core.solver.plots.kinds import PLOTS


def plot_of(text: str, limits: MathLimits) -> PlotData:
    """The plot of one line of maths, LaTeX or typed. Raises MathError; NothingToPlot where nothing is to be seen."""
    if not text.strip():
        raise EmptyText
    row = read(text, limits)
    term = understand(row)[0].term
    check_size(term)
    return replace(plot_of_term(term), latex=to_latex(row))


def plot_of_term(term: Term) -> PlotData:
    """The plot of what was read, its `latex` left empty. Raises MathError."""
    problem = problem_of(term)
    maker = next((maker for maker in PLOTS if maker.applies(problem)), None)
    if maker is None:
        raise NothingToPlot
    try:
        with sympy_may_fail(NothingToPlot()):
            return maker.make(problem)
    except RecursionError as error:
        raise TooLong from error
    except (OverflowError, MemoryError) as error:
        raise TooLarge from error


def is_plottable(term: Term) -> bool:
    """Whether `term` is of a kind that has a plot. Cheap: only its shape is looked at."""
    problem = problem_of(term)
    return any(maker.applies(problem) for maker in PLOTS)

"""Text -> Solution: read it, understand it, solve it by its kind, check it by a second route, write it out.

Pure, and heavy: it belongs in a worker process that can be killed, for sympy may take any time at all.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import sympy as sp

from core.errors import ChalklineError, EmptyText, NoMethod, OutOfTime, TooLarge, TooLong
from core.limits import MathLimits
from core.notation import read
from core.notation.from_meaning import to_tree
from core.notation.from_sympy import write_sympy
from core.notation.meaning import Meaning, understand_text
from core.notation.size import check_size
from core.notation.terms import Term
from core.notation.to_sympy import to_sympy
from core.notation.write import to_latex
from core.outcome import Answer, Form, OtherReading, Solution
from core.phrases import phrase
from core.solver.failures import sympy_may_fail
from core.solver.found import Found
from core.solver.kinds import solve_term
from core.solver.plotting import is_plottable
from core.solver.present import answer, plain

UNWRITTEN = (sp.Sum, sp.Product, sp.Determinant, sp.log)
UNTOUCHED = (sp.Integral, sp.Limit, sp.Derivative, sp.Subs)
PATIENCE = 0.9
"""The part of the time for an answer after which the work ends by itself; what then still runs is killed."""


def solve_text(text: str, limits: MathLimits) -> Solution:
    """Everything about one line of maths, LaTeX or typed. What is wrong with it is in the value; only a defect
    raises.
    """
    begun = time.perf_counter()
    solution = Solution(input=text, latex="")
    try:
        if not text.strip():
            raise EmptyText
        row = read(text, limits)
        solution = replace(solution, latex=to_latex(row))
        meanings = understand_text(text, limits)
        check_size(meanings[0].term)
        solution = replace(solution, plottable=is_plottable(meanings[0].term))
        with sympy_may_fail(OutOfTime(), seconds=PATIENCE * limits.answer_seconds), sympy_may_fail(NoMethod()):
            solution = _asked(solution, meanings)
            solution = _with_answer(solution, solve_term(meanings[0].term))
    except ChalklineError as error:
        solution = replace(solution, error=error.fault())
    except RecursionError:
        solution = replace(solution, error=TooLong().fault())
    except (OverflowError, MemoryError):
        solution = replace(solution, error=TooLarge().fault())
    return replace(solution, ms=round(1000 * (time.perf_counter() - begun)))


def _asked(solution: Solution, meanings: tuple[Meaning, ...]) -> Solution:
    first, *others = meanings
    return replace(
        solution,
        meaning=meaning_of(first.term),
        choices=first.choices,
        other_readings=tuple(OtherReading(to_latex(to_tree(other.term)), other.why) for other in others if other.why),
    )


def _with_answer(solution: Solution, found: Found) -> Solution:
    """The answer, or, where the two routes disagree, both of them as candidates."""
    written = answer(found.value, found.latex, found.decimal)
    choices = (*solution.choices, *found.choices)
    solution = replace(solution, kind=found.kind, choices=choices, forms=_forms(found, written), check=found.check)
    if found.check.verdict != "no":
        return replace(solution, answer=written)
    rivals: tuple[Answer, ...] = () if found.rival is None else (answer(found.rival),)
    return replace(solution, candidates=(written, *rivals))


def _forms(found: Found, written: Answer) -> tuple[Form, ...]:
    """The forms that look different from the answer and from each other."""
    forms: dict[str, Form] = {}
    for name, form in found.forms:
        latex = form if isinstance(form, str) else write_sympy(form)
        forms.setdefault(latex, Form(phrase(f"form.{name}"), latex))
    forms.pop(written.latex, None)
    return tuple(forms.values())


def meaning_of(term: Term) -> str:
    """sympy's spelling of what was read, before solving; what sympy cannot hold unevaluated is written out."""
    built = to_sympy(term, real=False, evaluate=False)
    if isinstance(built, sp.Expr) and not built.free_symbols and built.has(*UNWRITTEN) and not built.has(*UNTOUCHED):
        built = _written_out(built, term)
    return str(sp.srepr(built))


def _written_out(built: Any, term: Term) -> Any:
    evaluated = to_sympy(term).doit()
    return plain(evaluated) if evaluated.is_Rational else built

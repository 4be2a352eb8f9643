"""Some 450 questions as people write them, each with how it is read and the answer, worked out by hand.

`questions.jsonl` has one object a line: `kind`, `input`, `read` (LaTeX without spaces) and `answer` (sympy's spelling).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from core.limits import MathLimits
from core.solver.solve import solve_text

QUESTIONS: list[dict[str, str]] = [
    json.loads(line) for line in (Path(__file__).parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
POINTS = (sp.Rational(17, 10), sp.Rational(23, 7))


def same(found: Any, expected: str) -> bool:
    """Whether two answers are equal: as they are spelt, as sets in any order, or in value at some points."""
    return str(found) == expected or equal(found, sp.sympify(expected))


def equal(first: Any, second: Any) -> bool:
    if isinstance(first, sp.FiniteSet) and isinstance(second, sp.FiniteSet):
        return len(first) == len(second) and all(any(equal(a, b) for b in second) for a in first)
    if isinstance(first, sp.Tuple | sp.MatrixBase | sp.Equality) and isinstance(second, type(first)):
        pairs = list(zip(first, second, strict=True)) if not isinstance(first, sp.Equality) else []
        return all(equal(a, b) for a, b in pairs or zip(first.args, second.args, strict=True))
    if isinstance(first, sp.Expr) and isinstance(second, sp.Expr):
        letters = sorted(first.free_symbols | second.free_symbols, key=str)
        gaps = [sp.N((first - second).subs({letter: at + n for n, letter in enumerate(letters)}), 20) for at in POINTS]
        return all(abs(gap) < 1e-12 for gap in gaps)
    return bool(first == second)


def test_there_are_enough_of_every_kind() -> None:
    kinds = {question["kind"] for question in QUESTIONS}

    assert len(QUESTIONS) >= 300
    assert len({question["input"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len(kinds) >= 15


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["input"] for question in QUESTIONS])
def test_a_question_is_read_and_answered(question: dict[str, str]) -> None:
    solution = solve_text(question["input"], MathLimits())

    assert solution.error is None
    assert solution.latex.replace(" ", "") == question["read"]
    assert solution.kind == question["kind"]
    assert solution.answer is not None
    assert same(sp.sympify(solution.answer.srepr), question["answer"]), solution.answer.srepr

"""Statements without letters: true or false, said by what really holds between the two sides."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.terms import Relation
from core.notation.to_sympy import to_sympy
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close
from core.solver.found import Found
from core.solver.numeric import FINE, Undefined, value

WRITTEN = {"=": "=", "~": "\\approx", "<": "<", ">": ">", "<=": "\\leq", ">=": "\\geq", "!=": "\\neq"}
OPPOSITE = {"=": "\\neq", "~": "\\neq", "<": "\\geq", ">": "\\leq", "<=": ">", ">=": "<", "!=": "="}
ROUNDING, ABOUT = 1e-15, 0.01


def statement(relations: list[Relation]) -> Found:
    """Whether all of them hold. The answer shows the first that does not, the right way round; else the last."""
    judged = [(relation, *_sides(relation)) for relation in relations]
    false = [pair for pair in judged if not _holds(pair[0].sign, pair[1], pair[2])]
    relation, left, right = false[0] if false else judged[-1]
    sign = (OPPOSITE if false else WRITTEN)[relation.sign]
    verdicts = [_recomputed(relation, not any(relation is one for one, *_ in false)) for relation in relations]
    verdict = next((check for check in verdicts if check.verdict != "yes"), verdicts[0])
    return Found(
        "statement",
        sp.false if false else sp.true,
        verdict,
        f"{write_sympy(left)} {sign} {write_sympy(right)}",
        choices=(phrase("note.false" if false else "note.true"),),
    )


def _sides(relation: Relation) -> tuple[Any, Any]:
    sides = to_sympy(relation.left), to_sympy(relation.right)
    if relation.sign not in WRITTEN or not all(isinstance(side, sp.Expr) for side in sides):
        raise NoMethod
    left, right = map(sp.simplify, sides)
    return left, right


def _holds(sign: str, left: Any, right: Any) -> bool:
    gap = sp.simplify(left - right)
    match sign:
        case "=":
            return bool(gap == 0)
        case "!=":
            return bool(gap != 0)
        case "~":
            return bool(abs(gap) <= ABOUT * (abs(left) + abs(right)))
        case "<" | "<=":
            return bool(gap < 0) or (sign == "<=" and bool(gap == 0))
    return bool(gap > 0) or (sign == ">=" and bool(gap == 0))


def _recomputed(relation: Relation, true: bool) -> Check:
    """The same question asked of decimals."""
    route = phrase("route.sides-recomputed")
    try:
        left, right = (value(side, context=FINE) for side in (relation.left, relation.right))
        equal = close(left, right, ROUNDING)
        again = {
            "=": equal, "!=": not equal, "~": close(left, right, ABOUT), "<": not equal and left < right,
            "<=": equal or left < right, ">": not equal and left > right, ">=": equal or left > right,
        }[relation.sign]  # fmt: skip
    except (Undefined, TypeError):
        return Check("unknown", route)
    return Check("yes" if bool(again) == true else "no", route)

"""Integrals that diverge: seen from pieces that keep growing as they are taken nearer to a gap or farther out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import sympy as sp

from core.notation.terms import Integral
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import is_real_number
from core.solver.failures import sympy_may_fail
from core.solver.numeric import FAST, Undefined, real_value

NEAR = (1e-1, 1e-2, 1e-3, 1e-4)
FAR = (1e1, 1e2, 1e3, 1e4)
STEADY = 0.95
SECONDS = 1.0


def growing_pieces(term: Integral, built: Any) -> Check:
    """Whether |integrand| over growing pieces at some end or gap grows without settling.

    `built`: the integral in sympy, which knows where its integrand has gaps.
    """
    route = phrase("route.pieces")
    if len(built.limits) != 1:
        return Check("unknown", route)
    for start, pieces in _pieces(built):
        try:
            sizes = [abs(_piece(term, start, end)) for end in pieces]
        except Undefined:
            continue
        growth = [b - a for a, b in itertools.pairwise(sizes)]
        if growth[-1] > 1e-6 and growth[-1] >= STEADY * growth[-2] >= STEADY**2 * growth[-3]:
            return Check("yes", route)
    return Check("unknown", route)


def _piece(term: Integral, start: float, end: float) -> float:
    def absolute(at: float) -> float:
        return abs(float(real_value(term.body, {term.variable.name: at}, FAST)))

    middles = [start + (end - start) * n / 8 for n in range(9)]
    try:
        found = FAST.quad(absolute, middles)
    except (ArithmeticError, ValueError, TypeError) as error:
        raise Undefined from error
    return float(found)


def _pieces(built: Any) -> Iterator[tuple[float, list[float]]]:
    """For each end and gap, from either side: a point beside it, and points that come ever nearer to it."""
    letter, low, high = built.limits[0]
    inner = sorted(point for point in _gaps(built.function, letter) if low < point < high)
    edges = [low, *inner, high]
    for left, right in itertools.pairwise(edges):
        inside = _between(left, right)
        yield inside, [_towards(left, inside, n) for n in range(len(NEAR))]
        yield inside, [_towards(right, inside, n) for n in range(len(NEAR))]


def _gaps(integrand: Any, letter: Any) -> list[Any]:
    found: Any = []
    with sympy_may_fail(seconds=SECONDS):
        found = sp.solve(sp.denom(sp.together(integrand)), letter)
    return [point for point in found if isinstance(point, sp.Expr) and is_real_number(point)]


def _between(left: Any, right: Any) -> float:
    if left == -sp.oo:
        return 0.0 if right == sp.oo else float(right) - 1.0
    return float(left) + 1.0 if right == sp.oo else (float(left) + float(right)) / 2


def _towards(end: Any, inside: float, step: int) -> float:
    if end.is_infinite:
        return inside + FAR[step] * (1 if end == sp.oo else -1)
    return float(end) + (inside - float(end)) * NEAR[step]

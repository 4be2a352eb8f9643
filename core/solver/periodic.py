"""Trigonometric equations: the unknown stands only inside sines and the like, so the roots of one period tell all."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.notation.from_sympy import write_sympy
from core.notation.terms import Term
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import is_real_number
from core.solver.failures import sympy_may_fail
from core.solver.roots import is_root
from core.solver.scanning import scan
from core.solver.wording import either

TRIGONOMETRIC = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)
SOLVING = 1.0
WHOLE = sp.Symbol("k", integer=True)


def period_of(expression: Any, letter: Any) -> Any:
    """The period, where `letter` stands only inside sines and the like of a*letter + b, a rational; else None."""
    inside = [part for part in expression.atoms(*TRIGONOMETRIC) if part.has(letter)]
    if not inside:
        return None
    hidden = {part: sp.Dummy() for part in inside}
    if expression.xreplace(hidden).has(letter):
        return None
    frequencies = []
    for part in inside:
        slope = sp.diff(part.args[0], letter)
        if not slope.is_Rational or slope == 0:
            return None
        halved = isinstance(part, sp.tan | sp.cot)
        frequencies.append(abs(slope) * (2 if halved else 1))
    shared = sp.Rational(sp.gcd_list([f.p for f in frequencies]), sp.lcm_list([f.q for f in frequencies]))
    return 2 * sp.pi / shared


def periodic_roots(difference: Term, expression: Any, letter: Any, period: Any) -> tuple[list[tuple[Any, Any]], Check]:
    """Families (root, period): all real roots are root + k period. Roots lie in [0, period)."""
    length = float(period)
    scanned = scan(difference, letter.name, (-length / 64, length + length / 64), 1200)
    wanted: list[float] = []
    for at in scanned:
        folded = at % length
        folded = 0.0 if length - folded < 1e-7 else folded
        if not any(abs(folded - other) < 1e-6 for other in wanted):
            wanted.append(folded)
    known = [
        _folded(root, period)
        for root in _principal(expression, letter)
        if is_real_number(root) and is_root(difference, letter.name, root)
    ]
    roots: list[Any] = []
    for at in sorted(wanted):
        exact = next((root for root in known if abs(float(root) - at) < 1e-6), None)
        roots.append(exact if exact is not None else _multiple_of_pi(difference, letter.name, at))
    return _merged(roots, period), Check("yes", phrase("route.put-back-period"))


def _principal(expression: Any, letter: Any) -> list[Any]:
    found: list[Any] = []
    for form in (expression, sp.expand_trig(expression)):
        with sympy_may_fail(seconds=SOLVING):
            found += [root for root in sp.solve(form, letter) if isinstance(root, sp.Expr) and sp.count_ops(root) < 60]
    extra = [sp.pi - root for root in found] + [-root for root in found] + [sp.pi + root for root in found]
    return found + extra


def _folded(root: Any, period: Any) -> Any:
    return sp.simplify(root - period * sp.floor(sp.N(root / period, 15)))


def _multiple_of_pi(difference: Term, name: str, at: float) -> Any:
    guess = sp.nsimplify(at / float(sp.pi), rational=True, tolerance=1e-9) * sp.pi
    if (guess == 0 or (guess / sp.pi).q <= 120) and is_root(difference, name, guess):
        return guess
    return sp.Float(at, 10)


def _merged(roots: list[Any], period: Any) -> list[tuple[Any, Any]]:
    """Roots that lie evenly over the period are one family with a shorter one."""
    count = len(roots)
    for parts in range(count, 1, -1):
        if count % parts:
            continue
        share = count // parts
        shift = period / parts
        if all(
            abs(
                float(roots[(n + share) % count])
                - float(roots[n])
                - float(shift)
                + (float(period) if n + share >= count else 0)
            )
            < 1e-7
            for n in range(count)
        ):
            return [(root, shift) for root in roots[:share]]
    return [(root, period) for root in roots]


def as_set(families: list[tuple[Any, Any]]) -> Any:
    return sp.Union(*[sp.ImageSet(sp.Lambda(WHOLE, root + period * WHOLE), sp.S.Integers) for root, period in families])


def as_latex(name: str, families: list[tuple[Any, Any]]) -> str:
    """`x = \\frac{\\pi}{6} + 2 k \\pi or x = ...`."""
    pieces = []
    for root, period in families:
        turn = write_sympy(period * WHOLE)
        sign = "\\approx" if root.has(sp.Float) else "="
        pieces.append(f"{name} {sign} {turn}" if root == 0 else f"{name} {sign} {write_sympy(root)} + {turn}")
    return f"{either(pieces)} , k \\in Z"

"""Roots of f(x) = 0 for one real unknown: exact where sympy finds them, numeric where it does not, none lost.

Three sources meet: factoring for rational functions, sympy for the rest, and a scan for changes of sign that tells
which roots are missing. Every root is put back into what was written, by the second route.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.terms import Term
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import is_real_number, number
from core.solver.failures import sympy_may_fail
from core.solver.giac import confirmed, no_roots
from core.solver.numeric import FINE, Undefined, real_value, value
from core.solver.scanning import STEPS, WINDOW, scan

MAX_EXACT_OPERATIONS = 60
MAX_ABS = 4
SOLVING = 2.0
NUMERIC_DIGITS = 15
SHOWN_DIGITS = 10
MANY = 8


class HoldsOnIntervals(NoMethod):
    """So many roots lie side by side that the equation must hold on whole intervals."""


@dataclass(frozen=True)
class Roots:
    """`real`: distinct real roots, smallest first; `complex`: the others, of polynomials and where none is real.

    `found_by_scan`: roots that only the scan showed; they are decimals. `everything`: whether every number is a root.
    """

    real: tuple[Any, ...]
    complex: tuple[Any, ...] = ()
    check: Check = Check("unknown")
    found_by_scan: bool = False
    everything: bool = False


def find_roots(difference: Term, expression: Any, letter: Any) -> Roots:
    """Roots of `expression` (which is `difference` in sympy) in the real symbol `letter`, its only one."""
    if sp.simplify(expression) == 0:
        return Roots((), check=Check("yes", phrase("route.same-sides")), everything=True)
    candidates = _exact(expression, letter)
    real = _distinct(root for root in candidates if is_real_number(root) and is_root(difference, letter.name, root))
    scanned = scan(difference, letter.name)
    beside = [b - a < 3 * WINDOW / STEPS for a, b in itertools.pairwise(sorted(scanned))]
    if sum(beside) > MANY:
        raise HoldsOnIntervals
    missing = [at for at in scanned if not any(_near(at, root) for root in real)]
    for at in missing:
        exact = _guess_exact(difference, letter.name, at)
        real.append(exact if exact is not None else sp.Float(str(at), NUMERIC_DIGITS))
    real = [sp.Float(root.evalf(20), SHOWN_DIGITS) if root.has(sp.LambertW, sp.Float) else root for root in real]
    real = sorted(real, key=lambda root: float(sp.N(root)))
    others: list[Any] = []
    if not real or expression.is_polynomial(letter):
        imaginary = [root for root in candidates if root.is_number and not is_real_number(root)]
        others = _distinct(root for root in imaginary if is_root(difference, letter.name, root))
    checked = Check(
        "yes" if real or others or _is_rootless(expression, letter) else "unknown", phrase("route.put-back")
    )
    if not real and not others:
        checked = Check(checked.verdict, phrase("route.searched-roots"))
        checked = confirmed(checked, no_roots(difference, letter.name))
    return Roots(tuple(real), tuple(others), checked, any(root.is_Float for root in real))


def _exact(expression: Any, letter: Any) -> list[Any]:
    """Candidates from every exact method that applies; some may be extraneous."""
    together = sp.together(expression)
    numerator = sp.numer(together)
    if numerator.is_polynomial(letter):
        return polynomial_roots(numerator, letter)
    found: list[Any] = _by_logarithms(expression, letter)
    if found:
        return found
    for branch in _without_absolute_values(expression, letter):
        found += _solved(branch, letter)
    if not found:
        found = _solved(sp.simplify(expression), letter)
    return found


def polynomial_roots(polynomial: Any, letter: Any) -> list[Any]:
    """All roots, each once: exact for factors up to degree two and wherever the exact form is short, else decimals."""
    found: list[Any] = []
    for factor, _ in sp.factor_list(sp.Poly(polynomial, letter, extension=_radicals(polynomial) or None))[1]:
        found += _factor_roots(factor, letter)
    return found


def _radicals(polynomial: Any) -> list[Any]:
    return [power for power in polynomial.atoms(sp.Pow) if power.is_number and power.exp == sp.Rational(1, 2)][:2]


def _factor_roots(factor: Any, letter: Any) -> list[Any]:
    degree = factor.degree()
    exact = (
        [sp.radsimp(root) if degree <= 2 else root for root in sp.roots(factor, letter)]
        if degree <= 4 or _is_sparse(factor)
        else []
    )
    if len(exact) == degree and all(_is_short(root) for root in exact):
        return exact
    return [
        sp.Float(root, NUMERIC_DIGITS) if root.is_real else root
        for root in map(_tidy, factor.nroots(n=20, maxsteps=200))
    ]


def _tidy(root: Any) -> Any:
    real, imaginary = root.as_real_imag()
    return real if abs(imaginary) < 1e-15 * (1 + abs(real)) else root


def _is_sparse(factor: Any) -> bool:
    return len(factor.terms()) <= 3


def _is_short(root: Any) -> bool:
    """Short enough to be shown, and without imaginary parts that only cancel out (casus irreducibilis)."""
    hidden = root.has(sp.I) and abs(sp.im(sp.N(root))) < 1e-12
    return sp.count_ops(root) <= MAX_EXACT_OPERATIONS and not hidden


def _by_logarithms(expression: Any, letter: Any) -> list[Any]:
    """a^u = b^v with numbers a, b and linear u, v: the logarithms of the two sides are equal."""
    terms = sp.Add.make_args(expression)
    if len(terms) != 2 or not all(_is_exponential(term, letter) for term in terms):
        return []
    first, second = terms if terms[0].as_coeff_Mul()[0].is_positive else reversed(terms)
    found: list[Any] = []
    with sympy_may_fail():
        sides = [sp.expand_log(sp.log(side), force=True) for side in (first, -second)]
        linear = sp.expand(sides[0] - sides[1])
        found = [sp.simplify(root) for root in sp.roots(linear, letter)] if linear.is_polynomial(letter) else []
    return found


def _is_exponential(term: Any, letter: Any) -> bool:
    """A product of numbers and of powers of positive numbers with `letter` in the exponent alone."""
    coefficient, rest = term.as_coeff_Mul()
    factors = sp.Mul.make_args(rest)
    powers = [factor.as_base_exp() for factor in factors if factor.has(letter)]
    return bool(coefficient) and all(not base.has(letter) and base.is_positive for base, _ in powers)


def _without_absolute_values(expression: Any, letter: Any) -> list[Any]:
    """The expression with every absolute value opened both ways."""
    bars = [part for part in expression.atoms(sp.Abs) if part.has(letter)]
    if not bars or len(bars) > MAX_ABS:
        return [expression]
    signs = itertools.product((1, -1), repeat=len(bars))
    return [
        expression.xreplace({bar: sign * bar.args[0] for bar, sign in zip(bars, way, strict=True)}) for way in signs
    ]


def _solved(expression: Any, letter: Any) -> list[Any]:
    if expression.is_polynomial(letter):
        return polynomial_roots(expression, letter) if expression.has(letter) else []
    found: list[Any] = []
    with sympy_may_fail(seconds=SOLVING):
        found = sp.solve(expression, letter)
    return [
        sp.simplify(root) if sp.count_ops(root) < 40 else root
        for root in found
        if isinstance(root, sp.Expr) and _is_short_enough(root)
    ]


def _is_short_enough(root: Any) -> bool:
    return not root.has(sp.Piecewise) and sp.count_ops(root) <= 2 * MAX_EXACT_OPERATIONS


def is_root(difference: Term, name: str, root: Any) -> bool:
    """Whether the second route agrees that `root` solves what was written."""
    evaluate = real_value if is_real_number(root) else value
    step = FINE.mpf(10) ** -12
    try:
        at = number(root, digits=30)
        here = evaluate(difference, {name: at}, FINE)
        size, slope = abs(here), abs(_beside(evaluate, difference, name, at, step) - here) / step
    except Undefined:
        return False
    coarse = root.has(sp.Float)
    return bool(size <= (FINE.mpf(10) ** -9 if coarse else FINE.mpf(10) ** -18) * (1 + slope * (1 + abs(at))))


def _beside(evaluate: Callable[..., Any], difference: Term, name: str, at: Any, step: Any) -> Any:
    """The value a step to the right, or, where the domain ends there, to the left."""
    try:
        return evaluate(difference, {name: at + step}, FINE)
    except Undefined:
        return evaluate(difference, {name: at - step}, FINE)


def _guess_exact(difference: Term, name: str, at: float) -> Any:
    """A short exact number near a scanned root, if it solves the equation to many more digits."""
    for guess in (sp.nsimplify(round(at, 9), rational=True), sp.nsimplify(at, [sp.pi], tolerance=1e-10)):
        if sp.count_ops(guess) <= 4 and len(str(guess)) <= 14 and is_root(difference, name, guess):
            return guess
    return None


def _is_rootless(expression: Any, letter: Any) -> bool:
    """Whether sympy's reasoning about sets confirms that there is no root: asked only where none was found.

    A polynomial or quotient of them without real and complex roots is a constant, which is not zero here.
    """
    if sp.numer(sp.together(expression)).is_polynomial(letter):
        return True
    empty = False
    with sympy_may_fail(seconds=SOLVING):
        empty = bool(sp.solveset(expression, letter, sp.S.Reals) == sp.S.EmptySet)
    return empty


def _near(first: Any, second: Any) -> bool:
    a, b = complex(first), complex(second)
    return abs(a - b) <= 1e-6 * (1 + abs(a) + abs(b))


def _distinct(candidates: Iterable[Any]) -> list[Any]:
    """Each number once, the shortest form of it."""
    kept: list[Any] = []
    for candidate in sorted(candidates, key=lambda root: sp.count_ops(root)):
        if not any(_near(sp.N(candidate), sp.N(other)) for other in kept):
            kept.append(candidate)
    return kept

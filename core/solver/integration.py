"""Ways to an antiderivative, cheapest first: each gives a candidate, or nothing where it does not apply.

Substitutions turn roots of a linear term, exponentials and trigonometric quotients into rational functions, for which
sympy always has an answer. A candidate is only a proposal: its derivative decides (see `integrals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import Any

import sympy as sp
from sympy.integrals.manualintegrate import manualintegrate
from sympy.simplify.fu import TR8

from core.solver.failures import sympy_may_fail

Method = Callable[[Any, Any], Any]
UNFINISHED = (sp.Integral, sp.Piecewise, sp.RootSum)
MAX_DEGREE = 40
MAX_SIMPLIFIED = 60
EACH = 2.0


def candidates(integrand: Any, letter: Any, methods: tuple[Method, ...]) -> Iterator[Any]:
    """Proposed antiderivatives, one after the other; a method only runs when its proposal is asked for.

    Other letters are first taken to be positive, which spares sympy its distinctions of cases.
    """
    positive = {symbol: sp.Dummy(symbol.name, positive=True) for symbol in integrand.free_symbols - {letter}}
    there = integrand.xreplace(positive)
    back = {dummy: symbol for symbol, dummy in positive.items()}
    for method in methods:
        found = None
        with sympy_may_fail(seconds=EACH):
            found = method(there, letter)
        if found is None:
            continue
        found = without_cases(found).xreplace(back)
        if found.has(*UNFINISHED) or not found.free_symbols <= integrand.free_symbols | {letter}:
            continue
        if found.has(sp.I) and not integrand.has(sp.I):
            continue
        forms = {found}
        if sp.count_ops(found) <= MAX_SIMPLIFIED:
            with sympy_may_fail(seconds=EACH):
                forms.add(sp.simplify(found))
        yield from sorted((_tidied(form, integrand, letter) for form in forms), key=_length)


def _tidied(result: Any, integrand: Any, letter: Any) -> Any:
    """With absolute values in logarithms, and without arc tangents of tangents."""
    unwound = result.replace(
        lambda part: isinstance(part, sp.atan) and isinstance(part.args[0], sp.tan), lambda part: part.args[0].args[0]
    )
    return real_logarithms(unwound, letter, integrand.atoms(sp.log))


def _length(form: Any) -> tuple[int, int, str]:
    return sp.count_ops(form), len(str(form)), str(form)


def without_cases(result: Any) -> Any:
    """Of cases that depend on letters other than the variable, the general one."""
    if isinstance(result, sp.Piecewise):
        cases = [form for form, condition in result.args if not condition.atoms(sp.Eq)]
        return next((form for form in cases if not form.has(sp.Integral)), result)
    return (
        result.replace(lambda part: isinstance(part, sp.Piecewise), without_cases)
        if result.has(sp.Piecewise)
        else result
    )


def real_logarithms(result: Any, letter: Any, given: Set[Any] = frozenset()) -> Any:
    """ln u -> ln |u| where u depends on the variable and may be negative; `given` logarithms stay as they are."""

    def barred(argument: Any) -> Any:
        sure = argument.is_positive or not argument.has(letter) or argument.has(sp.I) or sp.log(argument) in given
        return sp.log(argument) if sure else sp.log(sp.Abs(argument))

    return result.replace(sp.log, barred)


def _rational(integrand: Any, letter: Any) -> Any:
    """Partial fractions, term by term."""
    if not integrand.is_rational_function(letter):
        return None
    together = sp.cancel(integrand)
    if sp.degree(sp.denom(together), letter) > MAX_DEGREE:
        return None
    if together.free_symbols == {letter}:
        together = sp.apart(together, letter)
    return sum(sp.integrate(term, letter, manual=False) for term in sp.Add.make_args(together))


def _by_hand(integrand: Any, letter: Any) -> Any:
    return None if _heavy(integrand, letter) else manualintegrate(integrand, letter)


def _heavy(integrand: Any, letter: Any) -> bool:
    """Rational functions of high degree, over which the rules for working by hand take very long."""
    return bool(integrand.is_rational_function(letter)) and sp.degree(sp.denom(sp.cancel(integrand)), letter) > 2


def _roots_of_quotient(integrand: Any, letter: Any) -> Any:
    """Fractional powers of one w = (a x + b) / (c x + d): with u^n = w everything is rational in u."""
    powers = [p for p in integrand.atoms(sp.Pow) if p.base.has(letter) and p.exp.is_Rational and not p.exp.is_Integer]
    bases = {power.base for power in powers}
    if len(bases) != 1:
        return None
    base = bases.pop()
    above, below = sp.fraction(sp.together(base))
    if not all(part.is_polynomial(letter) and sp.degree(part, letter) <= 1 for part in (above, below)):
        return None
    degree = sp.ilcm(1, *[power.exp.q for power in powers])
    u = sp.Dummy("u", positive=True)
    (a, b), (c, d) = ((sp.expand(part).coeff(letter, 1), sp.expand(part).coeff(letter, 0)) for part in (above, below))
    inverse = sp.cancel((b - d * u**degree) / (c * u**degree - a))
    there = integrand.xreplace({power: u ** (power.exp * degree) for power in powers}).subs(letter, inverse)
    return _substituted(there * sp.diff(inverse, u), u, base ** sp.Rational(1, degree))


def _tangents(integrand: Any, letter: Any) -> Any:
    """Rational in tan x alone: u = tan x."""
    u = sp.Dummy("u", real=True)
    there = integrand.xreplace({sp.tan(letter): u, sp.cot(letter): 1 / u, sp.sec(letter) ** 2: 1 + u**2})
    return None if there.has(letter) or not there.has(u) else _substituted(there / (1 + u**2), u, sp.tan(letter))


def _exponentials(integrand: Any, letter: Any) -> Any:
    """Rational in e^x: u = e^x."""
    u = sp.Dummy("u", positive=True)
    there = sp.expand_power_exp(integrand).replace(lambda p: isinstance(p, sp.exp), lambda p: u ** (p.args[0] / letter))
    return None if there.has(letter) or not there.has(u) else _substituted(there / u, u, sp.exp(letter))


def _odd_in_one(integrand: Any, letter: Any) -> Any:
    """Rational in sine and cosine and odd in one of them: the other one is the new variable."""
    s, c = sp.Dummy("s", real=True), sp.Dummy("c", real=True)
    there = _in_sines(integrand).xreplace({sp.sin(letter): s, sp.cos(letter): c})
    if there.has(letter) or not there.has(s, c):
        return None
    for kept, gone, back, sign in ((s, c, sp.sin(letter), 1), (c, s, sp.cos(letter), -1)):
        rest = sp.cancel(there / gone)
        if sp.cancel(rest - rest.subs(gone, -gone)) == 0:
            return _substituted(sign * rest.subs(gone, sp.sqrt(1 - kept**2)), kept, back)
    return None


def _half_angle(integrand: Any, letter: Any) -> Any:
    """Rational in the sine and cosine of x: t = tan(x/2)."""
    t = sp.Dummy("t", real=True)
    there = _in_sines(integrand).xreplace({sp.sin(letter): 2 * t / (1 + t**2), sp.cos(letter): (1 - t**2) / (1 + t**2)})
    if there.has(letter) or not there.has(t):
        return None
    return _substituted(there * 2 / (1 + t**2), t, sp.tan(letter / 2))


def _in_sines(integrand: Any) -> Any:
    plain = sp.expand_trig(integrand)
    for name, sines in _IN_SINES.items():
        plain = plain.replace(name, sines)
    return plain


_IN_SINES: dict[Any, Callable[[Any], Any]] = {
    sp.tan: lambda a: sp.sin(a) / sp.cos(a),
    sp.cot: lambda a: sp.cos(a) / sp.sin(a),
    sp.sec: lambda a: 1 / sp.cos(a),
    sp.csc: lambda a: 1 / sp.sin(a),
}


def _substituted(integrand: Any, inner: Any, back: Any) -> Any:
    plain = sp.together(sp.powsimp(integrand))
    found = _rational(plain, inner)
    if found is None:
        found = _roots_of_quotient(plain, inner)
    return None if found is None else found.subs(inner, back)


def _completed_square(integrand: Any, letter: Any) -> Any:
    """With the middle of a quadratic moved to zero, the rules for working by hand find more."""
    quadratics = [
        power.base
        for power in integrand.atoms(sp.Pow)
        if power.base.is_polynomial(letter) and sp.degree(power.base, letter) == 2
    ]
    middles = {sp.cancel(-q.expand().coeff(letter, 1) / (2 * q.expand().coeff(letter, 2))) for q in quadratics}
    if len(middles) != 1 or middles == {sp.S.Zero}:
        return None
    middle = middles.pop()
    moved = integrand.subs(letter, letter + middle).replace(
        lambda p: isinstance(p, sp.Pow) and p.base.is_polynomial(letter), lambda p: sp.expand(p.base) ** p.exp
    )
    return manualintegrate(moved, letter).subs(letter, letter - middle)


def _by_risch_and_heuristics(integrand: Any, letter: Any) -> Any:
    return sp.integrate(integrand, letter, manual=False)


def _expanded(integrand: Any, letter: Any) -> Any:
    expanded = sp.expand(integrand)
    return None if expanded == integrand or _heavy(expanded, letter) else sp.integrate(expanded, letter)


def _absolute(integrand: Any, letter: Any) -> Any:
    """One |a x + b|: the mean of the two branches, and their difference with the sign, zero at the corner."""
    bars = [part for part in integrand.atoms(sp.Abs) if part.has(letter)]
    if len(bars) != 1 or not bars[0].args[0].is_polynomial(letter) or sp.degree(bars[0].args[0], letter) != 1:
        return None
    (bar,) = bars
    inside = bar.args[0]
    above, below = (manualintegrate(integrand.xreplace({bar: sign * inside}), letter) for sign in (1, -1))
    corner = sp.solve(inside, letter)[0]
    apart = (above - below) / 2
    apart = apart - apart.subs(letter, corner)
    quotient = sp.factor(sp.cancel(apart / inside))
    signed = quotient * bar if quotient.is_polynomial(letter) else sp.sign(inside) * apart
    return sp.simplify((above + below) / 2) + signed


def _waves(integrand: Any, letter: Any) -> Any:
    """A polynomial in sines and cosines of multiples of x: products become sums of single waves."""
    frequencies = {part: part.args[0] for part in integrand.atoms(sp.sin, sp.cos)}
    hidden = {part: sp.Dummy() for part in frequencies}
    flat = integrand.xreplace(hidden)
    linear = all(sp.diff(inside, letter, 2) == 0 for inside in frequencies.values())
    if not frequencies or not linear or flat.has(letter) or not flat.is_polynomial(*hidden.values()):
        return None
    sums = sp.expand(integrand)
    for _ in range(MAX_DEGREE):
        again = sp.expand(TR8(sums))
        if again == sums:
            break
        sums = again
    return sum(_wave(term, letter) for term in sp.Add.make_args(sums))


def _wave(term: Any, letter: Any) -> Any:
    """The integral of c sin(a x + b), of c cos(a x + b) or of a number."""
    factor, wave = term.as_independent(letter, as_Add=False)
    if wave == 1:
        return factor * letter
    if not isinstance(wave, sp.sin | sp.cos):
        return sp.Integral(term, letter)
    slope = sp.diff(wave.args[0], letter)
    return factor * (-sp.cos(wave.args[0]) if isinstance(wave, sp.sin) else sp.sin(wave.args[0])) / slope


def _substitution(integrand: Any, letter: Any) -> Any:
    """u = g(x) for a part g of the integrand, or a power of x, where f / g' holds x only within g."""
    parts = {arg for part in integrand.atoms(sp.Function) for arg in (part, *part.args)}
    parts |= {power.base for power in integrand.atoms(sp.Pow)} | set(integrand.atoms(sp.Pow))
    squares = [letter**n for n in (2, 3, 4)]
    inner = sorted((part for part in parts if part.has(letter) and part != letter), key=sp.count_ops)
    u = sp.Dummy("u", real=True)
    for part in [*inner, *squares]:
        quotient = sp.simplify(integrand / sp.diff(part, letter)).subs(part, u)
        if part in squares and quotient.has(letter):
            quotient = quotient.subs(letter, sp.Pow(u, 1 / part.exp))
            quotient = sp.powsimp(sp.powdenest(quotient, force=True))
            if any(
                power.exp.is_Rational and not power.exp.is_Integer and power.base == u
                for power in quotient.atoms(sp.Pow)
            ):
                continue
        if quotient.has(letter) or not quotient.has(u):
            continue
        for method in (_rational, _roots_of_quotient, _by_hand):
            found = method(quotient, u)
            if found is not None and not found.has(*UNFINISHED):
                return found.subs(u, part)
    return None


DIRECT: tuple[Method, ...] = (
    _absolute,
    _rational,
    _waves,
    _by_hand,
    _tangents,
    _roots_of_quotient,
    _exponentials,
    _completed_square,
    _odd_in_one,
    _half_angle,
    _substitution,
)
LAST_RESORTS: tuple[Method, ...] = (_by_risch_and_heuristics, _expanded)

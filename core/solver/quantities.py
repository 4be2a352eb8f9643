"""Arithmetic with units: 3 km + 200 m, 20 m / 4 s, 72 km/h in m/s."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import NoMethod
from core.notation.from_sympy import write_sympy
from core.notation.terms import Conversion, Term, Unit, walk
from core.notation.to_sympy import to_sympy
from core.notation.units import UNITS
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close
from core.solver.found import Found, Problem
from core.solver.numeric import FINE, Undefined, value
from core.solver.present import short_decimal, spaced, terminating

BASE = tuple(sp.Symbol(symbol, positive=True) for symbol in ("m", "kg", "s", "A", "K", "mol"))


def is_quantity(problem: Problem) -> bool:
    return any(isinstance(part, Unit) for part in walk(problem.term)) and not problem.letters


def quantity(problem: Problem) -> Found:
    """The amount in the unit asked for, else in the unit written first; in base units beside it. Raises NoMethod."""
    term = problem.term
    body, target = (term.body, to_sympy(term.target)) if isinstance(term, Conversion) else (term, None)
    amount = to_sympy(body)
    if not isinstance(amount, sp.Expr):
        raise NoMethod
    size, dimension = _in_base_units(amount)
    unit = _first_unit(body, amount) if target is None else target
    unit_size, unit_dimension = _in_base_units(unit)
    if dimension != unit_dimension:
        raise NoMethod(phrase("reason.unlike-units"))
    number = sp.nsimplify(size / unit_size)
    latex = _written(number, unit)
    forms = (("base-units", _written(size, dimension)),) if dimension not in (unit, 1) else ()
    decimal = "" if terminating(number) is not None else f"{short_decimal(number)} {unit}"
    return Found("quantity", number * unit, _measured(body, number, unit), latex, decimal, forms)


def _in_base_units(amount: Any) -> tuple[Any, Any]:
    """An amount as a number times a product of base units. Raises NoMethod where it has no single such product."""
    symbols = {sp.Symbol(name, positive=True): unit for name, unit in UNITS.items()}
    placed = {
        symbol: sp.Rational(unit.size.numerator, unit.size.denominator)
        * sp.Mul(*[base**power for base, power in zip(BASE, unit.dimension, strict=True)])
        for symbol, unit in symbols.items()
    }
    found = sp.factor_terms(sp.expand(amount.subs(placed, simultaneous=True)))
    size, dimension = found.as_independent(*BASE, as_Add=False)
    if dimension.is_Add or dimension.free_symbols - set(BASE) or not size.is_Rational:
        raise NoMethod(phrase("reason.unlike-units"))
    return size, dimension


def _first_unit(body: Term, amount: Any) -> Any:
    """The product of units that the first term of a sum has; of a product, all of its own."""
    terms = sp.Add.make_args(sp.expand(amount))
    if len(terms) == 1:
        return terms[0].as_coeff_Mul()[1]
    first = next(part.symbol for part in walk(body) if isinstance(part, Unit))
    chosen = next((part for part in terms if sp.Symbol(first, positive=True) in part.free_symbols), terms[0])
    return chosen.as_coeff_Mul()[1]


def _written(number: Any, unit: Any) -> str:
    decimal = terminating(number)
    shown = spaced(decimal) if decimal is not None else write_sympy(number)
    above, below = (_product(part) for part in sp.fraction(unit))
    written = f"\\frac {{ {above or '1'} }} {{ {below} }}" if below else above
    return f"{shown} {written}".strip()


def _product(units: Any) -> str:
    return "" if units == 1 else " \\cdot ".join(map(_power, sp.Mul.make_args(units)))


def _power(factor: Any) -> str:
    base, exponent = factor.as_base_exp()
    upright = f"\\unit {{ {spaced(base.name)} }}"
    return upright if exponent == 1 else f"{upright} ^ {{ {write_sympy(exponent)} }}"


def _measured(body: Term, number: Any, unit: Any) -> Check:
    """Both sides as plain numbers of base units."""
    route = phrase("route.base-units")
    try:
        expected = value(body, context=FINE)
    except Undefined:
        return Check("unknown", route)
    sizes = {symbol: sp.Rational(str(UNITS[symbol.name].size)) for symbol in unit.free_symbols}
    found = FINE.mpf(str(sp.N(number * unit.xreplace(sizes), 25)))
    return Check("yes" if close(expected, found) else "no", route)

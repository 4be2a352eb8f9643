"""Answers written out: LaTeX, plain text, decimals, sympy's spelling."""

from __future__ import annotations

from typing import Any

import sympy as sp

from core.errors import TooLong
from core.limits import MathLimits
from core.notation.from_sympy import ANSWER_LIMITS, write_sympy
from core.notation.latex import parse
from core.notation.write import to_unicode
from core.outcome import Answer
from core.phrases import phrase

DIGITS = 10


def plain(value: Any) -> Any:
    """`value` with symbols that are known by their names alone."""
    if isinstance(value, sp.Basic):
        return value.xreplace({s: sp.Symbol(s.name) for s in value.atoms(sp.Symbol) if s.is_real and not s.is_integer})
    return value


def answer(value: Any, latex: str = "", decimal: str | None = None) -> Answer:
    """The answer written out. Raises TooLong where it would fill more than a card."""
    written = latex or write_sympy(value)
    if len(written.split()) > MathLimits().max_tokens:
        raise TooLong(phrase("reason.long-answer"))
    text = to_unicode(parse(written, ANSWER_LIMITS))
    return Answer(written, text, decimal_of(value) if decimal is None else decimal or None, sp.srepr(plain(value)))


def unicode_of(value: Any) -> str:
    """A sympy value as one line of plain text."""
    return to_unicode(parse(write_sympy(value), ANSWER_LIMITS))


def decimal_of(value: Any) -> str | None:
    """About ten significant digits; None for what has no one number or is an integer or decimal already."""
    if isinstance(value, sp.FiniteSet | sp.Tuple) and not isinstance(value, sp.Interval):
        numbers = [decimal_of(item) or (str(item) if item.is_Rational else None) for item in ordered(value)]
        if any(number is None for number in numbers) or all(_is_whole(item) for item in value.args):
            return None
        return ", ".join(str(number) for number in numbers)
    if not isinstance(value, sp.Expr) or _is_whole(value) or value.is_Float or not value.is_number or value.is_infinite:
        return None
    return short_decimal(value)


def _is_whole(value: Any) -> bool:
    """A whole number, real or complex."""
    return bool(value.is_number) and all(part.is_Integer for part in value.as_real_imag())


def short_decimal(value: Any) -> str | None:
    """`value` to ten significant digits, without trailing zeros; None where it has no finite value."""
    real, imaginary = sp.N(value, DIGITS + 5).as_real_imag()
    if not (real.is_Float or real == 0) or not (imaginary.is_Float or imaginary == 0):
        return None
    if imaginary == 0:
        return _digits(real)
    sign = "-" if imaginary < 0 else "+"
    whole = f"{_digits(real)} {sign} " if real != 0 else ("-" if imaginary < 0 else "")
    return f"{whole}{_digits(abs(imaginary))}i"


def _digits(number: Any) -> str:
    if number == 0:
        return "0"
    exponent = int(sp.floor(sp.log(abs(number), 10).evalf(5)))
    if -5 <= exponent < 15:
        written = f"{float(number):.{max(DIGITS - 1 - exponent, 0)}f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    exponent -= int(bool(abs(number) < sp.Integer(10) ** exponent))
    mantissa = f"{float(number / sp.Integer(10) ** exponent):.{DIGITS - 1}f}".rstrip("0").rstrip(".")
    return f"{mantissa}e{exponent}"


def terminating(value: Any) -> str | None:
    """A rational number whose decimal ends, as that decimal."""
    rest = int(value.q)
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    places = next(n for n in range(400) if (10**n) % int(value.q) == 0)
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def ordered(values: Any) -> list[Any]:
    """The members of a finite set, smallest first; complex ones by real part."""
    items = list(values)
    if all(item.is_number for item in items) and isinstance(values, sp.Set | list):
        return sorted(items, key=lambda item: tuple(float(part) for part in sp.N(item, 15).as_real_imag()))
    return items


def spaced(latex: str) -> str:
    """A number or sign as the recogniser spells it: `1.75` -> `1 . 7 5`."""
    return " ".join(latex)

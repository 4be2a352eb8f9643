"""Numbers on a plot: where the axes are marked, and how a number is written there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

MOST_DENOMINATOR = 12
PARTS_OF_PI = (Fraction(1, 12), Fraction(1, 6), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(1))
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST = 1e6
SHORTEST = 1e-4
NOTHING = 1e-12
"""Less than this is zero but for rounding."""


@dataclass(frozen=True)
class Tick:
    """A marked place of an axis and what is written there."""

    at: float
    text: str


def ticks(low: float, high: float, most: int, in_pi: bool = False) -> tuple[Tick, ...]:
    """At most `most` evenly placed marks: 1, 2 or 5 times a power of ten apart, or simple parts of π."""
    step = pi_step(high - low, most) if in_pi else decimal_step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(Tick(n * step, number(n * step, in_pi, step)) for n in range(first, last + 1))


def decimal_step(width: float, most: int) -> float:
    """The least distance of marks that are not too many."""
    rough = width / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def pi_step(width: float, most: int) -> float:
    for part in PARTS_OF_PI:
        if width / (float(part) * math.pi) <= most:
            return float(part) * math.pi
    return decimal_step(width / math.pi, most) * math.pi


def number(value: float, in_pi: bool = False, step: float = 0.0) -> str:
    """A number as short as it is useful: parts of π as such, else two decimals, or three digits of a small one, or as
    many as `step` asks for.
    """
    if in_pi and (written := _part_of_pi(value)) is not None:
        return written
    size = abs(value)
    if size < max(NOTHING, step / 2):
        return "0"
    if size >= LONGEST or size < SHORTEST:
        return _in_powers(value)
    if step:
        places = max(0, -math.floor(math.log10(step) + 1e-9))
    else:
        places = 2 if size >= 1 else 2 - math.floor(math.log10(size))
    written = f"{value:.{places}f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written).replace("-", "−")


def _part_of_pi(value: float) -> str | None:
    share = Fraction(value / math.pi).limit_denominator(MOST_DENOMINATOR)
    if abs(float(share) * math.pi - value) > 1e-7 * (1 + abs(value)) or share == 0:
        return "0" if abs(value) < 1e-9 else None
    above = "π" if abs(share.numerator) == 1 else f"{abs(share.numerator)}π"
    return ("−" if share < 0 else "") + above + (f"/{share.denominator}" if share.denominator > 1 else "")


def _in_powers(value: float) -> str:
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".").replace("-", "−")
    power = "10" + str(int(exponent)).translate(RAISED)
    return power if mantissa == "1" else f"{mantissa}×{power}"


def place(x: float, y: float, x_in_pi: bool = False) -> str:
    """A point by its two numbers."""
    return f"({number(x, x_in_pi)}, {number(y)})"

"""Units of measurement: how they are written, how large they are in SI units, and what they measure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Dimension = tuple[int, ...]
LENGTH, MASS, TIME, CURRENT, TEMPERATURE, AMOUNT = (tuple(int(n == k) for n in range(6)) for k in range(6))


@dataclass(frozen=True)
class UnitSize:
    """`size`: how many SI units one of it is; `dimension`: powers of metre, kilogram, second, ampere, kelvin, mole."""

    size: Fraction
    dimension: Dimension


def _powers(**powers: int) -> Dimension:
    return tuple(powers.get(name, 0) for name in ("m", "kg", "s", "A", "K", "mol"))


ENERGY, PRESSURE = _powers(kg=1, m=2, s=-2), _powers(kg=1, m=-1, s=-2)

_PREFIXES = {"": 0, "n": -9, "µ": -6, "m": -3, "c": -2, "d": -1, "h": 2, "k": 3, "M": 6, "G": 9}


def _decimal(symbol: str, prefixes: str, dimension: Dimension, size: Fraction = Fraction(1)) -> dict[str, UnitSize]:
    """`symbol` alone and with each of `prefixes`."""
    return {
        prefix + symbol: UnitSize(size * Fraction(10) ** _PREFIXES[prefix], dimension) for prefix in ("", *prefixes)
    }


UNITS: dict[str, UnitSize] = {
    **_decimal("m", "nµmcdk", LENGTH),
    **_decimal("g", "µmk", MASS, Fraction(1, 1000)),
    **_decimal("s", "nµm", TIME),
    **_decimal("A", "mk", CURRENT),
    **_decimal("mol", "m", AMOUNT),
    **_decimal("L", "mcdh", _powers(m=3), Fraction(1, 1000)),
    **_decimal("N", "mkM", _powers(kg=1, m=1, s=-2)),
    **_decimal("J", "mkM", ENERGY),
    **_decimal("W", "mkMG", _powers(kg=1, m=2, s=-3)),
    **_decimal("Pa", "hkM", PRESSURE),
    **_decimal("V", "mk", _powers(kg=1, m=2, s=-3, A=-1)),
    **_decimal("Hz", "kMG", _powers(s=-1)),
    **_decimal("C", "mµ", _powers(A=1, s=1)),
    **_decimal("Ω", "kM", _powers(kg=1, m=2, s=-3, A=-2)),
    "K": UnitSize(Fraction(1), TEMPERATURE),
    "min": UnitSize(Fraction(60), TIME), "h": UnitSize(Fraction(3600), TIME), "d": UnitSize(Fraction(86400), TIME),
    "t": UnitSize(Fraction(1000), MASS), "ha": UnitSize(Fraction(10_000), _powers(m=2)),
    "in": UnitSize(Fraction(254, 10_000), LENGTH), "ft": UnitSize(Fraction(3048, 10_000), LENGTH),
    "yd": UnitSize(Fraction(9144, 10_000), LENGTH), "mi": UnitSize(Fraction(1_609_344, 1000), LENGTH),
    "lb": UnitSize(Fraction(45_359_237, 100_000_000), MASS), "oz": UnitSize(Fraction(45_359_237, 1_600_000_000), MASS),
    "kWh": UnitSize(Fraction(3_600_000), ENERGY), "bar": UnitSize(Fraction(100_000), PRESSURE),
    "cal": UnitSize(Fraction(4184, 1000), ENERGY), "kcal": UnitSize(Fraction(4184), ENERGY),
}  # fmt: skip

SPELT_UNITS: dict[str, str] = {
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("millimetre", "millimetres", "millimeter", "millimeters"), "mm"),
    **dict.fromkeys(("gram", "grams"), "g"), **dict.fromkeys(("kilogram", "kilograms", "kilo", "kilos", "kgs"), "kg"),
    **dict.fromkeys(("tonne", "tonnes"), "t"), **dict.fromkeys(("second", "seconds", "sec", "secs"), "s"),
    **dict.fromkeys(("minute", "minutes", "mins"), "min"), **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("day", "days"), "d"), **dict.fromkeys(("litre", "litres", "liter", "liters", "l"), "L"),
    **dict.fromkeys(("ml", "millilitre", "millilitres", "milliliter", "milliliters"), "mL"), "cl": "cL", "dl": "dL",
    **dict.fromkeys(("inch", "inches"), "in"), **dict.fromkeys(("foot", "feet"), "ft"),
    **dict.fromkeys(("yard", "yards"), "yd"), **dict.fromkeys(("mile", "miles"), "mi"),
    **dict.fromkeys(("pound", "pounds", "lbs"), "lb"), **dict.fromkeys(("ounce", "ounces"), "oz"),
}  # fmt: skip


def unit_symbol(word: str) -> str:
    """The symbol of a unit that is written as `word`; the empty string where it is none."""
    return word if word in UNITS else SPELT_UNITS.get(word.lower(), "")

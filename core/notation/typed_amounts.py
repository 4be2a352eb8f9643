"""Amounts as people type them, `20 m / 4 s` or `1 h 30 min`: the letters after a number and a space are units."""

from __future__ import annotations

import re

from core.notation.choices import Context
from core.notation.units import UNITS, unit_symbol

_AMOUNT = r"\d+(?:\.\d+)?\s+[A-Za-zµΩ]+"
_LINE = re.compile(
    rf"(?P<amounts>{_AMOUNT}(?:\s*[-+*/×·÷]?\s*{_AMOUNT})*)(?:\s+(?:in|to|into)\s+(?P<target>[A-Za-zµΩ]+))?"
)
_PIECE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s+(?P<unit>[A-Za-zµΩ]+)|(?P<sign>[-+*/×·÷])")
_PRODUCTS = frozenset("*/×·÷")


def amounts_marked(text: str, context: Context) -> str:
    """A line made of amounts alone, at least two or one to be converted, with its units between hashes; any other line
    as it is. Amounts side by side, `1 h 30 min`, are added up. Where every unit is one letter, it is a choice.
    """
    line = _LINE.fullmatch(text.strip())
    if line is None:
        return text
    pieces = list(_PIECE.finditer(line["amounts"]))
    units = [unit_symbol(piece["unit"]) for piece in pieces if piece["unit"]]
    target = unit_symbol(line["target"] or "")
    if not all(units) or (len(units) < 2 and not target) or bool(line["target"]) != bool(target):
        return text
    letters = all(len(unit) == 1 for unit in [*units, *([target] if target else [])])
    if letters and not context.decides("amounts"):
        return text
    return " ".join([*_written(pieces), *([f"in #{target}#"] if target else [])])


def _written(pieces: list[re.Match[str]]) -> list[str]:
    written: list[str] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece["sign"]:
            written.append(piece["sign"])
            continue
        beside = before is not None and before["unit"]
        if beside and _dimension(before) == _dimension(piece):
            written.append("+")
        written.append(f"({piece['number']} #{unit_symbol(piece['unit'])}#)" if _is_factor(pieces) else _plain(piece))
    return written


def _plain(piece: re.Match[str]) -> str:
    return f"{piece['number']} #{unit_symbol(piece['unit'])}#"


def _is_factor(pieces: list[re.Match[str]]) -> bool:
    return any(piece["sign"] in _PRODUCTS for piece in pieces)


def _dimension(piece: re.Match[str] | None) -> object:
    return None if piece is None else UNITS[unit_symbol(piece["unit"])].dimension

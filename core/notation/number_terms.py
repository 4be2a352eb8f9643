"""Numbers in a row: decimals, repeating decimals, mixed numbers, and what stands between two numbers."""

from __future__ import annotations

from fractions import Fraction as ExactFraction

from core.notation.numerals import proper, repeating
from core.notation.reading import RowReader
from core.notation.scripted import COUNTED
from core.notation.terms import Call, Num, Term
from core.notation.tree import Accent, Atom, Fence, Fraction, Number


def read_number(reader: RowReader, text: str) -> Term:
    """The number whose digits `text` have just been passed, with what belongs to it."""
    following = reader.peek()
    if "." in text and isinstance(following, Accent) and following.command == "\\overline":
        reader.at += 1
        return repeating(text, following.body)
    if "." in text and (repeated := _repeating(reader, text)) is not None:
        return repeated
    if "." in text:
        return exact(text)
    if (decimals := _decimals_after_a_raised_dot(reader)) and not reader.context.decides("raised-dot"):
        reader.at += 2
        return Num(ExactFraction(f"{text}.{decimals}"), "decimal", f"{text}.{decimals}")
    if (repeated := _repeating(reader, text)) is not None:
        return repeated
    if (chosen := _chosen_between(reader, text)) is not None:
        return chosen
    whole = exact(text)
    if isinstance(following, Fraction) and (part := proper(following)) and reader.context.decides("mixed"):
        reader.at += 1
        return Num(whole.value + part, "mixed", text)
    return whole


def exact(text: str) -> Num:
    """The value of plain digits."""
    return Num(ExactFraction(text), "decimal", text) if "." in text else Num(ExactFraction(int(text)))


def _repeating(reader: RowReader, text: str) -> Num | None:
    """`0 . ( 3 )` and `0 . 1 ( 6 )`: in many countries the digits in brackets repeat."""
    dot = reader.token() == "." and "." not in text
    bracket = reader.items[reader.at + dot] if reader.at + dot < len(reader.items) else None
    if not isinstance(bracket, Fence) or not ("." in text or dot):
        return None
    digits = bracket.body.items
    if bracket.left != "(" or len(digits) != 1 or not isinstance(digits[0], Number) or not digits[0].text.isdigit():
        return None
    if not dot and reader.context.decides("period"):
        return None
    reader.at += 1 + dot
    return repeating(text + "." * dot, bracket.body)


def _chosen_between(reader: RowReader, text: str) -> Term | None:
    """`5 C 2`: five things, two chosen."""
    sign, below = (*reader.items[reader.at : reader.at + 2], None, None)[:2]
    if not isinstance(sign, Atom) or sign.token not in ("C", "P") or not isinstance(below, Number):
        return None
    if not reader.context.decides("combinations"):
        return None
    reader.at += 2
    return Call(COUNTED[sign.token], (exact(text), exact(below.text)))


def _decimals_after_a_raised_dot(reader: RowReader) -> str:
    """`3 \\cdot 6`: many write the decimal point halfway up."""
    dot, digits = (*reader.items[reader.at : reader.at + 2], None, None)[:2]
    return digits.text if dot == Atom("\\cdot") and isinstance(digits, Number) and digits.text.isdigit() else ""

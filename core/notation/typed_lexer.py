"""Typed maths -> tokens: numbers, signs, known words, letters side by side, units after numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from core.errors import NotUnderstood
from core.notation.excerpts import within
from core.notation.letters import GREEK
from core.notation.lexer import ALIASES
from core.notation.typed_words import (
    AMBIGUOUS_UNITS,
    BIG_SIGNS,
    BRACKETS,
    CHOOSING,
    CONSTANTS,
    FUNCTIONS,
    GREEK_WORDS,
    INDEXED_ROOT,
    KNOWN_WORDS,
    NO_PRODUCTS,
    OPERATOR_WORDS,
    ROOTS,
    TEXT_WORDS,
    VERBS,
)  # fmt: skip
from core.notation.units import unit_symbol
from core.phrases import phrase


@dataclass(frozen=True)
class TypedToken:
    """`kind`: number, sign, factor, function, root, bracket, choose or big; `place`: where it begins in the text."""

    kind: str
    text: str
    place: int = 0


_TOKEN = re.compile(
    r"""
    \s*(?:
      (?P<leibniz>(?<![A-Za-z])(?P<mark>[d∂])(?:\^?(?P<n>\d))?(?P<of>[a-z])?\s*/\s*(?P<by>(?:(?P=mark)[a-z](?:\^?\d)?\s*)+)(?![A-Za-z0-9]))
    | (?P<power>\d+(?:\.\d+)?[eE][+-]?\d+(?![\d.A-Za-z]))
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<word>[A-Za-z]+)
    | (?P<operator>\+/-|\.\.\.|<=|>=|!=|=>|->|==|\*\*|\+-)
    | \#(?P<marked>[A-Za-zµΩ ]+)\#
    | (?P<sign>\S)
    )
    """,
    re.VERBOSE,
)
_NAMES = sorted([*FUNCTIONS, *ROOTS, "pi"], key=len, reverse=True)
_LONGEST_PRODUCT = 3
_INTO = frozenset({"in", "to", "into"})


def lex_typed(text: str) -> list[TypedToken]:
    """The tokens of typed maths; a word between hashes, `#at#`, stays that word.

    Raises NotUnderstood for an unknown word, with its place and a guess.
    """
    tokens: list[TypedToken] = []
    has_units = False
    for match in _TOKEN.finditer(text.rstrip()):
        place = match.end() - len(match[0].lstrip())
        after_number = bool(tokens) and tokens[-1].kind == "number"
        if match["leibniz"]:
            kind = "factor" if match["of"] else "big"
            tokens.append(TypedToken(kind, _leibniz(match), place))
        elif match["marked"] and unit_symbol(match["marked"]) == match["marked"]:
            has_units = True
            tokens.append(TypedToken("factor", f"\\unit {{ {' '.join(match['marked'])} }}", place))
        elif match["marked"]:
            tokens.append(TypedToken("sign", f"\\text{{{match['marked']}}}", place))
        elif match["power"]:
            mantissa, exponent = re.split("[eE]", match["power"])
            tokens.append(TypedToken("factor", f"{' '.join(mantissa)} \\times 1 0 ^ {{ {' '.join(exponent)} }}", place))
        elif match["number"]:
            tokens.append(TypedToken("number", match["number"], place))
        elif match["word"]:
            word = match["word"]
            unit = _unit(word, after_number, has_units)
            has_units = has_units or bool(unit)
            if unit:
                tokens.append(TypedToken("factor", f"\\mathrm {{ {' '.join(unit)} }}", place))
            elif word in _INTO and (has_units or _unit_follows(text, match.end(), after_number, tokens)):
                tokens.append(TypedToken("sign", f"\\mathrm {{ {' '.join(word)} }}", place))
                has_units = True
            else:
                tokens.extend(_words(word, text, place))
        else:
            sign = match["operator"] or match["sign"]
            meant = ALIASES.get(sign, "")
            if meant[1:] in GREEK or meant == "\\infty":
                tokens.append(TypedToken("factor", meant, place))
            else:
                tokens.append(TypedToken("sign", "^" if sign == "**" else sign, place))
    return tokens


def _unit(word: str, after_number: bool, has_units: bool) -> str:
    """The symbol of a unit of several letters where one can stand, else the empty string."""
    if len(word) < 2 or not (after_number or (has_units and word not in AMBIGUOUS_UNITS)):
        return ""
    return unit_symbol(word)


def _unit_follows(text: str, at: int, after_number: bool, tokens: list[TypedToken]) -> bool:
    """Whether `in` stands between a quantity such as `5 m` and a unit."""
    following = re.match(r"\s*([A-Za-z]+)", text[at:])
    measured = len(tokens) > 1 and tokens[-2].kind == "number" and bool(unit_symbol(tokens[-1].text))
    return measured and following is not None and bool(unit_symbol(following[1])) and not after_number


def _leibniz(match: re.Match[str]) -> str:
    mark = "d" if match["mark"] == "d" else "\\partial"
    below = re.findall(r"[d∂]([a-z])(?:\^?(\d))?", match["by"])
    written = " ".join(f"{mark} {letter}" + (f" ^ {{ {n} }}" if n else "") for letter, n in below)
    power = f" ^ {{ {match['n']} }}" if match["n"] else ""
    return f"\\frac {{ {mark}{power} {match['of'] or ''} }} {{ {written} }}"


def _words(word: str, text: str, place: int) -> list[TypedToken]:
    """A whole known word, or known names and single letters side by side: `xsin`, `pix`, `dx`."""
    known = _known(word, place)
    if known is not None:
        return [known]
    tokens: list[TypedToken] = []
    rest, run, after_name = word, 0, False
    while rest:
        name = next((name for name in _NAMES if rest.startswith(name)), rest[0])
        named = _known(name, place) if len(name) > 1 else None
        tokens.append(named or TypedToken("factor", name, place))
        after_name = after_name or (named is not None and named.kind != "factor")
        run = 0 if named else run + 1
        rest = rest[len(name) :]
        place += len(name)
        if run > (1 if after_name else _LONGEST_PRODUCT):
            raise _unknown(word, text, place - len(word) + len(rest))
    called = re.match(r"\s*\(", text[place:]) and run == len(word) >= _LONGEST_PRODUCT
    if called or word.lower() in NO_PRODUCTS:
        raise _unknown(word, text, place - len(word))
    return tokens


def _known(word: str, place: int) -> TypedToken | None:
    if word in VERBS or word in TEXT_WORDS:
        return TypedToken("factor" if word in TEXT_WORDS else "sign", f"\\text{{{TEXT_WORDS.get(word, word)}}}", place)
    for kind, names in (("root", {*ROOTS, INDEXED_ROOT}), ("bracket", BRACKETS)):
        if word in names:
            return TypedToken(kind, word, place)
    for kind, table in (("function", FUNCTIONS), ("big", BIG_SIGNS), ("factor", {**CONSTANTS, **GREEK_WORDS})):
        if word in table:
            return TypedToken(kind, table[word], place)
    if word in CHOOSING:
        return TypedToken("choose", word, place)
    if word.lower() in OPERATOR_WORDS:
        return TypedToken("sign", OPERATOR_WORDS[word.lower()], place)
    return None


def _unknown(word: str, text: str, place: int) -> NotUnderstood:
    others = [known for known in KNOWN_WORDS if known != word.lower()]
    guesses = get_close_matches(word.lower(), others, n=1, cutoff=0.74)
    said = phrase("reason.word-guess", word=word, guess=guesses[0]) if guesses else phrase("reason.word", word=word)
    return NotUnderstood(said, within(text, place, len(word)))

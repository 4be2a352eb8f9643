"""Unicode as people paste it, in plain letters and signs: raised and lowered digits, fractions, full-width forms.

`in_typed` writes them as they are typed, `in_latex` as LaTeX.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from core.notation.typed_words import BIG_UNICODE_SIGNS, FRACTION_SIGNS, LOWERED_SIGNS, RAISED_SIGNS, ROOT_SIGNS

_STYLED = re.compile("[\uff01-\uff5e\u3000\U0001d400-\U0001d7ff\u2102\u210e\u211d\u2124]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\ufeff\u200b-\u200d\u2060-\u2064]")
_SUMMED = re.compile(r"Σ(?=\s*_)")
_THOUSANDS = re.compile(r"(?<=\d)[ '’](?=\d{3}(?:[ '’]\d{3})*(?!\d))")


def plain_letters(text: str) -> str:
    """Full-width and styled letters and digits as plain ones, all spaces as the usual one."""
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _SPACES.sub(" ", text))


def in_typed(text: str) -> str:
    """Raised digits as exponents, fractions with a stroke, roots and big signs by name, thousands joined."""
    for sign, name in ROOT_SIGNS.items():
        text = text.replace(sign, f" {name} ")
    text = _SUMMED.sub("∑", _shifted(text, lambda mark, inside: f"{mark}({inside})"))
    for sign, written in FRACTION_SIGNS.items():
        text = text.replace(sign, f" {written} ")
    for sign, name in BIG_UNICODE_SIGNS.items():
        text = text.replace(sign, f" {name} ")
    return _THOUSANDS.sub("", text.replace("√", " sqrt "))


def in_latex(text: str) -> str:
    """The same signs in LaTeX; a fraction sign becomes a fraction."""
    text = _SUMMED.sub("∑", _shifted(text, lambda mark, inside: f"{mark}{{{inside}}}"))
    for sign, written in FRACTION_SIGNS.items():
        above, _, below = written.partition("/")
        text = text.replace(sign, f"\\frac{{{above}}}{{{below}}}")
    return text


def _shifted(text: str, write: Callable[[str, str], str]) -> str:
    """Runs of raised or lowered signs, written by `write` from their mark and what they say."""
    alphabets: tuple[tuple[Mapping[str, str], str], ...] = ((RAISED_SIGNS, "^"), (LOWERED_SIGNS, "_"))
    for alphabet, mark in alphabets:
        run = re.compile("[" + "".join(map(re.escape, alphabet)) + "]+")
        pieces: list[str] = []
        end = 0
        for match in run.finditer(text):
            pieces += [text[end : match.start()], write(mark, "".join(alphabet[sign] for sign in match[0]))]
            end = match.end()
        text = "".join([*pieces, text[end:]])
    return text

"""The fonts inside the compiler know every letter that a card may be asked to write."""

from __future__ import annotations

import unicodedata

import pytest

from core.render.card import layout
from core.render.typesetting import png
from core.render.typst_math import literal

MISSING = "\u0378"  # no letter, in any font


def letters(first: int, last: int) -> str:
    return "".join(char for char in map(chr, range(first, last + 1)) if unicodedata.category(char).startswith("L"))


ALPHABETS = {
    "Latin": letters(0x41, 0x17F),
    "Vietnamese": letters(0x1EA0, 0x1EF9) + "ơưƠƯ",
    "Greek": letters(0x386, 0x3CE),
    "Cyrillic": letters(0x400, 0x45F) + "ґҐ",
    "punctuation": "„“”‚‘’«»‹›…–—−¿¡·•°′″",
    "signs": "✓≠≈≤≥±×÷√∞∈∪∩∅ℝℤℕℚℂπ",
}


FONTS = "\n".join(line for line in layout().splitlines() if "font:" in line).replace("theme.text-size", "16pt")


def written(char: str, place: str) -> bytes:
    """A picture of one character, as text or in a formula, in the fonts of a card."""
    string = f'"{char}"'
    sheet = "#let theme = (ink: black)\n#set page(width: 30pt, height: 40pt, margin: 4pt)"
    return png(f"{sheet}\n{FONTS}\n" + (f"#text({string})" if place == "text" else f"$ {string} $"), 0.5)


@pytest.mark.parametrize("place", ["text", "formula"])
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_no_letter_is_missing(alphabet: str, place: str) -> None:
    missing = written(MISSING, place)

    assert [char for char in ALPHABETS[alphabet] if written(char, place) == missing] == []


def test_the_test_would_see_a_missing_letter() -> None:
    assert written("\u0379", "text") == written(MISSING, "text") != written("a", "text")
    assert literal(MISSING) == '""'

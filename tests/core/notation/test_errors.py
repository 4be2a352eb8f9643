"""Errors say what is wrong and what is expected, and show the place."""

from __future__ import annotations

import pytest

from core.errors import NotUnderstood
from core.limits import MathLimits
from core.notation.meaning import understand_text
from core.outcome import Excerpt

WRONG = [
    ("2x + = 7", "operand", Excerpt("2x +", "", "")),
    ("3 + ", "operand", Excerpt("3 +", "", "")),
    ("2+)3", "not-opened", Excerpt("2+", ")", "3")),
    ("(2 + 3", "not-closed", Excerpt("", "(", "2 + 3")),
    ("|x + 1) = 3", "wrong-partner", Excerpt("|x + 1", ")", "= 3")),
    ("2 3", "side-by-side", Excerpt("2", "3", "")),
    ("x/", "operand", Excerpt("x/", "", "")),
    ("2^", "after-script", Excerpt("2^", "", "")),
    ("sqtr(4)", "word-guess", Excerpt("", "sqtr", "(4)")),
    ("1 + simplfy x", "word-guess", Excerpt("1 +", "simplfy", "x")),
    ("hello", "word", Excerpt("", "hello", "")),
    ("x + \\forall", "unknown-sign", Excerpt("x +", "∀", "")),
    ("x \\forall", "sign", Excerpt("x", "∀", "")),
    ("\\frac { 1 { 2 }", "not-closed", Excerpt("\\frac", "{", "1 { 2 }")),
    ("\\begin{cases} x", "not-closed", Excerpt("", "\\begin{cases}", "x")),
    ("\\int x y", "differential", Excerpt("∫xy", "", "")),
    ("\\sin", "argument", Excerpt("sin", "", "")),
    ("{ } ^ { 2 }", "lone-exponent", Excerpt("", "²", "")),
    ("x \\mathrm { b l a } + 1", "word", Excerpt("x", "bla", "+1")),
    ("\\vec { a } + 1", "vector-letters", Excerpt("", "a\u20d7", "+1")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "place"), WRONG, ids=[text for text, _, _ in WRONG])
def test_what_is_wrong_is_named_with_its_place(text: str, code: str, place: Excerpt) -> None:
    with pytest.raises(NotUnderstood) as caught:
        understand_text(text, MathLimits())

    fault = caught.value.fault()
    assert fault.reason is not None
    assert (fault.reason.code, fault.place) == (f"reason.{code}", place)
    assert fault.message == f"{fault.reason.text} {place}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\\lim _ { x } x", "limit"),
        ("\\sum _ { k } k", "series"),
        ("1 + 4 + 6 + \\ldots + 9", "no-pattern"),
        ("\\int _ { 0 } x d x", "one-bound"),
        ("\\gcd 1 2", "brackets-needed"),
        ("\\begin{cases} x & y & z \\\\ 2 & x > 1 \\end{cases} + 1", "unknown-sign"),
        (",", "nothing"),
        ("\\iint x y dx dy", "double-integral"),
        ("(1, 4) \\cap [2, 6]", "intersection"),
    ],
)
def test_what_has_no_one_place_says_what_is_expected(text: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        understand_text(text, MathLimits())

    reason = caught.value.fault().reason
    assert reason is not None and reason.code == f"reason.{code}"


@pytest.mark.parametrize(
    ("typed", "guess"),
    [("sqtr(9)", "sqrt"), ("cosin x", "cosine"), ("derivitive", "derivative"), ("integarte", "integrate")],
)
def test_a_typo_gets_a_hint(typed: str, guess: str) -> None:
    with pytest.raises(NotUnderstood, match=f"Did you mean “{guess}”"):
        understand_text(typed, MathLimits())


def test_a_long_line_is_shown_only_around_the_place() -> None:
    with pytest.raises(NotUnderstood) as caught:
        understand_text("1 + " * 40 + "\\forall" + " + 1" * 40, MathLimits())

    place = caught.value.fault().place
    assert place is not None
    assert place.before.startswith("…") and place.after.endswith("…") and len(str(place)) < 60

"""Formulas in words, as a screen reader says them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.speech import to_words
from core.notation.tree import Row
from tests.core.render.trees import trees


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("x ^ { 2 } - 5 x + 6 = 0", "x squared minus 5 x plus 6 equals 0"),
        ("2 \\frac { 1 } { 3 }", "2 and 1 over 3"),
        ("2 \\frac { a + b } { 3 }", "2 times the fraction a plus b over 3 end fraction"),
        ("8 \\sqrt { 2 }", "8 times the square root of 2"),
        ("\\frac { 5 \\pi } { 6 }", "5 pi over 6"),
        ("\\frac { \\pi ^ { 2 } } { 6 }", "pi squared over 6"),
        ("\\frac { x + 1 } { 2 }", "the fraction x plus 1 over 2 end fraction"),
        ("\\sin ( x )", "sine of x"),
        ("\\sin ^ { 2 } ( x )", "sine squared of x"),
        ("\\ln ( x + 1 )", "natural log of open bracket x plus 1 close bracket"),
        ("f ( x ) = 3", "f of x equals 3"),
        ("x ( y + 1 )", "x open bracket y plus 1 close bracket"),
        ("\\frac { d } { d x } ( x ^ { 2 } )", "d by d x of open bracket x squared close bracket"),
        ("\\frac { \\partial } { \\partial x } x y", "partial by partial x of x y"),
        ("| 2 x - 1 | = 7", "the absolute value of 2 x minus 1 end absolute value equals 7"),
        ("x \\in \\{ 1 , 2 \\}", "x in the set 1, 2 end set"),
        (
            "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} ^ { - 1 }",
            "the 2 by 2 matrix, row 1: 1, 2; row 2: 3, 4, end matrix to the power minus 1",
        ),
    ],
)
def test_what_is_said(latex: str, words: str) -> None:
    assert to_words(parse(latex, MathLimits())) == words


def test_another_language_says_it_in_its_own_words() -> None:
    german = {"speech.fraction": "Bruch {numerator} durch {denominator}", "speech.squared": "{base} hoch zwei"}

    assert to_words(parse("\\frac { x + 1 } { x ^ { 2 } }", MathLimits()), german) == "Bruch x plus 1 durch x hoch zwei"


@settings(max_examples=60, deadline=None)
@given(trees)
def test_every_tree_can_be_said_on_one_line(tree: Row) -> None:
    assert to_words(tree).splitlines() in ([], [to_words(tree)])

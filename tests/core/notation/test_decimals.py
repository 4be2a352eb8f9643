"""Numbers written with the decimal mark of a chat."""

from __future__ import annotations

import pytest

from core.limits import MathLimits
from core.notation.decimals import marked, marked_text
from core.notation.latex import parse
from core.notation.write import to_latex, to_unicode


def with_comma(latex: str) -> str:
    return to_unicode(marked(parse(latex, MathLimits()), "comma"))


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        ("1.41421", "1,41421"),
        ("12345.678", "12345,678"),
        ("\\{ 0.5 , 1.5 \\}", "{0,5; 1,5}"),
        ("( 0.5 , 2 )", "(0,5; 2)"),
        ("\\{ ( 0.5 , 2 ) , ( 1 , 3 ) \\}", "{(0,5; 2); (1; 3)}"),
        ("x = 0.5 , y = 2", "x = 0,5; y = 2"),
        ("0.1 \\overline { 6 }", "0,16̅"),
        ("\\frac { 0.5 } { x }", "0,5/x"),
        ("x ^ { 0.5 }", "x^(0,5)"),
        ("\\{ 1 , 2 \\}", "{1, 2}"),
        ("x = \\frac { 1 } { 2 } , y = \\sqrt { 2 }", "x = 1/2, y = √2"),
    ],
)
def test_a_formula_with_decimals_takes_commas_and_its_lists_semicolons(latex: str, written: str) -> None:
    assert with_comma(latex) == written


def test_the_cells_of_a_matrix_take_commas() -> None:
    matrix = parse("\\begin{matrix} 0.5 & 2 \\end{matrix}", MathLimits())

    assert to_latex(marked(matrix, "comma")) == "\\begin{matrix} 0 , 5 & 2 \\end{matrix}"


@pytest.mark.parametrize("latex", ["1.5", "\\{ 0.5 , 1.5 \\}"])
def test_with_a_point_nothing_changes(latex: str) -> None:
    tree = parse(latex, MathLimits())

    assert marked(tree, "point") == tree


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1.41421", "1,41421"),
        ("-2.5e20", "-2,5e20"),
        ("0.5, 2", "0,5; 2"),
        ("1.5 + 2.25i", "1,5 + 2,25i"),
        ("(0.5, −2)", "(0,5; −2)"),
        ("2, 3", "2, 3"),
        ("about 2.", "about 2."),
    ],
)
def test_plain_text_takes_commas_too(text: str, written: str) -> None:
    assert marked_text(text, "comma") == written
    assert marked_text(text, "point") == text

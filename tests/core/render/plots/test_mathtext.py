"""Formulas for matplotlib: by a list of what is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.notation.tree import Atom, Node, Row, Text
from core.render.parsing import tree
from core.render.plots.mathtext import Unwritable, displayed, to_mathtext


@pytest.mark.parametrize(
    ("latex", "mathtext"),
    [
        ("x ^ { 2 } - 4", "x^{2} - 4"),
        ("\\frac { 1 } { 2 }", "\\frac{1}{2}"),
        ("\\sqrt [ 3 ] { x }", "\\sqrt[3]{x}"),
        ("f ( x )", "f ( x )"),
        ("( \\frac { 1 } { x } )", "\\left(\\frac{1}{x}\\right)"),
        ("y ^ { \\prime }", "y'"),
        ("1 . 5 x", "1.5 x"),
    ],
)
def test_formulas_are_written(latex: str, mathtext: str) -> None:
    assert to_mathtext(tree(latex)) == mathtext


def test_an_outer_fraction_is_tall() -> None:
    assert displayed(tree("\\frac { 1 } { 2 }")) == "\\dfrac{1}{2}"


REFUSED = [
    tree("\\begin{matrix} 1 & 2 \\end{matrix}"), Text("price in $"), Text("\\input{x}"), Text("и"), Atom("\\input"),
    Atom("$"),
]  # fmt: skip


@pytest.mark.parametrize("node", REFUSED, ids=str)
def test_what_mathtext_does_not_draw_is_refused(node: Node) -> None:
    with pytest.raises(Unwritable):
        to_mathtext(node)


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_text_of_a_user_becomes_a_command(atom: str, words: str) -> None:
    try:
        written = to_mathtext(Row((Atom(atom), Text(words))))
    except Unwritable:
        return
    assert "$" not in written and "%" not in written.replace("\\%", "")

"""LaTeX -> presentation tree: what becomes of tokens, brackets, scripts and environments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotUnderstood, TooLong
from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tokens import VOCABULARY
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text
from core.notation.write import to_latex

LIMITS = MathLimits()


def row(*items: Node) -> Row:
    return Row(items)


def number(text: str) -> Row:
    return Row((Number(text),))


X = Atom("x")

WRITTEN = [
    ("4 2 . 5", row(Number("42.5"))),
    (". 5", row(Number(".5"))),
    ("2 ^ 1 0", row(Script(Number("2"), None, number("1")), Number("0"))),
    ("2^{10}", row(Script(Number("2"), None, number("10")))),
    ("\\dfrac12", row(Fraction(number("1"), number("2")))),
    ("\\frac 1 2 3", row(Fraction(number("1"), number("2")), Number("3"))),
    ("\\log _ 3 9", row(Script(Atom("\\log"), number("3")), Number("9"))),
    ("c o s x", row(Atom("\\cos"), X)),
    ("\\operatorname{arctan} x", row(Atom("\\arctan"), X)),
    ("\\mathrm { d } x", row(Atom("d"), X)),
    ("5 \\mathrm { ~ c m }", row(Number("5"), Text(" cm"))),
    ("x \\le y", row(X, Atom("\\leq"), Atom("y"))),
    ("x × y", row(X, Atom("\\times"), Atom("y"))),
    ("y''", row(Script(Atom("y"), None, row(Atom("\\prime"), Atom("\\prime"))))),
    ("f'^2", row(Script(Atom("f"), None, row(Atom("\\prime"), Number("2"))))),
    ("\\sqrt[3]{x}", row(Root(row(X), number("3")))),
    ("\\int\\limits_0^1", row(Script(Atom("\\int"), number("0"), number("1")))),
    ("\\binom n 2", row(Binomial(row(Atom("n")), number("2")))),
    ("\\overline { z }", row(Accent("\\overline", row(Atom("z"))))),
    ("{ x + y } ^ 2", row(Script(row(X, Atom("+"), Atom("y")), None, number("2")))),
    ("( x )", row(Fence("(", row(X), ")"))),
    ("\\left( x \\right)", row(Fence("(", row(X), ")"))),
    ("\\left. x \\right|", row(Fence("", row(X), "|"))),
    ("[ 0 , 1 )", row(Fence("[", row(Number("0"), Atom(","), Number("1")), ")"))),
    ("( x", row(Atom("("), X)),
    ("( x ]", row(Atom("("), X, Atom("]"))),
    ("| x | y", row(Fence("|", row(X), "|"), Atom("y"))),
    ("| x - | y | |", row(Fence("|", row(X, Atom("-"), Fence("|", row(Atom("y")), "|")), "|"))),
    ("\\left| x \\right| y | x |", row(Fence("|", row(X), "|"), Atom("y"), Fence("|", row(X), "|"))),
    ("P ( A | B )", row(Atom("P"), Fence("(", row(Atom("A"), Atom("|"), Atom("B")), ")"))),
    ("x ! \\\\ y !", row(Grid("aligned", ((row(X, Atom("!")),), (row(Atom("y"), Atom("!")),))))),
    ("\\begin{bmatrix} 1 & x \\end{bmatrix}", row(Fence("[", row(Grid("matrix", ((number("1"), row(X)),))), "]"))),
    ("\\left\\{ \\begin{array}{l} x \\\\ y \\end{array} \\right.", row(Grid("cases", ((row(X),), (row(Atom("y")),))))),
    ("\\unknown x", row(Atom("\\unknown"), X)),
    ("x ^", row(Script(X, None, row()))),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "tree"), WRITTEN, ids=[latex for latex, _ in WRITTEN])
def test_a_writing_has_its_tree(latex: str, tree: Row) -> None:
    assert parse(latex, LIMITS) == tree


@pytest.mark.parametrize(("latex", "tree"), WRITTEN, ids=[latex for latex, _ in WRITTEN])
def test_what_is_written_out_is_read_again_as_the_same(latex: str, tree: Row) -> None:
    assert parse(to_latex(tree), LIMITS) == tree


@pytest.mark.parametrize("latex", ["{ x", "x }", "\\begin{matrix} 1", "\\begin{cases} { \\end{cases} }"])
def test_unbalanced_braces_are_named_with_their_place(latex: str) -> None:
    with pytest.raises(NotUnderstood, match=r"(never closed|without its beginning).*▸.*◂"):
        parse(latex, LIMITS)


@pytest.mark.parametrize("latex", ["x " * 401, "( " * 60 + ") " * 60, "\\frac { 1 } " * 5 + "{ " * 45 + "} " * 45])
def test_what_is_too_long_or_too_deep_is_refused(latex: str) -> None:
    with pytest.raises(TooLong):
        parse(latex, LIMITS)


PLAIN_TOKENS = [
    t
    for t in VOCABULARY[3:]
    if t not in ("{", "}", "\\begin{matrix}", "\\end{matrix}", "\\begin{cases}", "\\end{cases}")
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PLAIN_TOKENS), max_size=30))
def test_every_sequence_of_tokens_has_a_tree_that_survives_writing(tokens: list[str]) -> None:
    tree = parse(" ".join(tokens), LIMITS)
    assert parse(to_latex(tree), LIMITS) == tree


LETTERS = st.sampled_from(["x", "y", "a", "\\alpha", "+", "-", "=", "\\leq", "\\sin", "!", "\\infty"]).map(Atom)
NUMBERS = st.sampled_from(["0", "7", "42", "3.14"]).map(Number)


def compound(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    rows = st.lists(inner, max_size=4).map(lambda items: Row(tuple(items)))
    full = st.lists(inner, min_size=1, max_size=3).map(lambda items: Row(tuple(items)))
    grids = st.builds(
        lambda kind, cells: Grid(kind, ((cells[0], cells[1]), (cells[2], cells[3]))),
        st.sampled_from(["matrix", "cases"]),
        st.tuples(full, full, full, full),
    )
    return st.one_of(
        st.builds(Fraction, rows, rows),
        st.builds(Binomial, rows, rows),
        st.builds(Root, full, st.none() | full),
        st.builds(lambda b, body: Fence(b[0], body, b[1]), st.sampled_from(["()", "[]", "||"]), full),
        st.builds(Accent, st.sampled_from(["\\overline", "\\hat"]), full),
        st.builds(lambda base, sub: Script(base, sub, None), LETTERS, full),
        st.builds(lambda base, sup: Script(base, None, sup), inner.filter(lambda n: not isinstance(n, Script)), full),
        grids,
    )


TREES = st.lists(st.recursive(LETTERS | NUMBERS, compound, max_leaves=12), max_size=5).map(
    lambda items: Row(tuple(items))
)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_a_tree_written_out_and_read_again_is_the_same(tree: Row) -> None:
    assert parse(to_latex(tree), MathLimits(max_tokens=5000, max_depth=200)) == tree

"""What writing means: precedence, how far functions reach, and the other readings with their reasons."""

import pytest
import sympy as sp

from core.errors import NotUnderstood, TooLarge
from core.limits import MathLimits
from core.notation import read
from core.notation.from_meaning import to_tree
from core.notation.meaning import Meaning, understand
from core.notation.size import check_size
from core.notation.to_sympy import to_sympy
from core.notation.write import to_latex

LIMITS = MathLimits()
x, y, a, b, n, k = sp.symbols("x y a b n k", real=True)
f = sp.Function("f")


def meanings(text: str) -> tuple[Meaning, ...]:
    return understand(read(text, LIMITS))


UNDERSTOOD = [
    ("7 - 3 - 2", sp.Integer(2)),
    ("2 + 3 =", sp.Integer(5)),
    ("8 / 4 / 2", sp.Integer(1)),
    ("- 2 ^ { 4 }", sp.Integer(-16)),
    ("( - 2 ) ^ { 4 }", sp.Integer(16)),
    ("2 \\times - 3", sp.Integer(-6)),
    ("5 - - 2", sp.Integer(7)),
    ("4 \\frac { 1 } { 4 }", sp.Rational(17, 4)),
    ("0 . 1 \\overline { 6 }", sp.Rational(1, 6)),
    ("2 , 5", sp.Rational(5, 2)),
    ("1 , 0 0 0 , 0 0 0", sp.Integer(1_000_000)),
    ("1 5 \\%", sp.Rational(3, 20)),
    ("\\sqrt [ 3 ] { - 8 }", sp.Integer(-2)),
    ("\\cos 6 0 ^ { \\circ }", sp.Rational(1, 2)),
    ("\\log 1 0 0 0", sp.Integer(3)),
    ("\\max ( 3 , 7 , 5 )", sp.Integer(7)),
    ("1 7 \\mod 5", sp.Integer(2)),
    ("P _ { 5 } ^ { 2 }", sp.Integer(20)),
    ("3 ! ^ { 2 }", sp.Integer(36)),
    ("a ( b + 1 )", a * (b + 1)),
    ("\\sin 3 x \\cos x", sp.sin(3 * x) * sp.cos(x)),
    ("\\sin \\frac { x } { 2 } y", sp.sin(x / 2) * y),
    ("\\cos ^ { 2 } 2 x", sp.cos(2 * x) ** 2),
    ("\\sin \\cos x", sp.sin(sp.cos(x))),
    ("\\ln x e ^ { x }", sp.log(x) * sp.exp(x)),
    ("\\tan ^ { - 1 } x", sp.atan(x)),
    ("\\sin ( x ) ^ { 2 }", sp.sin(x) ** 2),
    ("x _ { 1 } ^ { 2 }", sp.Symbol("x_1", real=True) ** 2),
    ("f ( x + 1 )", f(x + 1)),
    ("x = 3", sp.Eq(x, 3)),
    ("x \\leq 3", sp.Le(x, 3)),
    ("1 < x \\leq 3", sp.Tuple(sp.Gt(x, 1), sp.Le(x, 3))),
    ("x = \\pm 2", sp.Tuple(sp.Eq(x, 2), sp.Eq(x, -2))),
    ("x + y = 1 , x = 2", sp.Tuple(sp.Eq(x + y, 1), sp.Eq(x, 2))),
    ("\\frac { d } { d x } x ^ { 3 }", sp.Derivative(x**3, x)),
    ("\\frac { d ^ { 2 } } { d x ^ { 2 } } ( x ^ { 3 } )", sp.Derivative(x**3, (x, 2))),
    ("( x ^ { 3 } ) ''", sp.Derivative(x**3, (x, 2))),
    ("\\int x + 1 d x", sp.Integral(x + 1, x)),
    ("\\int \\frac { x d x } { x + 1 }", sp.Integral(x / (x + 1), x)),
    ("\\int _ { 0 } ^ { 1 } \\int _ { 0 } ^ { y } x d x d y", sp.Integral(x, (x, 0, y), (y, 0, 1))),
    ("\\lim _ { x \\to 2 ^ { - } } x", sp.Limit(x, x, 2, "-")),
    ("\\sum _ { k = 1 } ^ { n } k ^ { 2 }", sp.Sum(k**2, (k, 1, n))),
    ("2 + 4 + 6 + \\ldots + 2 0", sp.Sum(2 * k, (k, 1, 10))),
    ("1 + \\frac { 1 } { 2 } + \\frac { 1 } { 4 } + \\ldots", sp.Sum(sp.Rational(1, 2) ** (k - 1), (k, 1, sp.oo))),
    ("[ 2 , 5 )", sp.Interval.Ropen(2, 5)),
    ("\\begin{pmatrix} 1 & x \\\\ 0 & 2 \\end{pmatrix} ^ { T }", sp.ImmutableDenseMatrix([[1, 0], [x, 2]])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), UNDERSTOOD, ids=[text for text, _ in UNDERSTOOD])
def test_a_line_means(text: str, meant: sp.Basic) -> None:
    assert to_sympy(meanings(text)[0].term) == meant


@pytest.mark.parametrize(
    ("text", "other", "why"),
    [
        ("3 \\cdot 6", "3.6", "decimal point"),
        ("8 \\div 2 ( 1 + 3 )", "\\frac{8}{2(1+3)}", "written together"),
        ("\\log 5 0", "\\ln(50)", "natural logarithm"),
        ("1 \\frac { 1 } { 2 }", "1\\cdot\\frac{1}{2}", "times the fraction"),
        ("f ( x - 1 )", "f\\cdot(x-1)", "times the bracket"),
        ("\\sin ^ { - 1 } x", "(\\sin(x))^{-1}", "one over"),
        ("\\cos ( x ) ^ { 2 }", "\\cos(x^{2})", "raises what is in the bracket"),
        ("2 , 7 5 0", "2.750", "decimal comma"),
        ("C _ { 6 } ^ { 2 }", "{C_{6}}^{2}", "ordinary letter"),
        ("\\frac { d } { d x } x ^ { 2 } + x", "\\frac{d}{dx}(x^{2}+x)", "everything after it"),
    ],
)
def test_an_ambiguous_line_has_another_reading_with_its_reason(text: str, other: str, why: str) -> None:
    first, *others = meanings(text)
    assert first.choices
    written = {to_latex(to_tree(reading.term)).replace(" ", ""): reading.why.text for reading in others if reading.why}
    assert why in written[other]


@pytest.mark.parametrize(
    "text", [text for text, _ in UNDERSTOOD] + ["4 - ( 2 - x )", "( 2 x ) ^ { 3 }", "2 \\cdot 3 ^ { 2 }"]
)
def test_a_meaning_written_out_is_understood_as_the_same(text: str) -> None:
    term = meanings(text)[0].term
    again = understand(read(to_latex(to_tree(term)), LIMITS))[0].term
    assert to_sympy(again) == to_sympy(term)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2 \\mathrm { ~ b l a }", "bla"),
        ("\\vec { a } + 1", "arrow"),
        ("x + \\forall", "∀"),
        ("\\int x y", "dx"),
        ("\\lim x", "not understood"),
        ("\\sum _ { k } k", "index"),
        ("1 + 4 + 6 + \\ldots + 9", "pattern"),
        ("+", "expected here"),
        ("^ 2", "stands alone"),
        ("\\begin{pmatrix} 1 \\\\ 2 & 3 \\end{pmatrix}", "different lengths"),
    ],
)
def test_what_is_not_understood_is_named(text: str, part: str) -> None:
    with pytest.raises(NotUnderstood, match=part):
        to_sympy(meanings(text)[0].term)


@pytest.mark.parametrize(
    "text", ["9^9^9^9", "10^10^10", "6000!", "(8!)!", "e^(e^(e^(e^e)))", "(x+1)^999", "2^(3^(4^5)) x"]
)
def test_numbers_that_would_grow_too_large_are_refused_before_they_are_worked_out(text: str) -> None:
    with pytest.raises(TooLarge):
        check_size(meanings(text)[0].term)


@pytest.mark.parametrize("text", ["2^1000", "500!", "x^100", "e^100", "1/3^50"])
def test_large_numbers_that_can_be_shown_pass(text: str) -> None:
    check_size(meanings(text)[0].term)

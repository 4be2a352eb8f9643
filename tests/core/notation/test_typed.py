"""Typed maths, phrases and pasted LaTeX -> the LaTeX that they mean."""

import pytest

from core.errors import EmptyText, NotUnderstood, TooLong
from core.limits import MathLimits
from core.notation import read
from core.notation.write import to_latex

LIMITS = MathLimits()

TYPED = [
    ("2x+3=7", "2x+3=7"),
    ("x^12 - 1", "x^{12}-1"),
    ("x^-2", "x^{-2}"),
    ("x**(n+1)", "x^{n+1}"),
    ("2^3^2", "2^{3^{2}}"),
    ("(x+1)/(x-1)", "\\frac{x+1}{x-1}"),
    ("2x/3", "\\frac{2x}{3}"),
    ("1/2x", "1/2x"),
    ("1/2/3", "\\frac{\\frac{1}{2}}{3}"),
    ("3 1/2", "3\\frac{1}{2}"),
    ("2½", "2\\frac{1}{2}"),
    ("3*4", "3\\times4"),
    ("6÷2(1+2)", "6\\div2(1+2)"),
    ("x² − 5x ≤ 0", "x^{2}-5x\\leq0"),
    ("x⁻¹", "x^{-1}"),
    ("√16", "\\sqrt{16}"),
    ("sqrt(x+1)", "\\sqrt{x+1}"),
    ("cbrt 8", "\\sqrt[3]{8}"),
    ("abs(x-3)", "|x-3|"),
    ("|x-3| < 2", "|x-3|<2"),
    ("||x|-1|", "\\left|" "|x|-1" "\\right|"),
    ("sin^2 x + cosx", "\\sin^{2}x+\\cosx"),
    ("2pi r", "2\\pir"),
    ("alpha + beta", "\\alpha+\\beta"),
    ("sin(30°)", "\\sin(30^{\\circ})"),
    ("log2(8)", "\\log_{2}(8)"),
    ("log_2 8", "\\log_{2}8"),
    ("5 choose 2", "\\binom{5}{2}"),
    ("gcd(12, 18)", "\\gcd(12,18)"),
    ("17 mod 5", "17\\mod5"),
    ("20% of 150", "20\\%\\times150"),
    ("5!", "5!"),
    ("d/dx x^3", "\\frac{d}{dx}x^{3}"),
    ("dy/dx = y", "\\frac{dy}{dx}=y"),
    ("y'' + y = 0", "y^{\\prime\\prime}+y=0"),
    ("int x^2 dx", "\\intx^{2}dx"),
    ("int x/2 dx", "\\int\\frac{x}{2}dx"),
    ("lim_(x->0) (1-cos x)/x^2", "\\lim_{x\\rightarrow0}\\frac{1-\\cosx}{x^{2}}"),
    ("lim_(x->0) x", "\\lim_{x\\rightarrow0}x"),
    ("derivative of x^2 sin x", "\\frac{d}{dx}(x^{2}\\sinx)"),
    ("second derivative of t^3", "\\frac{d^{2}}{dt^{2}}(t^{3})"),
    ("integrate x^2 from 0 to 1", "\\int_{0}^{1}(x^{2})dx"),
    ("integral of 1/t dt", "\\int(\\frac{1}{t})dt"),
    ("limit of sin(x)/x as x approaches 0", "\\lim_{x\\rightarrow0}(\\sin(x)/x)"),
    ("lim x->0+ 1/x", "\\lim_{x\\rightarrow0^{+}}(\\frac{1}{x})"),
    ("sum k=1 to 10 of k^2", "\\sum_{k=1}^{10}(k^{2})"),
    ("what is 2 plus 2?", "2+2"),
    ("x squared minus 4 equals 0", "x^{2}-4=0"),
    ("solve a x = b for x", "\\mathrm{solve}ax=b\\mathrm{for}x"),
    ("solve for t: v = u + a t", "\\mathrm{solve}v=u+at\\mathrm{for}t"),
    ("x+y=5 and x-y=1", "x+y=5,x-y=1"),
    ("$\\frac{1}{2}$", "\\frac{1}{2}"),
    ("`x^{10}`", "x^{10}"),
    ("2 5 \\%", "25\\%"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "latex"), TYPED, ids=[text for text, _ in TYPED])
def test_typed_maths_is_read_as_the_latex_it_means(text: str, latex: str) -> None:
    assert to_latex(read(text, LIMITS)).replace(" ", "") == latex


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("hello world", "hello"),
        ("(2+3", "never closed"),
        ("2+3)", "without its beginning"),
        ("2 3", "side by side"),
        ("2^", "expected after"),
    ],
)
def test_what_is_wrong_is_named(text: str, part: str) -> None:
    with pytest.raises(NotUnderstood, match=part):
        read(text, LIMITS)


@pytest.mark.parametrize("text", ["", "   ", "$$"])
def test_nothing_is_not_maths(text: str) -> None:
    with pytest.raises(EmptyText):
        read(text, LIMITS)


@pytest.mark.parametrize("text", ["(" * 500 + "1" + ")" * 500, "sqrt(" * 60 + "1" + ")" * 60, "1+" * 3000 + "1"])
def test_hostile_lengths_and_depths_are_refused_at_once(text: str) -> None:
    with pytest.raises(TooLong):
        read(text, LIMITS)

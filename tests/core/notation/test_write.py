"""Trees and sympy expressions as text: unicode, words, LaTeX."""

import pytest
import sympy as sp

from core.limits import MathLimits
from core.notation.from_sympy import write_sympy
from core.notation.latex import parse
from core.notation.speech import to_words
from core.notation.write import to_unicode

LIMITS = MathLimits()
x = sp.Symbol("x", real=True)

SHOWN = [
    ("x ^ { 2 } - 5 x + 6 = 0", "x² − 5x + 6 = 0", "x squared minus 5 x plus 6 equals 0"),
    ("\\frac { 1 } { 2 }", "1/2", "1 over 2"),
    ("\\sqrt { x + 1 }", "√(x + 1)", "the square root of x plus 1 end root"),
    ("2 \\frac { 1 } { 3 }", "2 1/3", "2 and 1 over 3"),
    ("\\int _ { 0 } ^ { 1 } x d x", "∫₀¹xdx", "the integral from 0 to 1 of x d x"),
    ("\\lim _ { x \\rightarrow 0 } x", "lim_(x → 0) x", "limit as x goes to 0 of x"),
    ("\\sin 2 x", "sin 2x", "sine 2 x"),
    ("y ''", "y′′", "y double prime"),
    ("- 3", "−3", "minus 3"),
    ("| x |", "|x|", "the absolute value of x"),
]


@pytest.mark.parametrize(("latex", "text", "words"), SHOWN, ids=[latex for latex, _, _ in SHOWN])
def test_a_tree_in_unicode_and_in_words(latex: str, text: str, words: str) -> None:
    tree = parse(latex, LIMITS)
    assert (to_unicode(tree), to_words(tree)) == (text, words)


@pytest.mark.parametrize(
    ("expression", "latex"),
    [
        (sp.log(sp.Abs(x)), "\\ln|x|"),
        (sp.asin(x), "\\arcsin(x)"),
        (sp.Rational(-7, 2), "-\\frac{7}{2}"),
        (sp.Interval.Lopen(1, sp.oo), "(1,\\infty)"),
        (sp.Matrix([[1, 2], [3, 4]]), "(\\begin{matrix}1&2\\\\3&4\\end{matrix})"),
        (sp.sqrt(2) * sp.pi / 2, "\\frac{\\sqrt{2}\\pi}{2}"),
        (sp.floor(x) + sp.sign(x), "\\lfloorx\\rfloor+\\sgn(x)"),
    ],
)
def test_sympy_is_written_in_our_own_spelling(expression: sp.Basic, latex: str) -> None:
    assert write_sympy(expression).replace(" ", "") == latex

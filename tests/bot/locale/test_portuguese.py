"""Portuguese, where it is more than a sentence for a sentence: formulas read out, and a whole alt text."""

from __future__ import annotations

import pytest

from bot.locale.catalogue import read_catalogues
from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.speech import to_words
from core.outcome import Answer, Check, Item, Outcome, Solution
from core.phrases import phrase
from core.render.alt import describe
from core.render.words import card_words

SENTENCES = read_catalogues().speaking("pt").templates


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("x ^ { 2 } - 5 x + 6 = 0", "x ao quadrado menos 5 x mais 6 igual a 0"),
        ("\\frac { - 1 + \\sqrt { 5 } } { 2 }", "fração menos 1 mais raiz quadrada de 5 sobre 2 fim da fração"),
        ("\\int _ { 0 } ^ { 2 } x ^ { 3 } d x", "integral de 0 até 2 de x ao cubo d x"),
        ("\\lim _ { x \\rightarrow 0 } \\sin ( x )", "limite, quando x tende para 0, de seno de x"),
        ("\\log _ { 2 } 8", "logaritmo na base 2 de 8"),
        ("\\sqrt [ 5 ] { x + 1 }", "raiz quinta de x mais 1 fim da raiz"),
        ("| x - 1 |", "valor absoluto de x menos 1, fim do valor absoluto"),
        ("f ^ { \\prime } ( x )", "f linha de x"),
        (
            "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
            "matriz 2 por 2, linha 1: 1, 2; linha 2: 3, 4, fim da matriz",
        ),
    ],
)
def test_formulas_are_read_out(latex: str, words: str) -> None:
    assert to_words(parse(latex, MathLimits()), SENTENCES) == words


def test_a_whole_picture_is_told_in_one_language() -> None:
    solution = Solution(
        "2x^2=1",
        "2 x ^ { 2 } = 1",
        answer=Answer("x = - \\frac { \\sqrt { 2 } } { 2 } \\lor x = a", "", "-0.7, 0.7", ""),
        check=Check("yes", phrase("route.put-back")),
    )

    assert describe(Outcome((Item(solution),)), card_words(SENTENCES)) == (
        "Lido: 2 x ao quadrado igual a 1. Resposta: x igual a menos fração raiz quadrada de 2 sobre 2 fim da fração ou "
        "x igual a a. Cerca de -0,7; 0,7. Verificado: por substituição."
    )

"""What stands under a picture, with its styles."""

from __future__ import annotations

import pytest

from bot.captions import caption, compact, latex_caption, maths, sentence, written
from bot.locale.catalogue import read_catalogues
from bot.markup import DISCORD_MESSAGE, TELEGRAM_CAPTION, Span, plain, shown, span
from core.errors import NotUnderstood
from core.limits import MathLimits, PhotoLimits
from core.notation.latex import parse
from core.outcome import Answer, Check, Item, Outcome, Solution
from core.phrases import phrase

SAY = read_catalogues().speaking("en")
PHOTO = PhotoLimits()
QUADRATIC = Solution(
    input="x^2=2",
    latex="x ^ { 2 } = 2",
    answer=Answer("x = \\sqrt { 2 }", "x = √2", "1.41421", "sqrt(2)"),
    check=Check("yes", phrase("route.put-back")),
)
OUTCOME = Outcome((Item(QUADRATIC),))
MATRIX = "\\left( \\begin{matrix} 1 & 2 \\\\ 3 & 4 \\end{matrix} \\right)"


def test_the_reading_comes_first_and_the_answer_stands_out() -> None:
    read, answer, checked = caption(OUTCOME, SAY, PHOTO)

    assert shown(read) == "I read: x² = 2"
    assert answer == (span("Answer: "), span("x = √2", "bold"), span(" ≈ "), span("1.41421"))
    assert shown(checked) == "✓ Checked: put back in"


def test_each_platform_gets_its_own_spelling() -> None:
    paragraphs = caption(OUTCOME, SAY, PHOTO)

    assert "Answer: <b>x = √2</b> ≈ 1.41421" in written(paragraphs, SAY, TELEGRAM_CAPTION, pictured=True)
    assert "Answer\\: **x = √2** ≈ 1.41421" in written(paragraphs, SAY, DISCORD_MESSAGE, pictured=True)


def test_what_does_not_fit_on_a_line_is_code() -> None:
    assert maths(MATRIX, "") == span("\\left(\\begin{matrix}1 & 2 \\\\ 3 & 4\\end{matrix}\\right)", "code")
    assert maths("\\frac { 1 } { 2 }", "", emphasis=True) == span("1/2", "bold")
    assert maths("\\overline { z }", "") == span("z̅")


def test_latex_to_copy_is_code() -> None:
    assert [piece for paragraph in latex_caption(OUTCOME, SAY) for piece in paragraph if piece.style == "code"] == [
        span("x^{2} = 2", "code"),
        span("x = \\sqrt{2}", "code"),
    ]


@pytest.mark.parametrize(
    ("latex", "short"),
    [
        ("\\sin x + 1 2", "\\sin x+12"),
        ("2 \\pi r", "2\\pi r"),
        ("\\frac { x } { y } \\leq 3", "\\frac{x}{y} \\leq 3"),
        ("\\mathrm { ~ k m }", "\\mathrm{~km}"),
    ],
)
def test_latex_is_written_without_needless_spaces_and_means_the_same(latex: str, short: str) -> None:
    assert compact(latex) == short
    assert parse(short, MathLimits()) == parse(latex, MathLimits())


def test_a_value_in_a_sentence_keeps_its_style() -> None:
    assert sentence(SAY, "answer", answer=Span("x", "bold")) == (Span("Answer: "), Span("x", "bold"))


def test_what_somebody_wrote_cannot_break_out_of_its_place() -> None:
    solution = Solution("</b>\n# *x* \u202ey", "", error=NotUnderstood().fault())

    html = written(caption(Outcome((Item(solution),)), SAY, PHOTO), SAY, TELEGRAM_CAPTION, pictured=False)

    assert "<" not in html.replace("<b>", "").replace("</b>", "") and "\n#" not in html and "\u202e" not in html


def test_problems_of_a_page_are_numbered() -> None:
    text = plain(caption(Outcome((Item(QUADRATIC), Item(QUADRATIC))), SAY, PHOTO))

    assert "1. I read: x² = 2" in text and "2. I read: x² = 2" in text

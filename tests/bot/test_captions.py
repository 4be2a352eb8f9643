"""What stands under a picture, with its styles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.captions import caption, compact, latex_caption, maths, sentence, written
from bot.locale.catalogue import read_catalogues
from bot.markup import DISCORD_MESSAGE, TELEGRAM_CAPTION, Span, plain, shown, span
from core.errors import NotUnderstood
from core.limits import MathLimits, PhotoLimits
from core.notation.latex import parse
from core.outcome import Answer, Box, Check, Item, Line, Outcome, Reading, Solution
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


ANSWERS: list[tuple[str, str | None, str, str]] = [
    ("x = 2 \\lor x = 3", None, "x = 2 or x = 3", "x = 2 ou x = 3"),
    ("\\sqrt { 2 }", "1.41421", "√2 ≈ 1.41421", "√2 ≈ 1,41421"),
    ("1.5", None, "1.5", "1,5"),
    ("\\{ 0.5 , 1.5 \\}", None, "{0.5, 1.5}", "{0,5; 1,5}"),
    ("x = - \\sqrt { 2 } \\lor x = \\sqrt { 2 }", "-1.41421, 1.41421", "x = −√2 or x = √2 ≈ -1.41421, 1.41421",
     "x = −√2 ou x = √2 ≈ -1,41421; 1,41421"),
    ("\\left( \\begin{matrix} 0.5 & 2 \\\\ 1 & 3 \\end{matrix} \\right)", None,
     "\\left(\\begin{matrix}0.5 & 2 \\\\ 1 & 3\\end{matrix}\\right)",
     "\\left(\\begin{matrix}0,5 & 2 \\\\ 1 & 3\\end{matrix}\\right)"),
    ("k \\in Z", None, "k ∈ ℤ", "k ∈ ℤ"),
    ("\\{ 2 , 3 \\}", None, "{2, 3}", "{2, 3}"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "decimal", "english", "portuguese"), ANSWERS, ids=[latex for latex, *_ in ANSWERS])
def test_answers_are_written_as_a_language_writes_them(
    latex: str, decimal: str | None, english: str, portuguese: str
) -> None:
    for language, expected in (("en", english), ("pt", portuguese)):
        say = read_catalogues().speaking(language)
        solution = replace(QUADRATIC, answer=Answer(latex, "", decimal, ""))

        assert shown(caption(Outcome((Item(solution),)), say, PHOTO)[1]) == say("answer", answer=expected)


def test_a_word_between_two_solutions_is_a_word_on_every_platform() -> None:
    solution = replace(QUADRATIC, answer=Answer("x = 2 \\lor x = 3", "", None, ""))
    paragraphs = caption(Outcome((Item(solution),)), SAY, PHOTO)

    assert "<b>x = 2 or x = 3</b>" in written(paragraphs, SAY, TELEGRAM_CAPTION, pictured=True)
    assert "**x = 2 or x = 3**" in written(paragraphs, SAY, DISCORD_MESSAGE, pictured=True)


def test_what_was_read_keeps_its_decimal_mark() -> None:
    say = read_catalogues().speaking("en", "comma")
    solution = replace(QUADRATIC, latex="x = 0.5", answer=Answer("0.5", "", None, ""))

    assert plain(caption(Outcome((Item(solution),)), say, PHOTO)).startswith("I read: x = 0.5\nAnswer: 0,5\n")


DOUBTFUL = Item(QUADRATIC, Line(Box(0, 0, 9, 9), (Reading("x^{2}=2", 0.3), Reading("x^{2}=z", 0.2))), unsure=True)


def test_where_the_card_asks_the_caption_asks_too_and_claims_nothing() -> None:
    assert plain(caption(Outcome((DOUBTFUL,)), SAY, PHOTO, offered=True)).splitlines() == [
        "I am not sure what you wrote: x² = 2 or x² = z?",
        "Tap the right one below, or reply to this message with what you wrote.",
    ]
    assert "/solve" in plain(caption(Outcome((DOUBTFUL,)), SAY, PHOTO))


def test_on_a_page_only_the_doubtful_problem_is_asked_about() -> None:
    text = plain(caption(Outcome((Item(QUADRATIC), DOUBTFUL)), SAY, PHOTO, offered=True))

    assert "1. I read: x² = 2\nAnswer: x = √2" in text
    assert text.endswith(
        "2. I am not sure what you wrote: x² = 2 or x² = z?\n“Other readings” lets you choose, “Edit” lets you type it."
    )


def test_problems_of_a_page_are_numbered() -> None:
    text = plain(caption(Outcome((Item(QUADRATIC), Item(QUADRATIC))), SAY, PHOTO))

    assert "1. I read: x² = 2" in text and "2. I read: x² = 2" in text

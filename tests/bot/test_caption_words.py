"""From an Outcome to the words under the picture."""

from __future__ import annotations

from bot.captions import caption, written
from bot.locale.catalogue import read_catalogues
from bot.markup import LINE_LENGTH, Writer, plain, units
from core.errors import NotUnderstood, NoWriting, OutOfTime
from core.limits import PhotoLimits
from core.outcome import Answer, Box, Check, Item, Line, Outcome, Picture, Reading, Solution
from core.phrases import phrase

SAY = read_catalogues().speaking("en")
PLAIN_CAPTION = Writer(plain, lambda paragraphs: units(plain(paragraphs)), 1000)
CARD = Picture(b"png", "A card.", 600, 400)

QUADRATIC = Solution(
    input="x^2=2",
    latex="x ^ { 2 } = 2",
    answer=Answer("x = \\sqrt { 2 }", "x = √2", "1.41421", "sqrt(2)"),
    check=Check("yes", phrase("route.put-back")),
)


def text_of(*solutions: Solution, picture: Picture | None = CARD) -> str:
    items = tuple(Item(solution) for solution in solutions)
    return words(Outcome(items, picture=picture))


def words(outcome: Outcome) -> str:
    return written(caption(outcome, SAY, PhotoLimits()), SAY, PLAIN_CAPTION, outcome.picture is not None)


def test_the_reading_comes_before_the_answer_and_the_check() -> None:
    assert text_of(QUADRATIC).splitlines() == ["I read: x² = 2", "Answer: x = √2 ≈ 1.41421", "✓ Checked: put back in"]


def test_an_exact_answer_has_no_decimal() -> None:
    solution = Solution("2+2", "2 + 2", answer=Answer("4", "4", None, "Integer(4)"))

    assert "Answer: 4\nNot checked" in text_of(solution)


def test_a_choice_that_was_made_is_told() -> None:
    solution = Solution("log x", "\\log x", choices=(phrase("choice.log"),), answer=Answer("y", "y", None, "y"))

    assert "log without a base is read as base 10." in text_of(solution)


def test_where_the_routes_disagree_both_answers_are_shown_and_neither_is_claimed() -> None:
    candidates = (Answer("2", "2", None, "2"), Answer("3", "3", None, "3"))
    solution = Solution("x", "x", check=Check("no", phrase("route.put-back")), candidates=candidates)

    text = text_of(solution)

    assert "disagree" in text and "2 or 3" in text
    assert "Answer" not in text


def test_a_problem_that_failed_still_shows_what_was_read() -> None:
    solution = Solution("x", "\\int x ^ { x }", error=OutOfTime().fault())

    assert text_of(solution).splitlines() == ["I read: ∫xˣ", "I ran out of time on this one, so I stopped."]


def test_problems_of_a_page_are_numbered_by_their_own_labels() -> None:
    labelled = Line(Box(0, 0, 9, 9), (Reading("x ^ { 2 } = 2", 0.9),), label="b)")
    outcome = Outcome((Item(QUADRATIC), Item(QUADRATIC, labelled)), picture=CARD)

    lines = words(outcome).splitlines()

    assert lines[0] == "1. I read: x² = 2"
    assert lines[3] == "b) I read: x² = 2"


def test_nothing_to_solve_is_explained() -> None:
    assert words(Outcome(error=NoWriting().fault())).startswith("I found no handwritten maths")


def test_the_answers_are_told_even_where_the_card_could_not_be_drawn() -> None:
    outcome = Outcome((Item(QUADRATIC),), error=OutOfTime().fault())

    assert "Answer: x = √2" in words(outcome)


def test_what_cannot_be_written_plainly_is_shown_as_it_came() -> None:
    solution = Solution("{{{", "{{{", error=NotUnderstood().fault())

    assert text_of(solution).startswith("I read: {{{")


def test_a_reading_too_long_for_a_caption_does_not_push_out_the_answer() -> None:
    solution = Solution("1+1", "1 + " * 150 + "1", answer=Answer("151", "151", None, "Integer(151)"))

    reading, answer, _ = text_of(solution).splitlines()

    assert reading.endswith("…") and units(reading) <= LINE_LENGTH
    assert answer == "Answer: 151"


def test_a_long_page_is_cut_at_a_whole_line() -> None:
    text = text_of(*[QUADRATIC] * 40)

    assert units(text) <= PLAIN_CAPTION.longest
    *kept, ending = text.splitlines()
    assert ending == "… and more, in the picture"
    assert all(line.endswith(("x² = 2", "≈ 1.41421", "put back in")) for line in kept)


def test_a_doubtful_reading_without_another_is_told_before_the_answer() -> None:
    outcome = Outcome((Item(QUADRATIC, unsure=True),), picture=CARD)

    read, doubt, found, *_ = words(outcome).splitlines()
    assert read == "I read: x² = 2"
    assert "not sure" in doubt
    assert found.startswith("Answer")

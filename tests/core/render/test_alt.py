"""Alt text: the card in words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from core.notation.tree import Row
from core.notation.write import to_latex
from core.outcome import Answer, Box, Check, Fault, Item, Line, Outcome, Reading, Solution
from core.phrases import phrase
from core.render.alt import LONGEST, describe
from core.render.words import CardWords
from tests.core.render.trees import trees

ROOTS = Answer("x = 2 , x = 3", "x = 2, x = 3", None, "{2, 3}")
QUADRATIC = Solution("", "x ^ { 2 } - 5 x + 6 = 0", answer=ROOTS, check=Check("yes", phrase("route.put-back")))
SURD = Answer("\\sqrt { 2 }", "√2", "1.41421", "sqrt(2)")


def test_reading_answer_and_check() -> None:
    assert describe(Outcome((Item(QUADRATIC),))) == (
        "Read: x squared minus 5 x plus 6 equals 0. Answer: x equals 2, x equals 3. Checked: put back in."
    )


def test_the_decimal_follows_the_exact_answer_and_choices_come_last() -> None:
    solution = Solution("", "\\sqrt { 2 }", answer=SURD, choices=(phrase("choice.log"),))

    assert describe(Outcome((Item(solution),))) == (
        "Read: the square root of 2. Answer: the square root of 2. About 1.41421. Could not be checked. "
        "log without a base is read as base 10."
    )


def test_problems_are_named_by_their_labels_else_their_numbers() -> None:
    labelled = Item(QUADRATIC, Line(Box(0, 0, 9, 9), (Reading(QUADRATIC.latex, 0.9),), label="a)"))

    text = describe(Outcome((labelled, Item(QUADRATIC))))

    assert text.startswith("Problem a. Read:")
    assert "Problem 2. Read:" in text


def test_an_error_is_said_in_words() -> None:
    failed = Solution("", "x + =", error=Fault("maths-not-understood", "This could not be understood as maths."))

    assert describe(Outcome((Item(failed),))) == "Read: x plus equals. This could not be understood as maths."
    assert describe(Outcome(error=Fault("photo-empty", "The file is empty."))) == "The file is empty."


def test_answers_that_disagree_are_both_said() -> None:
    disputed = Solution("", "1 + 1", check=Check("no"), candidates=(ROOTS, SURD))

    assert describe(Outcome((Item(disputed),))) == (
        "Read: 1 plus 1. Two ways of working gave different answers: x equals 2, x equals 3; or the square root of 2."
    )


def test_a_reading_alone_is_asked_about() -> None:
    bare = Item(Solution("", "x + 1"), Line(Box(0, 0, 9, 9), (Reading("x + 1", 0.3),)))

    assert describe(Outcome((bare,))) == "Read: x plus 1. Is this what you wrote?"


def test_a_long_page_is_cut_at_a_sentence() -> None:
    text = describe(Outcome((Item(QUADRATIC),) * 40))

    assert len(text) <= LONGEST
    assert text.endswith(". The rest is on the picture.")


def test_a_long_formula_leaves_room_for_the_answer() -> None:
    long = replace(QUADRATIC, latex=" + ".join("x y z" for _ in range(200)))

    text = describe(Outcome((Item(long),)))

    assert "… . Answer" not in text
    assert text.endswith("Answer: x equals 2, x equals 3. Checked: put back in.")


def test_words_of_another_language() -> None:
    german = CardWords(checked_aloud="Geprüft: {route}.", phrases={"route.put-back": "eingesetzt"})

    assert describe(Outcome((Item(QUADRATIC),)), german).endswith("Geprüft: eingesetzt.")


def test_a_doubtful_reading_is_said_to_be_doubtful() -> None:
    doubtful = Item(Solution("", "x + 1"), Line(Box(0, 0, 9, 9), (Reading("x + 1", 0.3),)), unsure=True)

    assert describe(Outcome((doubtful,))).startswith("Read: x plus 1. Not sure this was read right.")


def test_a_doubtful_line_is_asked_about_with_its_readings() -> None:
    line = Line(Box(0, 0, 9, 9), (Reading("x + 1", 0.3), Reading("x + 7", 0.2)), label="b)")

    assert describe(Outcome((Item(QUADRATIC, line, unsure=True),))) == (
        "The writing could be read in 2 ways. 1: x plus 1. 2: x plus 7. Which one did you write?"
    )


def test_a_long_page_is_summed_up_first() -> None:
    failed = Item(Solution("", "x + =", error=Fault("maths-not-understood", "This could not be understood as maths.")))
    line = Line(Box(0, 0, 9, 9), (Reading("x + 1", 0.3), Reading("x + 7", 0.2)))
    asked = Item(QUADRATIC, line, unsure=True)

    text = describe(Outcome((Item(QUADRATIC),) * 3 + (failed, asked)))

    assert text.startswith("A page of 5 problems: 3 answered, 1 to be asked about, 1 failed. Problem 1. Read:")


def test_the_digits_of_a_huge_number_are_counted() -> None:
    huge = replace(QUADRATIC, answer=Answer(" ".join("123" * 100), "", None, ""))

    assert "Answer: a number of 300 digits that begins with 123123123123. Checked" in describe(Outcome((Item(huge),)))


def test_whole_numbers_are_said_in_words() -> None:
    periodic = replace(QUADRATIC, answer=Answer("x = \\pi k , k \\in Z", "", None, ""))

    assert "Answer: x equals pi k, k in the whole numbers." in describe(Outcome((Item(periodic),)))


@settings(max_examples=50, deadline=None)
@given(trees, trees)
def test_alt_text_has_room_for_any_problem(read: Row, found: Row) -> None:
    solution = replace(QUADRATIC, latex=to_latex(read), answer=Answer(to_latex(found), "", "1.5", ""))

    text = describe(Outcome((Item(solution),) * 3))

    assert 0 < len(text) <= LONGEST
    assert text.endswith(("Checked: put back in.", "The rest is on the picture."))

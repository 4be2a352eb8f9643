"""Cards: that they are whole, within what chats accept, and never run over the edge."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from core.limits import PictureLimits
from core.notation.tree import Number, Row
from core.notation.write import to_latex
from core.outcome import (
    Answer,
    Box,
    Check,
    Fault,
    Form,
    Item,
    Line,
    Outcome,
    Phrase,
    Picture,
    Reading,
    Solution,
    VectorFormat,
)
from core.phrases import phrase
from core.render.body import card_body, decimal_value
from core.render.card import PHOTO_IN_CHAT, draw, vector
from core.render.style import PLAIN, CardStyle
from core.render.theme import DARK, LIGHT, Theme
from core.render.typst_math import print_number
from core.render.words import CardWords
from tests.core.render.inks import ink_of
from tests.core.render.trees import HOSTILE, trees

CHECKED = Check("yes", phrase("route.put-back"))


def answer(latex: str, decimal: str | None = None) -> Answer:
    return Answer(latex, latex, decimal, "")


def solved(latex: str, found: str, decimal: str | None = None, **extras: object) -> Item:
    return Item(Solution("", latex, answer=answer(found, decimal), check=CHECKED, **extras))  # type: ignore[arg-type]


FACTORED = Form(phrase("form.factored"), "( x - 2 ) ( x - 3 ) = 0")
INK = ink_of(Box(5, 10, 10, 20), Box(55, 10, 10, 20), Box(105, 10, 10, 20))


def question(*readings: str, label: str | None = None) -> Item:
    """A line that was read in several ways, none of them surely."""
    line = Line(Box(0, 0, 9, 9), tuple(Reading(latex, 0.3) for latex in readings), label)
    return Item(Solution("", readings[0], answer=answer("42"), check=CHECKED), line, unsure=True, ink=INK)


QUADRATIC = solved("x ^ { 2 } - 5 x + 6 = 0", "x = 2 , x = 3", forms=(FACTORED,))
LONG = solved(" + ".join(f"{n} x ^ {{ {n} }}" for n in range(2, 60)) + " = 0", " ".join("123456789" * 60), "1.2")
FAILED = Item(Solution("", "x + = 3", error=Fault("maths-not-understood", "This could not be understood as maths.")))
DISPUTED = Item(Solution("", "\\int x d x", check=Check("no"), candidates=(answer("x"), answer("x ^ { 2 }"))))
BARE = Item(Solution("", "3 x + 1"), Line(Box(0, 0, 9, 9), (Reading("3 x + 1", 0.4),)))

OUTCOMES = {
    "one": Outcome((QUADRATIC,)),
    "long": Outcome((LONG,)),
    "several": Outcome((QUADRATIC, FAILED, DISPUTED, LONG, BARE, question("x", "y"))),
    "failed": Outcome((FAILED,)),
    "disputed": Outcome((DISPUTED,)),
    "bare": Outcome((BARE,)),
    "asked": Outcome((question("3 x + 1", "3 x + 7", label="b)"),)),
    "nothing": Outcome(error=Fault("photo-no-writing", "No handwritten maths was found on the picture.")),
    "empty": Outcome(),
}


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def assert_within_limits(picture: Picture, limits: PictureLimits) -> None:
    assert picture.width + picture.height <= limits.max_sides
    assert max(picture.width, picture.height) <= limits.max_ratio * min(picture.width, picture.height)
    assert len(picture.png) < limits.max_bytes
    assert len(picture.alt) <= 1000


def assert_margins_are_empty(picture: Picture, theme: Theme) -> None:
    """No ink in the outer half of the margin on any side: nothing runs off, nothing is clipped."""
    image = opened(picture)
    scale = picture.width / theme.width
    edge = int(theme.margin * scale / 2)
    strips = (
        (0, 0, edge, image.height),
        (image.width - edge, 0, image.width, image.height),
        (0, 0, image.width, edge),
        (0, image.height - edge, image.width, image.height),
    )
    for strip in strips:
        assert image.crop(strip).getextrema() == tuple((value, value) for value in ImageColor.getrgb(theme.paper))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", OUTCOMES)
def test_a_card_is_whole_and_within_the_limits(name: str, theme: Theme) -> None:
    picture = draw(OUTCOMES[name], CardStyle(theme))

    assert opened(picture).size == (picture.width, picture.height)
    assert picture.width == theme.width * theme.density
    assert_within_limits(picture, PHOTO_IN_CHAT)
    assert_margins_are_empty(picture, theme)


@settings(max_examples=25, deadline=None)
@given(trees, trees)
def test_whatever_was_read_and_found_there_is_a_card(read: Row, found: Row) -> None:
    picture = draw(Outcome((solved(to_latex(read), to_latex(found)), FAILED)))

    assert_within_limits(picture, PHOTO_IN_CHAT)
    assert_margins_are_empty(picture, LIGHT)


@pytest.mark.slow
def test_a_very_tall_card_gets_fewer_pixels() -> None:
    picture = draw(Outcome((LONG,) * 40))

    assert picture.width < LIGHT.width * LIGHT.density
    assert_within_limits(picture, PHOTO_IN_CHAT)


def test_a_card_taller_than_any_chat_accepts_is_set_on_a_wider_page() -> None:
    picture = draw(Outcome((QUADRATIC,) * 40), limits=PictureLimits(max_ratio=2.0))

    assert_within_limits(picture, PictureLimits(max_ratio=2.0))


def test_a_formula_too_wide_for_one_line_gets_several() -> None:
    short, long = (
        draw(Outcome((solved(latex, "0"),))) for latex in ("x = 0", " + ".join("a b c d e" for _ in "12345678"))
    )

    assert long.width == short.width
    assert long.height > short.height + LIGHT.reading_size * LIGHT.density


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_every_place_is_only_shown(hostile: str) -> None:
    spoken = Phrase("note.zeros", hostile)
    solution = Solution(
        hostile, hostile, choices=(spoken,), answer=answer(hostile, hostile), forms=(Form(spoken, hostile),),
        check=Check("yes", spoken),
    )  # fmt: skip
    failed = Solution(hostile, hostile, error=Fault("maths", hostile))
    line = Line(Box(0, 0, 9, 9), (Reading(hostile, 0.9),), label=hostile)

    asked = question(hostile, hostile + "x", label=hostile)
    disputed = Solution(hostile, hostile, check=Check("no"), candidates=(answer(hostile), answer(hostile, hostile)))

    items = (Item(solution, line), Item(failed, line), asked, Item(disputed, line))
    picture = draw(Outcome(items, error=Fault("maths", hostile)))

    assert_margins_are_empty(picture, LIGHT)


@settings(max_examples=15, deadline=None)
@given(st.lists(trees, min_size=2, max_size=4))
def test_whatever_the_readings_are_they_can_be_asked_about(readings: list[Row]) -> None:
    picture = draw(Outcome((question(*map(to_latex, readings)),)))

    assert_within_limits(picture, PHOTO_IN_CHAT)
    assert_margins_are_empty(picture, LIGHT)


def test_a_doubtful_line_is_asked_about_and_not_answered() -> None:
    doubtful = question("3 x + 1", "3 x + 7")

    calls = list(card_body(Outcome((doubtful,)), PLAIN))

    assert [re.match(r"#[a-z]+", call)[0] for call in calls] == ["#handwriting", "#option", "#option", "#verdict"]  # type: ignore[index]
    assert not any("42" in call for call in calls)


def test_the_handwriting_stands_beside_what_could_not_be_solved() -> None:
    with_ink, without = (draw(Outcome((replace(FAILED, ink=ink),))) for ink in (INK, None))

    assert with_ink.height > without.height + INK.height


def test_a_label_stands_before_the_first_part_of_its_problem_only() -> None:
    calls = list(card_body(Outcome((question("x", "y", label="b)"),)), PLAIN))

    assert ['label: "b)"' in call for call in calls] == [True, False, False, False]


@pytest.mark.parametrize(("file_format", "beginning"), [("svg", b"<svg"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("name", ["several", "asked"])
def test_a_card_as_a_file_that_stays_sharp(name: str, file_format: VectorFormat, beginning: bytes) -> None:
    assert vector(OUTCOMES[name], PLAIN, file_format).startswith(beginning)


def test_a_picture_with_too_many_bytes_gets_fewer_pixels() -> None:
    whole = draw(OUTCOMES["several"])

    lighter = draw(OUTCOMES["several"], limits=PictureLimits(max_bytes=len(whole.png) // 2))

    assert len(lighter.png) <= len(whole.png) // 2
    assert lighter.width < whole.width


def test_a_long_number_stands_in_even_lines_of_groups() -> None:
    assert print_number(Number("1234")) == "1234"
    assert print_number(Number("13983816.25")) == "13 thin 983 thin 816.25"
    two_lines, one_line = (draw(Outcome((solved("x", digits),))) for digits in ("1 " * 31, "1 " * 20))
    assert two_lines.height > one_line.height


def test_the_exponent_of_a_decimal_is_raised() -> None:
    plain, raised = (draw(Outcome((solved("x", "y", decimal),))) for decimal in ("1.5", "-1.5e-20, 2e30"))

    assert raised.png != plain.png
    assert decimal_value("-1.5e-20") == '"−1.5" + " × 10" + super("−20") + ""'


def test_the_words_of_another_language_are_shown() -> None:
    russian = CardWords(checked="проверено: {route}", phrases={"route.put-back": "подстановкой"})

    assert draw(OUTCOMES["one"], CardStyle(words=russian)).png != draw(OUTCOMES["one"]).png


def test_the_decimal_mark_is_that_of_answers_and_what_was_read_stays_as_it_was_written() -> None:
    found = Answer("\\{ 0 . 5 , 2 \\}", "", "0.5, 2", "")
    form = Form(Phrase("form.fraction", "fraction"), "1 . 2 5")
    solution = Solution("", "\\{ 0 . 5 , 2 \\}", answer=found, check=Check("yes"), forms=(form,))

    read, answer, _, other = card_body(Outcome((Item(solution),)), CardStyle(words=CardWords(decimal_mark="comma")))

    assert "0.5 \\, 2" in read
    assert '0 class("normal", \\,) 5 \\; 2' in answer and 'decimal: "0,5; 2"' in answer
    assert '1 class("normal", \\,) 25' in other


def test_the_same_outcome_has_the_same_card() -> None:
    assert draw(OUTCOMES["several"]) == draw(OUTCOMES["several"])

"""The whole way of a photo and of a text, through the real engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.errors import NothingToPlot
from core.limits import MathLimits
from core.render.style import CardStyle
from core.render.theme import DARK, LIGHT, Theme
from core.service import MathService, ServiceOptions, open_service

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n"

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[MathService]:
    options = ServiceOptions(ROOT / "models" / "weights", maths=MathLimits(answer_seconds=20))
    async with open_service(options) as running:
        yield running


async def test_a_photo_comes_back_as_a_card_with_its_reading_and_answer(service: MathService) -> None:
    outcome = await service.answer_photo((ROOT / "samples" / "photos" / "addition.jpg").read_bytes())
    assert outcome.error is None
    assert outcome.picture is not None
    assert outcome.picture.png.startswith(PNG)
    (item,) = outcome.items
    assert item.line is not None
    assert item.line.latex == "4 7 + 3 8 ="
    assert item.solution.answer is not None
    assert item.solution.answer.text == "85"
    assert item.solution.check.verdict == "yes"
    assert "85" in outcome.picture.alt


async def test_typed_maths_comes_back_as_a_card(service: MathService) -> None:
    outcome = await service.answer_text("x^2 - 5x + 6 = 0")
    assert outcome.error is None
    assert outcome.picture is not None
    assert outcome.items[0].solution.answer is not None
    assert outcome.items[0].solution.answer.srepr == "FiniteSet(Integer(2), Integer(3))"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
async def test_a_problem_nobody_can_answer_says_so(service: MathService, theme: Theme) -> None:
    outcome = await service.answer_text("9^9^9^9", style=CardStyle(theme))
    fault = outcome.items[0].solution.error
    assert fault is not None
    assert fault.code in {"maths-too-large", "out-of-time", "crashed"}


@pytest.mark.parametrize(
    ("photo", "code"), [(b"", "photo-empty"), (b"just some words", "photo-unknown-format"), (PNG, "photo-broken")]
)
async def test_what_is_no_photo_gets_its_own_sentence(service: MathService, photo: bytes, code: str) -> None:
    outcome = await service.answer_photo(photo)
    assert outcome.error is not None
    assert outcome.error.code == code
    assert outcome.picture is None


async def test_a_card_can_be_had_as_a_file_that_stays_sharp(service: MathService) -> None:
    outcome = await service.answer_text("2 + 3")

    assert (await service.vector(outcome, "svg")).startswith(b"<svg")
    assert (await service.vector(outcome, "pdf")).startswith(b"%PDF")


async def test_the_lines_that_were_read_are_marked_on_the_photo(service: MathService) -> None:
    photo = (ROOT / "samples" / "photos" / "addition.jpg").read_bytes()
    page = await service.read_photo(photo)

    picture = await service.mark_photo(photo, page)

    assert picture.png.startswith(PNG)
    assert picture.alt.endswith("Line 1: 47 plus 38 equals.")


async def test_typed_maths_is_plotted_on_request(service: MathService) -> None:
    picture = await service.plot_text("x^2 - 4")
    assert picture.png.startswith(PNG)
    assert "crosses the x axis at minus 2 and 2" in picture.alt


async def test_what_has_no_picture_says_so(service: MathService) -> None:
    with pytest.raises(NothingToPlot):
        await service.plot_text("2 + 3")


async def test_a_solution_knows_whether_it_can_be_plotted(service: MathService) -> None:
    assert (await service.solve_text("x^2 = 4")).plottable
    assert not (await service.solve_text("2 + 3")).plottable


async def test_what_cannot_be_solved_can_still_be_set_beautifully(service: MathService) -> None:
    latex = await service.spell_text("f(x) -> sqrt(2)/2")
    outcome = await service.typeset([latex])
    assert outcome.picture is not None and outcome.picture.png.startswith(PNG)
    assert "square root of 2" in outcome.picture.alt
    assert "Answer" not in outcome.picture.alt

"""Buttons, corrections and settings on Telegram, through a real bot process, before and after a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.platforms.bot_process import ROOT, STARTS_WITHIN
from tests.platforms.telegram_bot import Mode, telegram_bot
from tests.platforms.telegram_server import TelegramServer, telegram_server
from tests.platforms.telegram_world import ADA, BEN, GROUP, MODERATOR, PRIVATE, Json, Sent

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PHOTO = (ROOT / "samples" / "photos" / "quadratic.jpg").read_bytes()
ASKS_ALWAYS = {"ENGINE__ASK_BELOW": "1.0"}
"""So that no reading of a photo is sure enough."""


@dataclass
class Running:
    """The bot, which can be started anew over the same store."""

    server: TelegramServer
    folder: Path
    stack: AsyncExitStack

    async def restart(self, mode: Mode) -> None:
        await self.stack.aclose()
        await self.stack.enter_async_context(telegram_bot(self.server, self.folder, mode, **ASKS_ALWAYS))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def running(server: TelegramServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with AsyncExitStack() as stack:
        running = Running(server, tmp_path_factory.mktemp("bot"), stack)
        await running.restart("polling")
        yield running


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def nothing_is_refused(server: TelegramServer) -> AsyncIterator[None]:
    yield
    assert server.refused == []


async def answered(server: TelegramServer, text: str, chat: Json = PRIVATE, author: Json = ADA) -> Sent:
    return await server.answer_to(await server.post(chat, author, text=text), STARTS_WITHIN)


async def pressed(server: TelegramServer, sent: Sent, label: str, person: Json = ADA) -> str:
    """Press a button, and wait until Telegram was told that it was taken. Returns the notice."""
    query = await server.press(sent, label, person)
    await server.until(lambda: query in server.notices, STARTS_WITHIN)
    return server.notices[query]


async def test_every_button_leads_where_it_says(server: TelegramServer) -> None:
    answer = await answered(server, "/solve x^2 - 5x + 6 = 0")
    before = answer.labels()

    for label, shows in (("Plot", ""), ("In words", "x squared")):
        assert await pressed(server, answer, label) == ""
        further = await server.answer_to(answer.number, STARTS_WITHIN)
        assert shows in further.text and bool(further.picture) == (label == "Plot")
        further.deleted = True
    assert "x^{2}-5x+6 = 0" in answer.button("Copy LaTeX")["copy_text"]["text"]
    assert answer.labels() == before

    assert await pressed(server, answer, "Delete") == ""
    assert answer.deleted


async def test_other_readings_open_and_close_and_one_is_chosen(server: TelegramServer) -> None:
    answer = await answered(server, "/solve log(100)")
    before = answer.labels()

    await pressed(server, answer, "Other readings")
    readings = answer.labels()
    assert readings != before and "‹ Back" in readings
    await pressed(server, answer, "‹ Back")
    assert answer.labels() == before

    text = answer.text
    await pressed(server, answer, "Other readings")
    await pressed(server, answer, readings[0])
    assert answer.text != text and "Answer: " in answer.text
    assert answer.picture is not None


async def test_what_it_is_unsure_of_it_asks_and_a_tap_answers(server: TelegramServer) -> None:
    question = await server.answer_to(await server.post(PRIVATE, photo=PHOTO), STARTS_WITHIN)
    assert "Answer: " not in question.text

    await pressed(server, question, "x² - 5x + 6 = 0" if "x² - 5x + 6 = 0" in question.labels() else "x² − 5x + 6 = 0")

    assert "Answer: x = 2" in question.text


async def test_a_reply_with_the_right_reading_corrects_an_answer(server: TelegramServer) -> None:
    question = await server.answer_to(await server.post(GROUP, photo=PHOTO, text="/solve"), STARTS_WITHIN)

    await server.post(GROUP, text="x^2 - 9 = 0", reply_to=question.number)
    await server.until(lambda: "x = 3" in question.text, STARTS_WITHIN)

    assert "Answer: x = −3 or x = 3" in question.text or "Answer: x = 3 or x = −3" in question.text


async def test_edit_asks_whoever_pressed_to_type_and_takes_the_reply(server: TelegramServer) -> None:
    answer = await answered(server, "/solve 2x = 8", GROUP)
    await pressed(server, answer, "Edit")
    prompt = await server.answer_to(answer.number, STARTS_WITHIN)

    assert prompt.placeholder == "2x = 8"
    assert {"text_link", "text_mention"} == {entity["type"] for entity in prompt.entities}
    await server.post(GROUP, text="2x = 10", reply_to=prompt.number)
    await server.until(lambda: "Answer: x = 5" in answer.text and prompt.deleted, STARTS_WITHIN)


async def test_only_whoever_asked_can_use_the_buttons_and_a_moderator_can_delete(server: TelegramServer) -> None:
    answer = await answered(server, "/solve x^2 = 4", GROUP)
    looked_up = server.calls.count("getChatMember")

    for label in ("Plot", "Delete"):
        assert await pressed(server, answer, label, BEN) == "Only whoever asked can use these buttons."
    await pressed(server, answer, "Delete", MODERATOR)

    assert answer.deleted
    assert server.calls.count("getChatMember") - looked_up == 2, "what is known of somebody holds for a minute"


async def test_what_telegram_lets_nobody_delete_loses_its_buttons(server: TelegramServer) -> None:
    answer = await answered(server, "/solve 3 + 3")
    server.too_old.add(answer.number)

    assert (await pressed(server, answer, "Delete")).startswith("Telegram lets me delete messages of the last 48 hours")
    assert answer.labels() == []
    server.refused.clear()


async def test_a_button_of_something_long_gone_says_so(server: TelegramServer) -> None:
    answer = await answered(server, "/solve 3 + 4")
    answer.keys[0][0] = {"text": "Old", "callback_data": "plot:nothing-kept:0:"}
    old = {"text": "Older", "callback_data": "unheard of"}
    answer.keys[0].append(old)

    assert (await pressed(server, answer, "Older")).startswith("I keep answers for 30 days only")
    assert (await pressed(server, answer, "Old")).startswith("I keep answers for 30 days only")


async def test_settings_of_a_group_are_for_its_moderators(server: TelegramServer) -> None:
    group = server.world.group()
    server.world.administrators.add((int(group["id"]), int(MODERATOR["id"])))
    panel = await answered(server, "/settings", group)

    assert await pressed(server, panel, "Every photo", BEN) == "Only moderators of this group can change its settings."
    await pressed(server, panel, "Every photo", MODERATOR)
    assert "● Every photo" in panel.labels()
    await server.answer_to(await server.post(group, BEN, photo=PHOTO), STARTS_WITHIN)


async def test_a_hidden_answer_hides_its_words_too(server: TelegramServer) -> None:
    group = server.world.group()
    server.world.administrators.add((int(group["id"]), int(MODERATOR["id"])))
    panel = await answered(server, "/settings", group, MODERATOR)
    await pressed(server, panel, "Answers hidden", MODERATOR)

    answer = await answered(server, "/solve 1 + 1", group)

    assert answer.spoiler
    assert answer.entities[0]["type"] == "spoiler" and answer.entities[0]["length"] == len(answer.text)


async def test_everything_works_after_a_restart_in_the_other_way_of_listening(
    server: TelegramServer, running: Running
) -> None:
    kept = await answered(server, "/solve x^2 = 16")
    wrong = await answered(server, "/solve 5x = 10", GROUP)
    await pressed(server, wrong, "Edit")
    prompt = await server.answer_to(wrong.number, STARTS_WITHIN)
    edited = await server.post(GROUP, text="/solve 1 + 8")
    sum_of = await server.answer_to(edited, STARTS_WITHIN)

    await running.restart("webhook")

    await pressed(server, kept, "Plot")
    assert (await server.answer_to(kept.number, STARTS_WITHIN)).picture is not None
    await server.post(GROUP, text="5x = 15", reply_to=prompt.number)
    await server.until(lambda: "Answer: x = 3" in wrong.text, STARTS_WITHIN)
    await server.edit(GROUP, edited, "/solve 1 + 9")
    await server.until(lambda: "Answer: 10" in sum_of.text, STARTS_WITHIN)


async def test_to_be_forgotten_takes_the_buttons_with_it(server: TelegramServer) -> None:
    answer = await answered(server, "/solve x^2 = 25")
    said = await answered(server, "/forget")

    assert said.text.startswith("Done. I deleted everything I kept about you here")
    assert (await pressed(server, answer, "Plot")).startswith("I keep answers for 30 days only")

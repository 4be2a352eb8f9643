"""What the Telegram bot does about refusals, silence and chats that are gone, in a real process over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.platforms.bot_process import ROOT, STARTS_WITHIN, BotProcess
from tests.platforms.telegram_bot import telegram_bot
from tests.platforms.telegram_rules import Refused
from tests.platforms.telegram_server import TelegramServer, telegram_server
from tests.platforms.telegram_world import PRIVATE

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PHOTO = (ROOT / "samples" / "photos" / "addition.jpg").read_bytes()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(server: TelegramServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    async with telegram_bot(server, tmp_path_factory.mktemp("bot")) as bot:
        yield bot


async def test_a_failure_ends_in_a_kind_sentence(server: TelegramServer) -> None:
    server.faults["sendPhoto"] = Refused(500, "Internal Server Error")

    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 1 + 1"), STARTS_WITHIN)

    assert answer.text.startswith("Sorry, something went wrong on my side.")
    assert server.refused.pop().startswith("sendPhoto: 500")


@pytest.mark.parametrize(
    ("refusal", "comes_as"),
    [("PHOTO_INVALID_DIMENSIONS", "sendDocument"), ("not enough rights to send photos to the chat", "sendDocument")],
)
async def test_a_picture_that_is_refused_goes_as_a_file(server: TelegramServer, refusal: str, comes_as: str) -> None:
    group = server.world.group()
    server.faults["sendPhoto"] = Refused(400, f"Bad Request: {refusal}")

    answer = await server.answer_to(await server.post(group, text="/solve 1 + 1"), STARTS_WITHIN)

    assert (answer.method, "Answer: 2" in answer.text) == (comes_as, True)
    assert server.refused.pop().startswith("sendPhoto: 400")


async def test_where_no_pictures_may_be_sent_the_words_come_alone(server: TelegramServer) -> None:
    group = server.world.group()
    for method in ("sendPhoto", "sendDocument"):
        server.faults[method] = Refused(400, "Bad Request: not enough rights to send media to the chat")

    answer = await server.answer_to(await server.post(group, text="/solve 1 + 1"), STARTS_WITHIN)

    assert answer.method == "sendMessage" and "Answer: 2" in answer.text
    assert [server.refused.pop().partition(":")[0] for _ in range(2)] == ["sendDocument", "sendPhoto"]


async def test_told_to_slow_down_the_bot_waits_and_answers(server: TelegramServer) -> None:
    server.faults["sendPhoto"] = Refused(429, "Too Many Requests: retry after 1", retry_after=1)

    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 1 + 2"), STARTS_WITHIN)

    assert "Answer: 3" in answer.text
    assert server.refused.pop().startswith("sendPhoto: 429")


async def test_whoever_blocked_the_bot_stops_nobody_else(server: TelegramServer) -> None:
    group = server.world.group()
    server.blocked.add(int(str(PRIVATE["id"])))
    await server.post(PRIVATE, text="/solve 1 + 2")
    await server.until(lambda: bool(server.refused), STARTS_WITHIN)
    server.blocked.clear()

    assert (await server.answer_to(await server.post(group, text="/solve 7"), STARTS_WITHIN)).text
    assert {refusal.partition(":")[2][:4] for refusal in server.refused} == {" 403"}
    server.refused.clear()


async def test_a_group_that_became_a_supergroup_is_answered_there(server: TelegramServer) -> None:
    old = {"id": -3001, "type": "group", "title": "Old group"}
    new = {"id": -1003001, "type": "supergroup", "title": "Old group"}
    server.world.enter(new)
    server.migrated[-3001] = -1003001
    before = len(server.sent)

    await server.post(old, text="/solve 8 + 1")
    await server.until(lambda: len(server.sent) > before, STARTS_WITHIN)

    assert (server.sent[-1].chat_id, "Answer: 9" in server.sent[-1].text) == (-1003001, True)
    server.refused.clear()


async def test_an_answer_that_telegram_did_not_confirm_is_not_sent_a_second_time(
    server: TelegramServer, bot: BotProcess
) -> None:
    server.lost.add("sendPhoto")
    unconfirmed = await server.post(PRIVATE, photo=PHOTO)
    await server.answer_to(unconfirmed, STARTS_WITHIN)
    await bot.logged("update-timed-out")

    assert len(list(server.world.replies_to([unconfirmed]))) == 1

"""The real Discord bot in bad weather: lost connections, refusals, limits, a full queue, and a release."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from simcord.backend.models import Interaction

from tests.platforms.bot_process import STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.discord_bot import seen, settings_for
from tests.platforms.discord_gateway import INVALID_SESSION, RECONNECT
from tests.platforms.discord_people import Somebody
from tests.platforms.discord_server import DiscordServer, discord_server

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

ORIGINAL = "/webhooks/*/messages/@original"
ASKED_AT_ONCE = 50
FIRST_WORD_WITHIN = 1.5
DISCORD_WAITS = 3.5
"""Seconds: the first at the median, some tens of milliseconds where nothing else runs; Discord itself waits three."""
COMMANDS = "PUT /applications/"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bot")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(server: DiscordServer, folder: Path) -> AsyncIterator[BotProcess]:
    settings = settings_for(server, LIMITS__ASKING__WAITING="100")
    async with bot_process("release", settings, folder) as release:
        assert await release.exit_code() == 0
    async with bot_process("discord", settings, folder) as bot:
        await server.wait_for_bot(STARTS_WITHIN)
        yield bot


@pytest.fixture(scope="module")
def ada(server: DiscordServer) -> Somebody:
    return Somebody.joins(server, "ada")


async def test_a_release_tells_the_commands_and_the_start_after_it_does_not(
    server: DiscordServer, ada: Somebody
) -> None:
    assert sum(asking.startswith(COMMANDS) for asking in server.asked) == 1


async def test_a_broken_connection_is_taken_up_again_and_what_was_missed_is_answered_once(
    server: DiscordServer, ada: Somebody
) -> None:
    await server.answer_to(ada.slash("solve", text="1 + 1"), STARTS_WITHIN)
    for break_connection in (server.gateway.close_all(4000), server.gateway.order_all(RECONNECT, None)):
        resumed = server.gateway.resumed
        await break_connection
        asking = ada.send(f"<@{server.bot}> 1 + {resumed + 2}")  # perhaps while nobody listens
        await server.until(lambda before=resumed: server.gateway.resumed > before, STARTS_WITHIN)  # type: ignore[misc]

        answer = await server.reply_to(asking, STARTS_WITHIN)
        assert f"Answer: {resumed + 3}" in seen(answer)


async def test_a_void_session_is_begun_anew(server: DiscordServer, ada: Somebody) -> None:
    (before,) = server.gateway.connected
    await server.gateway.order_all(INVALID_SESSION, False)
    await server.until(lambda: bool(server.gateway.connected) and before not in server.gateway.connected, STARTS_WITHIN)

    asking = ada.send(f"<@{server.bot}> 2 + 2")

    assert "Answer: 4" in seen(await server.reply_to(asking, STARTS_WITHIN))


async def test_told_to_wait_it_waits_and_a_failing_server_is_asked_again(server: DiscordServer, ada: Somebody) -> None:
    server.refuse_next("PATCH", ORIGINAL, 429, retry_after=0.4)
    server.refuse_next("PATCH", ORIGINAL, 502)
    start = time.monotonic()

    answer = await server.answer_to(ada.slash("solve", text="3 + 4"), STARTS_WITHIN)

    assert "Answer: 7" in seen(answer) and len(answer.attachments) == 1
    assert time.monotonic() - start > 0.4
    server.refused.clear()


async def test_after_fifteen_minutes_the_answer_goes_into_the_channel(server: DiscordServer, ada: Somebody) -> None:
    expired = server.refuse_next("PATCH", ORIGINAL, 401, 50027)
    before = len(server.said_in(server.channel))
    ada.slash("solve", text="3 + 5")

    def late() -> bool:
        return any("Answer: 8" in seen(message) for message in server.said_in(server.channel)[before:])

    await server.until(late, STARTS_WITHIN)
    assert expired not in server.faults
    server.refused.clear()


async def test_thinking_that_somebody_took_away_is_let_go(
    server: DiscordServer, ada: Somebody, bot: BotProcess
) -> None:
    record = ada.slash("solve", text="3 + 6")
    await server.until(lambda: record.responded, STARTS_WITHIN)
    if record.message_id is not None and record.loading:
        server.backend.delete_message(server.channel, record.message_id)
    await bot.logged("answer-not-wanted")
    server.refused.clear()


async def test_a_picture_that_is_too_large_here_is_left_out_and_it_is_said(
    server: DiscordServer, ada: Somebody
) -> None:
    known = await server.answer_to(ada.slash("solve", text="3 + 7", upload_limit=1000), STARTS_WITHIN)
    server.refuse_next("PATCH", ORIGINAL, 413, 40005)
    refused = await server.answer_to(ada.slash("solve", text="3 + 7"), STARTS_WITHIN)

    for answer in (known, refused):
        assert seen(answer).startswith("What belongs to this is larger than this place allows")
        assert "Answer: 10" in seen(answer) and answer.attachments == []
    server.refused.clear()


async def test_where_it_may_not_attach_pictures_the_words_come_alone(server: DiscordServer, ada: Somebody) -> None:
    server.refuse_next("POST", "/channels/*/messages", 403, 50013)
    asking = ada.send(f"<@{server.bot}> 3 + 8")

    answer = await server.reply_to(asking, STARTS_WITHIN)

    assert seen(answer).startswith("I am not allowed to attach pictures here")
    assert "Answer: 11" in seen(answer) and answer.attachments == []
    server.refused.clear()


async def test_a_failure_of_ours_ends_in_a_kind_sentence(server: DiscordServer, ada: Somebody) -> None:
    server.refuse_next("PATCH", ORIGINAL, 400, 50035)

    answer = await server.answer_to(ada.slash("solve", text="1 + 1"), STARTS_WITHIN)

    assert answer.content.startswith("Sorry, something went wrong on my side.")
    server.refused.clear()


async def test_while_fifty_wait_the_next_one_gets_a_first_word_at_once(server: DiscordServer) -> None:
    def ask(number: int) -> Interaction:
        somebody = Somebody.joins(server, f"student-{number}")
        channel = server.backend.create_channel(server.guild, f"group-{number}").id
        return somebody.slash("solve", text=f"x^2 + {number}x = {number + 1}", channel=channel)

    waiting = [ask(number) for number in range(ASKED_AT_ONCE)]
    await server.until(lambda: all(record.responded for record in waiting), STARTS_WITHIN)
    waits = []
    for number in range(5):
        start = time.monotonic()
        late = ask(100 + number)
        await server.until(lambda record=late: record.responded, DISCORD_WAITS)  # type: ignore[misc]
        waits.append(server.acknowledged[late.id] - start)
        last = server.backend.get_message(waiting[-1].channel_id, waiting[-1].message_id)
        assert not last.attachments, "the queue was empty too soon to measure anything"

    answers = [await server.answer_to(record, STARTS_WITHIN) for record in waiting]

    assert sorted(waits)[2] < FIRST_WORD_WITHIN, waits
    await server.until(
        lambda: all("Answer: x = 1" in seen(answer) or "x = −" in seen(answer) for answer in answers), STARTS_WITHIN
    )
    told = [request.json["content"] for request in server.backend.http_requests if "content" in (request.json or {})]
    assert any(str(words).startswith("Many people are asking at the moment. You are number ") for words in told)
    assert server.refused == []


async def test_without_permission_to_see_messages_it_says_what_to_do(server: DiscordServer, tmp_path: Path) -> None:
    async with bot_process("discord", settings_for(server, DISCORD__MESSAGE_CONTENT="true"), tmp_path) as bot:
        assert await bot.exit_code() == 2
    assert "Message Content Intent" in bot.log.read_text()

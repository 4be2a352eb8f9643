"""A real bot process answers on Telegram, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from tests.platforms.bot_process import ROOT, STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.telegram_rules import Refused
from tests.platforms.telegram_server import GROUP, PRIVATE, TOKEN, TelegramServer, telegram_server

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PHOTO = (ROOT / "samples" / "photos" / "addition.jpg").read_bytes()


def settings_for(server: TelegramServer, token: str = TOKEN) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": token,
        "CHALKLINE_TELEGRAM__BASE_URL": server.base_url,
        "CHALKLINE_TELEGRAM__BASE_FILE_URL": server.base_file_url,
    }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(server: TelegramServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    async with bot_process("telegram", settings_for(server), tmp_path_factory.mktemp("bot")) as bot:
        yield bot


async def test_a_photo_comes_back_as_a_card_in_reply(server: TelegramServer) -> None:
    answer = await server.answer_to(await server.post(PRIVATE, photo=PHOTO), STARTS_WITHIN)

    assert answer.method == "sendPhoto" and answer.picture is not None
    assert answer.text.startswith("I read: 47 + 38 =\n") and "\nAnswer: 85\n" in answer.text
    with Image.open(BytesIO(answer.picture)) as card:
        assert card.format == "PNG"
        assert card.width >= 300


async def test_typed_maths_is_answered_with_a_card(server: TelegramServer) -> None:
    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 2x + 3 = 11"), STARTS_WITHIN)

    assert answer.method == "sendPhoto"
    assert "Answer: x = 4" in answer.text and "✓ Checked" in answer.text


async def test_a_picture_sent_as_a_file_is_read_like_a_photo(server: TelegramServer) -> None:
    message = await server.post(PRIVATE, document=("IMG_0001.JPG", "application/octet-stream", PHOTO))

    assert (await server.answer_to(message, STARTS_WITHIN)).method == "sendPhoto"


async def test_a_file_that_is_no_picture_is_refused_kindly(server: TelegramServer) -> None:
    message = await server.post(PRIVATE, document=("notes.png", "image/png", b"these are notes"))

    assert (await server.answer_to(message, STARTS_WITHIN)).text.startswith("I cannot open this file.")


async def test_a_file_over_the_limit_is_refused_before_it_is_downloaded(server: TelegramServer) -> None:
    downloads = len(server.downloaded)
    message = await server.post(PRIVATE, document=("scan.tiff", "image/tiff", b"II*"), size=21 * 1024 * 1024)

    assert "too large" in (await server.answer_to(message, STARTS_WITHIN)).text
    assert len(server.downloaded) == downloads


async def test_in_a_group_the_bot_speaks_only_when_spoken_to(server: TelegramServer) -> None:
    overheard = [await server.post(GROUP, photo=PHOTO), await server.post(GROUP, text="2x + 3 = 11")]
    asked = await server.post(GROUP, text="/solve 2 + 2")

    answer = await server.answer_to(asked, STARTS_WITHIN)

    assert "Answer: 4" in answer.text
    assert not [sent for sent in server.sent if sent.in_reply_to in overheard]


async def test_a_failure_ends_in_a_kind_sentence(server: TelegramServer) -> None:
    server.faults["sendPhoto"] = Refused(500, "Internal Server Error")

    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 1 + 1"), STARTS_WITHIN)

    assert answer.text.startswith("Sorry, something went wrong on my side.")
    assert server.refused.pop().startswith("sendPhoto: 500")


async def test_told_to_slow_down_the_bot_waits_and_answers(server: TelegramServer) -> None:
    server.faults["sendPhoto"] = Refused(429, "Too Many Requests: retry after 1", retry_after=1)

    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 1 + 2"), STARTS_WITHIN)

    assert "Answer: 3" in answer.text
    assert server.refused.pop().startswith("sendPhoto: 429")


async def test_told_to_stop_the_bot_finishes_its_work_and_leaves_nothing_private_in_the_log(
    server: TelegramServer, bot: BotProcess
) -> None:
    downloads = len(server.downloaded)
    message = await server.post(PRIVATE, photo=PHOTO)
    await server.until(lambda: len(server.downloaded) > downloads, STARTS_WITHIN)
    bot.tell_to_stop()

    answer = await server.answer_to(message, STARTS_WITHIN)

    assert answer.text.startswith("I read: ")
    assert await bot.exit_code() == 0
    log = bot.log.read_text()
    assert "telegram-stopped" in log
    assert TOKEN not in log and "2x + 3" not in log
    assert server.refused == []


async def test_a_refused_token_is_said_kindly(server: TelegramServer, tmp_path: Path) -> None:
    async with bot_process("telegram", settings_for(server, "110201543:wrong"), tmp_path) as bot:
        assert await bot.exit_code() == 2
    assert "Telegram refused the token." in bot.log.read_text()
    assert "110201543:wrong" not in bot.log.read_text()

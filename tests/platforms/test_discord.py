"""A real bot process answers on Discord, over real HTTP and a real gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from tests.bot.markup_readers import read_discord
from tests.platforms.bot_process import ROOT, STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.discord_server import TOKEN, DiscordServer, discord_server

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PHOTO = (ROOT / "samples" / "photos" / "addition.jpg").read_bytes()


def seen(content: str) -> str:
    """What a message shows, without its styles."""
    return "".join(character for character, _ in read_discord(content))


def settings_for(server: DiscordServer, token: str = TOKEN) -> dict[str, str]:
    return {
        "DISCORD_TOKEN": token,
        "CHALKLINE_DISCORD__API_URL": server.api_url,
        "CHALKLINE_DISCORD__GATEWAY_URL": server.gateway_url,
    }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(server: DiscordServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    async with bot_process("discord", settings_for(server), tmp_path_factory.mktemp("bot")) as bot:
        await server.wait_for_bot("solve", STARTS_WITHIN)
        yield bot


async def test_the_command_is_there_for_servers_and_for_people_everywhere(server: DiscordServer) -> None:
    command = await server.wait_for_bot("solve", STARTS_WITHIN)

    guild, direct_message, private_channel = 0, 1, 2
    assert command["contexts"] == [guild, direct_message, private_channel]
    in_servers, by_people = 0, 1
    assert command["integration_types"] == [in_servers, by_people]
    assert {option["name"]: option["required"] for option in command["options"]} == {"text": False, "image": False}


async def test_an_image_comes_back_as_a_card_with_its_words(server: DiscordServer) -> None:
    answer = await server.answer_to(server.slash("solve", image=("IMG_0001.jpg", PHOTO)), STARTS_WITHIN)

    assert seen(answer.content).startswith("I read: 47 + 38 =\nAnswer: 85\n")
    (attachment,) = answer.attachments
    assert attachment["filename"] == "answer.png"
    assert len(attachment["description"]) > 10
    with Image.open(BytesIO(server.file(attachment))) as card:
        assert card.format == "PNG"
        assert card.width >= 300


async def test_typed_maths_is_answered_with_a_card(server: DiscordServer) -> None:
    answer = await server.answer_to(server.slash("solve", text="2x + 3 = 11"), STARTS_WITHIN)

    assert "Answer: x = 4\n✓ Checked" in seen(answer.content)
    assert len(answer.attachments) == 1


async def test_a_file_that_is_no_picture_is_refused_kindly(server: DiscordServer) -> None:
    answer = await server.answer_to(server.slash("solve", image=("notes.png", b"these are notes")), STARTS_WITHIN)

    assert answer.content.startswith("I cannot open this file.")
    assert answer.attachments == []


async def test_a_file_over_the_limit_is_refused_before_it_is_downloaded(server: DiscordServer) -> None:
    record = server.slash("solve", image=("scan.tiff", b"II*"), size=21 * 1024 * 1024)

    assert "too large" in (await server.answer_to(record, STARTS_WITHIN)).content


async def test_a_command_with_nothing_in_it_is_told_how(server: DiscordServer) -> None:
    answer = await server.answer_to(server.slash("solve"), STARTS_WITHIN)

    assert answer.content.startswith("Give me a photo")


async def test_a_failure_ends_in_a_kind_sentence(server: DiscordServer) -> None:
    server.fail_next("PATCH", "/webhooks/*/messages/@original")

    answer = await server.answer_to(server.slash("solve", text="1 + 1"), STARTS_WITHIN)

    assert answer.content.startswith("Sorry, something went wrong on my side.")
    assert "Invalid Form Body" in server.refused.pop()


async def test_told_to_stop_the_bot_finishes_its_work_and_leaves_nothing_private_in_the_log(
    server: DiscordServer, bot: BotProcess
) -> None:
    record = server.slash("solve", text="3x + 5 = 20")
    await server.until(lambda: record.responded, STARTS_WITHIN)
    bot.tell_to_stop()

    answer = await server.answer_to(record, STARTS_WITHIN)

    assert "Answer: x = 5" in seen(answer.content)
    assert await bot.exit_code() == 0
    log = bot.log.read_text()
    assert "discord-stopped" in log
    assert TOKEN not in log and "3x + 5" not in log
    assert server.refused == []


async def test_a_refused_token_is_said_kindly(server: DiscordServer, tmp_path: Path) -> None:
    async with bot_process("discord", settings_for(server, "a.wrong.token"), tmp_path) as bot:
        assert await bot.exit_code() == 2
    assert "Discord refused the token." in bot.log.read_text()
    assert "a.wrong.token" not in bot.log.read_text()

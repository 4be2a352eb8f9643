"""Two hundred photos from fifty chats within ten seconds, through a real bot process."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.platforms.bot_process import ROOT, BotProcess
from tests.platforms.memory import proportional_bytes
from tests.platforms.telegram_bot import telegram_bot
from tests.platforms.telegram_server import TelegramServer, telegram_server
from tests.platforms.telegram_world import Json

pytestmark = [pytest.mark.wire, pytest.mark.slow]

CHATS, PHOTOS_OF_EACH = 50, 4
POSTED_WITHIN = 10.0
ANSWERED_WITHIN = 600.0
"""Seconds; generous, for a machine that does other things as well."""
LONGEST_CALLBACK = 0.050
MEGABYTE = 1024 * 1024
MOST_MEMORY = 512 * MEGABYTE
"""Of all processes together, each page that several share counted once."""
WIDTH = 640


def small_photo() -> bytes:
    """A sample photo as a telephone with a small camera takes it."""
    with Image.open(ROOT / "samples" / "photos" / "addition.jpg") as image:
        image.thumbnail((WIDTH, WIDTH))
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def private_chat(number: int) -> tuple[Json, Json]:
    """A chat, and whoever is in it."""
    person = {"id": 50_000 + number, "is_bot": False, "first_name": f"P{number}", "language_code": "en"}
    return {"id": person["id"], "type": "private", "first_name": person["first_name"]}, person


@asynccontextmanager
async def memory_watched(bot: BotProcess, samples: list[int]) -> AsyncIterator[None]:
    """Add how much memory the bot takes to `samples`, every second while the body runs."""

    async def watch() -> None:
        while True:
            samples.append(await asyncio.to_thread(proportional_bytes, bot.process.pid))
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()


async def storm(server: TelegramServer) -> dict[int, list[int]]:
    """Post everything. Returns the numbers of the messages of each chat, in their order."""
    photo = small_photo()
    posted: dict[int, list[int]] = {}
    pause = POSTED_WITHIN / (CHATS * PHOTOS_OF_EACH)
    for _ in range(PHOTOS_OF_EACH):
        for number in range(CHATS):
            chat, person = private_chat(number)
            posted.setdefault(int(chat["id"]), []).append(await server.post(chat, person, photo=photo))
            await asyncio.sleep(pause)
    return posted


async def test_every_photo_is_answered_once_and_in_its_order(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    memory: list[int] = []
    async with (
        telegram_server() as server,
        telegram_bot(server, tmp_path, module="tests.platforms.watched_bot") as bot,
        memory_watched(bot, memory),
    ):
        start = time.monotonic()
        posted = await storm(server)
        asked = [number for numbers in posted.values() for number in numbers]
        await server.until(
            lambda: (
                sum(sent.picture is not None for sent in server.sent) >= len(asked)
                and all(sent.deleted for sent in server.sent if sent.picture is None)
            ),
            ANSWERED_WITHIN,
        )
        seconds = time.monotonic() - start

    answers = [sent for sent in server.sent if sent.picture is not None]
    assert sorted(asked) == sorted(sent.in_reply_to for sent in answers if sent.in_reply_to), "each once"
    assert all(sent.text.startswith("I read: 47 + 38 =\nAnswer: 85") for sent in answers)
    for chat_id, numbers in posted.items():
        assert [sent.in_reply_to for sent in answers if sent.chat_id == chat_id] == numbers, "in order"
    told = [sent for sent in server.sent if sent.text.startswith("Many people are asking")]
    assert len({sent.chat_id for sent in told}) >= CHATS // 2, "who waits is told the place"
    assert len(told) + len(answers) == len(server.sent), "nothing else was said"
    assert server.refused == []

    callbacks = [json.loads(line) for line in (tmp_path / "callbacks.jsonl").read_text().splitlines()]
    longest = max((note for note in callbacks if note[0] >= start), key=lambda note: note[1], default=[0, 0.0, "none"])
    record_property("seconds", round(seconds, 1))
    record_property("longest callback, seconds of CPU", longest[1:])
    record_property("memory, MB", max(memory) // MEGABYTE)
    print(
        f"{len(asked)} photos in {seconds:.0f} s; longest callback {1000 * longest[1]:.1f} ms of CPU ({longest[2]}); "
    )
    print(f"memory {max(memory) // MEGABYTE} MB (PSS); told a place {len(told)} times")
    assert longest[1] < LONGEST_CALLBACK
    assert 0 < max(memory) < MOST_MEMORY

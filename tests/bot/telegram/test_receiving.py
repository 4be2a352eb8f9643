"""The mailbox between the webhook and the bot."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.telegram.receiving import Mailbox, NotListening, unless_stopped


async def test_updates_are_handed_on_only_while_the_bot_listens() -> None:
    mailbox = Mailbox()
    taken: list[dict[str, Any]] = []

    async def take(update: dict[str, Any]) -> None:
        taken.append(update)

    with pytest.raises(NotListening):
        await mailbox.receive({"update_id": 1})
    with mailbox.opened(take):
        await mailbox.receive({"update_id": 2})
    with pytest.raises(NotListening):
        await mailbox.receive({"update_id": 3})

    assert taken == [{"update_id": 2}]


async def test_waiting_ends_with_the_bot() -> None:
    stop = asyncio.Event()

    async def slow() -> str:
        await asyncio.sleep(60)
        return "late"

    waiting = asyncio.create_task(unless_stopped(stop, slow()))
    await asyncio.sleep(0)
    stop.set()

    assert await asyncio.wait_for(waiting, 1) is None
    assert await unless_stopped(asyncio.Event(), asyncio.sleep(0, "done")) == "done"

"""Telegram's updates reach the bot once each; nobody else's do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.store.database import Database, StoreOptions
from bot.store.store import Store
from bot.web.claims import Claims
from bot.web.webhook import SECRET_HEADER, WebhookOptions, telegram_webhook, update_in
from tests.bot.web.serving import free_port, served

OPTIONS = WebhookOptions("/telegram/updates", "s3cret_-")
FROM_TELEGRAM = {SECRET_HEADER: OPTIONS.secret}
UPDATE = {"update_id": 7, "message": {"text": "/solve 2x = 6"}}


class Bot:
    """Takes updates, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.updates: list[dict[str, Any]] = []
        self.failures = failures

    async def receive(self, update: dict[str, Any]) -> None:
        if self.failures:
            self.failures -= 1
            raise asyncio.QueueFull
        self.updates.append(update)


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    database = Database(StoreOptions(url="sqlite://"))
    yield Store(database)
    await database.close()


@asynccontextmanager
async def webhook(bot: Bot, store: Store, port: int | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    async with served([telegram_webhook(OPTIONS, bot.receive, Claims(store))], port=port) as client:
        yield client


async def post(client: aiohttp.ClientSession, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer."""
    async with client.post(OPTIONS.path, data=body, headers=headers) as response:
        return response.status


async def test_an_update_is_handed_over_and_answered_with_200(store: Store) -> None:
    bot = Bot()
    async with webhook(bot, store) as client:
        assert await post(client, json.dumps(UPDATE).encode(), FROM_TELEGRAM) == 200

    assert bot.updates == [UPDATE]


async def test_an_update_that_comes_again_is_dropped(store: Store) -> None:
    bot, body = Bot(), json.dumps(UPDATE).encode()
    async with webhook(bot, store) as client:
        assert [await post(client, body, FROM_TELEGRAM) for _ in range(2)] == [200, 200]

    assert bot.updates == [UPDATE]


async def test_an_update_that_comes_again_after_a_restart_is_dropped_too(store: Store) -> None:
    bot, body = Bot(), json.dumps(UPDATE).encode()
    for _ in range(2):
        async with webhook(bot, store) as client:
            assert await post(client, body, FROM_TELEGRAM) == 200

    assert bot.updates == [UPDATE]


async def test_an_update_that_could_not_be_handed_over_may_come_again(store: Store) -> None:
    bot, body = Bot(failures=1), json.dumps(UPDATE).encode()
    async with webhook(bot, store) as client:
        assert await post(client, body, FROM_TELEGRAM) == 503
        assert await post(client, body, FROM_TELEGRAM) == 200

    assert bot.updates == [UPDATE]


async def test_without_a_store_updates_still_arrive_once(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    bot, body = Bot(failures=1), json.dumps(UPDATE).encode()
    async with webhook(bot, Store(Database(StoreOptions(folder=tmp_path / "data")))) as client:
        assert [await post(client, body, FROM_TELEGRAM) for _ in range(3)] == [503, 200, 200]

    assert bot.updates == [UPDATE]


@pytest.mark.parametrize("said", ["", "s3cret", "s3cret_-x", "S3CRET_-", "sécret"])
async def test_strangers_are_turned_away(store: Store, said: str) -> None:
    bot = Bot()
    async with webhook(bot, store) as client:
        assert await post(client, json.dumps(UPDATE).encode(), {SECRET_HEADER: said}) == 403
        assert await post(client, json.dumps(UPDATE).encode(), {}) == 403

    assert bot.updates == []


async def test_bytes_that_are_no_text_do_not_pass_for_the_secret(store: Store) -> None:
    bot, port = Bot(), free_port()
    async with webhook(bot, store, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST {OPTIONS.path} HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n{SECRET_HEADER}: ".encode()
        writer.write(head + b"\xff\xfe\r\n\r\n{}")
        assert (await reader.readline()).split()[1] in (b"400", b"403")
        writer.close()

    assert bot.updates == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b"7",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": NaN}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
    ],
)
async def test_what_is_no_update_is_refused(store: Store, body: bytes) -> None:
    bot = Bot()
    async with webhook(bot, store) as client:
        assert await post(client, body, FROM_TELEGRAM) == 400

    assert bot.updates == []


async def test_a_body_that_is_too_large_is_not_read(store: Store) -> None:
    async with webhook(Bot(), store) as client:
        assert await post(client, b" " * (1024 * 1024 + 1), FROM_TELEGRAM) == 413


async def test_only_so_many_updates_are_remembered_in_memory() -> None:
    database = Database(StoreOptions(url="postgres://nobody@127.0.0.1:1/none"))
    claims = Claims(Store(database), remembered=2)

    assert [await claims.take(number) for number in (1, 2, 3)] == [True, True, True]
    assert not await claims.take(3)
    assert await claims.take(1)
    await database.close()


ANY_JSON = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3))


@given(body=st.binary(max_size=60) | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_else_is_posted_is_a_bad_request(body: bytes) -> None:
    with pytest.raises(web.HTTPBadRequest):
        update_in(body)


@given(number=st.integers(0, 2**63 - 1), text=st.text())
def test_an_update_comes_out_as_it_was_posted(number: int, text: str) -> None:
    update = {"update_id": number, "message": {"text": text}}

    assert update_in(json.dumps(update).encode()) == update

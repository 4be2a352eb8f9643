"""A small, strict Bot API server on loopback. It refuses as Telegram does, and remembers it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.platforms.telegram_methods import Methods
from tests.platforms.telegram_rules import MEGABYTE, Refused, checked
from tests.platforms.telegram_world import ADA, GROUP, PRIVATE, TOKEN, Json, Sent, entities_in

__all__ = ["GROUP", "PRIVATE", "TOKEN", "Sent", "TelegramServer", "entities_in", "telegram_server"]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
AGAIN_AFTER = 0.2
"""Seconds after which an update that the webhook did not take is brought once more."""


@dataclass
class TelegramServer(Methods):
    """`refused` holds every refusal, `calls` every call and `downloaded` every file, in order.

    `faults`: what the next call of a method is answered with, instead of its result; `lost`: methods whose next call is
    done, and never answered; `slow`: seconds that each call of a method, or a `download`, takes; `brings_twice`: every
    update comes a second time; `webhook_at`: where the webhook really listens.
    """

    address: str = ""
    webhook_at: str = ""
    brings_twice: bool = False
    calls: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    downloaded: list[str] = field(default_factory=list)
    faults: dict[str, Refused] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    slow: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _updates: list[Json] = field(default_factory=list)
    _poll: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    @property
    def sent(self) -> list[Sent]:
        return self.world.sent

    # What people do

    async def post(self, chat: Json, author: Json = ADA, **content: Any) -> int:
        """Somebody posts a message. Returns its number."""
        message = self.world.message(chat, author, **content)
        await self.tell("message", message)
        return int(message["message_id"])

    async def post_album(self, chat: Json, photos: list[bytes], caption: str = "") -> list[int]:
        """Somebody posts photos as one album; the caption stands under the first."""
        name = f"album-{next(self.world.numbers)}"
        return [
            await self.post(chat, photo=photo, album=name, text="" if number else caption)
            for number, photo in enumerate(photos)
        ]

    async def edit(self, chat: Json, number: int, text: str) -> None:
        """Somebody changes the words of a message."""
        message = self.world.reworded(self.world.messages[int(chat["id"]), number], text)
        await self.tell("edited_message", message | {"edit_date": message["date"] + 1})

    async def press(self, sent: Sent, label: str, person: Json = ADA) -> str:
        """Somebody presses a button. Returns the number of the press, for `notices`."""
        query = self.world.press(sent, sent.button(label), person)
        self.queries.add(query["id"])
        await self.tell("callback_query", query)
        return str(query["id"])

    async def type_inline(self, text: str, person: Json = ADA) -> str:
        """Somebody types after the bot's name. Returns the number of the query, for `inline`."""
        query = {"id": str(next(self.world.numbers)), "from": person, "query": text, "offset": ""}
        self.queries.add(str(query["id"]))
        await self.tell("inline_query", query)
        return str(query["id"])

    async def tell(self, kind: str, content: Json) -> None:
        """Tell the bot of something, however it listens."""
        await self.tell_raw(self.world.update(kind, content))

    async def tell_raw(self, update: Json) -> None:
        """Tell the bot this, whatever it is."""
        if self.webhook is not None:
            for _ in range(2 if self.brings_twice else 1):
                await self._bring(update)
            return
        async with self._changed:
            self._updates += [update] * (2 if self.brings_twice else 1)
            self._changed.notify_all()

    # What is seen of the bot

    async def answer_to(self, message_id: int, timeout: float) -> Sent:  # noqa: ASYNC109
        """The bot's reply to a message. Raises TimeoutError."""
        await self.until(lambda: any(self.world.replies_to([message_id])), timeout)
        return next(self.world.replies_to([message_id]))

    async def until(self, ready: Callable[[], bool], timeout: float) -> None:  # noqa: ASYNC109
        """Wait for something that a request of the bot brings about. Raises TimeoutError."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(ready)

    # How the Bot API answers

    async def _bring(self, update: Json) -> None:
        assert self.webhook is not None
        headers = {SECRET_HEADER: self.webhook["secret_token"]}
        async with aiohttp.ClientSession() as client:
            while True:
                async with client.post(self.webhook_at, json=update, headers=headers) as response:
                    if response.status == 200:
                        return
                    assert response.status == 503, f"the webhook answered {response.status}"
                await asyncio.sleep(AGAIN_AFTER)

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            form = await request.post()
            files = {name: part.file.read() for name, part in form.items() if isinstance(part, web.FileField)}
            fields = {name: part for name, part in (*request.query.items(), *form.items()) if isinstance(part, str)}
            call = checked(method, fields, files)
            self.calls.append(method)
            await asyncio.sleep(self.slow[method])
            if fault := self.faults.pop(method, None):
                raise fault
            if method == "getUpdates":
                result = await self._waiting_updates(call, request)
            else:
                result = await self.result(method, call)
        except Refused as refusal:
            self.refused.append(f"{method}: {refusal.status} {refusal.description}")
            return web.json_response(refusal.body(), status=refusal.status)
        finally:
            async with self._changed:
                self._changed.notify_all()
        if method in self.lost:
            self.lost.discard(method)
            await asyncio.sleep(60)
        return web.json_response({"ok": True, "result": result})

    async def _waiting_updates(self, call: Any, request: web.Request) -> list[Json]:
        """The updates from `offset` on, at once or as soon as there are any. The older of two pollers is refused."""
        self._poll += 1
        mine = self._poll
        async with self._changed:
            self._changed.notify_all()
            known = (update.get("update_id", 0) for update in self._updates)
            if call.offset and any(number < call.offset for number in known):
                self._updates = [update for update in self._updates if update["update_id"] >= call.offset]
            try:
                async with asyncio.timeout(call.timeout or 0.001):
                    await self._changed.wait_for(lambda: self._updates or self._poll != mine)
            except TimeoutError:
                return []
            gone = request.transport is None or request.transport.is_closing()
            if self._poll != mine and not gone:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            return list(self._updates)[: call.limit or 100]

    async def _download(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if request.match_info["token"] != TOKEN or name not in self.world.files:
            return web.json_response(Refused(404, "Not Found").body(), status=404)
        async with self._changed:
            self.downloaded.append(name)
            self._changed.notify_all()
        await asyncio.sleep(self.slow["download"])
        return web.Response(body=self.world.files[name])


@asynccontextmanager
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """A server on a free port of 127.0.0.1."""
    server = TelegramServer()
    application = web.Application(client_max_size=60 * MEGABYTE)
    application.router.add_route("*", "/bot{token}/{method}", server._call)
    application.router.add_get("/file/bot{token}/{name}", server._download)
    runner = web.AppRunner(application, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server.address = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()

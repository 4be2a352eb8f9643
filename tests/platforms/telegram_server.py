"""A small, strict Bot API server on loopback, for a bot that polls. It refuses as Telegram does, and remembers it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Update
from aiohttp import web

from tests.bot.markup_readers import read_telegram
from tests.platforms.telegram_rules import MEGABYTE, Refused, checked, unknown_fields

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT = {"id": 110201543, "is_bot": True, "first_name": "Chalkline", "username": "chalkline_test_bot"}
ASKER = {"id": 1001, "is_bot": False, "first_name": "Ada", "language_code": "en"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Ada"}
GROUP = {"id": -1002, "type": "supergroup", "title": "Study group"}
CHATS = {int(str(chat["id"])): chat for chat in (PRIVATE, GROUP)}

SENDING = ("sendMessage", "sendPhoto", "sendDocument")


@dataclass(frozen=True)
class Sent:
    """A message that the bot sent: its words, and the picture in it."""

    method: str
    chat_id: int
    text: str
    picture: bytes | None
    in_reply_to: int | None


@dataclass
class TelegramServer:
    """What Telegram knows. `refused` holds every refusal and `actions` every chat action, in order.

    `faults`: what the next call of a method is answered with, instead of its result.
    """

    address: str = ""
    sent: list[Sent] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    downloaded: list[str] = field(default_factory=list)
    faults: dict[str, Refused] = field(default_factory=dict)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _files: dict[str, bytes] = field(default_factory=dict)
    _poll: int = 0
    _next_id: int = 1
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    async def post(
        self,
        chat: dict[str, Any],
        *,
        text: str = "",
        photo: bytes | None = None,
        document: tuple[str, str, bytes] | None = None,
        size: int | None = None,
    ) -> int:
        """Somebody posts a message; `text` is the caption of a photo or a document (name, type, bytes).

        `size` is what Telegram says about the file, if not the truth. Returns the number of the message.
        """
        message: dict[str, Any] = {
            "message_id": self._number(),
            "date": int(time.time()),
            "chat": chat,
            "from": ASKER,
        }
        words = "text" if photo is None and document is None else "caption"
        if text:
            message |= {words: text, ("entities" if words == "text" else "caption_entities"): entities_in(text)}
        if photo is not None:
            small, large = self._file(photo), self._file(photo)
            message["photo"] = [small | {"width": 90, "height": 60}, large | {"width": 1280, "height": 960}]
        if document is not None:
            name, kind, data = document
            message["document"] = self._file(data) | {"file_name": name, "mime_type": kind}
        if size is not None:
            message["document"]["file_size"] = size
        update = {"update_id": self._number(), "message": message}
        assert not unknown_fields(Update.model_validate(update)), "the update that the test posts is not Telegram's"
        async with self._changed:
            self._updates.append(update)
            self._changed.notify_all()
        return int(message["message_id"])

    async def answer_to(self, message_id: int, timeout: float) -> Sent:  # noqa: ASYNC109
        """The bot's reply to a message. Raises TimeoutError."""

        def reply() -> Sent | None:
            return next((sent for sent in self.sent if sent.in_reply_to == message_id), None)

        await self.until(lambda: reply() is not None, timeout)
        found = reply()
        assert found is not None
        return found

    async def until(self, ready: Callable[[], bool], timeout: float) -> None:  # noqa: ASYNC109
        """Wait for something that a request of the bot brings about. Raises TimeoutError."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(ready)

    def _number(self) -> int:
        self._next_id += 1
        return self._next_id

    def _file(self, data: bytes) -> dict[str, Any]:
        name = f"file-{self._number()}"
        self._files[name] = data
        return {"file_id": name, "file_unique_id": f"unique-{name}", "file_size": len(data)}

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            form = await request.post()
            files = {name: part.file.read() for name, part in form.items() if isinstance(part, web.FileField)}
            fields = {name: part for name, part in form.items() if isinstance(part, str)}
            call = checked(method, fields, files)
            if fault := self.faults.pop(method, None):
                raise fault
            result = await self._result(method, call, request)
        except Refused as refusal:
            self.refused.append(f"{method}: {refusal.status} {refusal.description}")
            return web.json_response(refusal.body(), status=refusal.status)
        return web.json_response({"ok": True, "result": result})

    async def _result(self, method: str, call: Any, request: web.Request) -> Any:
        if method in SENDING:
            return await self._send(method, call)
        if method == "getUpdates":
            return await self._waiting_updates(call, request)
        if method == "getFile":
            if len(self._files[call.file_id]) > 20 * MEGABYTE:
                raise Refused(400, "Bad Request: file is too big")
            return {"file_id": call.file_id, "file_unique_id": f"unique-{call.file_id}", "file_path": call.file_id}
        if method == "getMe":
            return BOT
        if method == "sendChatAction":
            self._known_chat(call.chat_id)
            self.actions.append(call.action)
        if method == "setMyCommands":
            self.commands = [command.command for command in call.commands]
        return True

    async def _send(self, method: str, call: Any) -> dict[str, Any]:
        chat = self._known_chat(call.chat_id)
        reply_to = call.reply_parameters.message_id if call.reply_parameters else None
        message = {"message_id": self._number(), "date": int(time.time()), "chat": chat, "from": BOT}
        picture: bytes | None = None
        if method == "sendMessage":
            text = call.text
            message |= {"text": text}
        else:
            text, upload = call.caption or "", call.photo if method == "sendPhoto" else call.document
            picture = upload.data
            message |= {"caption": text, "document": self._file(upload.data)}
        async with self._changed:
            if call.parse_mode == "HTML":
                text = "".join(character for character, _ in read_telegram(text))
            self.sent.append(Sent(method, int(str(chat["id"])), text, picture, reply_to))
            self._changed.notify_all()
        return message

    async def _waiting_updates(self, call: Any, request: web.Request) -> list[dict[str, Any]]:
        """The updates from `offset` on, at once or as soon as there are any. The older of two pollers is refused."""
        self._poll += 1
        mine = self._poll
        async with self._changed:
            self._changed.notify_all()
            self._updates = [update for update in self._updates if update["update_id"] >= (call.offset or 0)]
            try:
                async with asyncio.timeout(call.timeout or 0.001):
                    await self._changed.wait_for(lambda: self._updates or self._poll != mine)
            except TimeoutError:
                return []
            gone = request.transport is None or request.transport.is_closing()
            if self._poll != mine and not gone:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            return list(self._updates)

    def _known_chat(self, chat_id: Any) -> dict[str, Any]:
        chat = CHATS.get(int(chat_id))
        if chat is None:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    async def _download(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if request.match_info["token"] != TOKEN or name not in self._files:
            return web.json_response(Refused(404, "Not Found").body(), status=404)
        async with self._changed:
            self.downloaded.append(name)
            self._changed.notify_all()
        return web.Response(body=self._files[name])


def entities_in(text: str) -> list[dict[str, Any]]:
    """Commands and mentions as Telegram marks them, with offsets in UTF-16 units."""
    kinds = {"/": "bot_command", "@": "mention"}
    return [
        {
            "type": kinds[match.group()[0]],
            "offset": len(text[: match.start()].encode("utf-16-le")) // 2,
            "length": len(match.group()),
        }
        for match in re.finditer(r"(?<!\S)[/@]\w[\w@]*", text)
    ]


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

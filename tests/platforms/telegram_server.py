"""A small, strict Bot API server on loopback. It refuses as Telegram does, and remembers it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import BaseModel

from tests.platforms.telegram_rules import MEGABYTE, Refused, checked, shown
from tests.platforms.telegram_world import (
    ADA,
    BOT,
    GROUP,
    PRIVATE,
    TOKEN,
    Json,
    Sent,
    World,
    entities_in,
)

__all__ = ["GROUP", "PRIVATE", "TOKEN", "Sent", "TelegramServer", "entities_in", "telegram_server"]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
AGAIN_AFTER = 0.2
"""Seconds after which an update that the webhook did not take is brought once more."""


@dataclass
class TelegramServer:
    """`refused` holds every refusal and `actions` every chat action, in order; `notices` what presses were answered.

    `faults`: what the next call of a method is answered with, instead of its result; `lost`: methods whose next call is
    done, and never answered; `slow`: seconds that each call of a method takes; `blocked`, `migrated`: chats.
    """

    world: World = field(default_factory=World)
    address: str = ""
    webhook_at: str = ""
    brings_twice: bool = False
    actions: list[str] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    downloaded: list[str] = field(default_factory=list)
    notices: dict[str, str] = field(default_factory=dict)
    inline: dict[str, Json] = field(default_factory=dict)
    reactions: list[tuple[int, list[str]]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    webhook: Json | None = None
    faults: dict[str, Refused] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    slow: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    blocked: set[int] = field(default_factory=set)
    migrated: dict[int, int] = field(default_factory=dict)
    too_old: set[int] = field(default_factory=set)
    _updates: list[Json] = field(default_factory=list)
    _queries: set[str] = field(default_factory=set)
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
        self._queries.add(query["id"])
        await self.tell("callback_query", query)
        return str(query["id"])

    async def type_inline(self, text: str, person: Json = ADA) -> str:
        """Somebody types after the bot's name. Returns the number of the query, for `inline`."""
        query = {"id": str(next(self.world.numbers)), "from": person, "query": text, "offset": ""}
        self._queries.add(str(query["id"]))
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
            result = await self._result(method, call, request)
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

    async def _result(self, method: str, call: Any, request: web.Request) -> Any:
        if (chat_id := getattr(call, "chat_id", None)) is not None:
            self._may_speak(int(chat_id))
        if method == "getUpdates":
            return await self._waiting_updates(call, request)
        return await RESULTS[method](self, call)

    def _may_speak(self, chat_id: int) -> None:
        if chat_id in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat_id in self.migrated:
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, description, migrate_to=self.migrated[chat_id])
        self.world.known(chat_id)

    async def _send(self, call: Any) -> Json:
        method = call.__api_method__
        answers = call.reply_parameters
        reply_to = answers.message_id if answers else None
        there = reply_to is None or (int(call.chat_id), reply_to) in self.world.messages
        if not there and not answers.allow_sending_without_reply:
            raise Refused(400, "Bad Request: message to be replied not found")
        upload = getattr(call, "photo", None) or getattr(call, "document", None)
        words, entities = shown(call.text if upload is None else call.caption, call.parse_mode)
        sent = Sent(
            method=method,
            chat_id=int(call.chat_id),
            number=next(self.world.numbers),
            text=words.strip(),
            picture=upload.data if upload else None,
            in_reply_to=reply_to,
            entities=entities,
            keys=_keys(call.reply_markup),
            file_name=upload.filename if upload else None,
            spoiler=bool(getattr(call, "has_spoiler", None)),
            buzzed=not call.disable_notification,
            thread=call.message_thread_id,
            placeholder=getattr(call.reply_markup, "input_field_placeholder", None),
        )
        self.world.sent.append(sent)
        return self.world.speak(sent)

    async def _edit(self, call: Any) -> Json:
        sent = self.world.sent_as(call.chat_id, call.message_id)
        method = call.__api_method__
        media = getattr(call, "media", None)
        before = (sent.text, sent.entities, sent.keys, sent.picture)
        if method == "editMessageText" and sent.picture is not None:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        if method == "editMessageCaption" and sent.picture is None:
            raise Refused(400, "Bad Request: there is no caption in the message to edit")
        text, entities, picture, keys = sent.text, sent.entities, sent.picture, _keys(call.reply_markup)
        if method == "editMessageText":
            text, entities = shown(call.text, call.parse_mode)
        elif method == "editMessageCaption":
            text, entities = shown(call.caption, call.parse_mode)
        elif media is not None:
            text, entities = shown(media.caption, media.parse_mode)
            picture = media.media.data
            sent.method = "sendPhoto" if media.type == "photo" else "sendDocument"
            sent.spoiler = bool(getattr(media, "has_spoiler", None))
        if (text.strip(), entities, keys, picture) == before:
            raise Refused(400, "Bad Request: message is not modified: specified new message content is the same")
        sent.text, sent.entities, sent.picture, sent.keys = text.strip(), entities, picture, keys
        sent.edits += 1
        return self.world.speak(sent)

    async def _delete(self, call: Any) -> bool:
        with suppress(Refused):
            sent = self.world.sent_as(call.chat_id, call.message_id)
            if sent.number in self.too_old:
                raise Refused(400, "Bad Request: message can't be deleted for everyone")
            sent.deleted = True
            return True
        if call.message_id in self.too_old:
            raise Refused(400, "Bad Request: message can't be deleted for everyone")
        raise Refused(400, "Bad Request: message to delete not found")

    async def _acknowledge(self, call: Any) -> bool:
        if call.callback_query_id not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.discard(call.callback_query_id)
        self.notices[call.callback_query_id] = call.text or ""
        return True

    async def _answer_inline(self, call: Any) -> bool:
        if call.inline_query_id not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.discard(call.inline_query_id)
        self.inline[call.inline_query_id] = _plain(call)
        return True

    async def _react(self, call: Any) -> bool:
        self.reactions.append((call.message_id, [reaction.emoji for reaction in call.reaction or []]))
        return True

    async def _member(self, call: Any) -> Json:
        known = (int(call.chat_id), call.user_id) in self.world.administrators
        person = {"id": call.user_id, "is_bot": False, "first_name": "Somebody"}
        if not known:
            return {"status": "member", "user": person}
        rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats")
        more = ("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users")
        stories = ("can_post_stories", "can_edit_stories", "can_delete_stories")
        return {"status": "administrator", "user": person} | dict.fromkeys((*rights, *more, *stories), True)

    async def _file(self, call: Any) -> Json:
        if len(self.world.files[call.file_id]) > 20 * MEGABYTE:
            raise Refused(400, "Bad Request: file is too big")
        return {"file_id": call.file_id, "file_unique_id": f"unique-{call.file_id}", "file_path": call.file_id}

    async def _set_commands(self, call: Any) -> bool:
        self.commands[_scope(call)] = [_plain(command) for command in call.commands]
        return True

    async def _get_commands(self, call: Any) -> list[Json]:
        return self.commands.get(_scope(call), [])

    async def _set_webhook(self, call: Any) -> bool:
        self.webhook = _plain(call)
        return True

    async def _delete_webhook(self, call: Any) -> bool:
        self.webhook = None
        return True

    async def _act(self, call: Any) -> bool:
        self.actions.append(call.action)
        return True

    async def _me(self, call: Any) -> Json:
        return BOT

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


RESULTS: Mapping[str, Callable[[TelegramServer, Any], Awaitable[Any]]] = {
    "answerCallbackQuery": TelegramServer._acknowledge,
    "answerInlineQuery": TelegramServer._answer_inline,
    "deleteMessage": TelegramServer._delete,
    "deleteWebhook": TelegramServer._delete_webhook,
    "editMessageCaption": TelegramServer._edit,
    "editMessageMedia": TelegramServer._edit,
    "editMessageReplyMarkup": TelegramServer._edit,
    "editMessageText": TelegramServer._edit,
    "getChatMember": TelegramServer._member,
    "getFile": TelegramServer._file,
    "getMe": TelegramServer._me,
    "getMyCommands": TelegramServer._get_commands,
    "sendChatAction": TelegramServer._act,
    "sendDocument": TelegramServer._send,
    "sendMessage": TelegramServer._send,
    "sendPhoto": TelegramServer._send,
    "setMessageReaction": TelegramServer._react,
    "setMyCommands": TelegramServer._set_commands,
    "setWebhook": TelegramServer._set_webhook,
}


def _plain(model: BaseModel) -> Json:
    """What was said, and nothing that was not."""
    return model.model_dump(mode="json", exclude_unset=True)


def _keys(markup: Any) -> list[list[Json]]:
    rows = getattr(markup, "inline_keyboard", None) or []
    return [[_plain(button) for button in row] for row in rows]


def _scope(call: Any) -> tuple[str, str]:
    return (call.scope.type if call.scope else "default", call.language_code or "")


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

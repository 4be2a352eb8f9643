"""What Telegram knows: people, chats, messages and files; and the updates that it tells a bot."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Update

from tests.platforms.telegram_html import units
from tests.platforms.telegram_rules import Refused, unknown_fields

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT = {"id": 110201543, "is_bot": True, "first_name": "Chalkline", "username": "chalkline_test_bot"}
ADA = {"id": 1001, "is_bot": False, "first_name": "Ada", "language_code": "en"}
BEN = {"id": 1003, "is_bot": False, "first_name": "Ben <b>", "language_code": "en"}
MODERATOR = {"id": 1004, "is_bot": False, "first_name": "Mo", "language_code": "en"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Ada"}
GROUP = {"id": -1002, "type": "supergroup", "title": "Study group"}
FORUM = {"id": -1005, "type": "supergroup", "title": "Forum", "is_forum": True}

Json = dict[str, Any]


@dataclass
class Sent:
    """A message of the bot, as it stands now. `text`: its words; `keys`: rows of buttons; `buzzed`: it notified."""

    method: str
    chat_id: int
    number: int
    text: str
    picture: bytes | None
    in_reply_to: int | None
    entities: list[Json] = field(default_factory=list)
    keys: list[list[Json]] = field(default_factory=list)
    file_name: str | None = None
    spoiler: bool = False
    buzzed: bool = True
    thread: int | None = None
    placeholder: str | None = None
    edits: int = 0
    deleted: bool = False

    def button(self, label: str) -> Json:
        """The button whose label begins so."""
        return next(key for row in self.keys for key in row if key["text"].startswith(label))

    def labels(self) -> list[str]:
        return [key["text"] for row in self.keys for key in row]


class World:
    """The state, and the ways in which people change it; each returns the updates that the bot is told."""

    def __init__(self) -> None:
        self.chats: dict[int, Json] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.sent: list[Sent] = []
        self.files: dict[str, bytes] = {}
        self.administrators: set[tuple[int, int]] = {(int(str(GROUP["id"])), int(str(MODERATOR["id"])))}
        self.numbers = itertools.count(10)
        for chat in (PRIVATE, GROUP, FORUM):
            self.enter(chat)

    def group(self) -> Json:
        """A group that is new, so that nobody has spoken there yet: Telegram lets a bot say twenty things a minute."""
        chat = {"id": -1_000_000 - next(self.numbers), "type": "supergroup", "title": "Study group"}
        self.enter(chat)
        return chat

    def enter(self, chat: Json) -> None:
        """The bot knows this chat from now on."""
        self.chats[int(chat["id"])] = chat

    def known(self, chat_id: Any) -> Json:
        chat = self.chats.get(int(chat_id))
        if chat is None:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def sent_as(self, chat_id: Any, number: int) -> Sent:
        """One of the bot's messages that is still there. Raises Refused."""
        for sent in self.sent:
            if (sent.chat_id, sent.number, sent.deleted) == (int(chat_id), number, False):
                return sent
        raise Refused(400, "Bad Request: message to edit not found")

    def file(self, data: bytes, unique: str | None = None) -> Json:
        name = f"file-{next(self.numbers)}"
        self.files[name] = data
        return {"file_id": name, "file_unique_id": unique or f"unique-{name}", "file_size": len(data)}

    def message(
        self,
        chat: Json,
        author: Json = ADA,
        *,
        text: str = "",
        photo: bytes | None = None,
        document: tuple[str, str, bytes] | None = None,
        size: int | None = None,
        reply_to: int | None = None,
        forwarded: bool = False,
        thread: int | None = None,
        album: str | None = None,
    ) -> Json:
        """Somebody's message; `text` is the caption of a photo or a document (name, type, bytes).

        `size` is what Telegram says about the file, if not the truth; `album` is common to all of one album.
        """
        self.enter(chat)
        message: Json = {
            "message_id": next(self.numbers),
            "date": int(time.time()),
            "chat": chat,
            "from": author,
        }
        if photo is not None:
            small, large = self.file(photo), self.file(photo)
            message["photo"] = [small | {"width": 90, "height": 60}, large | {"width": 1280, "height": 960}]
        if document is not None:
            name, kind, data = document
            message["document"] = self.file(data) | {"file_name": name, "mime_type": kind}
            if size is not None:
                message["document"]["file_size"] = size
        if reply_to is not None:
            quoted = self.messages[int(chat["id"]), reply_to]
            message["reply_to_message"] = {key: value for key, value in quoted.items() if key != "reply_to_message"}
        if forwarded:
            message["forward_origin"] = {"type": "hidden_user", "date": 1, "sender_user_name": "Grace"}
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if album is not None:
            message["media_group_id"] = album
        self.messages[int(chat["id"]), int(message["message_id"])] = message
        return self.reworded(message, text)

    def reworded(self, message: Json, text: str) -> Json:
        """The message with other words."""
        words = "caption" if "photo" in message or "document" in message else "text"
        for key in (words, "entities", "caption_entities"):
            message.pop(key, None)
        if text:
            message |= {words: text, ("entities" if words == "text" else "caption_entities"): entities_in(text)}
            self.messages[int(message["chat"]["id"]), int(message["message_id"])] = message
        return message

    def update(self, kind: str, content: Json) -> Json:
        """What the bot is told; it must be as Telegram's would be."""
        update = {"update_id": next(self.numbers), kind: content}
        assert not unknown_fields(Update.model_validate(update)), "the update that the test makes is not Telegram's"
        return update

    def press(self, sent: Sent, key: Json, person: Json) -> Json:
        """Somebody presses a button of one of the bot's messages."""
        return {
            "id": str(next(self.numbers)),
            "from": person,
            "chat_instance": "1",
            "message": self.messages[sent.chat_id, sent.number],
            "data": key["callback_data"],
        }

    def speak(self, sent: Sent) -> Json:
        """Keep what the bot sent, as a message that people can reply to. Returns it."""
        message: Json = {
            "message_id": sent.number,
            "date": int(time.time()),
            "chat": self.chats[sent.chat_id],
            "from": BOT,
        }
        entities = sent.entities
        if sent.method == "sendMessage":
            message |= {"text": sent.text} | ({"entities": entities} if entities else {})
        else:
            message |= {"caption": sent.text} if sent.text else {}
            message |= {"caption_entities": entities} if entities else {}
            upload = self.file(sent.picture or b"")
            size = {"width": 800, "height": 600}
            message |= {"photo": [upload | size]} if sent.method == "sendPhoto" else {"document": upload}
        if sent.in_reply_to is not None and (sent.chat_id, sent.in_reply_to) in self.messages:
            quoted = self.messages[sent.chat_id, sent.in_reply_to]
            message["reply_to_message"] = {key: value for key, value in quoted.items() if key != "reply_to_message"}
        if sent.thread is not None:
            message |= {"message_thread_id": sent.thread, "is_topic_message": True}
        if sent.keys:
            message["reply_markup"] = {"inline_keyboard": sent.keys}
        self.messages[sent.chat_id, sent.number] = message
        return message

    def replies_to(self, numbers: Sequence[int]) -> Iterator[Sent]:
        """The bot's replies to these messages that are still there, but for what it says while one waits."""
        for sent in self.sent:
            if sent.in_reply_to in numbers and not sent.deleted:
                yield sent


def entities_in(text: str) -> list[Json]:
    """Commands and mentions as Telegram marks them, with offsets in UTF-16 units."""
    kinds = {"/": "bot_command", "@": "mention"}
    return [
        {"type": kinds[match.group()[0]], "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in re.finditer(r"(?<!\S)[/@]\w[\w@]*", text)
    ]

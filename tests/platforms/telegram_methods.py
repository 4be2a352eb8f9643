"""What each method of the Bot API does, over what Telegram knows; refusing as Telegram does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from tests.platforms.telegram_rules import MEGABYTE, Refused, shown
from tests.platforms.telegram_world import BOT, Json, Sent, World


@dataclass
class Methods:
    """What the bot did, in order: `actions`, `reactions`; what it set: `commands` by scope and language, `webhook`;
    what it answered: presses (`notices`) and inline queries.

    `blocked`, `migrated`: chats; `too_old`: messages that nobody can delete.
    """

    world: World = field(default_factory=World)
    actions: list[str] = field(default_factory=list)
    reactions: list[tuple[int, list[str]]] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    webhook: Json | None = None
    notices: dict[str, str] = field(default_factory=dict)
    inline: dict[str, Json] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    migrated: dict[int, int] = field(default_factory=dict)
    too_old: set[int] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)

    async def result(self, method: str, call: Any) -> Any:
        """What a call leads to. Raises Refused."""
        if (chat_id := getattr(call, "chat_id", None)) is not None:
            self._may_speak(int(chat_id))
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
        if call.callback_query_id not in self.queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries.discard(call.callback_query_id)
        self.notices[call.callback_query_id] = call.text or ""
        return True

    async def _answer_inline(self, call: Any) -> bool:
        if call.inline_query_id not in self.queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries.discard(call.inline_query_id)
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


RESULTS: Mapping[str, Callable[[Methods, Any], Awaitable[Any]]] = {
    "answerCallbackQuery": Methods._acknowledge,
    "answerInlineQuery": Methods._answer_inline,
    "deleteMessage": Methods._delete,
    "deleteWebhook": Methods._delete_webhook,
    "editMessageCaption": Methods._edit,
    "editMessageMedia": Methods._edit,
    "editMessageReplyMarkup": Methods._edit,
    "editMessageText": Methods._edit,
    "getChatMember": Methods._member,
    "getFile": Methods._file,
    "getMe": Methods._me,
    "getMyCommands": Methods._get_commands,
    "sendChatAction": Methods._act,
    "sendDocument": Methods._send,
    "sendMessage": Methods._send,
    "sendPhoto": Methods._send,
    "setMessageReaction": Methods._react,
    "setMyCommands": Methods._set_commands,
    "setWebhook": Methods._set_webhook,
}


def _plain(model: BaseModel) -> Json:
    """What was said, and nothing that was not."""
    return model.model_dump(mode="json", exclude_unset=True)


def _keys(markup: Any) -> list[list[Json]]:
    rows = getattr(markup, "inline_keyboard", None) or []
    return [[_plain(button) for button in row] for row in rows]


def _scope(call: Any) -> tuple[str, str]:
    return (call.scope.type if call.scope else "default", call.language_code or "")

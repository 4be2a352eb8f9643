"""The rules of the Bot API that a request has to obey: its fields and types, by aiogram's models, and the limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiogram import methods
from aiogram.types import BufferedInputFile, ForceReply, InlineKeyboardMarkup
from PIL import Image
from pydantic import BaseModel, ValidationError

from tests.platforms.telegram_html import BadHtml, read

MEGABYTE = 1_000_000
ATTACHED = "attach://"
REACTIONS = ("👀", "👍", "👎", "❤", "🔥", "🎉", "🤔")
"""Some of those that a bot may choose."""

METHODS: Mapping[str, type[methods.TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in (
        methods.AnswerCallbackQuery,
        methods.AnswerInlineQuery,
        methods.DeleteMessage,
        methods.DeleteWebhook,
        methods.EditMessageCaption,
        methods.EditMessageMedia,
        methods.EditMessageReplyMarkup,
        methods.EditMessageText,
        methods.GetChatMember,
        methods.GetFile,
        methods.GetMe,
        methods.GetMyCommands,
        methods.GetUpdates,
        methods.SendChatAction,
        methods.SendDocument,
        methods.SendMessage,
        methods.SendPhoto,
        methods.SetMessageReaction,
        methods.SetMyCommands,
        methods.SetWebhook,
    )
}


@dataclass
class Refused(Exception):
    """What Telegram answers instead of a result. `retry_after`: seconds that a 429 asks the bot to wait;
    `migrate_to`: the chat that took the place of this one.
    """

    status: int
    description: str
    retry_after: int | None = None
    migrate_to: int | None = None

    def body(self) -> dict[str, Any]:
        said = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to}
        parameters = {name: value for name, value in said.items() if value is not None}
        body = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": parameters} if parameters else {})


def checked(name: str, fields: Mapping[str, str], files: Mapping[str, bytes]) -> methods.TelegramMethod[Any]:
    """The request as its model. Raises Refused for what Telegram would not take, and for fields it does not know."""
    if name not in METHODS:
        raise Refused(404, "Not Found: method not found")
    values: dict[str, Any] = {key: _parsed(value) for key, value in fields.items()}
    uploads = {key: BufferedInputFile(data, "upload") for key, data in files.items()}
    attached = _attached(values, uploads)
    values |= {key: upload for key, upload in uploads.items() if key not in attached}
    try:
        request = METHODS[name].model_validate(values)
    except ValidationError as error:
        raise Refused(400, f"Bad Request: {error.errors(include_url=False)}") from error
    if unknown := unknown_fields(request):
        raise Refused(400, f"Bad Request: {name} has no fields {unknown}")
    if check := LIMITS.get(name):
        check(request)
    return request


def _attached(values: Any, uploads: Mapping[str, BufferedInputFile]) -> set[str]:
    """Put uploads in the place of `attach://NAME`, wherever that stands. Returns the names that were asked for."""
    names: set[str] = set()
    for key, value in values.items():
        if isinstance(value, dict):
            names |= _attached(value, uploads)
        elif isinstance(value, str) and value.startswith(ATTACHED):
            name = value.removeprefix(ATTACHED)
            if name not in uploads:
                raise Refused(400, f"Bad Request: no file {name}")
            values[key] = uploads[name]
            names.add(name)
    return names


def shown(text: str | None, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The words of a message and the entities in them. Raises Refused."""
    try:
        return read(text or "") if parse_mode == "HTML" else (text or "", [])
    except BadHtml as error:
        raise Refused(400, f"Bad Request: can't parse entities: {error}") from error


def unknown_fields(model: BaseModel) -> list[str]:
    """Names, at any depth, that the schema does not have."""
    names = list(model.model_extra or {})
    for value in dict(model).values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, BaseModel):
                names += unknown_fields(part)
    return names


def _parsed(value: str) -> Any:
    """Arrays and objects travel as JSON; everything else as it is."""
    return json.loads(value) if value[:1] in ("{", "[") and value[-1:] in ("}", "]") else value


def _message(request: Any) -> None:
    text, _ = shown(request.text, request.parse_mode)
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    _at_most(4096, text, "message is too long")
    _markup(request)


def _caption(request: Any) -> None:
    text, _ = shown(request.caption, request.parse_mode)
    _at_most(1024, text, "message caption is too long")


def _photo(request: Any) -> None:
    _caption(request)
    _markup(request)
    _picture(request.photo.data)


def _picture(data: bytes) -> None:
    with Image.open(BytesIO(data)) as image:
        width, height = image.size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    if len(data) > 10 * MEGABYTE:
        raise Refused(413, "Request Entity Too Large")


def _document(request: Any) -> None:
    _caption(request)
    _markup(request)
    if len(request.document.data) > 50 * MEGABYTE:
        raise Refused(413, "Request Entity Too Large")


def _media(request: Any) -> None:
    _caption(request.media)
    _markup(request)
    if request.media.type == "photo":
        _picture(request.media.media.data)


def _markup(request: Any) -> None:
    markup = getattr(request, "reply_markup", None)
    if isinstance(markup, ForceReply):
        placeholder = markup.input_field_placeholder
        if placeholder is not None and not 1 <= len(placeholder) <= 64:
            raise Refused(400, "Bad Request: wrong input field placeholder")
    if not isinstance(markup, InlineKeyboardMarkup):
        return
    if sum(len(row) for row in markup.inline_keyboard) > 100:
        raise Refused(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    for button in (button for row in markup.inline_keyboard for button in row):
        if not button.text.strip():
            raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if (button.callback_data is None) == (button.copy_text is None):
            raise Refused(400, "Bad Request: exactly one thing that a button does")
        if button.callback_data is not None and not 1 <= len(button.callback_data.encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if button.copy_text is not None:
            _at_most(256, button.copy_text.text, "BUTTON_COPY_TEXT_INVALID")


def _notice(request: Any) -> None:
    _at_most(200, request.text or "", "MESSAGE_TOO_LONG")


def _results(request: Any) -> None:
    if len(request.results) > 50:
        raise Refused(400, "Bad Request: RESULTS_TOO_MUCH")
    for result in request.results:
        if not 1 <= len(result.id.encode()) <= 64:
            raise Refused(400, "Bad Request: RESULT_ID_INVALID")
        _message(result.input_message_content.model_copy(update={"text": result.input_message_content.message_text}))


def _reaction(request: Any) -> None:
    if any(reaction.emoji not in REACTIONS for reaction in request.reaction or []):
        raise Refused(400, "Bad Request: REACTION_INVALID")


def _webhook(request: Any) -> None:
    if not request.url.startswith("https://"):
        raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")


def _commands(request: Any) -> None:
    if len(request.commands) > 100:
        raise Refused(400, "Bad Request: too many commands")
    for command in request.commands:
        if not (1 <= len(command.command) <= 32 and command.command.islower()):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")


def _at_most(units: int, text: str, complaint: str) -> None:
    if len(text.encode("utf-16-le")) > 2 * units:
        raise Refused(400, f"Bad Request: {complaint}")


LIMITS: Mapping[str, Callable[[Any], None]] = {
    "answerCallbackQuery": _notice,
    "answerInlineQuery": _results,
    "editMessageCaption": _caption,
    "editMessageMedia": _media,
    "editMessageReplyMarkup": _markup,
    "editMessageText": _message,
    "sendDocument": _document,
    "sendMessage": _message,
    "sendPhoto": _photo,
    "setMessageReaction": _reaction,
    "setMyCommands": _commands,
    "setWebhook": _webhook,
}

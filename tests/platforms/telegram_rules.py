"""The rules of the Bot API that a request has to obey: its fields and types, by aiogram's models, and the limits."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiogram import methods
from aiogram.types import BufferedInputFile
from PIL import Image
from pydantic import BaseModel, ValidationError

MEGABYTE = 1_000_000

METHODS: Mapping[str, type[methods.TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in (
        methods.DeleteWebhook,
        methods.GetFile,
        methods.GetMe,
        methods.GetUpdates,
        methods.SendChatAction,
        methods.SendDocument,
        methods.SendMessage,
        methods.SendPhoto,
        methods.SetMyCommands,
    )
}


@dataclass
class Refused(Exception):
    """What Telegram answers instead of a result. `retry_after`: seconds that a 429 asks the bot to wait."""

    status: int
    description: str
    retry_after: int | None = None

    def body(self) -> dict[str, Any]:
        parameters = {} if self.retry_after is None else {"parameters": {"retry_after": self.retry_after}}
        return {"ok": False, "error_code": self.status, "description": self.description} | parameters


def checked(name: str, fields: Mapping[str, str], files: Mapping[str, bytes]) -> methods.TelegramMethod[Any]:
    """The request as its model. Raises Refused for what Telegram would not take, and for fields it does not know."""
    if name not in METHODS:
        raise Refused(404, "Not Found: method not found")
    values: dict[str, Any] = {key: _parsed(value) for key, value in fields.items()}
    values |= {key: BufferedInputFile(data, "upload") for key, data in files.items()}
    try:
        request = METHODS[name].model_validate(values)
    except ValidationError as error:
        raise Refused(400, f"Bad Request: {error.errors(include_url=False)}") from error
    if unknown := unknown_fields(request):
        raise Refused(400, f"Bad Request: {name} has no fields {unknown}")
    if check := LIMITS.get(name):
        check(request)
    return request


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
    if not request.text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    _at_most(4096, request.text, "message is too long")


def _photo(request: Any) -> None:
    _at_most(1024, request.caption or "", "message caption is too long")
    data = request.photo.data
    with Image.open(BytesIO(data)) as image:
        width, height = image.size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    if len(data) > 10 * MEGABYTE:
        raise Refused(413, "Request Entity Too Large")


def _document(request: Any) -> None:
    _at_most(1024, request.caption or "", "message caption is too long")
    if len(request.document.data) > 50 * MEGABYTE:
        raise Refused(413, "Request Entity Too Large")


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
    "sendMessage": _message,
    "sendPhoto": _photo,
    "sendDocument": _document,
    "setMyCommands": _commands,
}

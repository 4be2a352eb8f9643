"""The rules of Discord that simcord leaves unchecked: how requests are packed, sizes, and names of commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import discord
from aiohttp import web
from simcord.backend.errors import BackendError

MEGABYTE = 1024 * 1024
REQUEST_BYTES, FILES, DESCRIPTION = 25 * MEGABYTE, 10, 1024
LOCALES = frozenset(locale.value for locale in discord.Locale)
SLASH, MESSAGE_MENU = 1, 3


async def parts(request: web.Request) -> tuple[Any, list[discord.File]]:
    """The JSON and the files of a request. Raises BackendError for what Discord would not take."""
    if (request.content_length or 0) > REQUEST_BYTES:
        raise BackendError(413, 40005, "Request entity too large")
    if not request.can_read_body:
        return None, []
    if request.content_type == "application/json":
        return await request.json(), []
    if request.content_type != "multipart/form-data":
        raise BackendError(400, 50109, "The request body contains invalid JSON.")
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    described = {str(item["id"]): item for item in (body.get("data") or body).get("attachments") or []}
    files = []
    for name, part in form.items():
        if isinstance(part, web.FileField):
            metadata = described.get(name.removeprefix("files[").removesuffix("]"))
            if metadata is None:
                raise BackendError(400, 50035, f"Invalid Form Body: {name} has no entry in attachments")
            if len(metadata.get("description") or "") > DESCRIPTION:
                raise BackendError(400, 50035, "Invalid Form Body: description: Must be 1024 or fewer in length.")
            data = BytesIO(part.file.read())
            files.append(discord.File(data, part.filename, description=metadata.get("description")))
    if len(files) > FILES:
        raise BackendError(400, 50035, "Invalid Form Body: attachments: Must be 10 or fewer in length.")
    return body, files


def check_mentions(body: Any) -> None:
    """Not a rule of Discord but of ours: whatever is said, nobody's telephone rings."""
    message = (body.get("data") or body) if isinstance(body, dict) else {}
    if message.get("content") and message.get("allowed_mentions", {}).get("parse") != []:
        raise BackendError(400, 50035, "this message might ring somebody")


def check_commands(path: str, body: Any) -> None:
    """What simcord leaves unchecked: names and descriptions of commands and their options, in every language."""
    if not path.endswith("/commands") or not isinstance(body, list):
        return
    for command in body:
        if command.get("type", SLASH) == MESSAGE_MENU:
            for name in _spellings(command, "name"):
                _check(1 <= len(name) <= 32, f"name: {name!r} is invalid")
            _check(not command.get("description"), "description: a menu has none")
            continue
        for part in [command, *(command.get("options") or [])]:
            for name in _spellings(part, "name"):
                _check(
                    bool(re.fullmatch(r"[-_'\w]{1,32}", name)) and name == name.lower(), f"name: {name!r} is invalid"
                )
            for description in _spellings(part, "description"):
                _check(1 <= len(description) <= 100, "description: Must be between 1 and 100 in length.")
            for choice in part.get("choices") or []:
                for name in _spellings(choice, "name"):
                    _check(1 <= len(name) <= 100, "choice: Must be between 1 and 100 in length.")


def _spellings(part: dict[str, Any], what: str) -> Iterator[str]:
    yield part.get(what) or ""
    translated = part.get(f"{what}_localizations") or {}
    _check(translated.keys() <= LOCALES, f"{what}_localizations: no such locale")
    yield from translated.values()


def _check(holds: bool, complaint: str) -> None:
    if not holds:
        raise BackendError(400, 50035, f"Invalid Form Body: {complaint}")

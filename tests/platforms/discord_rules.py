"""The rules of Discord that simcord leaves unchecked: how requests are packed, sizes, and names of commands."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import discord
from aiohttp import web
from simcord.backend.errors import BackendError

MEGABYTE = 1024 * 1024
REQUEST_BYTES, FILES, DESCRIPTION = 25 * MEGABYTE, 10, 1024


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


def check_commands(path: str, body: Any) -> None:
    """What simcord leaves unchecked: names and descriptions of commands and their options."""
    if not path.endswith("/commands") or not isinstance(body, list):
        return
    for part in [*body, *(option for command in body for option in command.get("options") or [])]:
        if not re.fullmatch(r"[-_'\w]{1,32}", part["name"]) or part["name"] != part["name"].lower():
            raise BackendError(400, 50035, f"Invalid Form Body: name: {part['name']!r} is invalid")
        if not 1 <= len(part["description"]) <= 100:
            raise BackendError(400, 50035, "Invalid Form Body: description: Must be between 1 and 100 in length.")

"""The server on loopback refuses what Telegram refuses."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from aiogram.methods import SendPhoto
from PIL import Image

from tests.platforms.telegram_rules import Refused, checked


def png(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("method", "fields", "files"),
    [
        ("sendRichMessage", {"chat_id": "1"}, {}),
        ("sendMessage", {"text": "2"}, {}),
        ("sendMessage", {"chat_id": "1", "text": " "}, {}),
        ("sendMessage", {"chat_id": "1", "text": "x" * 4097}, {}),
        ("sendMessage", {"chat_id": "1", "text": "2", "colour": "blue"}, {}),
        ("sendMessage", {"chat_id": "1", "text": "2", "reply_parameters": json.dumps({"message": 3})}, {}),
        ("sendMessage", {"chat_id": "1", "text": "2", "disable_notification": "perhaps"}, {}),
        ("sendPhoto", {"chat_id": "1"}, {}),
        ("sendPhoto", {"chat_id": "1", "caption": "😀" * 513}, {"photo": png(9, 9)}),
        ("sendPhoto", {"chat_id": "1"}, {"photo": png(210, 10)}),
        ("sendPhoto", {"chat_id": "1"}, {"photo": png(5001, 5000)}),
        ("setMyCommands", {"commands": json.dumps([{"command": "Solve", "description": "d"}])}, {}),
    ],
)
def test_a_request_against_the_rules_is_refused(method: str, fields: dict[str, str], files: dict[str, bytes]) -> None:
    with pytest.raises(Refused):
        checked(method, fields, files)


def test_a_request_by_the_rules_is_taken() -> None:
    reply = json.dumps({"message_id": 3, "allow_sending_without_reply": True})
    fields = {"chat_id": "1", "caption": "😀" * 512, "reply_parameters": reply}

    assert isinstance(checked("sendPhoto", fields, {"photo": png(200, 10)}), SendPhoto)

"""A prompt is known again by its own link, and by nothing that somebody else could write."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message, User

from bot.buttons import Action
from bot.telegram.prompts import Meant, meant_by, pencil, placeholder
from tests.platforms.telegram_html import read

BOT = User(id=7, first_name="Chalkline", is_bot=True, username="chalkline_bot")
FROM_BOT = {"id": 7, "is_bot": True, "first_name": "Chalkline"}
FROM_ADA = {"id": 8, "is_bot": False, "first_name": "Ada"}


def prompt(html: str, author: dict[str, Any]) -> Message:
    text, entities = read(html)
    data = {"message_id": 5, "date": 0, "chat": {"id": 1, "type": "private"}, "from": author}
    return Message.de_json(data | {"text": text, "entities": entities}, None)


@pytest.mark.parametrize(("key", "item"), [("a-_b", 0), ("Zk3_-9xQ", 12)])
def test_what_a_reply_corrects_stands_in_the_link(key: str, item: int) -> None:
    html = f"{pencil(Action('edit', key, item), BOT)} What did you write?"

    assert meant_by(prompt(html, FROM_BOT), BOT) == Meant(key, item)


def test_a_link_in_somebody_elses_message_means_nothing() -> None:
    assert meant_by(prompt(pencil(Action("edit", "key"), BOT), FROM_ADA), BOT) is None


def test_other_messages_of_ours_are_no_prompts() -> None:
    assert meant_by(prompt("Answer: <b>x = 4</b>", FROM_BOT), BOT) is None


@pytest.mark.parametrize(
    ("current", "shown"), [("2x = 4", "2x = 4"), ("", None), ("x" * 80, "x" * 64), ("😀" * 40, "😀" * 32)]
)
def test_the_empty_field_shows_the_present_reading_as_far_as_it_fits(current: str, shown: str | None) -> None:
    assert placeholder(current) == shown

"""When the bot feels spoken to on Telegram, and what it takes as the question."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message, User

from bot.telegram.asking import Ask, asked
from tests.platforms.telegram_server import entities_in

BOT = User(id=7, first_name="Chalkline", is_bot=True, username="chalkline_bot")
PRIVATE = {"id": 1, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Study group"}
SMALL = {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60}
LARGE = {"file_id": "large", "file_unique_id": "l", "width": 1280, "height": 960}


def message(chat: dict[str, Any], *, text: str = "", caption: str = "", **content: Any) -> Message:
    data: dict[str, Any] = {"message_id": 5, "date": 0, "chat": chat, **content}
    if text:
        data |= {"text": text, "entities": entities_in(text)}
    if caption:
        data |= {"caption": caption, "caption_entities": entities_in(caption)}
    return Message.de_json(data, None)


def text_asked(text: str, chat: dict[str, Any]) -> str | None:
    ask = asked(message(chat, text=text), BOT)
    return ask.text if ask else None


@pytest.mark.parametrize(
    ("text", "maths"),
    [
        ("2x + 3 = 7", "2x + 3 = 7"),
        ("/solve 2x + 3 = 7", "2x + 3 = 7"),
        ("/SOLVE@Chalkline_bot x=1", "x=1"),
        ("/solve", ""),
        ("/unknown", ""),
    ],
)
def test_in_private_everything_is_for_the_bot(text: str, maths: str) -> None:
    assert text_asked(text, PRIVATE) == maths


@pytest.mark.parametrize(
    ("text", "maths"),
    [
        ("/solve 2x = 4", "2x = 4"),
        ("/solve@chalkline_bot 2x = 4", "2x = 4"),
        ("@chalkline_bot 2x = 4", "2x = 4"),
        ("😀 @chalkline_bot 2x = 4", "😀  2x = 4"),
    ],
)
def test_in_a_group_a_command_or_a_mention_speaks_to_the_bot(text: str, maths: str) -> None:
    assert text_asked(text, GROUP) == maths


@pytest.mark.parametrize(
    "text", ["2x = 4", "what does /solve do?", "/solve@other_bot 2x = 4", "@other_bot 2x = 4", "/other @chalkline_bot"]
)
def test_in_a_group_the_bot_is_silent_about_everything_else(text: str) -> None:
    assert text_asked(text, GROUP) is None


def test_a_photo_in_private_is_taken_in_its_largest_size() -> None:
    ask = asked(message(PRIVATE, photo=[SMALL, LARGE]), BOT)

    assert ask is not None and ask.picture is not None
    assert ask.picture.file_id == "large"


def test_a_photo_in_a_group_is_answered_only_with_a_command_or_a_mention_under_it() -> None:
    assert asked(message(GROUP, photo=[LARGE]), BOT) is None
    assert asked(message(GROUP, photo=[LARGE], caption="look at this"), BOT) is None
    for caption in ("/solve", "please @chalkline_bot"):
        ask = asked(message(GROUP, photo=[LARGE], caption=caption), BOT)
        assert ask is not None and ask.picture is not None


def test_a_command_in_reply_to_a_photo_means_that_photo() -> None:
    photo = {"message_id": 4, "date": 0, "chat": GROUP, "photo": [SMALL, LARGE]}

    ask = asked(message(GROUP, text="/solve", reply_to_message=photo), BOT)

    assert ask is not None and ask.picture is not None
    assert ask.picture.file_id == "large"


def test_a_command_with_its_own_maths_does_not_look_at_what_it_replies_to() -> None:
    photo = {"message_id": 4, "date": 0, "chat": GROUP, "photo": [LARGE]}

    assert asked(message(GROUP, text="/solve 2x = 4", reply_to_message=photo), BOT) == Ask(None, "2x = 4")


@pytest.mark.parametrize(
    ("name", "mime", "taken"),
    [
        ("IMG_1.HEIC", "application/octet-stream", True),
        ("scan", "image/tiff", True),
        ("notes.pdf", "application/pdf", False),
        (None, None, False),
    ],
)
def test_a_file_is_taken_where_its_kind_or_its_name_says_picture(
    name: str | None, mime: str | None, taken: bool
) -> None:
    document = {"file_id": "d", "file_unique_id": "d", "file_name": name, "mime_type": mime}

    ask = asked(message(PRIVATE, document={key: value for key, value in document.items() if value}), BOT)

    assert ask is not None
    assert (ask.picture is not None) is taken


def test_a_message_without_anything_to_solve_asks_nothing_in_particular() -> None:
    assert asked(message(PRIVATE, dice={"emoji": "🎲", "value": 3}), BOT) == Ask()

"""How a Telegram message concerns the bot, and what it takes as the question."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message, User

from bot.etiquette import Approach
from bot.telegram.asking import Ask, asked
from tests.platforms.telegram_world import entities_in

BOT = User(id=7, first_name="Chalkline", is_bot=True, username="chalkline_bot")
FROM_BOT = {"id": 7, "is_bot": True, "first_name": "Chalkline"}
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


def ask(*messages: Message) -> Ask | None:
    return asked(messages, BOT)


def meant(*messages: Message) -> Ask:
    found = asked(messages, BOT)
    assert found is not None
    return found


def named(found: Ask | None) -> bool:
    """Whether the bot was spoken to by command or by name."""
    return found is not None and (found.approach.command or found.approach.mentioned)


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
    found = meant(message(PRIVATE, text=text))

    assert found.text == maths
    assert found.approach.private


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
    found = meant(message(GROUP, text=text))

    assert named(found)
    assert found.text == maths


@pytest.mark.parametrize(
    "text", ["2x = 4", "what does /solve do?", "/solve@other_bot 2x = 4", "@other_bot 2x = 4", "/other @chalkline_bot"]
)
def test_in_a_group_everything_else_is_only_overheard(text: str) -> None:
    assert not named(ask(message(GROUP, text=text)))


def test_a_photo_is_taken_in_its_largest_size() -> None:
    (picture,) = meant(message(PRIVATE, photo=[SMALL, LARGE])).pictures

    assert picture.file_id == "large"


def test_a_photo_in_a_group_speaks_to_the_bot_with_a_command_or_a_mention_under_it() -> None:
    assert meant(message(GROUP, photo=[LARGE])).approach == Approach(has_photo=True)
    assert not named(ask(message(GROUP, photo=[LARGE], caption="look at this")))
    for caption in ("/solve", "please @chalkline_bot"):
        found = meant(message(GROUP, photo=[LARGE], caption=caption))
        assert named(found) and len(found.pictures) == 1


def test_the_photos_of_an_album_go_together_with_the_caption_of_any_of_them() -> None:
    found = meant(message(GROUP, photo=[SMALL]), message(GROUP, photo=[LARGE], caption="/solve"))

    assert [picture.file_id for picture in found.pictures] == ["small", "large"]
    assert found.approach.command


@pytest.mark.parametrize(("chat", "text"), [(GROUP, "/solve"), (GROUP, "@chalkline_bot"), (PRIVATE, "/solve")])
def test_a_call_in_reply_to_a_photo_means_that_photo(chat: dict[str, Any], text: str) -> None:
    photo = {"message_id": 4, "date": 0, "chat": chat, "photo": [SMALL, LARGE]}

    (picture,) = meant(message(chat, text=text, reply_to_message=photo)).pictures

    assert picture.file_id == "large"


def test_a_command_in_reply_to_a_text_means_its_maths_or_the_quoted_piece_of_it() -> None:
    text = {"message_id": 4, "date": 0, "chat": GROUP, "text": "2x = 4 or 3x = 9"}

    assert meant(message(GROUP, text="/solve", reply_to_message=text)).text == "2x = 4 or 3x = 9"
    quote = {"text": "3x = 9", "position": 10}
    assert meant(message(GROUP, text="/solve", reply_to_message=text, quote=quote)).text == "3x = 9"


def test_a_command_with_its_own_maths_does_not_look_at_what_it_replies_to() -> None:
    photo = {"message_id": 4, "date": 0, "chat": GROUP, "photo": [LARGE]}

    found = meant(message(GROUP, text="/solve 2x = 4", reply_to_message=photo))

    assert (found.pictures, found.text, found.replies_to) == ((), "2x = 4", None)


def test_typed_maths_that_replies_to_the_bot_says_to_which_message() -> None:
    answer = {"message_id": 4, "date": 0, "chat": GROUP, "from": FROM_BOT, "photo": [LARGE]}

    found = meant(message(GROUP, text="2x = 4", reply_to_message=answer))

    assert found.approach.replies_to_bot
    assert found.replies_to is not None and found.replies_to.message_id == 4


def test_the_bots_own_picture_is_never_the_question() -> None:
    answer = {"message_id": 4, "date": 0, "chat": GROUP, "from": FROM_BOT, "photo": [LARGE]}

    assert meant(message(GROUP, text="/solve", reply_to_message=answer)).pictures == ()


def test_a_sticker_in_reply_to_the_bot_asks_nothing_in_a_group() -> None:
    answer = {"message_id": 4, "date": 0, "chat": GROUP, "from": FROM_BOT, "text": "Answer: 4"}

    assert ask(message(GROUP, dice={"emoji": "🎲", "value": 3}, reply_to_message=answer)) is None


def test_in_a_forum_the_message_that_opened_the_topic_is_not_what_is_replied_to() -> None:
    topic = {"name": "Algebra", "icon_color": 0}
    opening = {"message_id": 4, "date": 0, "chat": GROUP, "from": FROM_BOT, "forum_topic_created": topic}

    assert not meant(message(GROUP, text="2x = 4", reply_to_message=opening)).approach.replies_to_bot


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

    found = meant(message(PRIVATE, document={key: value for key, value in document.items() if value}))

    assert bool(found.pictures) is taken


def test_a_message_without_anything_to_solve_asks_nothing_in_particular() -> None:
    found = meant(message(PRIVATE, dice={"emoji": "🎲", "value": 3}))

    assert (found.pictures, found.text) == ((), "")

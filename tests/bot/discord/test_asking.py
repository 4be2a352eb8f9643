"""What a Discord message asks, by what stands in it and what it replies to."""

from __future__ import annotations

import pytest

from bot.discord.asking import Ask, asked
from bot.etiquette import Approach
from tests.bot.discord.conftest import BOT, Incoming, attachment, reply_to

PHOTO = attachment(11, "IMG_0001.HEIC")
NAMED = f"<@{BOT}>"


def ask(message: object) -> Ask:
    found = asked(message, BOT)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("name", [f"<@{BOT}>", f"<@!{BOT}>"])
def test_the_name_of_the_bot_is_no_part_of_the_maths(incoming: Incoming, name: str) -> None:
    assert ask(incoming(f"{name} 2 + 3")) == Ask(Approach(mentioned=True), text="2 + 3")


def test_a_picture_is_known_by_its_name_or_by_its_kind(incoming: Incoming) -> None:
    files = [PHOTO, attachment(12, "scan", "image/png"), attachment(13, "notes.pdf", "application/pdf")]
    found = ask(incoming(NAMED, attachments=files))
    assert [picture.id for picture in found.pictures] == [11, 12]
    assert found.approach == Approach(mentioned=True, has_photo=True)


def test_what_is_forwarded_counts(incoming: Incoming) -> None:
    snapshot = {
        "message": {"content": "", "attachments": [PHOTO], "embeds": [], "type": 0, "mentions": [], "flags": 0}
        | {"timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "components": []}
    }
    forwarded = incoming("", in_server=False, message_snapshots=[snapshot])
    assert [picture.id for picture in ask(forwarded).pictures] == [11]


def test_everything_to_the_bot_alone_is_for_it(incoming: Incoming) -> None:
    assert ask(incoming("x = 1", in_server=False)) == Ask(Approach(private=True), text="x = 1")
    assert ask(incoming("", in_server=False)) == Ask(Approach(private=True))


def test_a_message_among_people_that_holds_nothing_asks_nothing(incoming: Incoming) -> None:
    assert asked(incoming(""), BOT) is None
    joined = 7
    assert asked(incoming(NAMED, type=joined), BOT) is None


def test_a_name_alone_means_the_message_that_is_replied_to(incoming: Incoming) -> None:
    photo = ask(incoming(NAMED, **reply_to("my homework", attachments=[PHOTO])))
    words = ask(incoming(NAMED, **reply_to("3x = 6")))
    hidden = ask(incoming(NAMED, **reply_to()))
    assert [picture.id for picture in photo.pictures] == [11] and photo.text == ""
    assert words.text == "3x = 6"
    assert hidden.out_of_sight and not hidden.pictures


def test_a_reply_to_the_bot_corrects_what_it_said(incoming: Incoming) -> None:
    correction = ask(incoming("2 + 4", **reply_to("I read: 2 + 3", author=BOT)))
    assert correction == Ask(Approach(replies_to_bot=True), text="2 + 4", corrects=6)
    photo = ask(incoming("", attachments=[PHOTO], **reply_to("I read: 2 + 3", author=BOT)))
    assert photo.corrects is None and photo.approach.has_photo
    assert ask(incoming(NAMED, **reply_to("I read: 2 + 3", author=BOT))).out_of_sight is False

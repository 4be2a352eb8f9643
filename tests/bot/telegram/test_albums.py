"""Albums come together, whatever order and pace their messages come in."""

from __future__ import annotations

import asyncio

from telegram import Message

from bot.telegram.albums import Albums

CHAT = {"id": 1, "type": "private"}


def message(number: int, album: str | None = "a", chat: dict[str, object] = CHAT) -> Message:
    data = {"message_id": number, "date": 0, "chat": chat}
    return Message.de_json(data | ({"media_group_id": album} if album else {}), None)


def numbers(messages: tuple[Message, ...]) -> list[int]:
    return [message.message_id for message in messages]


async def test_a_message_of_no_album_is_whole_at_once() -> None:
    assert numbers(await Albums(quiet=60).whole(message(5, album=None))) == [5]


async def test_the_first_to_come_has_all_in_their_order_and_the_others_have_nothing() -> None:
    albums = Albums(quiet=0.1)

    found = await asyncio.gather(*(albums.whole(message(number)) for number in (3, 1, 2, 2)))

    assert [numbers(each) for each in found] == [[1, 2, 3], [], [], []]


async def test_each_message_lets_it_wait_on() -> None:
    albums = Albums(quiet=0.2)
    first = asyncio.create_task(albums.whole(message(1)))
    for number in (2, 3, 4):
        await asyncio.sleep(0.12)
        assert await albums.whole(message(number)) == ()

    assert numbers(await first) == [1, 2, 3, 4]


async def test_it_does_not_wait_for_ever() -> None:
    albums = Albums(quiet=10, longest=0.1)

    assert numbers(await albums.whole(message(1))) == [1]


async def test_albums_of_two_chats_are_two() -> None:
    albums = Albums(quiet=0.05)
    other = {"id": 2, "type": "private"}

    found = await asyncio.gather(albums.whole(message(1)), albums.whole(message(2, chat=other)))

    assert [numbers(each) for each in found] == [[1], [2]]

"""What the store keeps comes back as it went in, on every database, and goes when it should."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.database import Database, StoreOptions
from bot.store.opening import open_store
from bot.store.store import ANSWERS_KEPT, UPDATES_KEPT, Store
from bot.store.values import Answered, AnsweredItem, ChatSettings, FileReference, Forgotten, Place, Source, new_key
from core.outcome import Box, Reading
from tests.bot.store.conftest import Clock

GROUP = Place("telegram", "chat", "-1002")
SERVER, CHANNEL = Place("discord", "chat", "77"), Place("discord", "chat", "77", "5")
ADA = "1001"

QUIET = ChatSettings("off", "pt-br", "comma", "dark", spoiler=True, alt_text_in_caption=True, private_answers=True)

TYPED = Answered(
    key="typed",
    platform="telegram",
    chat_id="-1002",
    request_id="10",
    asker_id=ADA,
    source=Source("2x = \u0000𝟞 'drop table'"),
    items=(AnsweredItem("2 x = 6"),),
    language="en",
    theme="light",
    created_at=1_800_000_000,
)
PHOTOGRAPHED = replace(
    TYPED,
    key="photographed",
    source=Source(files=(FileReference("AgAC", "unique-1"), FileReference("AgAD", "unique-2"))),
    items=(
        AnsweredItem("1 + 1", (Reading("1 + 1", 0.75), Reading("1 + i", 0.125)), Box(1, 2, 30, 40), "a)", file=1),
        AnsweredItem("2 + 2", (Reading("2 + 2", 0.5),), Box(1, 50, 30, 40)),
    ),
)


async def test_a_place_has_no_settings_until_they_are_set(store: Store) -> None:
    assert await store.settings(GROUP) is None

    await store.set_settings(GROUP, QUIET)

    assert await store.settings(GROUP) == QUIET


async def test_the_last_note_about_a_platform_holds(store: Store) -> None:
    assert await store.note("discord", "commands") is None

    await store.set_note("discord", "commands", "first")
    await store.set_note("discord", "commands", "second")

    assert await store.note("discord", "commands") == "second"
    assert await store.note("telegram", "commands") is None


async def test_setting_again_replaces_and_clearing_returns_to_none(store: Store) -> None:
    await store.set_settings(GROUP, QUIET)
    await store.set_settings(GROUP, ChatSettings())
    assert await store.settings(GROUP) == ChatSettings()

    await store.clear_settings(GROUP)
    assert await store.settings(GROUP) is None


async def test_a_channel_goes_before_its_server_and_the_server_holds_elsewhere(store: Store) -> None:
    await store.set_settings(SERVER, QUIET)
    assert await store.settings(CHANNEL, SERVER) == QUIET

    await store.set_settings(CHANNEL, ChatSettings("every-photo"))

    assert await store.settings(CHANNEL, SERVER) == ChatSettings("every-photo")
    assert await store.settings(replace(CHANNEL, channel="6"), SERVER) == QUIET


@pytest.mark.parametrize("answered", [TYPED, PHOTOGRAPHED], ids=["typed", "photographed"])
async def test_an_answer_comes_back_as_it_went_in(store: Store, answered: Answered) -> None:
    await store.remember(answered)

    assert await store.answered(answered.key) == answered
    assert await store.answered("another") is None


async def test_an_answer_is_found_by_the_message_asked_and_the_message_sent(store: Store) -> None:
    await store.remember(TYPED)
    await store.sent_as(TYPED.key, "11")
    sent = replace(TYPED, reply_id="11")

    assert await store.answered_request("telegram", "-1002", "10") == sent
    assert await store.answered_as("telegram", "-1002", "11") == sent
    assert await store.answered_request("discord", "-1002", "10") is None
    assert await store.answered_request("telegram", "-1003", "10") is None
    assert await store.answered_as("telegram", "-1002", "10") is None


async def test_of_several_answers_to_one_message_the_newest_counts(store: Store) -> None:
    newer = replace(TYPED, key="newer", created_at=TYPED.created_at + 1)
    await store.remember(newer)
    await store.remember(TYPED)

    assert await store.answered_request("telegram", "-1002", "10") == newer


async def test_an_answer_given_anew_under_its_key_replaces_the_former(store: Store) -> None:
    await store.remember(TYPED)
    await store.remember(replace(TYPED, source=Source("3x = 6")))

    kept = await store.answered(TYPED.key)
    assert kept is not None and kept.source.text == "3x = 6"


async def test_a_deleted_answer_is_gone(store: Store) -> None:
    await store.remember(TYPED)

    assert await store.delete(TYPED.key)

    assert await store.answered(TYPED.key) is None
    assert not await store.delete(TYPED.key)


async def test_an_update_is_taken_once_until_it_is_given_back(store: Store) -> None:
    assert await store.claim("telegram", 7)
    assert not await store.claim("telegram", 7)
    assert await store.claim("discord", 7)

    await store.release("telegram", 7)

    assert await store.claim("telegram", 7)


async def test_of_many_that_take_an_update_at_once_one_has_it(store: Store) -> None:
    taken = await asyncio.gather(*(store.claim("telegram", 8) for _ in range(8)))

    assert taken.count(True) == 1


async def test_to_forget_somebody_deletes_everything_of_theirs_and_nothing_of_others(store: Store) -> None:
    grace = replace(TYPED, key="grace", asker_id="1002")
    on_discord = replace(TYPED, key="discord", platform="discord")
    for answered in (TYPED, PHOTOGRAPHED, grace, on_discord):
        await store.remember(answered)
    await store.set_settings(Place("telegram", "user", ADA), QUIET)
    await store.set_settings(GROUP, QUIET)

    assert await store.forget("telegram", ADA) == Forgotten(answers=2, settings=1)

    assert await store.answered(TYPED.key) is None
    assert await store.answered(PHOTOGRAPHED.key) is None
    assert await store.settings(Place("telegram", "user", ADA)) is None
    assert await store.answered("grace") == grace
    assert await store.answered("discord") == on_discord
    assert await store.settings(GROUP) == QUIET
    assert await store.forget("telegram", ADA) == Forgotten(answers=0, settings=0)


async def test_answers_go_after_thirty_days_and_updates_after_one(store: Store, clock: Clock) -> None:
    await store.remember(replace(TYPED, created_at=int(clock())))
    await store.set_settings(GROUP, QUIET)
    await store.claim("telegram", 9)

    clock.now += UPDATES_KEPT - 1
    assert await store.purge() == 0
    assert not await store.claim("telegram", 9)
    clock.now += 1
    assert await store.purge() == 0
    assert await store.claim("telegram", 9)
    clock.now += ANSWERS_KEPT - UPDATES_KEPT
    assert await store.purge() == 1

    assert await store.answered(TYPED.key) is None
    assert await store.settings(GROUP) == QUIET


def test_a_key_fits_a_button_with_room_for_what_the_button_does() -> None:
    keys = {new_key() for _ in range(100)}

    assert len(keys) == 100
    assert all(len(key) == 12 and key.isascii() and ":" not in key for key in keys)


async def test_what_is_too_old_goes_as_soon_as_the_store_is_opened(tmp_path: Path) -> None:
    options, young = StoreOptions(folder=tmp_path), replace(TYPED, created_at=int(time.time()))
    database = Database(options)
    await Store(database).remember(young)
    await Store(database).remember(replace(TYPED, key="old", created_at=0))
    await database.close()

    async with open_store(options) as store, asyncio.timeout(5):
        while await store.answered("old") is not None:  # noqa: ASYNC110 - the store tells nobody when it tidied
            await asyncio.sleep(0.01)
        assert await store.answered(young.key) == young

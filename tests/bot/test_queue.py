"""The queue lets a few work at a time, keeps every chat's order, and loses nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.queue import Queue
from core.errors import Busy, TooManyRequests
from core.limits import AskingLimits

LIMITS = AskingLimits(
    at_once=2, waiting=6, waiting_per_chat=3, user_burst=1000, user_seconds=1.0, chat_burst=1000, chat_seconds=1.0
)


@dataclass(eq=False)
class Asked:
    """A request that a test steers: it is done when the test says so."""

    number: int
    chat: str
    begun: bool = False
    place: int | None = None
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[int] | None = None

    async def work(self) -> int:
        self.begun = True
        await self.may_end.wait()
        return self.number

    async def told(self, place: int) -> None:
        self.place = place


async def settled() -> None:
    """Let every task go as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def ask(queue: Queue, number: int, chat: str, user: str = "ada") -> Asked:
    asked = Asked(number, chat)
    asked.task = asyncio.create_task(queue.run(chat, user, asked.work, asked.told))
    await settled()
    return asked


async def finish(*requests: Asked) -> list[int]:
    for asked in requests:
        asked.may_end.set()
    return await asyncio.gather(*(asked.task for asked in requests if asked.task))


async def test_whoever_finds_room_works_at_once_and_is_told_no_place() -> None:
    queue = Queue(LIMITS)

    first, second = await ask(queue, 1, "a"), await ask(queue, 2, "b")

    assert first.begun and second.begun
    assert await finish(first, second) == [1, 2]
    assert first.place is None and second.place is None


async def test_who_has_to_wait_is_told_the_place_and_is_next_when_there_is_room() -> None:
    queue = Queue(LIMITS)
    working = [await ask(queue, 1, "a"), await ask(queue, 2, "b")]
    third, fourth = await ask(queue, 3, "c"), await ask(queue, 4, "d")

    assert (third.place, fourth.place) == (1, 2)
    assert len(queue) == 2

    await finish(working[0])
    await settled()
    assert third.begun and not fourth.begun
    await finish(working[1], third, fourth)


async def test_a_chat_waits_for_itself_and_others_pass_it() -> None:
    queue = Queue(LIMITS)
    first, second = await ask(queue, 1, "a"), await ask(queue, 2, "a")
    other = await ask(queue, 3, "b")

    assert not second.begun and second.place == 1
    assert other.begun

    await finish(first, other, second)


async def test_a_chat_with_too_much_waiting_is_asked_to_wait_and_others_are_not() -> None:
    queue = Queue(LIMITS)
    asked = [await ask(queue, number, "a") for number in range(1 + LIMITS.waiting_per_chat)]

    with pytest.raises(TooManyRequests):
        await queue.run("a", "ada", Asked(9, "a").work, Asked(9, "a").told)
    other = await ask(queue, 10, "b")
    assert other.begun

    await finish(*asked, other)


async def test_a_full_queue_says_it_is_busy_but_takes_whoever_can_work_at_once() -> None:
    queue = Queue(replace(LIMITS, waiting=2))
    crowd = [await ask(queue, number, "a") for number in range(3)]
    at_once = await ask(queue, 4, "b")
    assert at_once.begun

    with pytest.raises(Busy):
        await queue.run("c", "ada", Asked(5, "c").work, Asked(5, "c").told)
    await finish(*crowd, at_once)


@pytest.mark.parametrize("limits", [replace(LIMITS, user_burst=2), replace(LIMITS, chat_burst=2)], ids=["user", "chat"])
async def test_more_often_than_the_rate_is_refused_until_time_has_passed(limits: AskingLimits) -> None:
    now = [0.0]
    queue = Queue(limits, lambda: now[0])
    for number in range(2):
        await finish(await ask(queue, number, "a"))
    with pytest.raises(TooManyRequests):
        await queue.run("a", "ada", Asked(3, "a").work, Asked(3, "a").told)

    now[0] += 1.0
    assert await finish(await ask(queue, 4, "a")) == [4]


async def test_what_the_job_raises_comes_out_and_makes_room() -> None:
    queue = Queue(replace(LIMITS, at_once=1))

    async def fails() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        await queue.run("a", "ada", fails, Asked(1, "a").told)
    assert await finish(await ask(queue, 2, "a")) == [2]


async def test_a_place_that_cannot_be_told_keeps_nobody_from_an_answer() -> None:
    queue = Queue(LIMITS)
    first, second = await ask(queue, 1, "a"), Asked(2, "a")

    async def cannot_be_told(place: int) -> None:
        raise ConnectionError

    task = asyncio.create_task(queue.run("a", "ada", second.work, cannot_be_told))
    await settled()
    await finish(first)
    second.may_end.set()
    assert await task == 2


async def test_slow_telling_holds_up_no_job_but_ends_before_the_result_is_there() -> None:
    queue = Queue(LIMITS)
    first, second, may_be_told = await ask(queue, 1, "a"), Asked(2, "a"), asyncio.Event()

    async def slowly(place: int) -> None:
        await may_be_told.wait()

    task = asyncio.create_task(queue.run("a", "ada", second.work, slowly))
    await settled()
    await finish(first)
    second.may_end.set()
    third = await ask(queue, 3, "a")
    assert second.begun and third.begun and not task.done()

    may_be_told.set()
    assert await task == 2
    await finish(third)


async def test_whoever_leaves_is_told_nothing_more_and_leaves_at_once() -> None:
    queue = Queue(LIMITS)
    first, stopped = await ask(queue, 1, "a"), asyncio.Event()

    async def slowly(place: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    leaving = asyncio.create_task(queue.run("a", "ada", Asked(2, "a").work, slowly))
    await settled()
    leaving.cancel()
    await asyncio.wait({leaving}, timeout=1)

    assert leaving.cancelled() and stopped.is_set()
    assert len(queue) == 0
    await finish(first)


CHATS = st.sampled_from("abcde")
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), CHATS),
        st.tuples(st.just("finish"), st.integers(0, 10)),
        st.tuples(st.just("cancel"), st.integers(0, 20)),
    ),
    max_size=40,
)


@given(events=EVENTS)
def test_whatever_happens_order_is_kept_nobody_starves_and_nothing_is_lost(events: list[tuple[str, Any]]) -> None:
    asyncio.run(Story().told(events))


class Story:
    """A queue among people who ask, finish and leave, with everything checked that has to hold after each event."""

    def __init__(self) -> None:
        self.queue = Queue(LIMITS)
        self.waiting: list[Asked] = []
        self.working: list[Asked] = []
        self.count = 0

    async def told(self, events: list[tuple[str, Any]]) -> None:
        acts: dict[str, Any] = {"ask": self.somebody_asks, "finish": self.one_finishes, "cancel": self.one_leaves}
        for name, value in events:
            await acts[name](value)
            await settled()
            self.check()
        while self.working:
            await self.one_finishes(0)
            await settled()
            self.check()
        assert not self.waiting and len(self.queue) == 0

    async def somebody_asks(self, chat: str) -> None:
        self.count += 1
        own = sum(asked.chat == chat for asked in self.waiting)
        at_once = len(self.working) < LIMITS.at_once and chat not in {asked.chat for asked in self.working}
        asked = await ask(self.queue, self.count, chat)
        assert asked.task is not None
        if at_once:
            assert asked.begun and asked.place is None
            self.working.append(asked)
        elif own >= LIMITS.waiting_per_chat:
            assert isinstance(asked.task.exception(), TooManyRequests)
        elif len(self.waiting) >= LIMITS.waiting:
            assert isinstance(asked.task.exception(), Busy)
        else:
            self.waiting.append(asked)
            assert not asked.begun and asked.place == len(self.waiting)

    async def one_finishes(self, which: int) -> None:
        if self.working:
            asked = self.working.pop(which % len(self.working))
            assert await finish(asked) == [asked.number]

    async def one_leaves(self, which: int) -> None:
        everybody = self.working + self.waiting
        if everybody:
            asked = everybody[which % len(everybody)]
            (self.working if asked in self.working else self.waiting).remove(asked)
            assert asked.task is not None
            asked.task.cancel()
            await asyncio.wait({asked.task})
            assert asked.task.cancelled()

    def check(self) -> None:
        """Those who began are the first whose chats were free; nobody could begin who has not; places only shrink."""
        for asked in list(self.waiting):
            busy = {other.chat for other in self.working}
            if len(self.working) < LIMITS.at_once and asked.chat not in busy:
                assert asked.begun
                self.waiting.remove(asked)
                self.working.append(asked)
        assert not any(asked.begun for asked in self.waiting)
        assert len(self.queue) == len(self.waiting)
        for place, asked in enumerate(self.waiting, start=1):
            assert asked.place is not None and place <= asked.place

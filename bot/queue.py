"""The queue in front of the service: who works now, who waits and in which place, and who is asked to come back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from bot.rate import Rate, TokenBuckets
from core.errors import Busy, TooManyRequests
from core.limits import AskingLimits

log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class _Ticket:
    """One request that waits. `turn` is set when it may work."""

    chat: Hashable
    turn: asyncio.Event = field(default_factory=asyncio.Event)


class Queue:
    """Requests in the order they came, a few at a time, and of each chat one after the other.

    Whoever came first and whose chat has nothing in work goes first, so a chat that asks for much holds up itself and
    not the others. Nobody waits for more than those who came before. `clock`: seconds, for the rates.
    """

    def __init__(self, limits: AskingLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._rates = (
            TokenBuckets(Rate(limits.user_burst, limits.user_seconds), clock),
            TokenBuckets(Rate(limits.chat_burst, limits.chat_seconds), clock),
        )
        self._waiting: list[_Ticket] = []
        self._at_work: set[Hashable] = set()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def run(
        self,
        chat: Hashable,
        user: Hashable,
        job: Callable[[], Awaitable[T]],
        waiting: Callable[[int], Awaitable[None]],
    ) -> T:
        """Do `job` when it is its turn, and return what it returns.

        Where it is not its turn yet, `waiting` is told its place once, 1 for the next; it has ended when this returns.
        Bytes of photos belong inside `job`: what waits should be small. Raises TooManyRequests, Busy, and what `job`
        raises. Cancelling it takes it out of the queue, or stops the job.
        """
        self._admit(chat, user)
        ticket = _Ticket(chat)
        self._waiting.append(ticket)
        self._give_turns()
        place = None if ticket.turn.is_set() else self._waiting.index(ticket) + 1
        async with _telling(waiting, place):
            try:
                await ticket.turn.wait()
                return await job()
            finally:
                self._leave(ticket)

    def _admit(self, chat: Hashable, user: Hashable) -> None:
        keys = (user, chat)
        if any(rate.wait(key) > 0 for rate, key in zip(self._rates, keys, strict=True)):
            raise TooManyRequests
        if chat in self._at_work or len(self._at_work) == self._limits.at_once:
            if sum(ticket.chat == chat for ticket in self._waiting) >= self._limits.waiting_per_chat:
                raise TooManyRequests
            if len(self._waiting) >= self._limits.waiting:
                raise Busy
        for rate, key in zip(self._rates, keys, strict=True):
            rate.take(key)

    def _give_turns(self) -> None:
        for ticket in list(self._waiting):
            if len(self._at_work) == self._limits.at_once:
                return
            if ticket.chat not in self._at_work:
                self._waiting.remove(ticket)
                self._at_work.add(ticket.chat)
                ticket.turn.set()

    def _leave(self, ticket: _Ticket) -> None:
        if ticket.turn.is_set():
            self._at_work.remove(ticket.chat)
        else:
            self._waiting.remove(ticket)
        self._give_turns()


@asynccontextmanager
async def _telling(waiting: Callable[[int], Awaitable[None]], place: int | None) -> AsyncIterator[None]:
    """Tell a place, where there is one, beside what the body does: nobody's turn is held up by a slow network."""
    if place is None:
        yield
        return
    telling = asyncio.create_task(_tell(waiting, place))
    try:
        yield
    except asyncio.CancelledError:
        telling.cancel()
        raise
    finally:
        await asyncio.wait({telling})


async def _tell(waiting: Callable[[int], Awaitable[None]], place: int) -> None:
    try:
        await waiting(place)
    except Exception as error:  # a courtesy: the answer matters, and comes without it
        log.warning("place-not-told", error=type(error).__name__)

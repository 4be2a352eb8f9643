"""The one place where failures of the Telegram bot end: a line in the log, a kind sentence, and an alarm."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from telegram import Message, Update
from telegram.error import Forbidden, TelegramError, TimedOut
from telegram.ext import ContextTypes

from bot.telegram.people import language_of
from bot.telegram.sending import Sender, in_reply_to
from core.errors import ChalklineError

log = structlog.stdlib.get_logger(__name__)

ALARM_AFTER = 5
ALARM_EVERY = 60.0
"""So many failures within so many seconds are told to the operator, once in that time."""


class Alarm:
    """Tells the operator when failures repeat. `clock`: seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._counts: Counter[str] = Counter()
        self._told = False

    def count(self, kind: str) -> None:
        """Note a failure; log a summary at error level where there were many."""
        if self._clock() - self._since >= ALARM_EVERY:
            if self._told:
                log.error("telegram-failed-repeatedly", **self._counts)
            self._since, self._told = self._clock(), False
            self._counts.clear()
        self._counts[kind] += 1
        if self._counts.total() >= ALARM_AFTER and not self._told:
            self._told = True
            log.error("telegram-fails-repeatedly", **self._counts)


@dataclass(frozen=True)
class Failures:
    """What happens when a handler fails."""

    sender: Sender
    alarm: Alarm = field(default_factory=Alarm)

    async def take(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """PTB calls this with what a handler raised."""
        error, number = context.error, update.update_id if isinstance(update, Update) else None
        kind = type(error).__name__
        if isinstance(error, Forbidden):  # blocked, or thrown out of a group: nobody is there to be told
            log.info("shut-out", update=number)
            return
        self.alarm.count(kind)
        if isinstance(error, TimedOut):  # what was sent may have arrived; a second one would be one too many
            log.warning("update-timed-out", update=number)
            return
        log.error("update-failed", update=number, exc_info=error)
        if isinstance(update, Update) and (message := asking(update)) is not None:
            await self._apologise(message, language_of(update.effective_user))

    async def _apologise(self, message: Message, language: str) -> None:
        try:
            await self.sender.send(in_reply_to(message), self.sender.conversation.explain(ChalklineError(), language))
        except TelegramError as error:
            log.warning("apology-not-sent", error=type(error).__name__)


def asking(update: Update) -> Message | None:
    """The message that waits for a word of ours."""
    if update.callback_query is not None and isinstance(update.callback_query.message, Message):
        return update.callback_query.message
    return update.message

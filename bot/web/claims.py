"""Which updates were taken already. Telegram sends one again where it did not get its 200 in time."""

from __future__ import annotations

from collections import OrderedDict

import structlog

from bot.store.errors import StoreUnreachable
from bot.store.store import Store

log = structlog.stdlib.get_logger(__name__)

REMEMBERED = 10_000
PLATFORM = "telegram"


class Claims:
    """Takes each update once: in this process, and through the store in every process of the last day.

    While the store cannot be reached, this process still takes nothing twice.
    """

    def __init__(self, store: Store, remembered: int = REMEMBERED) -> None:
        self._store, self._remembered = store, remembered
        self._taken: OrderedDict[int, None] = OrderedDict()

    async def take(self, update_id: int) -> bool:
        """Whether the update is new; it is taken from now on."""
        if update_id in self._taken:
            return False
        self._taken[update_id] = None
        while len(self._taken) > self._remembered:
            self._taken.popitem(last=False)
        try:
            return await self._store.claim(PLATFORM, update_id)
        except StoreUnreachable:
            log.warning("store-unreachable")
            return True

    async def give_back(self, update_id: int) -> None:
        """Let an update come again."""
        self._taken.pop(update_id, None)
        try:
            await self._store.release(PLATFORM, update_id)
        except StoreUnreachable:
            log.warning("store-unreachable")

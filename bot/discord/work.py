"""What is in work, so that it can be finished before the bot stops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Work:
    """The tasks that somebody waits for."""

    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """While the body runs, the present task is in work."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def finish(self, seconds: float) -> None:
        """Wait until what is in work now has ended, at most `seconds`."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

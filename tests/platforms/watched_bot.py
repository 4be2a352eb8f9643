"""`python -m tests.platforms.watched_bot PLATFORM`: the bot, with each callback of its event loop measured.

Every callback that uses more than NOTED of its thread's CPU time becomes a line of `callbacks.jsonl` in the working
folder: when it ended (seconds of the monotonic clock), how long it took, what it was.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

NOTED = 0.005
"""Seconds."""


def watch(notes: Path) -> None:
    """Measure every callback from now on."""
    run = asyncio.Handle._run
    lines = notes.open("a", buffering=1)

    def measured(handle: asyncio.Handle) -> None:
        start = time.thread_time()
        run(handle)
        seconds = time.thread_time() - start
        if seconds >= NOTED:
            lines.write(json.dumps([time.monotonic(), seconds, repr(handle)[:300]]) + "\n")

    asyncio.Handle._run = measured  # type: ignore[method-assign]


if __name__ == "__main__":
    from bot.run import main  # here, as in bot/__main__.py: worker processes import this module again

    watch(Path("callbacks.jsonl"))
    sys.exit(main())

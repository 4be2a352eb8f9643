"""The real bot process, pointed at servers on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from config.settings import FAMILIAR

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 120.0
"""Seconds. The process loads the network and the maths before it answers for the first time."""
STOPS_WITHIN = 40.0


@dataclass(frozen=True)
class BotProcess:
    """A running `python -m bot`. `log`: what it wrote on standard error."""

    process: asyncio.subprocess.Process
    log: Path

    def tell_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def logged(self, event: str) -> None:
        """Wait until the log tells of an event. Raises TimeoutError."""
        async with asyncio.timeout(STARTS_WITHIN):
            while event not in self.log.read_text():  # noqa: ASYNC110 (a file tells nobody that it grew)
                await asyncio.sleep(0.1)

    async def exit_code(self) -> int:
        """Wait for the end. Raises TimeoutError, with the log, where it does not come."""
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                return await self.process.wait()
        except TimeoutError as error:
            raise TimeoutError(f"the bot did not stop:\n{self.log.read_text()}") from error


@asynccontextmanager
async def bot_process(
    platform: str, settings: Mapping[str, str], folder: Path, module: str = "bot"
) -> AsyncIterator[BotProcess]:
    """Run `python -m bot PLATFORM` in `folder`, with these settings and no others; it is ended with the context.

    `module`: what is run instead of `bot`, where it has to be watched from within.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CHALKLINE_") and name.lower() not in FAMILIAR
    }
    log = folder / "log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, platform),
            cwd=folder,
            env=inherited | {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder)} | dict(settings),
            stderr=errors,
        )
    bot = BotProcess(process, log)
    try:
        yield bot
    finally:
        if process.returncode is None:
            bot.tell_to_stop()
            try:
                await bot.exit_code()
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()

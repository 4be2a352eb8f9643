"""The embedded engine: one predictor process and a pool of killable workers on this machine."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from collections.abc import Callable
from concurrent.futures import TimeoutError as DeadlinePassed
from pathlib import Path
from typing import Any

import structlog
from pebble import ProcessExpired, ProcessPool

from core.engine.deadlines import Deadlines
from core.engine.worker import run_read, run_stage, start_predictor, start_worker
from core.errors import ChalklineError, Crashed, OutOfTime, TooLarge
from core.limits import MathLimits, PhotoLimits
from core.outcome import InkLine, InkPage, Outcome, Page, Picture, Reading, Solution, Turn, VectorFormat
from core.render.style import CardStyle

log = structlog.get_logger(__name__)

ROOMS = "core.stages"
TASKS = 500
"""Stages that a worker runs before a fresh one takes its place, so that nothing that leaks can grow."""
PEACE = 3.0
"""Seconds that workers get to end by themselves."""
FRAME = re.compile(r'File "[^"]*?((?:core|models)/[^"]+", line \d+)')


class LocalEngine:
    """Stages in processes. All but reading share a pool that keeps one worker idle, so that a kill never leaves
    none. At most half of it works on photos: one takes 40 MB for a moment (2 megapixels), 180 at worst (a PNG of 17).

    Workers are forked from a server that has the rooms loaded: a killed one is back in a moment, and memory is shared.
    """

    def __init__(self, weights: Path, workers: int, memory_bytes: int, deadlines: Deadlines) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([ROOMS])
        self._weights, self._deadlines = weights, deadlines
        self._busy = asyncio.Semaphore(max(1, workers - 1))
        self._photos = asyncio.Semaphore(max(1, workers // 2))
        self._pool = ProcessPool(
            workers, max_tasks=TASKS, initializer=start_worker, initargs=(memory_bytes,), context=context
        )
        self._predictor = ProcessPool(1, initializer=start_predictor, initargs=(weights,), context=context)

    async def ink(self, photo: bytes, limits: PhotoLimits, expression: bool, turn: Turn | None = None) -> InkPage:
        async with self._photos:
            page: InkPage = await self._stage("ink", photo, limits, expression, turn)
        return page

    async def read(self, lines: tuple[InkLine, ...]) -> tuple[tuple[Reading, ...], ...]:
        readings: tuple[tuple[Reading, ...], ...] = await _finished(
            self._predictor, run_read, (self._weights, lines), self._deadlines.read
        )
        return readings

    async def solve(self, text: str, limits: MathLimits) -> Solution:
        solution: Solution = await self._stage("solve", text, limits)
        return solution

    async def spell(self, text: str, limits: MathLimits) -> str:
        latex: str = await self._stage("spell", text, limits)
        return latex

    async def draw(self, outcome: Outcome, style: CardStyle) -> Picture:
        picture: Picture = await self._stage("draw", outcome, style)
        return picture

    async def plot(self, text: str, limits: MathLimits, style: CardStyle) -> Picture:
        picture: Picture = await self._stage("plot", text, limits, style)
        return picture

    async def vector(self, outcome: Outcome, style: CardStyle, file_format: VectorFormat) -> bytes:
        data: bytes = await self._stage("vector", outcome, style, file_format)
        return data

    async def mark(self, photo: bytes, page: Page, limits: PhotoLimits, style: CardStyle) -> Picture:
        async with self._photos:
            picture: Picture = await self._stage("mark", photo, page, limits, style)
        return picture

    async def alive(self) -> bool:
        """Whether both pools replace what dies. The first call starts them, which is why it waits in a thread."""
        return await asyncio.to_thread(lambda: bool(self._pool.active and self._predictor.active))

    async def close(self) -> None:
        await asyncio.gather(*(asyncio.to_thread(_end, pool) for pool in (self._pool, self._predictor)))

    async def _stage(self, name: str, *arguments: Any) -> Any:
        async with self._busy:
            return await _finished(self._pool, run_stage, (name, arguments), getattr(self._deadlines, name))


def _end(pool: ProcessPool) -> None:
    """Lets workers that are just starting come up and leave in peace; whatever is still at work is killed."""
    pool.close()  # type: ignore[no-untyped-call]
    try:
        pool.join(timeout=PEACE)
    except TimeoutError:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


async def _finished(pool: ProcessPool, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
    future = pool.schedule(function, args=arguments, timeout=seconds)
    try:
        return await asyncio.wrap_future(future)
    except (DeadlinePassed, TimeoutError) as error:
        raise OutOfTime from error
    except ProcessExpired as error:
        raise Crashed from error
    except (MemoryError, RecursionError) as error:
        raise TooLarge from error
    except ChalklineError:
        raise
    except Exception as error:
        log.error("stage failed", error=type(error).__name__, where=_frames(error))
        raise ChalklineError from error


def _frames(error: BaseException) -> list[str]:
    """Where a worker failed, innermost last. Only places: the message of an error may hold what somebody sent."""
    return FRAME.findall(str(error.__cause__))[-4:]

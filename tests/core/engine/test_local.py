"""The embedded engine, with its real processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.engine.deadlines import Deadlines
from core.engine.local import LocalEngine
from core.errors import EmptyPhoto, OutOfTime
from core.limits import MathLimits, PhotoLimits

WEIGHTS = Path(__file__).parents[3] / "models" / "weights"
PLENTY = 2 * 1024**3
SLOW = r"\int \frac { 1 } { x ^ { 9 } + x ^ { 4 } + 3 x + 1 } \sin ( x ^ { 3 } ) d x"


@asynccontextmanager
async def engine(deadlines: Deadlines = Deadlines()) -> AsyncIterator[LocalEngine]:  # noqa: B008
    running = LocalEngine(WEIGHTS, 3, PLENTY, deadlines)
    try:
        yield running
    finally:
        await running.close()


@pytest.mark.slow
async def test_a_stage_past_its_deadline_is_killed_and_the_next_one_runs() -> None:
    async with engine(Deadlines(solve=0.001)) as running:
        results = await asyncio.gather(*(running.solve(SLOW, MathLimits()) for _ in range(4)), return_exceptions=True)
        assert [type(result) for result in results] == [OutOfTime] * 4
        with pytest.raises(EmptyPhoto):
            await running.ink(b"", PhotoLimits(), False)


@pytest.mark.slow
async def test_errors_come_back_typed() -> None:
    async with engine() as running:
        with pytest.raises(EmptyPhoto):
            await running.ink(b"", PhotoLimits(), False)
        solution = await running.solve("", MathLimits())
        assert solution.error
        assert solution.error.code == "maths-empty"


@pytest.mark.slow
async def test_an_engine_is_alive_until_it_is_closed() -> None:
    async with engine() as running:
        assert await running.alive()
    assert not await running.alive()

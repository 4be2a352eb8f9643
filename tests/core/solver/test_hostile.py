"""Hostile inputs through the engine's door: each ends in time, typed or right, and the workers stay whole."""

import asyncio
import resource
import time
from pathlib import Path

import pytest

from core.engine.deadlines import Deadlines
from core.engine.local import LocalEngine
from core.errors import ChalklineError
from core.limits import MathLimits
from core.outcome import Solution
from tests.core.solver.hostile import HOSTILE

WEIGHTS = Path(__file__).parents[3] / "models" / "weights"
MEMORY = 2 * 1024**3
PATIENCE = 5.0
"""Seconds over the deadline for killing a worker on a busy machine."""


async def _end_of(engine: LocalEngine, text: str) -> tuple[str, float]:
    """How one input ended, an error's code or `= ` and the answer, and how long that took once a worker was free."""
    begun = time.monotonic()
    try:
        solution = await engine.solve(text, MathLimits())
    except ChalklineError as error:
        return error.code, time.monotonic() - begun
    return _ending(solution), time.monotonic() - begun


def _ending(solution: Solution) -> str:
    if solution.error:
        return solution.error.code
    if solution.answer:
        return f"= {solution.answer.text}"
    return "two candidates"


@pytest.mark.slow
async def test_every_hostile_input_ends_in_time_and_the_workers_stay_whole() -> None:
    deadlines = Deadlines(solve=8.0)
    engine = LocalEngine(WEIGHTS, 3, MEMORY, deadlines)
    wrong: list[tuple[str, str, str]] = []
    late: list[tuple[str, float]] = []
    try:
        for text, expected in HOSTILE:
            ending, seconds = await _end_of(engine, text)
            heavy = ending in ("out-of-time", "crashed")
            if expected != "*" and ending != expected and not heavy:
                wrong.append((text[:60], expected, ending))
            if seconds > deadlines.solve + PATIENCE:
                late.append((text[:60], seconds))
        after = await asyncio.gather(*(engine.solve("2+3", MathLimits()) for _ in range(6)))
    finally:
        await engine.close()
    assert wrong == []
    assert late == []
    assert [solution.answer and solution.answer.text for solution in after] == ["5"] * 6
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY


def test_the_table_is_large_and_says_each_input_once() -> None:
    texts = [text for text, _ in HOSTILE]
    assert len(texts) >= 80
    assert len(set(texts)) == len(texts)

"""What a card costs: CPU time, and memory that stays where it is."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from pathlib import Path

import pytest

from core.engine.worker import run_stage, start_worker
from core.outcome import Answer, Box, Check, Item, Line, Outcome, Reading, Solution
from core.phrases import phrase
from core.render.style import CardStyle
from core.render.theme import DARK, LIGHT
from tests.core.render.inks import ink_of

CPU_SECONDS = 0.06
WARM, MORE = 60, 120
GROWTH = 1.03
PAGE_BYTES = 4096
GIGABYTES = 2 * 1024**3


def outcome(number: int) -> Outcome:
    """A card that was not drawn before: an equation solved, and another one asked about."""
    digits = " ".join(str(number))
    read = f"x ^ {{ 2 }} - {digits} x + 6 = 0"
    answer = Answer(f"x = \\frac {{ {digits} + \\sqrt {{ {digits} }} }} {{ 2 }} \\lor x = 3", "", "1.5, 3", "")
    solution = Solution("", read, answer=answer, check=Check("yes", phrase("route.put-back")))
    line = Line(Box(0, 0, 9, 9), (Reading(read, 0.3), Reading(read.replace("6", "b"), 0.2)))
    ink = ink_of(*(Box(5 + 12 * place, 10, 8, 20) for place in range(9)))
    return Outcome((Item(solution), Item(solution, line, unsure=True, ink=ink)))


def draw_cards(first: int, last: int) -> None:
    """As a worker does, which gives memory back after each."""
    for number in range(first, last):
        run_stage("draw", (outcome(number), CardStyle(DARK if number % 2 else LIGHT)))


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES


def growth() -> float:
    """How many times as much memory is held after more cards; in a worker's own process."""
    start_worker(GIGABYTES)
    draw_cards(0, WARM)
    before = resident_bytes()
    draw_cards(WARM, WARM + MORE)
    return resident_bytes() / before


def test_a_card_takes_little_time() -> None:
    draw_cards(0, 3)
    spent = []
    for number in range(3, 18):
        start = time.process_time()
        draw_cards(number, number + 1)
        spent.append(time.process_time() - start)

    assert statistics.median(spent) < CPU_SECONDS


@pytest.mark.slow
def test_memory_stays_flat_however_many_cards_are_drawn() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(growth) < GROWTH

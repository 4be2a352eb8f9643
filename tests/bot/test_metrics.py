"""What came of a request is counted by verdict, code and stage."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry

from bot.metrics import Metrics, make_metrics
from core.outcome import Answer, Box, Check, Fault, Item, Line, Outcome, Page, Reading, Solution

FOUR = Answer("4", "4", None, "Integer(4)")
LINE = Line(Box(0, 0, 9, 9), (Reading("2 + 2", 0.9),))


@pytest.fixture
def counted() -> Metrics:
    return make_metrics(CollectorRegistry())


def value(counted: Metrics, name: str, **labels: str) -> float:
    return counted.registry.get_sample_value(name, labels) or 0.0


def test_each_problem_counts_by_the_verdict_of_its_check(counted: Metrics) -> None:
    solutions = [
        Solution("2+2", "2 + 2", answer=FOUR, check=Check("yes"), ms=40),
        Solution("2+2", "2 + 2", answer=FOUR, ms=40),
        Solution("2+2", "2 + 2", candidates=(FOUR, FOUR), check=Check("no"), ms=40),
        Solution("2+", "2 +", error=Fault("maths-not-understood", "")),
    ]
    counted.observe(Outcome(items=tuple(Item(solution) for solution in solutions)))

    for verdict in ("yes", "unknown", "no", "none"):
        assert value(counted, "chalkline_answers_total", verdict=verdict) == 1
    assert value(counted, "chalkline_errors_total", code="maths-not-understood") == 1
    assert value(counted, "chalkline_seconds_count", stage="solve") == 4
    assert value(counted, "chalkline_seconds_sum", stage="solve") == pytest.approx(0.12)


def test_the_stages_of_a_photo_are_timed(counted: Metrics) -> None:
    counted.observe(Outcome(page=Page((LINE,), ink_ms=120, read_ms=300)))

    assert value(counted, "chalkline_seconds_sum", stage="ink") == pytest.approx(0.12)
    assert value(counted, "chalkline_seconds_sum", stage="read") == pytest.approx(0.3)


def test_an_error_that_stands_twice_counts_once(counted: Metrics) -> None:
    fault = Fault("maths-not-understood", "")
    counted.observe(Outcome(items=(Item(Solution("?", "", error=fault)),), error=fault))
    counted.observe(Outcome(error=Fault("photo-empty", "")))

    assert value(counted, "chalkline_errors_total", code="maths-not-understood") == 1
    assert value(counted, "chalkline_errors_total", code="photo-empty") == 1

"""What is counted and timed, for Prometheus. Nothing in it tells anything about a person."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from core.outcome import Outcome

SECONDS = (0.05, 0.1, 0.2, 0.4, 0.6, 1.0, 1.5, 2.5, 5.0, 8.0, 15.0, 30.0)


@dataclass(frozen=True)
class Metrics:
    """The instruments, and the registry that they are read from.

    `requests` by platform and kind (photo, text, button ...); `answers` by verdict: yes, no or unknown of the check,
    none where there is no answer; `errors` by code; `seconds` by stage: ink, read, solve, and whole for everything
    from request to reply; `waiting`: the length of the queue.
    """

    registry: CollectorRegistry
    requests: Counter
    answers: Counter
    errors: Counter
    seconds: Histogram
    waiting: Gauge

    def observe(self, outcome: Outcome) -> None:
        """Count and time what came of one request."""
        for item in outcome.items:
            solution = item.solution
            answered = solution.answer is not None or solution.check.verdict == "no"
            self.answers.labels(solution.check.verdict if answered else "none").inc()
            self.seconds.labels("solve").observe(solution.ms / 1000)
        faults = [item.solution.error for item in outcome.items if item.solution.error]
        if outcome.error is not None and not faults:
            faults = [outcome.error]
        for fault in faults:
            self.errors.labels(fault.code).inc()
        if outcome.page is not None:
            self.seconds.labels("ink").observe(outcome.page.ink_ms / 1000)
            self.seconds.labels("read").observe(outcome.page.read_ms / 1000)


def make_metrics(registry: CollectorRegistry) -> Metrics:
    """The instruments, in this registry."""
    return Metrics(
        registry=registry,
        requests=Counter("chalkline_requests", "Requests taken.", ["platform", "kind"], registry=registry),
        answers=Counter("chalkline_answers", "Problems answered.", ["verdict"], registry=registry),
        errors=Counter("chalkline_errors", "Problems that ended in an error.", ["code"], registry=registry),
        seconds=Histogram("chalkline_seconds", "How long it took.", ["stage"], buckets=SECONDS, registry=registry),
        waiting=Gauge("chalkline_waiting", "Requests in the queue.", registry=registry),
    )

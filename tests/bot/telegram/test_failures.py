"""The operator is told when failures repeat, and not told again and again."""

from __future__ import annotations

from structlog.testing import capture_logs

from bot.telegram.failures import ALARM_AFTER, ALARM_EVERY, Alarm


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_repeated_failures_are_told_once_and_summed_up_afterwards() -> None:
    clock = Clock()
    alarm = Alarm(clock)

    with capture_logs() as lines:
        for _ in range(ALARM_AFTER - 1):
            alarm.count("BadRequest")
        assert lines == []
        for _ in range(10):
            alarm.count("NetworkError")
        assert [line["event"] for line in lines] == ["telegram-fails-repeatedly"]
        assert lines[0]["log_level"] == "error"

        clock.now = ALARM_EVERY
        alarm.count("BadRequest")
        assert lines[1]["event"] == "telegram-failed-repeatedly"
        assert (lines[1]["BadRequest"], lines[1]["NetworkError"]) == (ALARM_AFTER - 1, 10)


def test_single_failures_raise_no_alarm() -> None:
    clock = Clock()
    alarm = Alarm(clock)

    with capture_logs() as lines:
        for _ in range(20):
            alarm.count("BadRequest")
            clock.now += ALARM_EVERY

    assert lines == []

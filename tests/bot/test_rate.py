"""A token bucket grants a burst, then a steady trickle, to each key on its own."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.rate import TIDY_EVERY, Rate, TokenBuckets


@dataclass
class Clock:
    """A clock that a test sets. Seconds."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def asks(buckets: TokenBuckets, key: str) -> bool:
    """Whether a request is granted."""
    if buckets.wait(key) > 0:
        return False
    buckets.take(key)
    return True


def test_a_burst_is_granted_and_then_one_at_a_time() -> None:
    clock = Clock()
    buckets = TokenBuckets(Rate(burst=3, seconds=5.0), clock)

    assert [asks(buckets, "ada") for _ in range(4)] == [True, True, True, False]
    assert buckets.wait("ada") == 5.0

    clock.now += 5.0
    assert [asks(buckets, "ada") for _ in range(2)] == [True, False]


def test_one_key_does_not_use_up_what_another_has() -> None:
    buckets = TokenBuckets(Rate(burst=1, seconds=5.0), Clock())

    assert asks(buckets, "ada") and asks(buckets, "grace")
    assert not asks(buckets, "ada")


@given(pauses=st.lists(st.floats(0.0, 20.0), max_size=60))
def test_in_no_stretch_of_time_is_more_granted_than_the_rate_says(pauses: list[float]) -> None:
    rate, clock = Rate(burst=3, seconds=2.0), Clock()
    buckets = TokenBuckets(rate, clock)
    granted = []
    for pause in pauses:
        clock.now += pause
        if asks(buckets, "ada"):
            granted.append(clock.now)

    for first, start in enumerate(granted):
        for number, end in enumerate(granted[first:], start=1):
            assert number <= rate.burst + (end - start) / rate.seconds + 1e-6


@given(pause=st.floats(0.0, 100.0))
def test_after_the_wait_that_was_named_a_token_is_there(pause: float) -> None:
    clock = Clock()
    buckets = TokenBuckets(Rate(burst=1, seconds=30.0), clock)
    buckets.take("ada")

    clock.now += pause
    clock.now += buckets.wait("ada") + 1e-9

    assert asks(buckets, "ada")


def test_buckets_that_are_full_again_are_not_kept() -> None:
    clock = Clock()
    buckets = TokenBuckets(Rate(burst=2, seconds=1.0), clock)
    for number in range(10_000):
        buckets.take(f"person {number}")
        clock.now += 0.1

    assert len(buckets) <= 10 * (TIDY_EVERY + 1)

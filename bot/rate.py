"""How often somebody may ask: a token bucket for each person and each chat."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

TIDY_EVERY = 60.0
"""Seconds between looks for buckets that are full again. They are thrown away: a newcomer has a full one anyway."""


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then one more every `seconds`."""

    burst: int
    seconds: float


@dataclass(frozen=True)
class _Bucket:
    tokens: float
    at: float


class TokenBuckets:
    """A bucket of `rate.burst` tokens for each key, refilled one token every `rate.seconds`. `clock`: seconds."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate, self._clock = rate, clock
        self._buckets: dict[Hashable, _Bucket] = {}
        self._tidy_at = clock() + TIDY_EVERY

    def wait(self, key: Hashable) -> float:
        """Seconds until this key has a token, 0 where it has one now."""
        return max(0.0, (1.0 - self._tokens(key)) * self._rate.seconds)

    def take(self, key: Hashable) -> None:
        """Take a token, which must be there."""
        self._buckets[key] = _Bucket(self._tokens(key) - 1.0, self._clock())
        if self._clock() >= self._tidy_at:
            self._throw_full_ones_away()

    def __len__(self) -> int:
        """How many buckets are kept."""
        return len(self._buckets)

    def _tokens(self, key: Hashable) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return float(self._rate.burst)
        return min(self._rate.burst, bucket.tokens + (self._clock() - bucket.at) / self._rate.seconds)

    def _throw_full_ones_away(self) -> None:
        self._buckets = {key: kept for key, kept in self._buckets.items() if self._tokens(key) < self._rate.burst}
        self._tidy_at = self._clock() + TIDY_EVERY

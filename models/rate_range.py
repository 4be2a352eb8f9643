"""The learning-rate range test: the loss while the rate grows from step to step.

After Smith, "Cyclical Learning Rates for Training Neural Networks" (2017): the best rate lies below the one where the
loss turns upwards. Nothing of the run is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.data.batches import Batch
from models.run import Run

LEAST_RATE, GREATEST_RATE = 1e-5, 1e-1
SMOOTHING = 0.9
"""Of the running mean of the loss."""
DIVERGED = 2.0
"""Times the least loss: there the test ends."""


@dataclass(frozen=True)
class RateLoss:
    """The smoothed token loss at a learning rate."""

    rate: float
    loss: float


def rate_range(run: Run, batches: Iterable[Batch], least: float, greatest: float, steps: int) -> Iterator[RateLoss]:
    """Trains `run` for `steps` steps, its rate growing evenly on a logarithmic scale from `least` to `greatest`; ends
    early where the loss has diverged.
    """
    mean, lowest = 0.0, float("inf")
    for step, batch in zip(range(steps), batches, strict=False):
        rate = least * (greatest / least) ** (step / max(1, steps - 1))
        loss = float(run.step(batch, rate, 0.0)[0])
        mean = SMOOTHING * mean + (1 - SMOOTHING) * loss
        smoothed = mean / (1 - SMOOTHING ** (step + 1))
        lowest = min(lowest, smoothed)
        yield RateLoss(rate, smoothed)
        if smoothed > DIVERGED * lowest:
            return

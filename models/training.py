"""The settings of one training run, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.data.batches import Mixture


@dataclass(frozen=True)
class Training:
    """`data`: folder of prepared sets; `folder`: where checkpoints and the log go. Times in minutes.

    `corruption`: share of the tokens fed back to the decoder that are replaced by others, so that it looks at the ink
    rather than at what usually comes next.
    """

    data: Path
    folder: Path
    minutes: float
    decay_minutes: float = 0.0
    rate: float = 1.2e-3
    warm_up_steps: int = 300
    weight_decay: float = 0.05
    label_smoothing: float = 0.1
    corruption: float = 0.1
    map_weight: float = 0.5
    paper_weight: float = 0.15
    average_decay: float = 0.998
    gradient_limit: float = 1.0
    threads: int = 2
    save_minutes: float = 10.0
    validation_size: int = 200
    mixture: Mixture = Mixture()

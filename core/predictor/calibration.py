"""From what the search says about a hypothesis to the probability that it is exactly right."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Candidate:
    """One hypothesis of a line and what speaks for it.

    `score`: its log-probability, less what its symbols disagree with the map. `doubts`: how many of its tokens were
    doubtful. `disagreement`: symbols too many or too few. `lead`: its score less that of the best other hypothesis, at
    most MOST_LEAD.
    """

    ids: tuple[int, ...]
    log_probability: float
    doubts: int
    disagreement: float
    score: float
    lead: float


MOST_LEAD = 8.0
"""Nats: where there is no other hypothesis, or only hopeless ones."""


def features(candidate: Candidate) -> tuple[float, ...]:
    """What `Calibration.weights` weigh; the last is constant.

    Label smoothing keeps a network from ever being sure of a token; the length gives a long line that back. Doubts tell
    one token in two from ten that are nearly sure.
    """
    tokens, doubts = float(len(candidate.ids) + 1), float(candidate.doubts)
    return candidate.log_probability, tokens, doubts, candidate.disagreement, candidate.lead, 1.0


@dataclass(frozen=True)
class Calibration:
    """Logistic regression (Platt 1999). `sure`: the confidence from which on the lines that fitted it were right so
    often that nobody needs to ask; 1 where none were.
    """

    weights: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    sure: float = 1.0

    def confidence(self, candidate: Candidate) -> float:
        """Probability that `candidate` is exactly right."""
        odds = sum(weight * x for weight, x in zip(self.weights, features(candidate), strict=True))
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))


def load_calibration(path: Path) -> Calibration:
    """What `save_calibration` wrote; without a file, the log-probability alone counts."""
    if not path.exists():
        return Calibration()
    saved = json.loads(path.read_text())
    return Calibration(tuple(saved["weights"]), saved["sure"])


def save_calibration(path: Path, calibration: Calibration) -> None:
    path.write_text(json.dumps(asdict(calibration), indent=1) + "\n")

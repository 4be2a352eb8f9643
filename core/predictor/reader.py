"""Reads one line of ink: the network looks at it at several scales, beam search writes what it sees, and of what was
written that is put first which also accounts for the symbols on the network's map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tokens import decode
from core.notation.write import to_latex
from core.outcome import Reading
from core.predictor.beam import BeamSettings, Hypothesis, beam_search
from core.predictor.calibration import MOST_LEAD, Candidate, load_calibration
from core.predictor.canvas import fit, zoomed
from core.predictor.network import Network
from core.predictor.symbols import disagreement, most_tokens, symbols_on_map


@dataclass(frozen=True)
class ReaderSettings:
    """`scales`: of the ink, each one look more; strokes are clearer larger than the median glyph was trained, and two
    looks err less than one. `per_symbol`: nats that a symbol too many or too few counts against a hypothesis.
    `readings`: how many are given at most. Chosen on CROHME 2013, school maths in its inks, and scans of paper.
    """

    scales: tuple[float, ...] = (1.1, 1.4)
    per_symbol: float = 0.3
    readings: int = 4
    beam: BeamSettings = BeamSettings()


class Reader:
    """One network in memory. Not for use from several threads at once.

    `folder` holds what `Network` wants, and calibration.json where it was calibrated. Raises ValueError where the
    network was made for another alphabet.
    """

    def __init__(self, folder: Path, threads: int = 1, settings: ReaderSettings = ReaderSettings()) -> None:
        self.network = Network(folder, threads)
        self.calibration = load_calibration(folder / "calibration.json")
        self.settings = settings

    def read(self, ink: NDArray[np.uint8]) -> tuple[Reading, ...]:
        """The likeliest readings of normalised ink (height, width), best first; at least one, and none twice."""
        candidates = self.candidates(ink)
        confidences = [self.calibration.confidence(candidate) for candidate in candidates]
        left = 1.0 - confidences[0]
        return tuple(
            Reading(decode(list(candidate.ids)), min(confidence, left) if index else confidence)
            for index, (candidate, confidence) in enumerate(zip(candidates, confidences, strict=True))
        )

    def candidates(self, ink: NDArray[np.uint8]) -> list[Candidate]:
        """What `read` returns, before calibration."""
        looks = [self.network.look(fit(zoomed(ink, scale))) for scale in self.settings.scales]
        maps = [symbols_on_map(look.symbol_map) for look in looks]
        max_tokens = min(self.network.sizes.max_tokens, most_tokens(maps))
        found = beam_search(self.network.step(looks), self.network.nothing(looks), self.settings.beam, max_tokens)
        return ranked(found, maps, self.settings.per_symbol)[: self.settings.readings]


def ranked(hypotheses: Sequence[Hypothesis], maps: Sequence[Counter[str]], per_symbol: float) -> list[Candidate]:
    """Best first; of those that are the same mathematics in another spelling only one.

    `hypotheses`: at least one, likeliest first. `maps`: the symbols seen at each look.
    """
    scored = []
    for hypothesis in hypotheses:
        too_many_or_few = disagreement(hypothesis.ids, maps)
        scored.append((hypothesis.log_probability - per_symbol * too_many_or_few, too_many_or_few, hypothesis))
    distinct: dict[str, tuple[float, float, Hypothesis]] = {}
    for entry in sorted(scored, key=lambda entry: -entry[0]):
        distinct.setdefault(_spelling(entry[2].ids), entry)
    kept = list(distinct.values())
    best, second = kept[0][0], kept[1][0] if len(kept) > 1 else kept[0][0] - MOST_LEAD
    return [
        Candidate(
            ids=hypothesis.ids,
            log_probability=hypothesis.log_probability,
            doubts=hypothesis.doubts,
            disagreement=too_many_or_few,
            score=score,
            lead=min(MOST_LEAD, score - (best if index else second)),
        )
        for index, (score, too_many_or_few, hypothesis) in enumerate(kept)
    ]


def _spelling(ids: Sequence[int]) -> str:
    """One spelling for all that have the same presentation tree."""
    return to_latex(parse(decode(list(ids)), MathLimits()))

"""Beam search over a decoder that keeps the keys and values of what it has written."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.notation.tokens import END_ID, START_ID, VOCABULARY
from core.predictor.grammar import BEGIN, State, advance, allowed, least

FloatArray: TypeAlias = NDArray[np.float32]
Past: TypeAlias = tuple[FloatArray, FloatArray]
Step: TypeAlias = Callable[[NDArray[np.int64], int, Past], tuple[FloatArray, Past]]
"""(token of each beam, position, keys and values so far) -> (logits (beams, vocabulary), keys and values with this
token).

Keys and values are (layers, beams, heads, length, size).
"""


@dataclass(frozen=True)
class BeamSettings:
    """`hypotheses`: how many are wanted at most; one less likely than the best by `margin` nats is not waited for.
    `doubtful`: a token less probable than this, after those before it, counts as a doubt; label smoothing of a tenth
    leaves no token much more.
    """

    beams: int = 5
    hypotheses: int = 5
    margin: float = 6.0
    doubtful: float = 0.9


@dataclass(frozen=True)
class Hypothesis:
    """Token ids without marks, and the log-probability of the whole sequence, its end included. `doubts`: how many of
    its tokens were doubtful.
    """

    ids: tuple[int, ...]
    log_probability: float
    doubts: int = 0


@dataclass(frozen=True)
class _Beam:
    ids: tuple[int, ...]
    log_probability: float
    doubts: int
    state: State


def beam_search(step: Step, past: Past, settings: BeamSettings, max_tokens: int) -> list[Hypothesis]:
    """The likeliest sequences, best first, at least one. All are expressions of the grammar.

    Raises ValueError where `max_tokens` leaves no room for an expression and its end mark.
    """
    if max_tokens < least(BEGIN):
        raise ValueError(f"no expression has fewer than {least(BEGIN)} tokens")
    alive = [_Beam((), 0.0, 0, BEGIN)]
    finished: list[Hypothesis] = []
    for position in range(max_tokens):
        tokens = np.array([beam.ids[-1] if beam.ids else START_ID for beam in alive], np.int64)
        logits, past = step(tokens, position, past)
        log_probabilities = log_softmax(logits)
        for row, beam in enumerate(alive):
            may_follow = allowed(beam.state, max_tokens - position)
            log_probabilities[row, ~may_follow[: log_probabilities.shape[1]]] = -np.inf
        grown: list[_Beam] = []
        parents: list[int] = []
        for row, token, score in _best(alive, log_probabilities, settings.beams * 2):
            beam = alive[row]
            doubts = beam.doubts + (score - beam.log_probability < math.log(settings.doubtful))
            if token == END_ID:
                finished.append(Hypothesis(beam.ids, score, doubts))
            elif len(grown) < settings.beams:
                grown.append(_Beam((*beam.ids, token), score, doubts, advance(beam.state, VOCABULARY[token])))
                parents.append(row)
        alive = grown
        if not alive or _settled(finished, alive[0], settings):
            break
        past = past[0][:, parents], past[1][:, parents]
    finished.sort(key=lambda hypothesis: -hypothesis.log_probability)
    return finished[: settings.hypotheses]


def log_softmax(logits: FloatArray) -> NDArray[np.float64]:
    """Log-probabilities of each row of `logits`."""
    shifted: NDArray[np.float64] = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    normaliser: NDArray[np.float64] = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shifted - normaliser


def _best(alive: list[_Beam], log_probabilities: NDArray[np.float64], count: int) -> list[tuple[int, int, float]]:
    """(beam, token, log-probability) of the `count` likeliest continuations that are possible at all, likeliest
    first.
    """
    scores = log_probabilities + np.array([beam.log_probability for beam in alive])[:, None]
    order = np.argsort(-scores, axis=None)[:count]
    places = [divmod(int(i), scores.shape[1]) for i in order]
    return [(row, token, float(scores[row, token])) for row, token in places if np.isfinite(scores[row, token])]


def _settled(finished: list[Hypothesis], best_alive: _Beam, settings: BeamSettings) -> bool:
    """True once the best living beam could no longer bring anything that is wanted: it can only lose from here on."""
    if not finished:
        return False
    ranked = sorted((hypothesis.log_probability for hypothesis in finished), reverse=True)
    bar = ranked[0] - settings.margin
    if len(ranked) >= settings.hypotheses:
        bar = max(bar, ranked[settings.hypotheses - 1])
    return best_alive.log_probability < bar

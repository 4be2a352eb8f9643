"""Beam search over a language small enough to know by heart: a table from what was written to what may follow."""

from collections.abc import Mapping

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.notation.tokens import END_ID, START_ID, TOKEN_IDS, VOCABULARY
from core.predictor.beam import BeamSettings, Past, Step, beam_search

EMPTY = np.zeros((1, 1, 1, 0, 1), np.float32)
X, Y, OPEN, CLOSE = (TOKEN_IDS[token] for token in ("x", "y", "{", "}"))


def decoder(following: Mapping[tuple[int, ...], Mapping[int, float]]) -> Step:
    """A decoder that remembers what it was fed in its keys, and gives the probabilities of the table."""

    def step(tokens: NDArray[np.int64], position: int, past: Past) -> tuple[NDArray[np.float32], Past]:
        fed = tokens.astype(np.float32).reshape(1, -1, 1, 1, 1)
        keys = np.concatenate([past[0], fed], axis=3)
        assert keys.shape[3] == position + 1
        logits = np.full((len(tokens), len(VOCABULARY)), -30.0, np.float32)
        for row in range(len(tokens)):
            written = tuple(int(token) for token in keys[0, row, 0, :, 0])
            assert written[0] == START_ID
            for token, probability in following.get(written[1:], {END_ID: 1.0}).items():
                logits[row, token] = np.log(probability)
        return logits, (keys, keys)

    return step


def search(following: Mapping[tuple[int, ...], Mapping[int, float]], beams: int = 5) -> list[tuple[int, ...]]:
    found = beam_search(decoder(following), (EMPTY, EMPTY), BeamSettings(beams=beams), max_tokens=12)
    return [hypothesis.ids for hypothesis in found]


def test_a_beam_finds_what_a_greedy_reader_misses() -> None:
    following = {(): {X: 0.6, Y: 0.4}, (X,): {X: 0.34, Y: 0.33, END_ID: 0.33}, (Y,): {END_ID: 1.0}}
    assert search(following, beams=1)[0] != (Y,)
    assert search(following)[0] == (Y,)


def test_hypotheses_are_distinct_and_likeliest_first() -> None:
    found = search({(): {X: 0.5, Y: 0.3, END_ID: 0.2}, (X,): {Y: 0.7, END_ID: 0.3}})
    assert len(set(found)) == len(found) > 1
    assert found[0] == (X, Y)


def test_log_probability_is_of_the_whole_sequence() -> None:
    best = beam_search(decoder({(): {X: 0.25, Y: 0.75}}), (EMPTY, EMPTY), BeamSettings(), 12)[0]
    assert best.ids == (Y,)
    assert np.isclose(np.exp(best.log_probability), 0.75, atol=1e-3)


def test_doubts_are_tokens_that_others_might_have_stood_for() -> None:
    found = beam_search(
        decoder({(): {X: 0.6, Y: 0.4}, (X,): {END_ID: 0.95, Y: 0.05}}), (EMPTY, EMPTY), BeamSettings(), 4
    )
    doubts = {hypothesis.ids: hypothesis.doubts for hypothesis in found}
    assert doubts[(X,)] == 1
    assert doubts[(Y,)] == 1
    assert doubts[(X, Y)] == 2


class Loves:
    """A table that always wants the same token next."""

    def __init__(self, token: int) -> None:
        self.token = token

    def get(self, written: tuple[int, ...], default: Mapping[int, float]) -> Mapping[int, float]:
        return {self.token: 1.0}


@given(st.sampled_from([OPEN, CLOSE, X, END_ID]))
def test_braces_balance_and_the_search_ends_whatever_the_network_wants(token: int) -> None:
    for ids in search(Loves(token)):  # type: ignore[arg-type]
        depth = 0
        for i in ids:
            depth += (i == OPEN) - (i == CLOSE)
            assert depth >= 0
        assert depth == 0
        assert len(ids) <= 12

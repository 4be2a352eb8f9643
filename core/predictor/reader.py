"""Loads the exported network and reads one line of ink: the encoder once, then beam search over its decoder."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from core.notation.tokens import VOCABULARY, decode
from core.outcome import Reading
from core.predictor.beam import BeamSettings, Hypothesis, beam_search
from core.predictor.canvas import CELL, fit

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Calibration:
    """Turns a sequence's log-probability into the probability that it is exactly right (Platt 1999).

    Label smoothing keeps a network from ever being sure of a token; `per_token` gives a long line that back.
    """

    slope: float = 1.0
    per_token: float = 0.0
    intercept: float = 0.0

    def confidence(self, hypothesis: Hypothesis) -> float:
        tokens = len(hypothesis.ids) + 1
        odds = self.slope * hypothesis.log_probability + self.per_token * tokens + self.intercept
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))


@dataclass(frozen=True)
class ReaderSizes:
    """Sizes of the exported network, as reader.json beside it says."""

    layers: int
    heads: int
    size: int
    max_tokens: int
    vocabulary: int
    fingerprint: str


class Reader:
    """One network in memory. Not for use from several threads at once.

    `folder` holds encoder.onnx, step.onnx and reader.json, and calibration.json where it was calibrated. Raises
    ValueError where the network was made for another alphabet.
    """

    def __init__(self, folder: Path, threads: int = 1, settings: BeamSettings = BeamSettings()) -> None:  # noqa: B008
        self.sizes = ReaderSizes(**json.loads((folder / "reader.json").read_text()))
        if self.sizes.vocabulary > len(VOCABULARY):
            raise ValueError(f"the network knows {self.sizes.vocabulary} tokens, the alphabet {len(VOCABULARY)}")
        calibration = folder / "calibration.json"
        self.calibration = Calibration(**json.loads(calibration.read_text())) if calibration.exists() else Calibration()
        self.settings = settings
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._encoder, self._step = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("encoder.onnx", "step.onnx")
        )

    def read(self, ink: NDArray[np.uint8]) -> tuple[Reading, ...]:
        """The likeliest readings of normalised ink (height, width), best first; at least one, and none twice."""
        return tuple(
            Reading(decode(list(hypothesis.ids)), self.calibration.confidence(hypothesis))
            for hypothesis in self.hypotheses(ink)
        )

    def hypotheses(self, ink: NDArray[np.uint8]) -> list[Hypothesis]:
        """What `read` returns, before calibration."""
        canvas = fit(ink)
        rows, columns = canvas.shape[0] // CELL, canvas.shape[1] // CELL
        feeds = {
            "ink": canvas[None, None].astype(np.float32) / 255,
            "mask": np.ones((1, rows, columns), np.bool_),
        }
        keys, values = self._encoder.run(["memory_keys", "memory_values"], feeds)
        empty = np.zeros((self.sizes.layers, 1, self.sizes.heads, 0, self.sizes.size), np.float32)

        def step(
            tokens: NDArray[np.int64], position: int, past: tuple[FloatArray, FloatArray]
        ) -> tuple[FloatArray, tuple[FloatArray, FloatArray]]:
            feeds = {
                "token": tokens, "position": np.array(position), "memory_keys": keys, "memory_values": values,
                "past_keys": past[0], "past_values": past[1],
            }  # fmt: skip
            logits, past_keys, past_values = self._step.run(None, feeds)
            return logits, (past_keys, past_values)

        return beam_search(step, (empty, empty), self.settings, self.sizes.max_tokens)

"""The exported network under ONNX Runtime: a look at a canvas, and one decoding step over one or more looks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from core.notation.tokens import VOCABULARY
from core.predictor.beam import FloatArray, Past, Step, log_softmax
from core.predictor.canvas import CELL


@dataclass(frozen=True)
class NetworkSizes:
    """Sizes of the exported network, as reader.json beside it says."""

    layers: int
    heads: int
    size: int
    max_tokens: int
    vocabulary: int
    fingerprint: str


@dataclass(frozen=True)
class Look:
    """What the encoder makes of one canvas. `keys` and `values`: (layers, 1, heads, cells, size); `symbol_map`: logits
    (vocabulary, rows, columns).
    """

    keys: FloatArray
    values: FloatArray
    symbol_map: FloatArray


class Network:
    """One network in memory. Not for use from several threads at once.

    `folder` holds encoder.onnx, step.onnx and reader.json. Raises ValueError where the network was made for another
    alphabet.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.sizes = NetworkSizes(**json.loads((folder / "reader.json").read_text()))
        if self.sizes.vocabulary > len(VOCABULARY):
            raise ValueError(f"the network knows {self.sizes.vocabulary} tokens, the alphabet {len(VOCABULARY)}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep the largest line's memory for good; it saves no time here
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._encoder, self._step = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("encoder.onnx", "step.onnx")
        )

    def look(self, canvas: NDArray[np.uint8]) -> Look:
        """`canvas`: (height, width), as `core.predictor.canvas.fit` makes it."""
        rows, columns = canvas.shape[0] // CELL, canvas.shape[1] // CELL
        feeds = {
            "ink": canvas[None, None].astype(np.float32) / 255,
            "mask": np.ones((1, rows, columns), np.bool_),
        }
        keys, values, symbol_map = self._encoder.run(["memory_keys", "memory_values", "symbol_map"], feeds)
        return Look(keys, values, symbol_map[0])

    def nothing(self, looks: Sequence[Look]) -> Past:
        """Keys and values before the first step: those of each look after another along the layers."""
        empty = np.zeros((self.sizes.layers * len(looks), 1, self.sizes.heads, 0, self.sizes.size), np.float32)
        return empty, empty

    def step(self, looks: Sequence[Look]) -> Step:
        """One decoding step: mean log-probabilities over `looks`."""

        def step(tokens: NDArray[np.int64], position: int, past: Past) -> tuple[FloatArray, Past]:
            seen = [
                self._one_step(tokens, position, look, (keys, values))
                for look, keys, values in zip(
                    looks, np.split(past[0], len(looks)), np.split(past[1], len(looks)), strict=True
                )
            ]
            if len(seen) == 1:
                return seen[0]
            log_probabilities = np.mean([log_softmax(logits) for logits, _ in seen], axis=0)
            keys, values = (np.concatenate([kept[part] for _, kept in seen]) for part in (0, 1))
            return log_probabilities.astype(np.float32), (keys, values)

        return step

    def _one_step(self, tokens: NDArray[np.int64], position: int, look: Look, past: Past) -> tuple[FloatArray, Past]:
        feeds = {
            "token": tokens, "position": np.array(position), "memory_keys": look.keys, "memory_values": look.values,
            "past_keys": past[0], "past_values": past[1],
        }  # fmt: skip
        logits, keys, values = self._step.run(["logits", "keys", "values"], feeds)
        return logits, (keys, values)

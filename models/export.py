"""Writes the network as two ONNX files, encoder and one decoding step, and proves them equal to torch."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from core.notation.tokens import START_ID
from core.predictor.canvas import CELL
from models.network import ReaderNetwork

OPSET = 18
TOLERANCE = 1e-3
"""Largest difference of a logit between torch and ONNX Runtime."""


class Encoder(nn.Module):
    """Ink and mask in; the decoder's memory (layers, batch, heads, cells, size), keys then values, and the symbol
    map out.
    """

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ink: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        cells, symbol_map = self.network.encode(ink, mask)
        pairs = self.network.memory(cells)
        return torch.stack([keys for keys, _ in pairs]), torch.stack([values for _, values in pairs]), symbol_map


class Step(nn.Module):
    """One more token for each beam. All beams look at the same line: memory has batch 1 and is shared."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, token: Tensor, position: Tensor, memory_keys: Tensor, memory_values: Tensor, past_keys: Tensor,
        past_values: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
        beams = token.shape[0]
        memory = [
            (keys.expand(beams, -1, -1, -1), values.expand(beams, -1, -1, -1))
            for keys, values in zip(memory_keys.unbind(0), memory_values.unbind(0), strict=True)
        ]
        visible = torch.ones((1, memory_keys.shape[3]), dtype=torch.bool)
        past = list(zip(past_keys.unbind(0), past_values.unbind(0), strict=True))
        logits, kept = self.network.step(token, position, memory, visible, past)
        return logits, torch.stack([keys for keys, _ in kept]), torch.stack([values for _, values in kept])


@dataclass(frozen=True)
class Exported:
    """`difference`: largest absolute difference of a first-step logit between torch and ONNX Runtime."""

    encoder: Path
    step: Path
    difference: float


def export(network: ReaderNetwork, folder: Path) -> Exported:
    """Writes encoder.onnx, step.onnx and reader.json (sizes, and a fingerprint of the weights) into `folder`.

    Raises ValueError where the exported network does not agree with torch.
    """
    network = network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    shape = network.shape
    encoder, step = Encoder(network).eval(), Step(network).eval()
    ink, mask = torch.rand(1, 1, 64, 160), torch.ones(1, 64 // CELL, 160 // CELL, dtype=torch.bool)
    with torch.no_grad():
        keys, values, _ = encoder(ink, mask)
    past = torch.rand(shape.layers, 2, shape.heads, 3, shape.width // shape.heads)
    paths = folder / "encoder.onnx", folder / "step.onnx"
    torch.onnx.export(
        encoder, (ink, mask), str(paths[0]), dynamo=False, opset_version=OPSET,
        input_names=["ink", "mask"], output_names=["memory_keys", "memory_values", "symbol_map"],
        dynamic_axes={
            "ink": {2: "height", 3: "width"}, "mask": {1: "rows", 2: "columns"}, "memory_keys": {3: "cells"},
            "memory_values": {3: "cells"}, "symbol_map": {2: "rows", 3: "columns"},
        },
    )  # fmt: skip
    torch.onnx.export(
        step, (torch.tensor([START_ID, START_ID]), torch.tensor(3), keys, values, past, past), str(paths[1]),
        dynamo=False, opset_version=OPSET,
        input_names=["token", "position", "memory_keys", "memory_values", "past_keys", "past_values"],
        output_names=["logits", "keys", "values"],
        dynamic_axes={
            "token": {0: "beams"}, "memory_keys": {3: "cells"}, "memory_values": {3: "cells"},
            "past_keys": {1: "beams", 3: "length"}, "past_values": {1: "beams", 3: "length"},
            "logits": {0: "beams"}, "keys": {1: "beams", 3: "next"}, "values": {1: "beams", 3: "next"},
        },
    )  # fmt: skip
    fingerprint = hashlib.sha256(paths[0].read_bytes() + paths[1].read_bytes()).hexdigest()[:16]
    sizes = {
        "layers": shape.layers, "heads": shape.heads, "size": shape.width // shape.heads,
        "max_tokens": shape.max_tokens, "vocabulary": shape.vocabulary, "fingerprint": fingerprint,
    }  # fmt: skip
    (folder / "reader.json").write_text(json.dumps(sizes, indent=1) + "\n")
    difference = parity(network, *paths)
    if difference > TOLERANCE:
        raise ValueError(f"the exported network differs from torch by {difference:.2g}")
    return Exported(*paths, difference)


@torch.no_grad()
def parity(network: ReaderNetwork, encoder_path: Path, step_path: Path) -> float:
    """Largest difference of a logit over two decoding steps on random ink of another size than was traced."""
    generator = torch.Generator().manual_seed(0)
    ink = torch.rand(1, 1, 48, 208, generator=generator)
    mask = torch.ones(1, 48 // CELL, 208 // CELL, dtype=torch.bool)
    tokens = torch.tensor([[START_ID, 40]])
    wanted, _ = network(ink, mask, tokens)
    encoder, step = (onnxruntime.InferenceSession(str(p)) for p in (encoder_path, step_path))
    keys, values, _ = encoder.run(None, {"ink": ink.numpy(), "mask": mask.numpy()})
    shape = network.shape
    past_keys = past_values = np.zeros((shape.layers, 1, shape.heads, 0, shape.width // shape.heads), np.float32)
    worst = 0.0
    for position in range(2):
        feeds = {
            "token": tokens[:, position].numpy(), "position": np.array(position), "memory_keys": keys,
            "memory_values": values, "past_keys": past_keys, "past_values": past_values,
        }  # fmt: skip
        logits, past_keys, past_values = step.run(None, feeds)
        worst = max(worst, float(np.abs(logits[0] - wanted[0, position].numpy()).max()))
    return worst

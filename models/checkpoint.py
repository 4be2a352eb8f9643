"""What a training run needs to go on: kept in the user's cache, and, for a fresh machine, the committed weights
alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.network import NetworkShape, ReaderNetwork

WEIGHTS = Path(__file__).parent / "weights" / "reader.pt"


@dataclass(frozen=True)
class Progress:
    """How much a network has seen: optimiser steps, samples, and seconds of training."""

    steps: int = 0
    samples: int = 0
    seconds: float = 0.0

    def plus(self, samples: int, seconds: float) -> Progress:
        return replace(self, steps=self.steps + 1, samples=self.samples + samples, seconds=self.seconds + seconds)


class ExponentialAverage:
    """Running average of a network's weights (Polyak): what is evaluated and exported."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.state = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module, steps: int) -> None:
        """`steps` since the average began: it trusts the newest weights more while it is young."""
        decay = min(self.decay, (steps + 1) / (steps + 50))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].mul_(decay).add_(value, alpha=1 - decay)
            else:
                self.state[name].copy_(value)


def save_weights(path: Path, state: Mapping[str, Tensor], shape: NetworkShape, progress: Progress) -> None:
    """Weights alone, in half precision: what is committed."""
    half = {name: value.half() if value.dtype.is_floating_point else value for name, value in state.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": half, "shape": asdict(shape), "progress": asdict(progress)}, path)


def load_weights(path: Path) -> tuple[ReaderNetwork, Progress]:
    """The network that `save_weights` wrote. A vocabulary that has grown since gets fresh rows at its end."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    network = ReaderNetwork(replace(_shape(saved["shape"]), vocabulary=NetworkShape().vocabulary))
    state = network.state_dict()
    for name, value in saved["weights"].items():
        if state[name].dim():
            state[name][: value.shape[0]] = value
        else:
            state[name] = value
    network.load_state_dict(state)
    return network, Progress(**saved["progress"])


def load_mean(paths: Sequence[Path]) -> tuple[ReaderNetwork, Progress]:
    """The mean of several weights of one training, and the progress of the furthest of them: better than any one of
    them, where they lie in one valley (Wortsman et al. 2022, "Model soups").
    """
    networks, progress = zip(*(load_weights(path) for path in paths), strict=True)
    states = [network.state_dict() for network in networks]
    mean = {
        name: torch.stack([state[name] for state in states]).mean(dim=0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }
    networks[0].load_state_dict(mean)
    return networks[0], max(progress, key=lambda one: one.samples)


def _shape(saved: Mapping[str, Any]) -> NetworkShape:
    sizes: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in saved.items()}
    return NetworkShape(**sizes)

"""The moving parts of a training run, one step of it, and how they are saved and found again."""

from __future__ import annotations

from dataclasses import asdict

import torch
from torch import Tensor
from torch.nn import functional

from core.notation.tokens import PAD_ID
from models.checkpoint import WEIGHTS, ExponentialAverage, Progress, load_weights, save_weights
from models.data.batches import UNKNOWN_SYMBOL, Batch
from models.network import NetworkShape, ReaderNetwork
from models.training import Training
from models.validate import tensors

CHECKPOINT_NAME, WEIGHTS_NAME = "latest.pt", "reader.pt"


class Run:
    """Network, optimiser, average and progress. With `resume` it goes on from the last checkpoint in the run's folder;
    where there is none, from the committed weights with a fresh optimiser.
    """

    def __init__(self, training: Training, resume: bool) -> None:
        self.training = training
        checkpoint = training.folder / CHECKPOINT_NAME
        saved = torch.load(checkpoint, weights_only=True) if resume and checkpoint.exists() else None
        if saved is not None:
            self.network, self.progress = ReaderNetwork(), Progress(**saved["progress"])
            self.network.load_state_dict(saved["network"])
        elif resume and WEIGHTS.exists():
            self.network, self.progress = load_weights(WEIGHTS)
        else:
            self.network, self.progress = ReaderNetwork(NetworkShape()), Progress()
        self.network = self.network.to(memory_format=torch.channels_last).train()
        self.average = ExponentialAverage(self.network, training.average_decay)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), training.rate, weight_decay=training.weight_decay, fused=True
        )
        self.optimiser_steps = 0
        if saved is not None:
            self.average.state = saved["average"]
            self.optimiser.load_state_dict(saved["optimiser"])
            self.optimiser_steps = saved["optimiser_steps"]

    def step(self, batch: Batch, rate: float, seconds: float) -> Tensor:
        """Trains on `batch`, which took `seconds` to come; returns the losses of tokens and of the symbol map, (2,)."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        token_loss, map_loss = losses(self.network, batch, self.training)
        self.optimiser.zero_grad(set_to_none=True)
        (token_loss + self.training.map_weight * map_loss).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.training.gradient_limit)
        self.optimiser.step()
        self.optimiser_steps += 1
        self.average.update(self.network, self.progress.steps)
        self.progress = self.progress.plus(len(batch.tokens), seconds)
        return torch.stack([token_loss.detach(), map_loss.detach()])

    def averaged(self) -> ReaderNetwork:
        """The network with the averaged weights."""
        network = ReaderNetwork(self.network.shape)
        network.load_state_dict(self.average.state)
        return network.to(memory_format=torch.channels_last)

    def save(self) -> None:
        """Writes the checkpoint, whole or not at all, and beside it the averaged weights alone."""
        folder = self.training.folder
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{CHECKPOINT_NAME}.unfinished"
        torch.save(
            {
                "network": self.network.state_dict(),
                "average": self.average.state,
                "optimiser": self.optimiser.state_dict(),
                "optimiser_steps": self.optimiser_steps,
                "progress": asdict(self.progress),
            },
            unfinished,
        )
        unfinished.replace(folder / CHECKPOINT_NAME)
        save_weights(folder / WEIGHTS_NAME, self.average.state, self.network.shape, self.progress)


def losses(network: ReaderNetwork, batch: Batch, training: Training) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the next token, and of the symbol map with paper weighted down (0 where no map is known)."""
    ink, mask, symbol_map, tokens = tensors(batch)
    logits, map_logits = network(ink, mask, corrupted(tokens[:, :-1], training.corruption))
    token_loss = functional.cross_entropy(
        logits.flatten(0, 1), tokens[:, 1:].flatten(), ignore_index=PAD_ID, label_smoothing=training.label_smoothing
    )
    if not (symbol_map != UNKNOWN_SYMBOL).any():
        return token_loss, map_logits.sum() * 0
    weight = torch.ones(map_logits.shape[1])
    weight[PAD_ID] = training.paper_weight
    return token_loss, functional.cross_entropy(map_logits, symbol_map, weight=weight, ignore_index=UNKNOWN_SYMBOL)


def corrupted(tokens: Tensor, share: float) -> Tensor:
    """`tokens` (batch, length) with a share of them, never the first of a line, replaced by others of the batch."""
    others = tokens.flatten()[torch.randint(tokens.numel(), tokens.shape)]
    chosen = torch.rand(tokens.shape) < share
    chosen[:, 0] = False
    return torch.where(chosen, others, tokens)

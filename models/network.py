"""The reader network: a thin ResNet, a symbol-map head, and a Transformer decoder.

An ink map goes in; the decoder writes LaTeX tokens one by one while it looks at the encoder's cells. The symbol map
says for every cell which symbol has its middle there (after SSAN, AAAI 2025, with true symbol boxes instead of
guessed ones).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.resnet import BasicBlock

from core.notation.tokens import VOCABULARY


@dataclass(frozen=True)
class NetworkShape:
    """Sizes of the network. `channels` and `blocks`: of the four stages at strides 2, 4, 8 and 8."""

    channels: tuple[int, int, int, int] = (24, 48, 96, 160)
    blocks: tuple[int, int, int, int] = (0, 1, 2, 2)
    width: int = 192
    heads: int = 6
    layers: int = 3
    max_tokens: int = 220
    dropout: float = 0.1
    vocabulary: int = len(VOCABULARY)


def _stem(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


def _stage(inputs: int, outputs: int, stride: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(_stem(inputs, outputs, stride), *(BasicBlock(outputs, outputs) for _ in range(blocks)))


def position_encoding(mask: Tensor, width: int) -> Tensor:
    """Sines and cosines of each cell's row and column: (batch, rows, columns, width), after Carion et al. 2020 (DETR).

    `mask`: (batch, rows, columns), True on the canvas proper; padding does not shift positions.
    """
    rows, columns = mask.float().cumsum(1) - 1, mask.float().cumsum(2) - 1
    quarter = width // 4
    rates = torch.exp(torch.arange(quarter, device=mask.device) * (-math.log(1000.0) / quarter))
    angles = [axis.unsqueeze(-1) * rates for axis in (rows, columns)]
    return torch.cat([wave for angle in angles for wave in (angle.sin(), angle.cos())], dim=-1)


class DecoderLayer(nn.Module):
    """Pre-norm Transformer decoder layer whose keys and values can be kept between steps."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.self_norm, self.cross_norm, self.feed_norm = (nn.LayerNorm(width) for _ in range(3))
        self.self_in, self.self_out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.cross_query, self.cross_memory = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.cross_out = nn.Linear(width, width)
        self.feed = nn.Sequential(
            nn.Linear(width, 4 * width), nn.ReLU(inplace=True), nn.Dropout(dropout), nn.Linear(4 * width, width)
        )
        self.dropout = nn.Dropout(dropout)

    def _split(self, values: Tensor) -> Tensor:
        batch, length, width = values.shape
        return values.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def _join(self, values: Tensor) -> Tensor:
        return values.transpose(1, 2).flatten(2)

    def memory(self, cells: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the encoder's cells, each (batch, heads, cells, width / heads)."""
        keys, values = self.cross_memory(cells).chunk(2, dim=-1)
        return self._split(keys), self._split(values)

    def forward(
        self, x: Tensor, memory: tuple[Tensor, Tensor], visible: Tensor, past: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """`x`: (batch, length, width), causal; with `past`, one new position after those kept. Also returns what to
        keep.
        """
        query, key, value = (self._split(part) for part in self.self_in(self.self_norm(x)).chunk(3, dim=-1))
        if past is not None:
            key, value = torch.cat([past[0], key], dim=2), torch.cat([past[1], value], dim=2)
        attended = functional.scaled_dot_product_attention(query, key, value, is_causal=past is None)
        x = x + self.dropout(self.self_out(self._join(attended)))
        query = self._split(self.cross_query(self.cross_norm(x)))
        attended = functional.scaled_dot_product_attention(query, *memory, attn_mask=visible[:, None, None])
        x = x + self.dropout(self.cross_out(self._join(attended)))
        return x + self.dropout(self.feed(self.feed_norm(x))), (key, value)


class ReaderNetwork(nn.Module):
    """Reads ink maps (batch, 1, height, width), sides multiples of 16, ink 1 and paper 0."""

    def __init__(self, shape: NetworkShape = NetworkShape()) -> None:
        super().__init__()
        self.shape = shape
        sizes = (1, *shape.channels)
        self.encoder = nn.Sequential(
            *(_stage(sizes[i], sizes[i + 1], stride, shape.blocks[i]) for i, stride in enumerate((2, 2, 2, 1)))
        )
        self.symbol_head = nn.Conv2d(shape.channels[-1], shape.vocabulary, 1)
        self.project, self.project_norm = nn.Linear(shape.channels[-1], shape.width), nn.LayerNorm(shape.width)
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Parameter(torch.empty(shape.max_tokens, shape.width))
        self.layers = nn.ModuleList(DecoderLayer(shape.width, shape.heads, shape.dropout) for _ in range(shape.layers))
        self.norm, self.output = nn.LayerNorm(shape.width), nn.Linear(shape.width, shape.vocabulary)
        nn.init.normal_(self.embedding.weight, std=0.02)
        nn.init.normal_(self.positions, std=0.02)

    def memory(self, cells: Tensor) -> list[tuple[Tensor, Tensor]]:
        """Keys and values of `cells` for every decoder layer: what `step` looks at."""
        return [layer.memory(cells) for layer in self._layers()]

    def _layers(self) -> Iterator[DecoderLayer]:
        for layer in self.layers:
            assert isinstance(layer, DecoderLayer)
            yield layer

    def encode(self, ink: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Cells (batch, rows * columns, width) and symbol-map logits (batch, vocabulary, rows, columns).

        `mask`: (batch, rows, columns) at 1/8 of the ink's size, True on the canvas proper.
        """
        features = self.encoder(ink)
        cells = self.project_norm(self.project(features.permute(0, 2, 3, 1)))
        return (cells + position_encoding(mask, self.shape.width)).flatten(1, 2), self.symbol_head(features)

    def forward(self, ink: Tensor, mask: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Next-token logits (batch, length, vocabulary) for `tokens` (batch, length), and symbol-map logits."""
        cells, symbol_map = self.encode(ink, mask)
        visible = mask.flatten(1)
        x = self.embedding(tokens) + self.positions[: tokens.shape[1]]
        for layer in self._layers():
            x, _ = layer(x, layer.memory(cells), visible)
        return self.output(self.norm(x)), symbol_map

    def step(
        self, token: Tensor, position: Tensor, memory: list[tuple[Tensor, Tensor]], visible: Tensor,
        past: list[tuple[Tensor, Tensor]],
    ) -> tuple[Tensor, list[tuple[Tensor, Tensor]]]:  # fmt: skip
        """Logits (batch, vocabulary) after one more `token` (batch,) at `position` (scalar), and the keys and
        values so far.
        """
        x = self.embedding(token).unsqueeze(1) + self.positions[position]
        kept = []
        for layer, layer_memory, layer_past in zip(self._layers(), memory, past, strict=True):
            x, layer_kept = layer(x, layer_memory, visible, layer_past)
            kept.append(layer_kept)
        return self.output(self.norm(x)).squeeze(1), kept

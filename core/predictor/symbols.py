"""What the encoder's symbol map says is written, in no order: how often each symbol.

The decoder leaves a symbol out, or writes one twice, more easily than the map does. So the map can tell which of the
decoder's hypotheses accounts for all of the ink, and how long a hypothesis can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.notation.tokens import PAD_ID, VOCABULARY

WITHOUT_INK = frozenset(r"{ } ^ _ & \\ \limits \mathrm \begin{matrix} \end{matrix} \end{cases}".split())
DRAWN_AS: Mapping[str, tuple[str, ...]] = {
    "\\frac": ("-",), "\\overline": ("-",), "\\bar": ("-",), "\\vec": ("\\rightarrow",), "\\binom": ("(", ")"),
    "\\begin{cases}": ("\\{",),
}  # fmt: skip
"""Tokens that are written as other symbols. All others are written as themselves."""

TOKENS_PER_SYMBOL, SPARE_TOKENS = 3, 12
"""A line has at most so many tokens for each symbol, and so many more: seen of all lines that were held out."""


def symbols_on_map(symbol_map: NDArray[np.float32]) -> Counter[str]:
    """How often each symbol is written, by the map's logits (vocabulary, rows, columns): each patch of cells with the
    same likeliest symbol is one.
    """
    likeliest = symbol_map.argmax(axis=0)
    counts: Counter[str] = Counter()
    for symbol in np.unique(likeliest[likeliest != PAD_ID]):
        patches, _ = cv2.connectedComponents((likeliest == symbol).astype(np.uint8), connectivity=8)
        counts[VOCABULARY[symbol]] = patches - 1
    return counts


def symbols_of(ids: Sequence[int]) -> Counter[str]:
    """How often each symbol has to be written for the tokens `ids`."""
    return Counter(symbol for i in ids for symbol in _INK[i])


def disagreement(ids: Sequence[int], maps: Sequence[Counter[str]]) -> float:
    """Symbols too many or too few in `ids`, on average over `maps`."""
    written = symbols_of(ids)
    differences = [sum(abs(written[s] - seen[s]) for s in written.keys() | seen.keys()) for seen in maps]
    return sum(differences) / len(differences)


def most_tokens(maps: Sequence[Counter[str]]) -> int:
    """How long a hypothesis can be at most."""
    return max(seen.total() for seen in maps) * TOKENS_PER_SYMBOL + SPARE_TOKENS


_INK = tuple(() if token in WITHOUT_INK else DRAWN_AS.get(token, (token,)) for token in VOCABULARY)

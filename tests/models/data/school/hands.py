"""A bank with one plain ink of each token that CROHME's writers wrote: a double for thousands of real ones."""

from __future__ import annotations

import numpy as np

from core.notation.tokens import CROHME_TOKENS
from models.data.augment import SymbolBank
from models.data.expression import Stroke

NEVER_WRITTEN = frozenset(r"{ } ^ _ \frac \limits \cdot \cdots \Pi".split())


def _stroke(*points: tuple[float, float]) -> Stroke:
    return np.array(points, np.float32)


CROSS = (_stroke((0, 0), (30, 50)), _stroke((30, 0), (0, 50)))
INKS: dict[str, tuple[Stroke, ...]] = {
    "-": (_stroke((0, 0), (40, 1)),),
    "=": (_stroke((0, 0), (40, 0)), _stroke((0, 20), (40, 20))),
    ".": (_stroke((3, 3)),),
    "(": (_stroke((10, 0), (0, 30), (10, 60)),),
    ")": (_stroke((0, 0), (10, 30), (0, 60)),),
    r"\sqrt": (_stroke((0, 30), (5, 25), (12, 50), (20, 2), (25, 0), (60, 0), (90, 1)),),
}


def plain_bank() -> SymbolBank:
    return {token: [INKS.get(token, CROSS)] for token in CROHME_TOKENS if token not in NEVER_WRITTEN}

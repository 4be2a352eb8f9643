"""Synthetic school maths: what a student might photograph, written with the inks of real hands."""

from __future__ import annotations

from random import Random

import numpy as np

from models.data.augment import SymbolBank
from models.data.expression import Expression
from models.data.grammar.algebra import algebra
from models.data.grammar.arithmetic import arithmetic
from models.data.grammar.calculus import calculus
from models.data.grammar.terms import weighted
from models.data.layout import written

MAX_TOKENS = 70


def school_label(chance: Random) -> tuple[str, ...]:
    """The tokens of one expression, at most MAX_TOKENS of them."""
    while True:
        tokens = tuple(weighted(chance, ((40, arithmetic), (40, algebra), (20, calculus))).split())
        if len(tokens) <= MAX_TOKENS:
            return tokens


def school_expression(bank: SymbolBank, random: np.random.Generator) -> Expression:
    """One synthetic handwritten expression of school maths. `bank` must hold the common symbols: digits, letters, signs."""
    chance = Random(int(random.integers(1 << 62)))
    return written(school_label(chance), bank, chance)

"""Synthetic school maths: what a student might photograph, written with the inks of real hands."""

from __future__ import annotations

from random import Random

import numpy as np

from models.data.augment import SymbolBank
from models.data.expression import Expression
from models.data.school.grammar.algebra import algebra
from models.data.school.grammar.arithmetic import arithmetic
from models.data.school.grammar.calculus import calculus
from models.data.school.grammar.formulas import formulas
from models.data.school.grammar.rare import rare
from models.data.school.grammar.terms import weighted
from models.data.school.layout import written

MAX_TOKENS = 70
TOPICS = ((40, arithmetic), (31, algebra), (9, formulas), (17, calculus), (3, rare))
"""What a hundred photos show."""


def school_label(chance: Random) -> tuple[str, ...]:
    """The tokens of one expression, at most MAX_TOKENS of them."""
    while True:
        tokens = tuple(weighted(chance, TOPICS).split())
        if len(tokens) <= MAX_TOKENS:
            return tokens


def school_expression(bank: SymbolBank, random: np.random.Generator) -> Expression:
    """One synthetic handwritten expression of school maths. Raises KeyError where `bank` lacks a common symbol."""
    chance = Random(int(random.integers(1 << 62)))
    return written(school_label(chance), bank, chance)

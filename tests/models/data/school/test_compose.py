"""Tokens that no writer wrote still get ink."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from core.notation.tokens import TOKEN_IDS
from models.data.school.compose import DRAWN, LOOKALIKES, NAMES, PARTS, drawn
from models.data.school.hand import Hand, shape
from tests.models.data.school.hands import plain_bank

BANK = plain_bank()
COMPOSED = sorted({*DRAWN, *LOOKALIKES, *NAMES, *PARTS} - {r"\sqrt"})


@pytest.mark.parametrize("label", sorted(DRAWN))
def test_drawn_lines_fill_the_unit_square(label: str) -> None:
    for seed in range(5):
        points = np.concatenate(drawn(label, Random(seed)))
        assert (points > -0.3).all() and (points < 1.3).all()
        assert np.ptp(points, axis=0).max() > 0.7


@pytest.mark.parametrize("label", COMPOSED)
def test_a_hand_can_write_every_composed_token(label: str) -> None:
    glyph = Hand(BANK, Random(1)).glyph(label)
    assert label in TOKEN_IDS
    assert glyph.width > 0
    assert glyph.top < glyph.bottom


@pytest.mark.parametrize("label", sorted(BANK.keys() - {r"\sqrt"}))
def test_a_hand_can_write_every_token_of_the_bank(label: str) -> None:
    glyph = Hand(BANK, Random(2)).glyph(label)
    assert glyph.bottom - glyph.top < 3


def test_a_radical_is_stretched_behind_its_hook() -> None:
    for hook in (0.1, 0.5):
        ink = Hand(BANK, Random(5)).radical(hook)
        over = ink.points[ink.points[:, 1] < 0.1]
        assert over[:, 0].min() == pytest.approx(hook, abs=0.15)
        assert ink.points[:, 0].max() == pytest.approx(1.0, abs=0.1)


def test_a_name_without_examples_is_spelt_with_letters() -> None:
    glyph = Hand(BANK, Random(3)).glyph(r"\ln")
    assert len(glyph.shape.ends) == 2 * len("ln")


def test_a_hand_mostly_repeats_its_inks() -> None:
    bank = {"2": [(np.array([[0, 0], [i + 1, 10]], np.float32),) for i in range(50)]}
    hand = Hand(bank, Random(4))
    shapes = [hand.shape("2") for _ in range(40)]
    assert sum(s is shapes[0] for s in shapes) > 20


def test_a_shape_is_put_where_its_box_is() -> None:
    ink = shape([np.array([[5, 5], [15, 25]], np.float32), np.array([[5, 25]], np.float32)])
    line, dot = ink.placed(1.0, 2.0, 3.0, 4.0)
    assert line.tolist() == [[1, 2], [4, 6]]
    assert dot.tolist() == [[1, 6]]

import numpy as np
import pytest

from models.data.augment import symbol_bank
from models.data.expression import Expression, InkSymbol, bounds
from models.data.recompose import Recomposition, beside, piece, recomposed, relabelled
from tests.models.handwriting import one_plus_x

SUM = one_plus_x()
BANK = symbol_bank([SUM])


def product() -> Expression:
    """`x + x - 1`, from the strokes of `1 + x`."""
    one, plus, x = ([SUM.strokes[i] for i in symbol.strokes] for symbol in SUM.symbols)
    minus = [plus[0] + np.float32([30, 0])]
    again = [stroke + np.float32([14, 0]) for stroke in x]
    strokes = (*[s - np.float32([20, 0]) for s in x], *plus, *again, *minus, *[s + np.float32([50, 0]) for s in one])
    labels = (("x", (0, 1)), ("+", (2, 3)), ("x", (4, 5)), ("-", (6,)), ("1", (7,)))
    symbols = tuple(InkSymbol(label, indices, token) for token, (label, indices) in enumerate(labels))
    return Expression("product", "ada", tuple("x+x-1"), strokes, symbols, 10.0)


def is_sound(expression: Expression) -> bool:
    """Every symbol has its own strokes, and stands for the token that its label names."""
    own = [i for symbol in expression.symbols for i in symbol.strokes]
    named = all(expression.tokens[symbol.token or 0] == symbol.label for symbol in expression.symbols)
    return sorted(own) == list(range(len(expression.strokes))) and named


@pytest.mark.parametrize("seed", range(20))
def test_a_piece_is_a_whole_part_of_its_line(seed: int) -> None:
    cut = piece(product(), np.random.default_rng(seed))
    label = "".join(cut.tokens)
    assert label in "x+x-1"
    assert label[0] not in "+" and label[-1] not in "+-"
    assert is_sound(cut)


def test_two_lines_side_by_side_do_not_touch() -> None:
    bank = {
        join: [(np.float32([[0, 0], [5, 0]]),)]
        for join in ("+", "-", "=", r"\times", "<", ">", r"\leq", r"\rightarrow")
    }
    both = beside(SUM, product(), bank, np.random.default_rng(4))
    assert both.tokens[:3] == SUM.tokens and both.tokens[4:] == product().tokens
    assert is_sound(both)
    left, sign, right = (both.strokes[:5], both.strokes[5:6], both.strokes[6:])
    assert bounds(left)[1][0] < bounds(sign)[0][0] < bounds(sign)[1][0] < bounds(right)[0][0]


def test_ink_without_a_known_order_stays_as_it_is() -> None:
    unordered = Expression(
        "k", "ada", SUM.tokens, SUM.strokes, tuple(InkSymbol(s.label, s.strokes) for s in SUM.symbols), 10
    )
    random = np.random.default_rng(1)
    assert piece(unordered, random) is unordered
    assert beside(unordered, SUM, BANK, random) is unordered
    assert relabelled(unordered, BANK, random).tokens == SUM.tokens


def test_a_new_symbol_brings_its_own_ink() -> None:
    square = tuple(
        np.float32(side) for side in ([[0, 0], [8, 0]], [[8, 0], [8, 9]], [[8, 9], [0, 9]], [[0, 9], [0, 0]])
    )
    bank = {letter: [square] for letter in "acemnorsuvwz"}
    changed = [relabelled(SUM, bank, np.random.default_rng(seed)) for seed in range(10)]
    new = [e for e in changed if e.tokens != SUM.tokens]
    assert new
    for expression in new:
        assert expression.tokens[:2] == ("1", "+") and is_sound(expression)
        assert len(expression.strokes) == 7
        assert np.allclose(bounds(expression.strokes[3:])[1][1], 10, atol=1)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_recomposed_is_sound(seed: int) -> None:
    bank = symbol_bank([SUM, product()]) | {
        join: [(np.float32([[0, 0], [5, 0]]),)] for join in ("=", r"\times", "<", ">")
    }
    bank |= dict.fromkeys((r"\leq", r"\rightarrow"), bank["="])
    assert is_sound(recomposed([SUM, product()], bank, Recomposition(join=0.7), np.random.default_rng(seed)))

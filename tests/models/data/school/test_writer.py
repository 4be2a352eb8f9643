"""School labels are well formed, and their ink shows every sign of them once."""

from __future__ import annotations

import numpy as np
import pytest

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tokens import TOKEN_IDS
from models.data.augment import Distortion, SymbolBank, distorted
from models.data.expression import Expression, bounds
from models.data.school.layout import ACCENTS
from models.data.school.writer import MAX_TOKENS, school_expression
from tests.models.data.school.hands import plain_bank

SEEDS = range(400)
WITHOUT_INK = frozenset({"{", "}", "^", "_", "&", r"\\", r"\limits", r"\mathrm", r"\begin{matrix}", r"\end{matrix}",
                         r"\end{cases}"})  # fmt: skip
INK_OF = {r"\frac": ["-"], r"\begin{cases}": [r"\{"], r"\binom": ["(", ")"], **{a: [ink] for a, ink in ACCENTS.items()}}


@pytest.fixture(scope="module")
def bank() -> SymbolBank:
    return plain_bank()


@pytest.fixture(scope="module")
def expressions(bank: SymbolBank) -> list[Expression]:
    return [school_expression(bank, np.random.default_rng(seed)) for seed in SEEDS]


def signs(tokens: tuple[str, ...]) -> list[str]:
    """The labels of the inks that `tokens` call for; the brackets of a root's degree are not written."""
    written = []
    for i, token in enumerate(tokens):
        degree = token == "]" and r"\sqrt" in tokens and _opens_degree(tokens, i)
        if token in WITHOUT_INK or degree or (token == "[" and tokens[i - 1 : i] == (r"\sqrt",)):
            continue
        written.extend(INK_OF.get(token, [token]))
    return written


def _opens_degree(tokens: tuple[str, ...], closing: int) -> bool:
    opening = max((i for i in range(closing) if tokens[i] == "["), default=0)
    return opening > 0 and tokens[opening - 1] == r"\sqrt"


def test_every_token_is_in_the_alphabet(expressions: list[Expression]) -> None:
    assert {token for e in expressions for token in e.tokens} <= TOKEN_IDS.keys()
    assert {symbol.label for e in expressions for symbol in e.symbols} <= TOKEN_IDS.keys()


def test_every_label_parses(expressions: list[Expression]) -> None:
    for expression in expressions:
        assert parse(" ".join(expression.tokens), MathLimits()).items


def test_every_script_is_braced_and_the_lower_one_comes_first(expressions: list[Expression]) -> None:
    for expression in expressions:
        tokens = expression.tokens
        assert all(tokens[i + 1] == "{" for i, token in enumerate(tokens) if token in ("^", "_"))
        assert "} _ { " not in " ".join(tokens) or "^" not in tokens[: tokens.index("_")]


def test_every_sign_is_written_exactly_once(expressions: list[Expression]) -> None:
    for expression in expressions:
        assert sorted(symbol.label for symbol in expression.symbols) == sorted(signs(expression.tokens))


def test_every_stroke_belongs_to_one_symbol(expressions: list[Expression]) -> None:
    for expression in expressions:
        strokes = sorted(i for symbol in expression.symbols for i in symbol.strokes)
        assert strokes == list(range(len(expression.strokes)))


def test_labels_are_of_the_length_of_a_line(expressions: list[Expression]) -> None:
    lengths = [len(expression.tokens) for expression in expressions]
    assert max(lengths) <= MAX_TOKENS
    assert 8 <= np.median(lengths) <= 20


def test_many_sums_are_left_open_after_the_equals_sign(expressions: list[Expression]) -> None:
    open_ended = [e for e in expressions if e.tokens[-1] in ("=", "?")]
    assert 0.12 < len(open_ended) / len(expressions) < 0.3


def test_ink_is_a_line_of_writing(expressions: list[Expression]) -> None:
    for expression in expressions:
        low, high = bounds(expression.strokes)
        width, height = (high - low) / expression.glyph_height
        assert np.isfinite([low, high]).all()
        assert width < 80
        assert height < 14


def test_a_seed_gives_the_same_expression_again(bank: SymbolBank) -> None:
    first, again = (school_expression(bank, np.random.default_rng(7)) for _ in range(2))
    assert first.tokens == again.tokens
    assert all(np.array_equal(a, b) for a, b in zip(first.strokes, again.strokes, strict=True))


def test_it_can_be_distorted_like_any_handwriting(expressions: list[Expression], bank: SymbolBank) -> None:
    random = np.random.default_rng(1)
    for expression in expressions[:50]:
        bent = distorted(expression, bank, Distortion(), random)
        assert len(bent.strokes) == len(expression.strokes)

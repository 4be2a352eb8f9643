from collections import Counter

import numpy as np
import pytest

from core.notation.tokens import PAD_ID, TOKEN_IDS, VOCABULARY, encode
from core.predictor.symbols import disagreement, most_tokens, symbols_of, symbols_on_map


def symbol_map(drawing: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A map whose likeliest symbols are the letters of a drawing; a dot is paper."""
    rows = drawing.split()
    logits = np.zeros((len(VOCABULARY), len(rows), len(rows[0])), np.float32)
    for i, row in enumerate(rows):
        for j, sign in enumerate(row):
            logits[PAD_ID if sign == "." else TOKEN_IDS[sign], i, j] = 5
    return logits


def test_each_patch_on_the_map_is_one_symbol() -> None:
    assert symbols_on_map(symbol_map("x.2 x.. ..x")) == Counter({"x": 2, "2": 1})
    assert symbols_on_map(symbol_map("... ...")) == Counter()


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\frac { 1 } { 2 }", "1 2 -"),
        ("x ^ { 2 }", "x 2"),
        (r"\sin x", r"\sin x"),
        (r"\int \limits _ { 0 }", r"\int 0"),
        (r"\begin{cases} x \\ y \end{cases}", r"\{ x y"),
        (r"\binom { n } { k }", "( n k )"),
    ],
)
def test_what_has_to_be_written_for_a_token(latex: str, written: str) -> None:
    assert symbols_of(encode(latex)) == Counter(written.split())


def test_disagreement_counts_symbols_too_many_and_too_few() -> None:
    seen = Counter({"x": 1, "2": 1})
    assert disagreement(encode("x ^ { 2 }"), [seen]) == 0
    assert disagreement(encode("x ^ { 3 }"), [seen]) == 2
    assert disagreement(encode("x"), [seen, Counter({"x": 1})]) == 0.5


def test_a_row_of_equal_digits_is_no_runaway_but_one_that_is_not_on_the_map_is() -> None:
    assert len(encode("1 1 1 1 1 1")) <= most_tokens([Counter({"1": 6})])
    assert len(encode("3 " * 60)) > most_tokens([Counter({"3": 6})])

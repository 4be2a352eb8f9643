from models.data.alignment import aligned
from models.data.expression import InkSymbol


def test_each_symbol_knows_its_token() -> None:
    symbols = [InkSymbol(label, (i,)) for i, label in enumerate(["-", "1", "x", "2"])]
    label = r"\frac { 1 } { x ^ { 2 } }".split()
    assert [symbol.token for symbol in aligned(symbols, label)] == [0, 2, 5, 8]


def test_the_brackets_of_a_roots_index_leave_no_ink() -> None:
    symbols = [InkSymbol(label, (i,)) for i, label in enumerate([r"\sqrt", "3", "[", "x", "]"])]
    label = r"\sqrt [ 3 ] { [ x ] }".split()
    assert [symbol.token for symbol in aligned(symbols, label)] == [0, 2, 5, 6, 7]


def test_symbols_that_do_not_match_the_label_stay_without_tokens() -> None:
    symbols = [InkSymbol("1", (0,)), InkSymbol("2", (1,))]
    assert [symbol.token for symbol in aligned(symbols, ["1", "+"])] == [None, None]

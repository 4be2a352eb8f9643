import pytest

from models.data.label_rows import rows


def pieces(label: str) -> list[list[str]]:
    tokens = label.split()
    return [[" ".join(tokens[span.start : span.end]) for span in row] for row in rows(tokens)]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("x + 1", [["x", "+", "1"]]),
        ("x ^ { 2 } y", [["x ^ { 2 }", "y"], ["2"]]),
        (r"\frac { a } { b } = c", [[r"\frac { a } { b }", "=", "c"], ["a"], ["b"]]),
        (r"\sqrt [ 3 ] { 8 }", [[r"\sqrt [ 3 ] { 8 }"], ["8"]]),
        (r"\sum \limits _ { i } ^ { n } i", [[r"\sum \limits _ { i } ^ { n }", "i"], ["i"], ["n"]]),
    ],
)
def test_rows_are_what_stands_side_by_side(label: str, expected: list[list[str]]) -> None:
    assert pieces(label) == expected

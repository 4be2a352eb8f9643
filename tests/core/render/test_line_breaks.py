"""Where a formula may be broken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tree import Row
from core.render.line_breaks import formula
from tests.core.render.trees import trees


def groups(latex: str) -> tuple[tuple[str, ...], ...]:
    return formula(parse(latex, MathLimits())).groups


def test_one_statement_is_grouped_by_its_relations() -> None:
    assert groups("y = a + b - c") == (("y",), ("\\= a", "\\+ b", "\\− c"))


def test_several_statements_are_kept_whole_as_long_as_may_be() -> None:
    assert groups("x = 1 , x = 2") == (("x", "\\= 1 \\, quad"), ("x", "\\= 2"))


def test_or_begins_a_line() -> None:
    assert groups("x = 1 \\mathrm{ or } x = 2") == (("x", "\\= 1 quad"), ('"or" quad x', "\\= 2"))


def test_a_sign_stays_with_its_number() -> None:
    assert groups("x = - 3 \\cdot ( - 2 )") == (("x",), ("\\= \\− 3", "\\⋅ lr(\\( \\− 2 \\))"))


@pytest.mark.parametrize(
    ("latex", "pieces"),
    [
        ("( a + b )", 1),
        ("( a + b + c + d + e + f + g + h )", 8),
        ("( a + b + c + d + e + f + g + h ) ^ { 2 }", 8),
        ("\\frac { a + b } { c }", 1),
        (f"\\frac {{ {' + '.join('x' * 30)} }} {{ 2 }}", 30),
        ("( \\begin{matrix} 1 & 2 & 3 & 4 & 5 & 6 & 7 & 8 & 9 & 1 & 2 & 3 & 4 & 5 & 6 & 7 & 8 \\end{matrix} )", 1),
        (" ".join("1" * 30), 10),
        ("\\mathrm{some words that together are longer than the line}", 9),
    ],
)
def test_only_what_is_long_is_taken_apart(latex: str, pieces: int) -> None:
    assert sum(map(len, groups(latex))) == pieces


@settings(max_examples=100)
@given(trees)
def test_every_group_has_a_piece(tree: Row) -> None:
    shown = formula(tree)

    assert shown.groups
    assert all(group and all(group) for group in shown.groups)

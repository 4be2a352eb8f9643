"""The grammar by examples, and the promise that it makes: whatever it lets through has a tree without an empty part."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tokens import END, VOCABULARY
from core.notation.tree import Accent, Binomial, Fence, Fraction, Grid, Node, Root, Row, Script
from core.predictor.grammar import BEGIN, advance, allowed, least, refusal

STRUCTURE = frozenset(r"\frac \sqrt ^ _ { } [ ] ( ) | & \\ \sin \limits \int".split())
STRUCTURAL = [i for i, token in enumerate(VOCABULARY) if token in STRUCTURE]


def walk(chance: Random, room: int) -> list[str]:
    """A random expression of the grammar, structure as likely as signs."""
    state, tokens = BEGIN, list[str]()
    while state:
        following = np.flatnonzero(allowed(state, room - len(tokens)))
        structural = [i for i in following if i in STRUCTURAL]
        tokens.append(
            VOCABULARY[chance.choice(structural if structural and chance.random() < 0.5 else list(following))]
        )
        state = advance(state, tokens[-1])
    assert tokens.pop() == END
    return tokens


def parts(node: Node) -> Iterator[Row | None]:
    """The rows that commands, scripts, fences and grids hold, at any depth."""
    match node:
        case Row(items):
            for item in items:
                yield from parts(item)
            return
        case Script(base, sub, sup):
            rows: list[Row | None] = [sub, sup]
            yield from parts(base)
        case Fraction(first, second) | Binomial(first, second):
            rows = [first, second]
        case Root(radicand, index):
            rows = [radicand, index]
        case Accent(_, body):
            rows = [body]
        case Grid(_, lines):
            rows = [cell for line in lines for cell in line]
        case Fence(_, body, _):  # brackets may hold nothing: `( )`
            yield from parts(body)
            return
        case _:
            return
    for row in rows:
        yield row
        if row is not None:
            yield from parts(row)


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 80))
def test_whatever_is_let_through_has_a_tree_without_an_empty_part(chance: Random, room: int) -> None:
    tokens = walk(chance, room)
    assert 0 < len(tokens) < room
    tree = parse(" ".join(tokens), MathLimits())
    assert tree.items
    assert all(row is None or row.items for row in parts(tree))


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 60))
def test_what_was_walked_is_admitted(chance: Random, room: int) -> None:
    assert refusal(walk(chance, room)) is None


@pytest.mark.parametrize(
    "text",
    [
        r"\frac { 1 } { 2 }",
        r"x _ { 1 } ^ { 2 }",
        r"x ^ { 2 } _ { 1 }",
        r"\sqrt [ 3 ] { x }",
        r"\int \limits _ { 0 } ^ { 1 } x d x",
        r"f ^ { \prime } ( x )",
        r"\sin ^ { 2 } x",
        r"[ 0 , 1 )",
        r"\begin{cases} x + y = 1 \\ x - y = 3 \end{cases}",
        r"( \begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix} )",
        "2 + 3 =",
        "1 1 1 1",
        r"5 \mathrm { c m }",
        "{ x + 1 } ^ { 2 }",
    ],
)
def test_admitted(text: str) -> None:
    assert refusal(text.split()) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 0),
        ("}", 0),
        ("^ { 2 }", 0),
        (r"\frac { 1 } x", 4),
        (r"\frac { } { 2 }", 2),
        ("x ^ 2", 2),
        ("x ^ { 2 } ^ { 3 }", 5),
        ("x ^ { 2", 4),
        ("= ^ { 2 }", 1),
        ("( _ { 2 }", 1),
        (r"\sqrt [ n ] x", 4),
        (r"\int \limits x", 2),
        (r"x \limits _ { 1 }", 1),
        (r"\sin", 1),
        (r"\sin = 1", 1),
        (r"x \geq ^ { 2 }", 2),
        (r"\begin{matrix} 1 \end{cases}", 2),
        (r"\begin{matrix} 1 & & 2 \end{matrix}", 3),
        ("1 & 2", 1),
        (r"\mathrm { 1 }", 2),
    ],
)
def test_refused(text: str, place: int) -> None:
    assert refusal(text.split()) == place


def test_the_shortest_way_to_the_end_is_known() -> None:
    state = BEGIN
    for token, tokens_to_come in ((r"\frac", 7), ("{", 6), (r"\sin", 6), ("x", 5), ("}", 4), ("{", 3), ("x", 2)):
        state = advance(state, token)
        assert least(state) == tokens_to_come

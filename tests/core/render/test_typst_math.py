"""Every tree has markup, and nothing in a tree becomes a word of Typst's own."""

from __future__ import annotations

import json
import re

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import MathError
from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tokens import VOCABULARY
from core.notation.tree import Atom, Fence, Fraction, Grid, Node, Number, Row, Script, Text
from core.render.symbols import tokens
from core.render.typesetting import png
from core.render.typst_math import is_visible, literal, markup
from tests.core.render.trees import HOSTILE, trees

OUR_WORDS = tokens(
    "op limits true class attach primes tr frac binom sqrt root lr mat delim none align left column gap row em display "
    "thin med thick space quad wide zws overline underline arrow hat macron dot double tilde"
)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
ESCAPE = re.compile(r"\\.", re.DOTALL)


def words_of_typst(source: str) -> set[str]:
    """Identifiers in `source` that Typst would look up: two letters or more, outside strings and escapes."""
    return set(re.findall(r"[^\W\d_]{2,}", ESCAPE.sub(" ", STRING.sub(" ", source))))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x y", "x y"),
        ("3 . 5", "3.5"),
        ("- 3", "\\− 3"),
        ("x ^ { 2 }", "attach(x, t: 2)"),
        ("f ^ { \\prime \\prime } ( x )", "attach(f, tr: primes(#2)) lr(\\( x \\))"),
        ("3 0 ^ { \\circ }", "30 \\°"),
        ("3 \\frac { 1 } { 2 }", "3 frac(1, 2)"),
        ("\\frac { \\frac { 1 } { 2 } } { 3 }", "frac(thin frac(1, 2) thin, 3)"),
        ("5 \\mathrm{ km}", '5 "km"'),
        ("5 \\mathrm{cm}^2", '5 thin attach("cm", t: 2)'),
        ("\\lim _ { x \\rightarrow 0 } x", 'attach(op("lim", limits: #true), b: x \\→ 0) x'),
        ("\\sum _ { n = 1 } ^ { \\infty } n", "attach(\\∑, t: \\∞, b: n \\= 1) n"),
        ("\\int _ { 0 } ^ { 1 } x d x", "attach(\\∫, t: 1, b: 0) x thin d x"),
        ("x = 1 , y = 2", "x \\= 1 \\, quad y \\= 2"),
        ("x = 1 \\mathrm{ or } x = 2", 'x \\= 1 quad "or" quad x \\= 2'),
        ("( 1 , 2 )", "lr(\\( 1 \\, 2 \\))"),
        ("\\triangle A B C", 'class("normal", \\△) A B C'),
        ("\\therefore x", "\\∴ x"),
    ],
)
def test_school_notation(latex: str, expected: str) -> None:
    assert markup(parse(latex, MathLimits())) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0,5", '0 class("normal", \\,) 5'),
        ("12345,678", '12 thin 345 class("normal", \\,) 678'),
        ("12345.678", "12 thin 345.678"),
    ],
)
def test_a_decimal_comma_takes_no_room_as_a_comma_in_a_list_does(number: str, expected: str) -> None:
    assert markup(Number(number)) == expected


def test_a_unit_of_one_letter_stands_off_its_number() -> None:
    assert markup(Row((Number("5"), Text(" m")))) == '5 thin "m"'


def test_a_matrix_stands_in_growing_brackets_with_every_row_full() -> None:
    one, two, three = (Row((Number(digit),)) for digit in "123")
    matrix = Fence("(", Row((Grid("matrix", ((one, two), (three,))),)), ")")

    source = markup(matrix)

    assert source.startswith("lr(\\( mat(delim: #none")
    assert source.endswith('1, 2; 3, "") \\))')


@pytest.mark.parametrize("token", VOCABULARY)
def test_every_token_of_the_alphabet_can_be_shown(token: str) -> None:
    assert words_of_typst(markup(Atom(token))) <= OUR_WORDS


def test_the_alphabet_compiles() -> None:
    assert png(f"$ {markup(Row(tuple(map(Atom, VOCABULARY))))} $", 0.2)


@settings(max_examples=100)
@given(trees)
def test_nothing_in_a_tree_becomes_a_word_of_typst(tree: Node) -> None:
    assert words_of_typst(markup(tree)) <= OUR_WORDS


@settings(max_examples=30, deadline=None)
@given(trees)
@example(Row(()))
@example(Row((Grid("cases", ((),)), Script(Row(()), Row(()), Row(())), Fraction(Row(()), Row(())))))
@example(Row(tuple(map(Atom, HOSTILE))))
@example(Row(tuple(map(Text, HOSTILE))))
@example(Row(tuple(map(Number, HOSTILE))))
def test_every_tree_compiles(tree: Node) -> None:
    assert png(f"#set page(width: auto, height: auto)\n$ {markup(tree)} $", 0.2)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40) | st.sampled_from(HOSTILE))
def test_a_string_literal_holds_what_was_visible_of_the_text(text: str) -> None:
    visible = "".join(" " if char.isspace() else char for char in text if char.isspace() or is_visible(char))

    assert json.loads(typst.Compiler(b"").eval(literal(text))) == visible


def test_marks_that_show_nothing_or_turn_the_writing_round_are_left_out() -> None:
    assert literal("a\u200bb\u202ec\x00\ud800") == '"abc"'


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_it_stands(hostile: str) -> None:
    try:
        tree = parse(f"\\mathrm{{{hostile}}} + {hostile}", MathLimits())
    except MathError:
        tree = Row((Text(hostile), Atom(hostile)))

    assert words_of_typst(markup(tree)) <= OUR_WORDS
    assert png(f"$ {markup(tree)} $", 0.2)


@pytest.mark.parametrize(
    "source",
    ['#read("pyproject.toml")', '#read("/etc/passwd")', '#read("../etc/passwd")', '#import "@local/any:1.0.0": *'],
)
def test_the_compiler_sees_no_file_and_no_package(source: str) -> None:
    with pytest.raises(typst.TypstError):
        png(source, 0.2)

"""What holds of every line: what is written is read back as the same, and nothing but our own errors is raised."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import MathError
from core.limits import MathLimits
from core.notation import read
from core.notation.from_meaning import to_tree
from core.notation.latex import parse
from core.notation.meaning import understand, understand_text
from core.notation.speech import to_words
from core.notation.terms import Call, Constant, Negative, Num, Over, Plus, Power, Radical, Sym, Term, Times
from core.notation.tokens import VOCABULARY
from core.notation.write import to_latex, to_unicode
from core.solver.numeric import FAST, Undefined, value

LIMITS = MathLimits(max_tokens=2000, max_depth=100)
POINTS = ({"x": 1.37, "y": 0.61}, {"x": -0.83, "y": 2.29})

NUMBERS = st.builds(lambda n: Num(Fraction(n)), st.integers(0, 99))
DECIMALS = st.integers(1, 999).map(lambda n: Num(Fraction(n, 100), "decimal", f"{n // 100}.{n % 100:02}"))
LETTERS = st.sampled_from([Sym("x"), Sym("y"), Constant("pi"), Constant("e"), Constant("i")])
SMALL = st.builds(lambda n: Num(Fraction(n)), st.integers(2, 4))


def compound(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    signs = st.sampled_from(["juxtaposed", "\\times", "\\cdot"])
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: Plus(tuple(terms))),
        st.builds(Negative, inner),
        st.builds(Times, inner, inner, signs),
        st.builds(Over, inner, inner),
        st.builds(Power, inner, SMALL | LETTERS),
        st.builds(Radical, inner, SMALL),
        st.builds(lambda name, part: Call(name, (part,)), st.sampled_from(["sin", "cos", "abs", "exp"]), inner),
    )


TERMS = st.recursive(NUMBERS | DECIMALS | LETTERS, compound, max_leaves=8)


def values(term: Term) -> list[complex | None]:
    found: list[complex | None] = []
    for point in POINTS:
        try:
            found.append(complex(value(term, point, FAST)))
        except Undefined:
            found.append(None)
    return found


def same(first: Term, second: Term) -> bool:
    def close(a: complex | None, b: complex | None) -> bool:
        return a is b is None or (a is not None and b is not None and abs(a - b) <= 1e-9 * (1 + abs(a) + abs(b)))

    return all(close(a, b) for a, b in zip(values(first), values(second), strict=True))


@settings(max_examples=120, deadline=None)
@given(TERMS)
def test_a_meaning_in_latex_is_understood_as_the_same(term: Term) -> None:
    again = understand(parse(to_latex(to_tree(term)), LIMITS))[0].term

    assert same(term, again)


@settings(max_examples=120, deadline=None)
@given(TERMS)
def test_a_meaning_in_unicode_is_understood_as_the_same(term: Term) -> None:
    text = to_unicode(to_tree(term))

    assert same(term, understand(read(text, LIMITS))[0].term), text


@settings(max_examples=80, deadline=None)
@given(TERMS)
def test_writing_what_was_read_is_stable(term: Term) -> None:
    written = to_latex(to_tree(term))
    again = to_latex(to_tree(understand(parse(written, LIMITS))[0].term))

    assert to_latex(to_tree(understand(parse(again, LIMITS))[0].term)) == again


@settings(max_examples=80, deadline=None)
@given(TERMS)
def test_every_meaning_has_words(term: Term) -> None:
    assert to_words(to_tree(term))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY[3:]), max_size=25))
def test_tokens_of_the_recogniser_are_understood_or_refused_by_our_own_errors(tokens: list[str]) -> None:
    try:
        understand_text(" ".join(tokens), MathLimits())
    except MathError as error:
        assert str(error)


TYPED = st.text(
    alphabet=st.sampled_from(list("0123456789xyabcdefinst+-*/^=<>()[]{}|,.;:!%'_ √²³½×÷·≤π∞∫∑°−\\$&#?~\n")), max_size=40
)
WORDS = st.lists(
    st.sampled_from(
        "derivative of integrate from to 0 1 x^2 sin x y = 3 solve for and or limit as -> sum k mean 5 km in m at "
        "[1,2] (1,2,3) if what is root percent % , ; ( ) taylor order second inverse de".split()
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TYPED | WORDS)
def test_whatever_is_typed_is_understood_or_refused_by_our_own_errors(text: str) -> None:
    try:
        meanings = understand_text(text, MathLimits())
    except MathError as error:
        assert str(error)
    else:
        assert all(to_latex(to_tree(meaning.term)) for meaning in meanings)


@st.composite
def sums(draw: st.DrawFn, depth: int = 0) -> tuple[str, Fraction]:
    """A piece of school arithmetic as it is typed, with brackets round every part, and its exact value."""
    if depth > 2 or draw(st.booleans()):
        number = draw(st.integers(0, 60))
        return str(number), Fraction(number)
    (left, a), (right, b) = draw(sums(depth + 1)), draw(sums(depth + 1))
    sign = draw(st.sampled_from(["+", "-", "*", "×", "÷", "/"]))
    assume(not (sign in "÷/" and b == 0))
    result = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "×": lambda: a * b}
    return f"({left}) {sign} ({right})", result.get(sign, lambda: a / b)()


@settings(max_examples=80, deadline=None)
@given(sums())
def test_arithmetic_agrees_with_exact_fractions(typed: tuple[str, Fraction]) -> None:
    text, expected = typed
    found = value(understand(read(text, LIMITS))[0].term)

    assert math.isclose(float(found), float(expected), rel_tol=1e-12, abs_tol=1e-12)


PRECEDENCE = st.lists(st.tuples(st.sampled_from("+-×÷"), st.integers(1, 30)), min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 30), PRECEDENCE)
def test_times_goes_before_plus_and_both_go_from_left_to_right(first: int, rest: list[tuple[str, int]]) -> None:
    total, product = Fraction(0), Fraction(first)
    for sign, number in rest:
        if sign in "×÷":
            product = product * number if sign == "×" else product / number
        else:
            total, product = total + product, Fraction(number if sign == "+" else -number)
    text = str(first) + "".join(f" {sign} {number}" for sign, number in rest)

    found = value(understand(read(text, LIMITS))[0].term)

    assert math.isclose(float(found), float(total + product), rel_tol=1e-12, abs_tol=1e-12)


AMBIGUOUS = [
    "6÷2(1+2)", "1/2x", "log 100", "log x = 2", "3,5", "1,234", "C_5^2", "5C2", "C(5,2)", "sin 2xy", "sin x^2",
    "sin x/2", "sin 30", "-3^2", "e^2x", "2^3x", "2 1/2", "3·5", "f(x+1)", "sin^-1 x", "sin(x)^2", "|a|b|c|",
    "5!!", "200 + 10%", "17 % 5", "2x3", "0.1(6)", "(3,5) + (1,2)", "\\frac{d}{dx} x^2 + x",
    "\\sum_{k=1}^{3} k + 1", "2 ^ 1 0", "x^1/2", "sqrt 2x", "y^{(4)} = y", "\\lim_{x\\to 0} x + 1", "\\sin\\pi/6",
]  # fmt: skip


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_an_ambiguous_line_says_what_was_decided_and_offers_a_reading_that_stays_itself(text: str) -> None:
    first, *others = understand_text(text, MathLimits())

    assert first.choices
    assert others
    for other in others:
        assert other.why is not None and other.term != first.term
        written = to_latex(to_tree(other.term))
        again = understand_text(written, MathLimits())[0].term
        assert to_latex(to_tree(again)) == written
        assert same(again, other.term)

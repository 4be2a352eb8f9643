"""Lines of maths and their answers, each with its kind and the verdict of the second route."""

import pytest

from core.limits import MathLimits
from core.outcome import Solution
from core.solver.solve import solve_text

LIMITS = MathLimits()


def solve(text: str) -> Solution:
    return solve_text(text, LIMITS)


ANSWERED = [
    ("12 + 30 = ?", "arithmetic", "42", None),
    ("7/12 + 1/4", "arithmetic", "5/6", "0.8333333333"),
    ("0.2 + 1.3 * 2", "arithmetic", "2.8", None),
    ("2 \\frac { 1 } { 2 } \\times 3", "arithmetic", "15/2", "7.5"),
    ("35% * 80", "arithmetic", "28", None),
    ("7! / 6!", "arithmetic", "7", None),
    ("sqrt(75) - sqrt(12)", "arithmetic", "3√3", "5.196152423"),
    ("1/(sqrt(5)-2)", "arithmetic", "2 + √5", "4.236067977"),
    ("tan(60°)", "arithmetic", "√3", "1.732050808"),
    ("cbrt(-27)", "arithmetic", "−3", None),
    ("2^100", "arithmetic", "1267650600228229401496703205376", None),
    ("lcm(4, 6)", "arithmetic", "12", None),
    ("8 choose 3", "arithmetic", "56", None),
    ("3 \\pm 1", "arithmetic", "{2, 4}", None),
    ("(2+i)(3-2i)", "arithmetic", "8 − i", None),
    ("2 + \\lim _ { x \\rightarrow 0 } 3 x", "arithmetic", "2", None),
    ("2 + 2 = 5", "statement", "4 ≠ 5", None),
    ("2^5 > 5^2", "statement", "32 > 25", None),
    ("4x - x + 2", "simplify", "3x + 2", None),
    ("(x+4)(x-1)", "simplify", "x² + 3x − 4", None),
    ("x^2 - 9", "simplify", "(x − 3)(x + 3)", None),
    ("(x^2-4)/(x-2)", "simplify", "x + 2", None),
    ("expand (a-b)^3", "expand", "a³ − 3a²b + 3ab² − b³", None),
    ("factor x^3 - x", "factor", "x(x − 1)(x + 1)", None),
    ("sin^2 t + cos^2 t", "simplify", "1", None),
    ("3x - 7 = 11", "equation", "x = 6", None),
    ("x^2 = x + 1", "equation", "x = 1/2 − √5/2 ∨ x = 1/2 + √5/2", "-0.6180339887, 1.618033989"),
    ("x^2 + 2x + 3 = 0", "equation", "x = −1 − i√2 ∨ x = −1 + i√2", "-1 - 1.414213562i, -1 + 1.414213562i"),
    ("x^3 - 3x + 1 = 0", "equation", "x ≈ −1.879385242 ∨ x ≈ 0.3472963553 ∨ x ≈ 1.532088886", None),
    ("1/x + 1/(x-1) = 3/2", "equation", "x = 1/3 ∨ x = 2", "0.3333333333, 2"),
    ("sqrt(2x+3) = x", "equation", "x = 3", None),
    ("|2x - 1| = 5", "equation", "x = −2 ∨ x = 3", None),
    ("9^x = 27", "equation", "x = 3/2", "1.5"),
    ("ln(x) + ln(2) = 3", "equation", "x = (e³)/2", "10.04276846"),
    ("e^x = x + 2", "equation", "x ≈ −1.84140566 ∨ x ≈ 1.146193221", None),
    ("2 cos x = 1", "equation", "x = π/3 + 2πk ∨ x = (5π)/3 + 2πk, k ∈ Z", None),
    ("sin(2x) = 0", "equation", "x = (πk)/2, k ∈ Z", None),
    ("x = x + 1", "equation", "x ∈ ∅", None),
    ("2(x+1) = 2x + 2", "equation", "x ∈ R", None),
    ("v = u + a t, solve for t", "formula", "t = (−u + v)/a", None),
    ("x^(2/3) = 4", "equation", "x = −8 ∨ x = 8", None),
    ("sqrt(x) = -1", "equation", "x ∈ ∅", None),
    ("x^2 + y^2 = 25", "formula", "y = ±√(25 − x²)", None),
    ("y = x^2 - 1", "function", "x = −1 ∨ x = 1", None),
    ("g(x) = 2x - 3, g(5)", "arithmetic", "7", None),
    ("5 - 2x < 1", "inequality", "x > 2", None),
    ("x^2 <= 2x + 3", "inequality", "−1 ≤ x ≤ 3", None),
    ("(x-1)/(x+2) >= 0", "inequality", "x < −2 ∨ x ≥ 1", None),
    ("1/x > 1/2", "inequality", "0 < x < 2", None),
    ("sqrt(x) < 3", "inequality", "0 ≤ x < 9", None),
    ("x^2 > 0", "inequality", "x ≠ 0", None),
    ("x^2 < -1", "inequality", "x ∈ ∅", None),
    ("0 < 2x + 1 < 5", "inequality", "−1/2 < x < 2", None),
    ("3a + b = 10, a - b = 2", "system", "a = 3, b = 1", None),
    ("x^2 + y^2 = 5, x y = 2", "system", "x = −2, y = −1 ∨ x = −1, y = −2 ∨ x = 1, y = 2 ∨ x = 2, y = 1", None),
    ("x + y = 1, 2x + 2y = 3", "system", "(x, y) ∈ ∅", None),
    ("\\begin{vmatrix} 4 & 1 \\\\ 2 & 3 \\end{vmatrix}", "determinant", "10", None),
    ("\\begin{pmatrix} 0 & 1 \\\\ 2 & 0 \\end{pmatrix} ^ { - 1 }", "matrix", "([0, 1/2; 1, 0])", None),
    ("f(x) = x^3, f'(2)", "derivative", "12", None),
    ("f(x, y) = x y + 1, f(2, 3)", "arithmetic", "7", None),
    ("y = x^3 + 1, dy/dx", "derivative", "3x²", None),
    ("x^2 + y^2 = 25, dy/dx", "derivative", "−x/y", None),
    ("d/dx (x^3 ln x)", "derivative", "x²(3 ln(x) + 1)", None),
    ("derivative of sin(3t)", "derivative", "3 cos(3t)", None),
    ("integrate 1/(2x+1)", "integral", "(ln|2x + 1|)/2 + C", None),
    ("int 1/(1+sqrt(x)) dx", "integral", "2√x − 2 ln|√x + 1| + C", None),
    ("int 1/(2+sin x) dx", "integral", "(2√3 arctan((√3·(2 tan(x/2) + 1))/3))/3 + C", None),
    ("int tan^4 x dx", "integral", "x + (tan³(x))/3 − tan(x) + C", None),
    ("int e^(a x) cos(x) dx", "integral", "((a cos(x) + sin(x))e^(ax))/(a² + 1) + C", None),
    ("int |2x-3| dx", "integral", "((2x − 3)|2x − 3|)/4 + C", None),
    ("int sin(tan x)/cos(x)^2 dx", "integral", "−cos(tan(x)) + C", None),
    ("\\int _ { - 1 } ^ { 1 } \\frac { 1 } { x } d x", "integral", "∄", None),
    ("\\int _ { 1 } ^ { \\infty } \\frac { 1 } { x } d x", "integral", "∞", None),
    ("\\int _ { 0 } ^ { x } t ^ { 2 } d t", "integral", "(x³)/3", None),
    ("int x cos x dx", "integral", "x sin(x) + cos(x) + C", None),
    ("integrate sin x from 0 to pi/2", "integral", "1", None),
    ("lim_(x->0) (1-cos x)/x^2", "limit", "1/2", "0.5"),
    ("lim_(h->0) ((x+h)^2-x^2)/h", "limit", "2x", None),
    ("lim_(x->0) sin(1/x)", "limit", "∄", None),
    ("lim_(x->0) |x|/x", "limit", "∄", None),
    ("\\lim _ { x \\rightarrow - \\infty } 3 ^ { x }", "limit", "0", None),
    ("sum k=1 to n of k^2", "series", "(n(n + 1)(2n + 1))/6", None),
    ("sum n=1 to oo of 1/n", "series", "∞", None),
    ("sum n=1 to oo of (-1)^n", "series", "∄", None),
    ("sum n=0 to oo of x^n", "series", "1/(1 − x)", None),
    ("sum n=0 to oo of 1/2^n", "series", "2", None),
    ("(-8)^(1/3)", "arithmetic", "−2", None),
    ("sqrt(2 + sqrt(3))", "arithmetic", "(√2 + √6)/2", "1.931851653"),
    ("7^100 mod 10", "arithmetic", "1", None),
    ("1000!", "arithmetic", "4.023872600770… × 10²⁵⁶⁷", "4.023872601e2567"),
    ("factor 360", "factor", "2³·3²·5", None),
    ("1/x + 1/y", "simplify", "(x + y)/(xy)", None),
    ("|x| = x", "equation", "x ≥ 0", None),
    ("ln(8 - x^2) = ln(2 - x)", "equation", "x = −2", None),
    ("arcsin(2x) > 0", "inequality", "0 < x ≤ 1/2", None),
    ("x < 1 or x > 3", "inequality", "x < 1 ∨ x > 3", None),
    ("2x - 3y <= 6", "half-plane", "y ≥ (2x)/3 − 2", None),
    ("x + y = 1, 2x + 2y = 2", "system", "x = 1 − t, y = t", None),
    ("3 km + 200 m", "quantity", "3.2 km", None),
    ("72 km/h in m/s", "quantity", "20 m/s", None),
    ("mean of 2, 4, 9", "arithmetic", "5", None),
    ("(1,2,3) * (4,5,6)", "matrix", "([−3; 6; −3])", None),
    ("eigenvalues of [[2,1],[1,2]]", "matrix", "λ₁ = 1, λ₂ = 3", None),
    ("rref [[1,2,3],[4,5,6]]", "matrix", "([1, 0, −1; 0, 1, 2])", None),
    ("\\begin{pmatrix} a & b \\\\ 0 & d \\end{pmatrix} ^ { - 1 }", "matrix", "([1/a, −b/(ad); 0, 1/d])", None),
    ("taylor series of e^x at 0", "expansion", "1 + x + (x²)/2 + (x³)/6 + (x⁴)/24 + …", None),
    ("y'' - 3y' + 2y = 0", "differential equation", "y(x) = C₁eˣ + C₂e²ˣ", None),
    ("y' = x/y", "differential equation", "y(x) = ±√(C₁ + x²)", None),
    ("y' = 3y", "differential equation", "y(x) = C₁e³ˣ", None),
    ("y'' + 9y = 0", "differential equation", "y(x) = C₁ sin(3x) + C₂ cos(3x)", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "answer", "decimal"), ANSWERED, ids=[text for text, *_ in ANSWERED])
def test_a_line_is_answered_and_checked(text: str, kind: str, answer: str, decimal: str | None) -> None:
    found = solve(text)
    assert found.error is None
    assert found.answer is not None
    assert (found.kind, found.answer.text, found.answer.decimal) == (kind, answer, decimal)
    assert found.check.verdict == "yes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2 = 9", "FiniteSet(Integer(-3), Integer(3))"),
        ("x^2 < 9", "Interval(Integer(-3), Integer(3), true, true)"),
        ("x + y = 3, x - y = 1", "FiniteSet(Tuple(Integer(2), Integer(1)))"),
        ("int 2x dx", "Pow(Symbol('x'), Integer(2))"),
        ("3/4", "Rational(3, 4)"),
    ],
)
def test_the_exact_spelling_holds_the_mathematical_object(text: str, expected: str) -> None:
    answer = solve(text).answer
    assert answer is not None
    assert answer.srepr == expected


def test_the_meaning_is_what_was_read_not_what_was_found() -> None:
    assert solve("2x+3=7").meaning == "Equality(Add(Mul(Integer(2), Symbol('x')), Integer(3)), Integer(7))"


def test_a_choice_is_said_and_the_other_reading_offered() -> None:
    found = solve("6÷2(1+2)")
    assert found.answer is not None and found.answer.text == "9"
    assert "left to right" in found.choices[0].text
    other = solve(found.other_readings[0].latex)
    assert other.answer is not None and other.answer.text == "1"


def test_complex_roots_are_said_to_be_complex() -> None:
    assert any("no real solution" in choice.text for choice in solve("x^2 + 4 = 0").choices)


def test_forms_stand_beside_the_answer() -> None:
    assert {form.name.text: form.latex.replace(" ", "") for form in solve("17/5").forms} == {"mixed": "3\\frac{2}{5}"}
    assert {form.name.text for form in solve("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}").forms} >= {
        "determinant",
        "inverse",
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [("12/18", []), ("12/18 as a decimal", ["repeating decimal"]), ("12*17", []), ("204", ["prime factors"])],
)
def test_plain_arithmetic_shows_only_forms_that_are_asked_for(text: str, names: list[str]) -> None:
    assert [form.name.text for form in solve(text).forms] == names


def test_no_form_repeats_the_answer() -> None:
    for text in ("x^2 - 1", "(x+1)(x-1)", "1/x + 1/y", "x^2 = 4", "7/3", "1+i"):
        found = solve(text)
        assert found.answer is not None
        shown = [found.answer.latex, *(form.latex for form in found.forms)]
        assert len(set(shown)) == len(shown)


MEANINGLESS = [
    ("", "maths-empty"),
    ("9^9^9^9", "maths-too-large"),
    ("10000!", "maths-too-large"),
    ("(" * 500 + "1" + ")" * 500, "maths-too-long"),
    ("{" * 200 + "1" + "}" * 200, "maths-too-long"),
    ("\\frac { 1 } { " * 50 + "2" + " }" * 50, "maths-too-long"),
    ("+ - \\times", "maths-not-understood"),
    ("= = =", "maths-not-understood"),
    ("\\frac { } { }", "maths-not-understood"),
    ("1/0", "maths-no-method"),
    ("30 m + 20 s", "maths-no-method"),
    ("\\frac { \\partial ^ { 2 } f } { \\partial x \\partial y }", "maths-no-method"),
    ("f(3)", "maths-no-method"),
    ("\\lim _ { x \\rightarrow \\infty } J _ { 1 } ( x )", "maths-no-method"),
    ("- \\infty \\begin{pmatrix} 1 & 2 \\end{pmatrix}", "maths-no-method"),
    ("\\log _ { 1 } 5", "maths-no-method"),
    ("(1, 2) = 3", "maths-not-understood"),
    ("__import__('os').system('true')", "maths-not-understood"),
    ("().__class__", "maths-not-understood"),
    ("\\input{/etc/passwd}", "maths-not-understood"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), MEANINGLESS, ids=[text[:30] for text, _ in MEANINGLESS])
def test_hostile_and_meaningless_lines_end_in_a_typed_error(text: str, code: str) -> None:
    found = solve(text)
    assert found.answer is None
    assert found.error is not None and found.error.code == code

"""The second engine, played by a strict double on PATH: it knows exactly the questions it is given, and no others."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sympy as sp

from core.limits import MathLimits
from core.notation.meaning import understand_text
from core.notation.terms import Integral, Term
from core.outcome import Check, Solution
from core.phrases import phrase
from core.solver.giac import confirmed, no_roots, same_value, spelt
from core.solver.integrals import over_intervals
from core.solver.numeric import Undefined
from core.solver.solve import solve_text

Installed = Callable[[dict[str, str]], Path]
OPEN, SURE = Check("unknown"), Check("yes", phrase("route.second-engine"))

DOUBLE = """#!{python}
import json, os, sys
from pathlib import Path

folder = Path({folder!r})
with (folder / "asked").open("a") as asked:
    asked.write(json.dumps([sys.argv[1:], sorted(os.environ), sys.stdin.read()]) + "\\n")
answers = json.loads((folder / "answers").read_text())
if len(sys.argv) != 2 or sys.argv[1] not in answers:
    sys.exit("this question was not expected")
print(answers[sys.argv[1]])
"""


@pytest.fixture
def giac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """Installs the double with its questions and answers; gives the file where each call is noted."""

    def install(answers: dict[str, str]) -> Path:
        (tmp_path / "answers").write_text(json.dumps(answers))
        command = tmp_path / "giac"
        command.write_text(DOUBLE.format(python=sys.executable, folder=str(tmp_path)))
        command.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        return tmp_path / "asked"

    return install


@pytest.fixture
def without_giac(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def term(text: str) -> Term:
    return understand_text(text, MathLimits())[0].term


def solve(text: str) -> Solution:
    return solve_text(text, MathLimits())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("int_0^1 x^2 dx", "integrate((u0^(2)),u0,(0),(1))"),
        ("lim_(x->0^+) sin(x)/x", "limit((sin(u0)/u0),u0,(0),1)"),
        ("lim_(x->infinity) ln(x)", "limit((ln(u0)/ln(e)),u0,(+infinity))"),
        ("sum_(n=1)^(infinity) 1/n^2", "sum(((1)/(u0^(2))),u0,(1),(+infinity))"),
        ("cbrt(-8) + 0.5 - sqrt(2)|3|", "(surd((-(8)),3)+(1/2)+(-(sqrt((2))*abs((3)))))"),
        ("(-8)^(2/3)", "(surd((-(8)),3)^(2))"),
        ("arctan(1) 60° 5! e pi", "((((atan((1))*((60)*pi/180))*factorial((5)))*e)*pi)"),
    ],
)
def test_a_question_is_spelt_from_the_meaning_with_letters_renamed(written: str, expected: str) -> None:
    assert spelt(term(written)) == expected


@pytest.mark.parametrize("written", ["x + 1", "mean(1, 2)", "int x dx"])
def test_what_has_no_word_in_its_language_is_not_asked(written: str) -> None:
    with pytest.raises(Undefined):
        spelt(term(written))


@pytest.mark.parametrize(
    ("answer", "expected", "verdict"),
    [
        ("[0.333333333333]", sp.Rational(1, 3), "yes"),
        ("[3.33333333333e-1]", sp.Rational(1, 3), "yes"),
        ("[0.334]", sp.Rational(1, 3), "unknown"),
        ("[+infinity]", sp.oo, "yes"),
        ("[-infinity]", sp.oo, "unknown"),
        ("[undef]", sp.Rational(1, 3), "unknown"),
        ("[integrate(u0^2,u0,0,1)]", sp.Rational(1, 3), "unknown"),
        ("// a remark\n[0.333333333333]", sp.Rational(1, 3), "unknown"),
        ("", sp.Rational(1, 3), "unknown"),
    ],
)
def test_only_the_number_that_was_found_confirms_it(
    giac: Installed, answer: str, expected: sp.Expr, verdict: str
) -> None:
    giac({"[evalf(integrate((u0^(2)),u0,(0),(1)))]": answer})

    assert confirmed(OPEN, same_value(term("int_0^1 x^2 dx"), expected)).verdict == verdict


def test_it_gets_nothing_but_the_question(giac: Installed) -> None:
    asked = giac({"[evalf((2))]": "[2.0]"})

    confirmed(OPEN, same_value(term("2"), sp.Integer(2)))

    (call,) = map(json.loads, asked.read_text().splitlines())
    arguments, environment, sent = call
    assert arguments == ["[evalf((2))]"]
    assert set(environment) <= {"LC_ALL", "HOME", "LC_CTYPE"}
    assert sent == ""


@pytest.mark.parametrize("verdict", ["yes", "no"])
def test_what_is_decided_already_is_not_asked(giac: Installed, verdict: str) -> None:
    asked = giac({})

    assert confirmed(Check(verdict), same_value(term("2"), sp.Integer(2))) == Check(verdict)  # type: ignore[arg-type]
    assert not asked.exists()


def test_a_failure_leaves_the_answer_open(giac: Installed) -> None:
    asked = giac({})

    assert confirmed(OPEN, same_value(term("2"), sp.Integer(2))) == OPEN
    assert asked.exists()


def test_nothing_claimed_is_nothing_confirmed(giac: Installed) -> None:
    giac({"[]": "[]"})

    assert confirmed(OPEN, ()) == OPEN


@pytest.mark.slow
def test_it_is_stopped_when_it_takes_too_long(giac: Installed, tmp_path: Path) -> None:
    giac({})
    (tmp_path / "giac").write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")

    begun = time.monotonic()
    assert confirmed(OPEN, same_value(term("2"), sp.Integer(2))) == OPEN
    assert time.monotonic() - begun < 30


def test_that_there_is_no_root_is_a_count(giac: Installed) -> None:
    giac({"[evalf(size(solve(((ln(u0)/ln(e))+(-u0))=0,u0)))]": "[0]"})

    assert confirmed(OPEN, no_roots(term("ln(x) - x"), "x")) == SURE


def test_an_antiderivative_is_asked_for_as_what_it_gains_over_intervals(giac: Installed) -> None:
    integral, x = term("int 2x dx"), sp.Symbol("x")
    assert isinstance(integral, Integral)
    ends = (("(1/7)", "(1/3)"), ("(2/3)", "(3/4)"), ("(6/5)", "(7/4)"))
    asked = ",".join(f"evalf(integrate(((2)*u0),u0,{low},{high}))" for low, high in ends)
    giac({f"[{asked}]": "[0.0907029478458,0.118055555556,1.6225]"})

    assert confirmed(OPEN, over_intervals(integral, x**2, x)) == SURE
    assert confirmed(OPEN, over_intervals(integral, x**3, x)) == OPEN


OPEN_WITHOUT = {
    "int_0^infinity sin(x)/x dx": {"[evalf(integrate((sin(u0)/u0),u0,(0),(+infinity)))]": "[1.57079632679]"},
    "ln(x) = x": {"[evalf(size(solve(((ln(u0)/ln(e))+(-u0))=0,u0)))]": "[0]"},
}


@pytest.mark.parametrize("problem", OPEN_WITHOUT)
def test_an_answer_left_open_is_confirmed_where_it_is_installed(giac: Installed, problem: str) -> None:
    giac(OPEN_WITHOUT[problem])
    solution = solve(problem)

    assert solution.check == SURE


@pytest.mark.parametrize("problem", OPEN_WITHOUT)
@pytest.mark.usefixtures("without_giac")
def test_the_same_answer_stays_open_where_it_is_not(problem: str) -> None:
    solution = solve(problem)

    assert solution.answer
    assert solution.check.verdict == "unknown"

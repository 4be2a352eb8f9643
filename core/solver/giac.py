"""A second engine: giac, where its command line is installed. It is asked only what the second route leaves open, only
for numbers, and it can only confirm.

What is asked is written from the meaning tree by the tables below: numbers, operators and names of functions, with
letters renamed, so that nothing a user wrote reaches giac's parser.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from core.notation.term_tools import substituted
from core.notation.terms import (
    Call,
    Constant,
    Integral,
    Limit,
    Negative,
    Num,
    Over,
    Plus,
    Power,
    Radical,
    Series,
    Sym,
    Term,
    Times,
    free_letters,
    walk,
)  # fmt: skip
from core.outcome import Check
from core.phrases import phrase
from core.solver.checks import close, number
from core.solver.numeric import FINE, Undefined, written_fraction

COMMAND = "giac"
SECONDS = 2
LONGEST = 4000
"""Characters of a question that are sent at most."""
ENVIRONMENT = {"LC_ALL": "C", "HOME": "/nonexistent"}

CONSTANTS = {"pi": "pi", "e": "e", "i": "i", "oo": "(+infinity)"}
INFINITIES = {sp.oo: "+infinity", -sp.oo: "-infinity"}
SIDES = {"+": ",1", "-": ",-1", "+-": ""}
CALLS: dict[str, str] = {
    **{name: name for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")},
    **{name: name for name in ("exp", "abs", "floor", "factorial")},
    **{f"arc{name}": f"a{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "ceiling": "ceil", "binomial": "comb",
}  # fmt: skip
WRITTEN: dict[str, str] = {"log": "(ln({})/ln({}))", "percent": "({}/100)", "degrees": "({}*pi/180)"}
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[+-]?\d+)?")

Claim = tuple[str, Any]
"""What giac is asked, and the number or infinity that is expected of it."""


def confirmed(check: Check, claims: Iterable[Claim]) -> Check:
    """`check`, or "yes" where it left the answer open and giac confirms every one of `claims`, at least one.

    `claims` are worked out only where they are needed, and may raise Undefined.
    """
    command = shutil.which(COMMAND) if check.verdict == "unknown" else None
    if command is None:
        return check
    try:
        asked = list(claims)
        agreed = asked and all(_same(*pair) for pair in zip(asked, _answers(command, asked), strict=True))
    except (Undefined, ValueError):
        return check
    return Check("yes", phrase("route.second-engine")) if agreed else check


def same_value(term: Term, found: Any, points: Iterable[Mapping[str, Fraction]] = ({},)) -> Iterator[Claim]:
    """That `term` is `found`, with the numbers of each point in the place of letters. Raises Undefined."""
    for point in points:
        placed = term
        for name, size in point.items():
            placed = substituted(placed, name, Num(size))
        yield spelt(placed), found.subs({s: sp.Rational(str(point[s.name])) for s in found.free_symbols})


def no_roots(difference: Term, name: str) -> Iterator[Claim]:
    """That giac finds no real root of a term in the letter `name`. Raises Undefined."""
    names = _renamed(difference)
    yield f"size(solve({_spelt(difference, names)}=0,{names[name]}))", sp.S.Zero


def spelt(term: Term) -> str:
    """A term without free letters in giac's language. Raises Undefined where no word is known for it."""
    if free_letters(term):
        raise Undefined
    return _spelt(term, _renamed(term))


def _renamed(term: Term) -> dict[str, str]:
    return {name: f"u{n}" for n, name in enumerate(sorted({part.name for part in walk(term) if isinstance(part, Sym)}))}


def _spelt(term: Term, names: dict[str, str]) -> str:
    def inside(part: Term) -> str:
        return _spelt(part, names)

    match term:
        case Num(value):
            return f"({value.numerator}/{value.denominator})" if value.denominator > 1 else f"({value.numerator})"
        case Sym(name):
            return names[name]
        case Constant(name):
            return CONSTANTS[name]
        case Plus(terms):
            return f"({'+'.join(map(inside, terms))})"
        case Negative(operand):
            return f"(-{inside(operand)})"
        case Times(left, right):
            return f"({inside(left)}*{inside(right)})"
        case Over(left, right):
            return f"({inside(left)}/{inside(right)})"
        case Power(base, exponent):
            fraction = written_fraction(exponent)
            if fraction is not None and fraction.denominator > 1 and fraction.denominator % 2:
                return f"(surd({inside(base)},{fraction.denominator})^({fraction.numerator}))"
            return f"({inside(base)}^{inside(exponent)})"
        case Radical(radicand, Num(degree)):
            return f"sqrt({inside(radicand)})" if degree == 2 else f"surd({inside(radicand)},{degree})"
        case Call(name, arguments) if name in CALLS:
            return f"{CALLS[name]}({','.join(map(inside, arguments))})"
        case Call(name, arguments) if name in WRITTEN:
            return WRITTEN[name].format(*map(inside, arguments))
        case Integral(body, variable, lower, upper) if lower is not None and upper is not None:
            return f"integrate({inside(body)},{inside(variable)},{inside(lower)},{inside(upper)})"
        case Series(kind, body, index, first, last):
            sign = "sum" if kind == "sum" else "product"
            return f"{sign}({inside(body)},{inside(index)},{inside(first)},{inside(last)})"
        case Limit(body, variable, target, side):
            return f"limit({inside(body)},{inside(variable)},{inside(target)}{SIDES[side]})"
    raise Undefined


def _answers(command: str, asked: list[Claim]) -> list[str]:
    """What giac prints for each question. Raises Undefined where it fails, takes too long or says something else."""
    question = f"[{','.join(f'evalf({written})' for written, _ in asked)}]"
    if len(question) > LONGEST:
        raise Undefined
    try:
        printed = _run([command, question])
    except (OSError, subprocess.SubprocessError) as error:
        raise Undefined from error
    lines = printed.split()
    if len(lines) != 1 or not (lines[0].startswith("[") and lines[0].endswith("]")):
        raise Undefined
    return lines[0][1:-1].split(",")


def _run(command: list[str]) -> str:
    """What a command prints, within SECONDS of wall and CPU time; the latter ends it even if this process is killed."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        text=True,
    ) as process:
        try:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (SECONDS, SECONDS))
            printed, _ = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return printed


def _same(claim: Claim, answer: str) -> bool:
    _, expected = claim
    if expected in INFINITIES:
        return answer == INFINITIES[expected]
    return bool(_NUMBER.fullmatch(answer)) and close(number(expected), FINE.mpf(answer))

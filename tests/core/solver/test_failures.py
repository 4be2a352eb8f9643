"""Blocks of sympy that may fail or run out of time, and defects that must not hide among them."""

import time

import pytest
import sympy as sp

from core.errors import NoMethod
from core.solver.failures import sympy_may_fail

X = sp.Symbol("x")


def forever() -> None:
    while True:
        pass


def test_what_sympy_cannot_do_is_passed_over() -> None:
    with sympy_may_fail():
        sp.Poly(sp.sin(X) / X, sp.Integer(3))


def test_what_sympy_cannot_do_becomes_the_error_that_is_named() -> None:
    with pytest.raises(NoMethod, match="too hard"), sympy_may_fail(NoMethod("too hard")):
        bool(X > 0)


@pytest.mark.parametrize("defect", [AttributeError, ValueError, TypeError, KeyError, RecursionError])
def test_our_own_errors_go_through(defect: type[Exception]) -> None:
    with pytest.raises(defect), sympy_may_fail(NoMethod()):
        raise defect


def test_errors_of_our_functions_that_sympy_calls_are_ours() -> None:
    def wrong(part: sp.Expr) -> sp.Expr:
        raise AttributeError

    with pytest.raises(AttributeError), sympy_may_fail():
        sp.sin(X).replace(sp.sin, wrong)


def test_a_block_ends_when_its_time_is_spent() -> None:
    begun = time.process_time()
    with sympy_may_fail(seconds=0.05):
        forever()
    assert time.process_time() - begun < 0.5


def test_an_inner_block_ends_alone_and_an_outer_one_keeps_its_time() -> None:
    reached = []
    with sympy_may_fail(seconds=0.2):
        with sympy_may_fail(seconds=0.05):
            forever()
        reached.append("after the inner block")
        forever()
    assert reached == ["after the inner block"]


def test_an_outer_block_with_less_time_ends_both() -> None:
    outer, inner = NoMethod("outer"), NoMethod("inner")
    with pytest.raises(NoMethod, match="outer"), sympy_may_fail(outer, 0.05), sympy_may_fail(inner, 5):
        forever()

"""Running sympy where it may fail or take too long: each place that does goes on another way.

The list of failures is long because sympy says "I cannot" in whatever way it stumbles on: an assertion deep in an
integrator, a missing attribute of a set, a comparison of complex numbers.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import sympy as sp
from sympy.core.cache import clear_cache

from core.errors import ChalklineError

SYMPY_FAILURES: tuple[type[Exception], ...] = (
    NotImplementedError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError,
    RecursionError, sp.PolynomialError, sp.PoleError, sp.polys.polyerrors.BasePolynomialError, sp.SympifyError,
)  # fmt: skip

ENGINES = frozenset({"sympy", "mpmath"})
TIMER, ALARM = signal.ITIMER_VIRTUAL, signal.SIGVTALRM


class _Spent(BaseException):
    """The time of one block is used up. Not an Exception, so that sympy's own handlers let it through."""


@contextmanager
def sympy_may_fail(otherwise: ChalklineError | None = None, seconds: float | None = None) -> Iterator[None]:
    """What sympy cannot do in this block is passed over, or raised as `otherwise`; defects of our own go through.

    `seconds`: CPU time for the block, after which it counts as failed.
    """
    spent = _Spent()
    try:
        with _time_for(seconds, spent):
            yield
    except SYMPY_FAILURES as error:
        if not is_of_sympy(error):
            raise
        if otherwise is not None:
            raise otherwise from error
    except _Spent as error:
        if error is not spent:
            raise
        clear_cache()  # may hold facts that were left half worked out
        if otherwise is not None:
            raise otherwise from error


def is_of_sympy(error: BaseException) -> bool:
    """True where sympy, or what it called of Python's own library, raised `error`: a problem it cannot do.

    Anything else is a defect of ours.
    """
    trace = error.__traceback__
    blamed = ""
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        blamed = blamed if package in sys.stdlib_module_names else package
        trace = trace.tb_next
    return blamed in ENGINES


@contextmanager
def _time_for(seconds: float | None, spent: _Spent) -> Iterator[None]:
    """Raises `spent` in the block after `seconds` of CPU time, unless an enclosing block has less left.

    Signals reach the main thread alone; elsewhere the block has all the time that its process has.
    """
    left = signal.getitimer(TIMER)[0]
    if seconds is None or 0 < left <= seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise spent

    before = signal.signal(ALARM, ring)
    signal.setitimer(TIMER, seconds)
    try:
        yield
    finally:
        unused = signal.setitimer(TIMER, 0)[0]
        signal.signal(ALARM, before)
        if left:
            signal.setitimer(TIMER, max(left - (seconds - unused), 0.001))

"""Real roots that show in numbers alone: a scan of a window for changes of sign and touches."""

from __future__ import annotations

from collections.abc import Callable

from core.notation.terms import Term
from core.solver.numeric import FAST, Undefined, real_value

WINDOW = 30.0
STEPS = 1500


def scan(
    difference: Term, name: str, window: tuple[float, float] = (-WINDOW, WINDOW), steps: int = STEPS
) -> list[float]:
    """Real roots in the window that show as a change of sign or as a touch, in machine numbers."""
    low, high = window

    def along(at: float) -> float | None:
        try:
            return float(real_value(difference, {name: at}, FAST))
        except Undefined:
            return None

    shift = (high - low) / steps
    points = [low + shift * (n + 0.313) for n in range(steps)]
    values = [along(at) for at in points]
    found: list[float] = []
    for (a, fa), (b, fb), (_, fc) in zip(
        _pairs(points, values),
        _pairs(points[1:], values[1:]),
        [*_pairs(points[2:], values[2:]), (0.0, None)],
        strict=False,
    ):
        if fa is None or fb is None:
            continue
        if fa * fb <= 0:
            root = _bisected(along, a, b, fa)
        elif fc is not None and abs(fb) < abs(fa) and abs(fb) < abs(fc):
            root = _lowest(along, a, b + shift)
        else:
            continue
        if root is not None and not any(abs(root - other) <= 1e-6 * (1 + abs(root) + abs(other)) for other in found):
            found.append(root)
    return found


def _pairs(points: list[float], values: list[float | None]) -> list[tuple[float, float | None]]:
    return list(zip(points, values, strict=True))


def _bisected(along: Callable[[float], float | None], a: float, b: float, fa: float) -> float | None:
    """The crossing between a and b; None where the function jumps there instead."""
    start = max(abs(fa), abs(along(b) or 0.0))
    for _ in range(80):
        middle = (a + b) / 2
        here = along(middle)
        if here is None:
            return None
        if here == 0 or b - a < 1e-15 * (1 + abs(a)):
            break
        a, b, fa = (middle, b, here) if here * fa > 0 else (a, middle, fa)
    last = along((a + b) / 2)
    return (a + b) / 2 if last is not None and abs(last) <= 1e-7 * (1 + start) else None


def _lowest(along: Callable[[float], float | None], a: float, b: float) -> float | None:
    """Where |f| touches zero between a and b, by golden section; None where it stays away."""
    ratio = 0.6180339887498949
    for _ in range(70):
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        fc, fd = along(c), along(d)
        if fc is None or fd is None:
            return None
        a, b = (a, d) if abs(fc) < abs(fd) else (c, b)
    last = along((a + b) / 2)
    return (a + b) / 2 if last is not None and abs(last) < 1e-13 else None

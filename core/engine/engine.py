"""What every engine promises: a stage runs somewhere else, within its deadline, and its failures come back typed."""

from __future__ import annotations

from typing import Protocol

from core.limits import MathLimits, PhotoLimits
from core.outcome import InkLine, InkPage, Outcome, Page, Picture, Reading, Solution, Turn, VectorFormat
from core.render.style import CardStyle


class Engine(Protocol):
    """Runs the stages of core/stages.py. Safe to use from many tasks of one event loop at once.

    Every method raises what its stage raises, OutOfTime past its deadline, and Crashed where its process died.
    """

    async def ink(self, photo: bytes, limits: PhotoLimits, expression: bool, turn: Turn | None = None) -> InkPage: ...

    async def read(self, lines: tuple[InkLine, ...]) -> tuple[tuple[Reading, ...], ...]: ...

    async def solve(self, text: str, limits: MathLimits) -> Solution: ...

    async def spell(self, text: str, limits: MathLimits) -> str: ...

    async def draw(self, outcome: Outcome, style: CardStyle) -> Picture: ...

    async def plot(self, text: str, limits: MathLimits, style: CardStyle) -> Picture: ...

    async def vector(self, outcome: Outcome, style: CardStyle, file_format: VectorFormat) -> bytes: ...

    async def mark(self, photo: bytes, page: Page, limits: PhotoLimits, style: CardStyle) -> Picture: ...

    async def alive(self) -> bool:
        """Whether stages can run."""

    async def close(self) -> None:
        """Ends all work, running or waiting."""

"""MathService: a photo or a text in, an Outcome out. It orchestrates the stages and knows nothing about chats."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from core.engine.deadlines import Deadlines
from core.engine.engine import Engine
from core.engine.local import LocalEngine
from core.errors import ChalklineError
from core.limits import MathLimits, PhotoLimits
from core.outcome import InkLine, InkPage, Item, Line, Outcome, Page, Picture, Reading, Solution, VectorFormat
from core.reading import read_page
from core.render.style import PLAIN, CardStyle

GIGABYTE = 1024**3


@dataclass(frozen=True)
class ServiceOptions:
    """How the service runs. `weights`: folder of the exported network; `worker_bytes`: memory of one worker, at most;
    `ask_below`: confidence under which a reading is said to be doubtful.
    """

    weights: Path
    photo: PhotoLimits = PhotoLimits()
    maths: MathLimits = MathLimits()
    workers: int = 3
    worker_bytes: int = 2 * GIGABYTE
    ask_below: float = 0.5


class MathService:
    """Answers photos and texts. Safe to call from many tasks at once; never raises for what a user sent."""

    def __init__(self, engine: Engine, options: ServiceOptions) -> None:
        self._engine, self._options = engine, options

    async def read_photo(self, photo: bytes, *, expression: bool = False) -> Page:
        """The lines of a photo. With `expression` the photo is one cropped expression. Raises ChalklineError."""
        page, _ = await self.inspect_photo(photo, expression=expression)
        return page

    async def inspect_photo(self, photo: bytes, *, expression: bool = False) -> tuple[Page, InkPage]:
        """What `read_photo` returns, and the ink that it was read from, line by line. Raises ChalklineError."""
        return await read_page(self._engine, photo, self._options.photo, expression)

    async def solve_text(self, text: str) -> Solution:
        """What a text asks, answered and checked; what went wrong stands in `error`."""
        start = time.perf_counter()
        try:
            solution = await self._engine.solve(text, self._options.maths)
        except ChalklineError as error:
            solution = Solution(input=text, latex="", error=error.fault())
        return replace(solution, ms=round((time.perf_counter() - start) * 1000))

    async def answer_photo(self, photo: bytes, *, style: CardStyle = PLAIN) -> Outcome:
        """Everything about a photo: its lines, their answers, and one card."""
        try:
            page, ink = await self.inspect_photo(photo)
        except ChalklineError as error:
            return Outcome(error=error.fault())
        return await self.answer_lines(page.lines, ink.lines, page=page, style=style)

    async def answer_lines(
        self,
        lines: Sequence[Line],
        ink: Sequence[InkLine | None] = (),
        *,
        page: Page | None = None,
        style: CardStyle = PLAIN,
    ) -> Outcome:
        """The answers to lines that were read, each taken as its first reading, on one card. `ink`: their writing,
        where it is at hand.
        """
        solutions = await asyncio.gather(*(self.solve_text(line.latex) for line in lines))
        items = tuple(
            _item(solution, line, ink_line, self._options.ask_below)
            for solution, line, ink_line in zip(solutions, lines, ink or [None] * len(lines), strict=True)
        )
        return await self._with_card(Outcome(items=items, page=page), style)

    async def answer_text(self, text: str, *, style: CardStyle = PLAIN) -> Outcome:
        """The answer to typed maths, and its card; `error` where nothing in it was understood."""
        solution = await self.solve_text(text)
        if solution.error and not solution.latex:
            return Outcome(items=(Item(solution),), error=solution.error)
        return await self._with_card(Outcome(items=(Item(solution),)), style)

    async def typeset(self, latex: Sequence[str], *, style: CardStyle = PLAIN) -> Outcome:
        """A card of these formulas as they stand, not answered."""
        items = tuple(Item(Solution(input=formula, latex=formula)) for formula in latex)
        return await self._with_card(Outcome(items=items), style)

    async def spell_text(self, text: str) -> str:
        """The LaTeX of typed maths, which need not be solvable. Raises ChalklineError."""
        return await self._engine.spell(text, self._options.maths)

    async def plot_text(self, text: str, *, style: CardStyle = PLAIN) -> Picture:
        """The plot of typed maths or of a line's LaTeX. Raises ChalklineError; NothingToPlot where it has none."""
        return await self._engine.plot(text, self._options.maths, style)

    async def vector(self, outcome: Outcome, file_format: VectorFormat, *, style: CardStyle = PLAIN) -> bytes:
        """The card of an outcome as an SVG or PDF file. Raises ChalklineError."""
        return await self._engine.vector(outcome, style, file_format)

    async def mark_photo(self, photo: bytes, page: Page, *, style: CardStyle = PLAIN) -> Picture:
        """The photo that `page` was read from, with a numbered box round each line. Raises ChalklineError."""
        return await self._engine.mark(photo, page, self._options.photo, style)

    async def ready(self) -> bool:
        """Whether a request that came now could be answered."""
        return await self._engine.alive()

    async def close(self) -> None:
        await self._engine.close()

    async def _with_card(self, outcome: Outcome, style: CardStyle) -> Outcome:
        """The outcome with its card; without one, and with the reason in `error`, where it could not be drawn."""
        try:
            return replace(outcome, picture=await self._engine.draw(outcome, style))
        except ChalklineError as error:
            return replace(outcome, error=error.fault())


def needs_asking(readings: Sequence[Reading], threshold: float) -> bool:
    """True where the best reading is too unsure to answer without asking."""
    return not readings or readings[0].confidence < threshold


def _item(solution: Solution, line: Line, ink: InkLine | None, ask_below: float) -> Item:
    """One line of a photo; one that could not be understood still shows what was read."""
    unsure = needs_asking(line.readings, ask_below)
    shown = solution if solution.latex else replace(solution, latex=line.latex)
    return Item(shown, line, unsure, ink if unsure or solution.error is not None else None)


@asynccontextmanager
async def open_service(options: ServiceOptions) -> AsyncIterator[MathService]:
    """A running service; its processes end with the context."""
    deadlines = Deadlines(solve=options.maths.answer_seconds)
    engine = LocalEngine(options.weights, options.workers, options.worker_bytes, deadlines)
    service = MathService(engine, options)
    try:
        yield service
    finally:
        await service.close()

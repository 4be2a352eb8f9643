"""`python -m core read | solve | answer | plot`: Chalkline without a chat.

Exit codes: 0 all well, 1 at least one error object, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import get_args

import structlog

from config.settings import load_settings
from core.contract import Json, outcome_json, page_json, solution_json
from core.errors import ChalklineError
from core.outcome import InkPage, Outcome, Page, Solution, VectorFormat
from core.service import MathService, open_service

CARDS = Path("out")
PLOT = Path("plot.png")
AHEAD = 2
"""Problems of one `solve` that are worked on at once."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description="Reads and solves handwritten or typed maths.")
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="what is written on photos")
    read.add_argument("photos", nargs="+", metavar="PHOTO")
    read.add_argument("--expression", action="store_true", help="each image is one cropped expression")
    read.add_argument("--debug", type=Path, metavar="DIR", help="write a contact sheet of each photo there")
    solve = commands.add_parser("solve", help="typed maths: one problem, or one a line on standard input")
    solve.add_argument("text", nargs="?", metavar="TEXT")
    solve.add_argument("--steps", action="store_true", help="with the steps, for the kinds that have them")
    answer = commands.add_parser("answer", help="photos read, solved, and drawn as cards")
    answer.add_argument("photos", nargs="+", metavar="PHOTO")
    answer.add_argument("--out", type=Path, default=CARDS, metavar="DIR", help="where cards are written (default: out)")
    answer.add_argument("--format", choices=("png", *get_args(VectorFormat)), default="png", help="of cards")
    plot = commands.add_parser("plot", help="the plot of typed maths")
    plot.add_argument("text", metavar="TEXT")
    plot.add_argument("--out", type=Path, default=PLOT, metavar="FILE", help="where it is written (default: plot.png)")
    for command in (read, solve, answer):
        command.add_argument("--json", action="store_true", help="JSON instead of words")
    return parser


async def _bytes(photo: str) -> bytes:
    return await asyncio.to_thread(Path(photo).read_bytes)


async def _read(service: MathService, arguments: argparse.Namespace) -> int:
    rows: list[Json] = []
    for photo in arguments.photos:
        try:
            data = await _bytes(photo)
            page, ink = await service.inspect_photo(data, expression=arguments.expression)
            rows.append(page_json(photo, page))
            if arguments.debug:
                _written(_contact_sheet(data, page, ink), arguments.debug / f"{Path(photo).stem}.png")
        except ChalklineError as error:
            rows.append(page_json(photo, None, error.fault()))
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            _say_page(row)
    return int(any(row["error"] for row in rows))


async def _answer(service: MathService, arguments: argparse.Namespace) -> int:
    rows: list[Json] = []
    for photo in arguments.photos:
        outcome = await service.answer_photo(await _bytes(photo))
        rows.append(outcome_json(photo, outcome, await _card(service, outcome, photo, arguments)))
        if not arguments.json:
            _say_page(rows[-1])
            print(f"  card: {rows[-1]['card']}" if rows[-1]["card"] else "  no card")
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    return int(any(row["error"] or any(line["solution"]["error"] for line in row["lines"]) for row in rows))


async def _card(service: MathService, outcome: Outcome, photo: str, arguments: argparse.Namespace) -> str | None:
    if outcome.picture is None:
        return None
    is_png = arguments.format == "png"
    data = outcome.picture.png if is_png else await service.vector(outcome, arguments.format)
    return _written(data, arguments.out / f"{Path(photo).stem}.{arguments.format}")


def _contact_sheet(photo: bytes, page: Page, ink: InkPage) -> bytes:
    from core.contact_sheet import contact_sheet  # its libraries are loaded only for those who debug

    return contact_sheet(photo, load_settings().service_options().photo, page, ink)


def _written(data: bytes, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


async def _plot(service: MathService, arguments: argparse.Namespace) -> int:
    """Writes the picture and says what is on it."""
    try:
        picture = await service.plot_text(arguments.text)
    except ChalklineError as error:
        print(error, file=sys.stderr)
        return 1
    await asyncio.to_thread(_store, arguments.out, picture.png)
    print(f"{picture.alt}\n{arguments.out}")
    return 0


def _store(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


async def _solve(service: MathService, arguments: argparse.Namespace) -> int:
    lines = [arguments.text] if arguments.text is not None else (line.rstrip("\r\n") for line in sys.stdin)
    failed = False
    async for solution in _solved(service, lines):
        failed |= solution.error is not None
        row = solution_json(solution)
        if arguments.json:
            print(json.dumps(row, ensure_ascii=False), flush=True)
        else:
            _say_solution(row)
    return int(failed)


async def _solved(service: MathService, lines: Iterable[str]) -> AsyncIterator[Solution]:
    """Solutions in the order of `lines`, a few worked on ahead."""
    waiting: deque[asyncio.Task[Solution]] = deque()
    for line in lines:
        waiting.append(asyncio.create_task(service.solve_text(line)))
        if len(waiting) >= AHEAD:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


def _say_page(row: Json) -> None:
    print(row["photo"])
    if row["error"]:
        print(f"  {row['error']['message']}")
    for line in row["lines"]:
        print(f"  {line['latex']}   ({line['confidence']:.0%} sure)")
        if "solution" in line:
            _say_solution(line["solution"], "    ")


def _say_solution(row: Json, indent: str = "") -> None:
    if row["error"]:
        print(f"{indent}{row['error']['message']}")
        return
    for answer in [row["answer"]] if row["answer"] else row["candidates"]:
        print(indent + answer["text"] + (f"  ≈ {answer['decimal']}" if answer["decimal"] else ""))
    print(f"{indent}checked: {row['checked']}" + (f" ({row['check']['route']})" if row["check"]["route"] else ""))


async def _main(arguments: argparse.Namespace) -> int:
    run = {"read": _read, "solve": _solve, "answer": _answer, "plot": _plot}[arguments.command]
    async with open_service(load_settings().service_options()) as service:
        return await run(service, arguments)


def main() -> int:
    parser = _parser()
    arguments = parser.parse_args()
    missing = [photo for photo in getattr(arguments, "photos", []) if not Path(photo).is_file()]
    if missing:
        parser.error(f"no such file: {', '.join(missing)}")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # standard output is for answers
    return asyncio.run(_main(arguments))


if __name__ == "__main__":
    sys.exit(main())

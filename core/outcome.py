"""The small typed values that cross every border: between rooms, between processes, and out to the adapters.

All are frozen and picklable. Boxes are pixels of the photo after EXIF, before any other turn. Mathematics crosses as
LaTeX strings, never as trees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["yes", "no", "unknown"]
Turn = Literal[0, 90, 180, 270]
VectorFormat = Literal["svg", "pdf"]

MOST_ASKED = 3
"""Readings of one line that a question names."""


@dataclass(frozen=True)
class Phrase:
    """Words for people. `code` names them in core.phrases and in the catalogues, `values` fill the braces of that
    sentence; `text` is the whole in plain English.
    """

    code: str
    text: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True)
class Reading:
    """One way to read a line. `confidence`: calibrated probability that it is exactly right."""

    latex: str
    confidence: float


@dataclass(frozen=True)
class Line:
    """One expression on the photo. `readings`: likeliest first, at least one."""

    box: Box
    readings: tuple[Reading, ...]
    label: str | None = None

    @property
    def latex(self) -> str:
        return self.readings[0].latex

    @property
    def confidence(self) -> float:
        return self.readings[0].confidence


@dataclass(frozen=True)
class InkLabel:
    """The question label of a line, as ink. `body`: its number or letter, None where it cannot be told from the rest;
    `form`: how that is set, such as "{})".
    """

    box: Box
    body: InkLine | None
    form: str


@dataclass(frozen=True)
class InkLine:
    """One expression as ink, ready to be read. `pixels`: `height` rows of `width` bytes, 255 ink and 0 paper.

    `wordiness`: log-odds, but for a constant, that it is words, as far as the strokes tell. `tails`: where that is
    likely, what may be maths after words.
    """

    box: Box
    width: int
    height: int
    pixels: bytes = field(repr=False)
    label: InkLabel | None = None
    wordiness: float = -math.inf
    tails: tuple[InkTail, ...] = ()


@dataclass(frozen=True)
class InkTail:
    """The end of a line of ink, behind a gap, which may be maths, and what stands before it, which may be words."""

    maths: InkLine
    words: InkLine


@dataclass(frozen=True)
class SetAside:
    """A part of the photo that was not read as maths. `what`: prose, drawing, crossed out, label."""

    box: Box
    what: str


@dataclass(frozen=True)
class InkPage:
    """A photo as ink: its expressions in reading order, before they are read.

    `turned`: degrees clockwise that brought the writing upright, as it seems; `other_turns`: which others are possible,
    likeliest first, where the reader has the last word.
    """

    lines: tuple[InkLine, ...]
    set_aside: tuple[SetAside, ...] = ()
    turned: Turn = 0
    other_turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Page:
    """What was read on one photo, lines in reading order. `turned`: degrees clockwise that made the writing upright."""

    lines: tuple[Line, ...]
    set_aside: tuple[SetAside, ...] = ()
    turned: Turn = 0
    ink_ms: int = 0
    read_ms: int = 0


@dataclass(frozen=True)
class Excerpt:
    """A place in what was written, shortened to what stands around it. `there` is empty where something is missing."""

    before: str
    there: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}▸{self.there or '?'}◂{self.after}"


@dataclass(frozen=True)
class Fault:
    """What went wrong, as a value. `code` names a sentence in the catalogues; `message` is plain English: that
    sentence, or `reason`, which says more exactly what is wrong and what is expected, with `place`, where it is.
    """

    code: str
    message: str
    reason: Phrase | None = None
    place: Excerpt | None = None


@dataclass(frozen=True)
class Answer:
    """The answer claimed. `decimal` is None where it would say nothing new; `srepr` is sympy's exact spelling."""

    latex: str
    text: str
    decimal: str | None
    srepr: str


@dataclass(frozen=True)
class Form:
    """Another form of the answer: `name` such as factored, expanded, mixed, prime factors."""

    name: Phrase
    latex: str


@dataclass(frozen=True)
class Check:
    """How the answer was checked. `route`: a few words, such as "put back in" or "differentiated"."""

    verdict: Verdict
    route: Phrase | None = None


@dataclass(frozen=True)
class OtherReading:
    """Another meaning of the same writing, and why it is possible."""

    latex: str
    why: Phrase


@dataclass(frozen=True)
class Step:
    """One step of a worked solution."""

    rule: str
    latex: str
    note: str = ""


@dataclass(frozen=True)
class Solution:
    """What was asked and what was found.

    `latex`: what was read, in our own spelling. `meaning`: sympy's srepr of what was read, before solving. `choices`:
    one sentence for each decision taken where the notation is ambiguous. With verdict "no", `answer` is None and
    `candidates` holds what each route found. `plottable`: whether it is of a kind that has a plot.
    """

    input: str
    latex: str
    kind: str = ""
    meaning: str | None = None
    choices: tuple[Phrase, ...] = ()
    answer: Answer | None = None
    forms: tuple[Form, ...] = ()
    check: Check = Check("unknown")
    candidates: tuple[Answer, ...] = ()
    other_readings: tuple[OtherReading, ...] = ()
    steps: tuple[Step, ...] = ()
    error: Fault | None = None
    ms: int = 0
    plottable: bool = False


@dataclass(frozen=True)
class Picture:
    """A finished PNG and the words that stand for it (at most 1,000 characters)."""

    png: bytes = field(repr=False)
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Item:
    """One problem of a request: where it was read (None for typed maths) and its solution.

    `unsure`: the reading is so doubtful that whoever asked has to be told. `ink`: the writing itself, where it helps to
    show it: beside a doubtful reading, and beside one that could not be solved.
    """

    solution: Solution
    line: Line | None = None
    unsure: bool = False
    ink: InkLine | None = None

    @property
    def asked(self) -> tuple[Reading, ...]:
        """The readings to ask about, likeliest first, rather than to answer what may never have been asked; none where
        the reading is sure enough, or the only one.
        """
        if not self.unsure or self.line is None or len(self.line.readings) < 2:
            return ()
        return self.line.readings[:MOST_ASKED]


@dataclass(frozen=True)
class Outcome:
    """The whole reply to one photo or one text. `error` is set where there was nothing to solve at all."""

    items: tuple[Item, ...] = ()
    page: Page | None = None
    picture: Picture | None = None
    error: Fault | None = None

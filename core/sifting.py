"""After reading: which lines are maths and which are words, and what the question labels say.

There is no reader of words here. Words that are read as maths give themselves away: the reader is sure of nothing, and
what it finds are letters and names of functions; and their strokes differ (see `core.photo.prose`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from core.outcome import InkLabel, InkLine, InkPage, Line, Page, Reading, SetAside

Readings = tuple[Reading, ...]

WORDS = 1.5
"""Log-odds from which a line is taken for words: maths set aside is worse than words read as maths."""

_DOUBT, _LETTERS, _PRIOR = 1.0, 4.5, -9.0
"""Log-odds for each tenth of confidence, down to one in a million; for nothing but letters; and for any line."""
_MOST_DOUBT = 6.0
_NAME_WEIGHT = 3
"""A name such as \\sin stands for about as many letters."""

_SURE = 0.5
"""Confidence from which a line stays as it was read; and that the maths behind its words must have, they not."""
_FEWEST_LETTERS, _MOSTLY = 3, 0.45
"""Letters in words, and their share: some are taken for digits."""
_BETWEEN = frozenset({"+", "=", "<", ">", ")", ",", r"\leq", r"\geq", r"\times", r"\div", r"\cdot", r"\rightarrow"})
"""Signs that maths does not begin with."""
_OPERATORS = frozenset({"+", "-", "=", "<", ">", "(", "^", r"\leq", r"\geq", r"\div", r"\frac", r"\sqrt", r"\int"})
"""Signs that words are rarely taken for; an x is for a product."""

_STRUCTURE = frozenset({"{", "}", "^", "_", r"\frac", r"\limits"})
_NAMES = frozenset(rf"\{name}" for name in "sin cos tan cot sec csc arcsin arccos arctan sinh cosh ln log lg".split())
_GREEK = frozenset({r"\alpha", r"\beta", r"\theta", r"\mu"})
"""Greek letters that Latin handwriting is taken for."""

_BODIES = tuple(
    re.compile(pattern) for pattern in (r"[1-9]\d{0,2}", r"[A-Za-z]", r"[ivx]{1,4}", r"[1-9]\d?[a-z]", r"Q[1-9]\d?")
)
_LEAST_SURE = 0.4
_SEQUENCE = 3
"""So many labels, at least, count on."""


def to_read(page: InkPage) -> tuple[InkLine, ...]:
    """All there is to read on a photo: its lines, then the bodies of their labels."""
    return (*page.lines, *(line.label.body for line in page.lines if line.label and line.label.body))


def tails_to_read(ink: InkPage, readings: Sequence[Readings]) -> tuple[InkLine, ...]:
    """What else is to be read once `to_read(ink)` has been: where a line is read with doubt, its pieces, which may be
    words and then maths.
    """
    lines = zip(ink.lines, readings, strict=False)
    tails = (tail for line, read in lines if _is_doubtful(read) for tail in line.tails)
    return tuple(piece for tail in tails for piece in (tail.words, tail.maths))


def with_tails(
    ink: InkPage, readings: Sequence[Readings], pieces: Sequence[Readings]
) -> tuple[InkPage, Sequence[Readings]]:
    """`ink` and its readings with maths in the place of the lines that begin with words; the words are set aside.

    `pieces`: the readings of `tails_to_read(ink, readings)`. A line of which this is not sure stays as it is.
    """
    unread = iter(pieces)
    lines, read = list(ink.lines), list(readings)
    aside = list(ink.set_aside)
    for place, line in enumerate(ink.lines):
        if not _is_doubtful(readings[place]):
            continue
        found = [(tail, next(unread), next(unread)) for tail in line.tails]
        apart = [
            (tail, maths)
            for tail, words, maths in found
            if _may_be_words(words) and _is_surely_maths(tail.maths, maths)
        ]
        if apart:
            tail, read[place] = max(apart, key=lambda one: one[1][0].confidence * len(one[1][0].latex.split()))
            lines[place] = replace(tail.maths, label=line.label)
            aside.append(SetAside(tail.words.box, "prose"))
    return replace(ink, lines=tuple(lines), set_aside=tuple(aside)), read


def _is_doubtful(readings: Readings) -> bool:
    return readings[0].confidence < _SURE


def _is_surely_maths(line: InkLine, readings: Readings) -> bool:
    signs = readings[0].latex.split()
    return (
        readings[0].confidence >= _SURE
        and signs[0] not in _BETWEEN
        and any(sign.isdigit() for sign in signs)
        and not _OPERATORS.isdisjoint(signs)
        and not is_words(line, readings)
    )


def _may_be_words(readings: Readings) -> bool:
    """Whether the beginning of a line is no maths that one could go on with: letters that are read with doubt."""
    signs = readings[0].latex.split()
    letters = sum(_NAME_WEIGHT if sign in _NAMES else sign.isalpha() for sign in signs)
    return (
        readings[0].confidence < _SURE
        and letters >= _FEWEST_LETTERS
        and _letters(readings[0].latex) >= _MOSTLY
        and _OPERATORS.isdisjoint(signs)
    )


def sift(ink: InkPage, readings: Sequence[Readings]) -> tuple[Page, InkPage]:
    """What was read on a photo, and the ink of just those lines. `readings`: of `to_read(ink)`, in that order.

    A label passes from a line of words to the maths below it.
    """
    lines: list[Line] = []
    kept: list[InkLine] = []
    aside: list[SetAside] = []
    inherited: str | None = None
    labels = _label_texts([line.label for line in ink.lines], readings[len(ink.lines) :])
    for line, read, label in zip(ink.lines, readings, labels, strict=False):
        if line.label and label is None:
            aside.append(SetAside(line.label.box, "label"))
        if is_words(line, read):
            aside.append(SetAside(line.box, "prose"))
            inherited = label or inherited
        else:
            lines.append(Line(line.box, read, label or inherited))
            kept.append(line)
            inherited = None
    page = Page(tuple(lines), (*ink.set_aside, *aside), ink.turned)
    return page, replace(ink, lines=tuple(kept))


def is_words(line: InkLine, readings: Readings) -> bool:
    """Whether a line is taken for words rather than maths."""
    doubt = min(_MOST_DOUBT, -math.log10(max(readings[0].confidence, 10.0**-_MOST_DOUBT)))
    odds = _PRIOR + line.wordiness + _DOUBT * doubt + _LETTERS * _letters(readings[0].latex)
    return odds > WORDS


def _letters(latex: str) -> float:
    """The share of letters among the signs of a reading."""
    signs = [token for token in latex.split() if token not in _STRUCTURE]
    letters = sum(token in _GREEK or (len(token) == 1 and token.isalpha()) for token in signs)
    names = sum(token in _NAMES for token in signs)
    return (letters + _NAME_WEIGHT * names) / max(1, len(signs) + (_NAME_WEIGHT - 1) * names)


def _label_texts(labels: Sequence[InkLabel | None], readings: Sequence[Readings]) -> list[str | None]:
    """What each label says, or None where there is none or it cannot be read.

    Labels count on: where most follow each other as 1, 2, 3 or a, b, c, a doubtful one is what its place asks for, if
    the reader thinks that possible at all.
    """
    unread = iter(readings)
    candidates = [_bodies(next(unread)) if label and label.body else {} for label in labels]
    places = [place for place, label in enumerate(labels) if label]
    expected = _sequence([candidates[place] for place in places])
    texts: list[str | None] = [None] * len(labels)
    for place, body in zip(places, expected, strict=True):
        label = labels[place]
        if label and body is not None:
            texts[place] = label.form.format(body)
    return texts


def _bodies(readings: Readings) -> dict[str, float]:
    """What a label may say, and how sure that is; never quite impossible."""
    found: dict[str, float] = {}
    for reading in readings:
        body = "".join(token for token in reading.latex.split() if token not in ".,:-)(")
        if any(pattern.fullmatch(body) for pattern in _BODIES):
            found[body] = found.get(body, 1e-6) + reading.confidence
    return found


def _sequence(candidates: list[dict[str, float]]) -> list[str | None]:
    """One body for each label: that of the run that most of them agree with, else the likeliest where it is sure."""
    candidates = _of_one_kind(candidates)
    alone = [_sure(bodies) for bodies in candidates]
    runs = [_run(body, -place, len(candidates)) for place, body in enumerate(alone) if body is not None]
    if len(candidates) < _SEQUENCE or not runs:
        return alone
    best = max(
        runs, key=lambda run: sum(body is not None and body == own for body, own in zip(run, alone, strict=True))
    )
    if 2 * sum(body == own for body, own in zip(best, alone, strict=True)) <= len(candidates):
        return alone
    return [body if body in bodies else own for body, bodies, own in zip(best, candidates, alone, strict=True)]


def _of_one_kind(candidates: list[dict[str, float]]) -> list[dict[str, float]]:
    """Where most labels are letters, or most numbers, the others are so too if they can be: an "l" is like a "1"."""
    letters = [body.isalpha() for body in map(_sure, candidates) if body is not None]
    if len(candidates) < _SEQUENCE or not letters:
        return candidates
    wanted = 2 * sum(letters) > len(letters)
    of_kind = [{body: sure for body, sure in bodies.items() if body.isalpha() == wanted} for bodies in candidates]
    return [
        {body: sum(bodies.values()) * sure / sum(own.values()) for body, sure in own.items()} if own else bodies
        for own, bodies in zip(of_kind, candidates, strict=True)
    ]


def _sure(bodies: dict[str, float]) -> str | None:
    """The likeliest, if the reader is sure enough of it."""
    likeliest = max(bodies, key=lambda body: bodies[body], default=None)
    return likeliest if likeliest is not None and bodies[likeliest] >= _LEAST_SURE else None


def _run(body: str, start: int, count: int) -> list[str | None]:
    """Labels that count on so that `body` is the one at place `-start`."""
    if body.isdigit():
        numbers = (int(body) + start + step for step in range(count))
        return [str(number) if number > 0 else None for number in numbers]
    if len(body) == 1:
        codes = (ord(body) + start + step for step in range(count))
        return [chr(code) if chr(code).isalpha() and chr(code).isascii() else None for code in codes]
    return [None] * count

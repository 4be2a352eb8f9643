"""What is said: from an Outcome to the words and the picture of one reply. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.locale.catalogue import Sentences
from core.errors import MathError
from core.limits import MathLimits, PhotoLimits
from core.notation.latex import parse
from core.notation.write import to_unicode
from core.outcome import Check, Fault, Item, Outcome, Picture, Solution

MEGABYTE = 1024 * 1024

TEXT_LENGTH = 1000
"""UTF-16 units. Telegram allows 1,024 under a picture; Discord 2,000, even when every character has to be escaped."""
LINE_LENGTH = 300


@dataclass(frozen=True)
class Reply:
    """One message. `text` is plain, never markup; what stands for the picture in words is `picture.alt`."""

    text: str
    picture: Picture | None = None


def compose(outcome: Outcome, say: Sentences, photo_limits: PhotoLimits) -> Reply:
    """The reply to one request: for each problem what was read, then what was found and how it was checked."""
    if outcome.error is not None and not any(item.solution.latex for item in outcome.items):
        return Reply(explain(outcome.error, say, photo_limits))
    numbered = len(outcome.items) > 1
    lines: list[str] = []
    for number, item in enumerate(outcome.items, start=1):
        label = (item.line and item.line.label) or f"{number}."
        lines += _problem(item, label if numbered else None, say, photo_limits)
    ending = say("cut-off" if outcome.picture is None else "more-in-picture")
    return Reply(fit(lines, ending), outcome.picture)


def explain(fault: Fault, say: Sentences, photo_limits: PhotoLimits) -> str:
    """The sentence for an error."""
    return say(f"error.{fault.code}", megabytes=photo_limits.max_bytes // MEGABYTE)


def fit(lines: list[str], ending: str) -> str:
    """The lines, none too long; `ending` in the place of the last ones where they are too many for one message."""
    kept = [clipped(line) for line in lines]
    if units("\n".join(kept)) <= TEXT_LENGTH:
        return "\n".join(kept)
    while units("\n".join([*kept, ending])) > TEXT_LENGTH:
        kept.pop()
    return "\n".join([*kept, ending])


def clipped(line: str) -> str:
    """The line, with its end cut off where it is too long for a caption. The picture shows it whole."""
    if units(line) <= LINE_LENGTH:
        return line
    return line.encode("utf-16-le")[: 2 * (LINE_LENGTH - 1)].decode("utf-16-le", "ignore") + "…"


def units(text: str) -> int:
    """The length of a text as the platforms count it."""
    return len(text.encode("utf-16-le")) // 2


def _problem(item: Item, label: str | None, say: Sentences, photo_limits: PhotoLimits) -> Iterator[str]:
    solution = item.solution
    reading = _in_plain_text(solution)
    yield say("reading", reading=reading) if label is None else say("reading-numbered", label=label, reading=reading)
    if item.unsure:
        yield say("unsure")
    yield from map(say.phrase, solution.choices)
    if solution.error is not None:
        yield explain(solution.error, say, photo_limits)
    elif solution.check.verdict == "no":
        candidates = say("disagreement-or").join(candidate.text for candidate in solution.candidates)
        yield say("disagreement", candidates=candidates)
    elif solution.answer is not None:
        answer = solution.answer
        if answer.decimal is None:
            yield say("answer", answer=answer.text)
        else:
            yield say("answer-decimal", answer=answer.text, decimal=answer.decimal)
        yield _checked(solution.check, say)


def _checked(check: Check, say: Sentences) -> str:
    if check.verdict != "yes" or check.route is None:
        return say("unchecked")
    return say("checked", route=say.phrase(check.route))


def _in_plain_text(solution: Solution) -> str:
    """What was read, in unicode; what cannot be spelt so, as it came in."""
    if not solution.latex:
        return solution.input
    try:
        return to_unicode(parse(solution.latex, MathLimits()))
    except MathError:
        return solution.input

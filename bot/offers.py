"""The buttons under an answer: only those that lead somewhere. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import Action, Button, Verb
from bot.captions import compact, maths
from bot.locale.catalogue import Sentences
from bot.markup import clipped, shown
from bot.store.values import AnsweredItem
from core.outcome import Item, Outcome, Reading

Rows = tuple[tuple[Button, ...], ...]

PICK = "pick"
"""Value of an action that first asks which problem of a page is meant."""
LABEL_LENGTH = 40
READINGS_OFFERED = 5
NUMBERS_IN_A_ROW = 5
CLIPBOARD_LENGTH = 256
"""Characters that a button of Telegram can copy."""


def kept(outcome: Outcome, files: Sequence[int]) -> tuple[AnsweredItem, ...]:
    """What has to be kept of an outcome, so that its buttons work later. `files`: which photo each item was on."""
    return tuple(
        AnsweredItem(
            chosen=item.solution.input,
            readings=_ways(item),
            box=item.line.box if item.line is not None else None,
            label=item.line.label if item.line is not None else None,
            file=file,
        )
        for item, file in zip(outcome.items, files, strict=True)
    )


def _ways(item: Item) -> tuple[Reading, ...]:
    """All ways to read an item: those of the writing, then those of the notation, which have no confidence."""
    written = item.line.readings if item.line is not None else ()
    known = {reading.latex for reading in written} | {item.solution.latex, item.solution.input}
    meant = (other.latex for other in item.solution.other_readings if other.latex not in known)
    return (*written, *(Reading(latex, 0.0) for latex in meant))


def others(item: AnsweredItem) -> list[tuple[int, Reading]]:
    """The ways to read an item besides the chosen one, each with its number among all."""
    ways = [(number, way) for number, way in enumerate(item.readings) if way.latex != item.chosen]
    return ways[:READINGS_OFFERED]


def offers(key: str, outcome: Outcome, items: Sequence[AnsweredItem], say: Sentences) -> Rows:
    """The buttons of an answer; where all it does is ask, the readings themselves."""
    if not items:
        return ()
    last = (Button(say("button.delete"), Action("delete", key)),)
    first = _to_change(key, outcome, items, say)
    if len(items) == 1 and outcome.items[0].asked:
        return (*choices(key, 0, items[0], say, chosen_too=True), (*first[-1:], *last))
    latex = Button(say("button.latex"), Action("latex", key), to_copy(outcome))
    describe = Button(say("button.describe"), Action("describe", key))
    return (first, (latex, describe, *last))


def _to_change(key: str, outcome: Outcome, items: Sequence[AnsweredItem], say: Sentences) -> tuple[Button, ...]:
    value = PICK if len(items) > 1 else ""
    plottable = any(item.solution.plottable for item in outcome.items)
    offered: tuple[tuple[Verb, bool], ...] = (
        ("readings", any(others(item) for item in items)),
        ("plot", plottable),
        ("edit", True),
    )
    return tuple(Button(say(f"button.{verb}"), Action(verb, key, 0, value)) for verb, useful in offered if useful)


def choices(key: str, number: int, item: AnsweredItem, say: Sentences, *, chosen_too: bool = False) -> Rows:
    """One button for each way to read an item."""
    ways = list(enumerate(item.readings))[:READINGS_OFFERED] if chosen_too else others(item)
    return tuple((Button(_label(way.latex), Action("choose", key, number, str(place))),) for place, way in ways)


def numbers(verb: Verb, key: str, items: Sequence[AnsweredItem], say: Sentences) -> Rows:
    """Which problem of a page is meant, and the way back."""
    asked = [
        Button(item.label or f"{number}.", Action(verb, key, number - 1))
        for number, item in enumerate(items, start=1)
        if verb != "readings" or others(item)
    ]
    rows = tuple(tuple(asked[i : i + NUMBERS_IN_A_ROW]) for i in range(0, len(asked), NUMBERS_IN_A_ROW))
    return (*rows, way_back(key, say))


def way_back(key: str, say: Sentences) -> tuple[Button, ...]:
    """The row that leads back to the first buttons."""
    return (Button(say("button.back"), Action("back", key)),)


def to_copy(outcome: Outcome) -> str | None:
    """The LaTeX of a single problem and its answer, where a clipboard button can hold it."""
    if len(outcome.items) != 1:
        return None
    solution = outcome.items[0].solution
    lines = [compact(solution.latex) or solution.input]
    if solution.answer is not None:
        lines.append(compact(solution.answer.latex))
    copied = "\n".join(lines)
    return copied if len(copied) <= CLIPBOARD_LENGTH else None


def _label(latex: str) -> str:
    return shown(clipped((maths(latex, latex),), LABEL_LENGTH))

"""Rows of buttons as Discord allows them: five rows of five, and a menu for readings. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from bot.buttons import Action, Button
from bot.locale.catalogue import Sentences

ROWS, IN_A_ROW = 5, 5
LABEL_LENGTH, OPTION_LENGTH, OPTIONS = 80, 100, 25

EVERY_PHOTO = "when=every-photo"


@dataclass(frozen=True)
class Menu:
    """Ways to read a problem, to choose one of. `custom_id`: what Discord knows the menu by."""

    options: tuple[Button, ...]

    @property
    def custom_id(self) -> str:
        action = self.options[0].action
        return f"menu:{action.key}:{action.item}"


MENU = r"menu:[\w-]{1,32}:\d{1,3}"
"""The custom_id of every menu."""

ButtonRow: TypeAlias = tuple[Button, ...]
Row: TypeAlias = ButtonRow | Menu


@dataclass(frozen=True)
class Surroundings:
    """What decides which buttons make sense. `hidden`: only whoever asked sees the message; `watching`: the bot may see
    messages that do not name it.
    """

    hidden: bool = False
    watching: bool = False


def rows(buttons: Sequence[ButtonRow], around: Surroundings, say: Sentences) -> tuple[Row, ...]:
    """The rows to show: readings gathered in a menu, long rows broken, and short ones joined where there are many."""
    sensible = [tuple(_sensible(row, around, say)) for row in buttons]
    found: list[Row] = []
    for choosing, group in groupby((row for row in sensible if row), key=_chooses):
        if choosing:
            found.append(Menu(tuple(button for row in group for button in row)[:OPTIONS]))
        else:
            found += [row[i : i + IN_A_ROW] for row in group for i in range(0, len(row), IN_A_ROW)]
    return _joined(found) if len(found) > ROWS else tuple(found)


def _chooses(row: ButtonRow) -> bool:
    return all(button.action.verb == "choose" for button in row)


def _sensible(row: ButtonRow, around: Surroundings, say: Sentences) -> Iterator[Button]:
    for button in row:
        if button.action.verb == "delete" and around.hidden:
            yield Button(say("button.show"), Action("show", button.action.key))
        if around.watching or button.action.value != EVERY_PHOTO:
            yield replace(button, label=button.label[:LABEL_LENGTH])


def _joined(found: Sequence[Row]) -> tuple[Row, ...]:
    """Neighbouring rows of buttons in one, as long as they have room; what is too much even so is left out."""
    joined: list[Row] = []
    for row in found:
        before = joined[-1] if joined else None
        if isinstance(row, tuple) and isinstance(before, tuple) and len(before) + len(row) <= IN_A_ROW:
            joined[-1] = before + row
        else:
            joined.append(row)
    return tuple(joined[:ROWS])

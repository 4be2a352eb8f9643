"""What a solver hands back, before it is written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.notation.terms import Term, free_letters
from core.outcome import Check, Phrase


@dataclass(frozen=True)
class Problem:
    """One line to be solved. `term`: without the word that says what to do; `verb`: that word or the empty string."""

    term: Term
    verb: str = ""
    unknown: str = ""

    @property
    def letters(self) -> tuple[str, ...]:
        """The names of all letters that can be given numbers, in alphabetical order."""
        return tuple(sorted(free_letters(self.term)))


@dataclass(frozen=True)
class Found:
    """`value`: the sympy object that is the answer. `latex`: how it is written, where that is not the value alone.

    `forms`: name, as in core.phrases after `form.`, and sympy object or LaTeX. `rival`: what the second route found,
    where the two disagree.
    """

    kind: str
    value: Any
    check: Check
    latex: str = ""
    decimal: str | None = None
    forms: tuple[tuple[str, Any], ...] = ()
    choices: tuple[Phrase, ...] = ()
    rival: Any = None


@dataclass(frozen=True)
class Kind:
    """A kind of problem: how it is recognised and how it is solved."""

    name: str
    applies: Callable[[Problem], bool]
    solve: Callable[[Problem], Found]

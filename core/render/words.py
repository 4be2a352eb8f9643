"""The words on a card and in its alt text, as a value, so that a catalogue in another language can stand in for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class CardWords:
    """Sentences of a card. `{...}` are filled in.

    `phrases` translates what core says in English (routes, choices, names of forms, errors): English -> other language.
    """

    checked: str = "checked: {route}"
    checked_somehow: str = "checked"
    unchecked: str = "could not be checked"
    disagree: str = "two ways of working gave different answers"
    unsure: str = "not sure this was read right"
    question: str = "Is this what you wrote?"
    number: str = "{number}."
    read_aloud: str = "Read: {formula}."
    unsure_aloud: str = "Not sure this was read right."
    problem_aloud: str = "Problem {label}"
    answer_aloud: str = "Answer: {formula}."
    decimal_aloud: str = "About {decimal}."
    checked_aloud: str = "Checked: {route}."
    checked_somehow_aloud: str = "Checked."
    unchecked_aloud: str = "Could not be checked."
    disagree_aloud: str = "Two ways of working gave different answers: {candidates}."
    or_aloud: str = "; or "
    more_aloud: str = "The rest is on the picture."
    phrases: Mapping[str, str] = field(default_factory=dict)

    def phrase(self, english: str) -> str:
        return self.phrases.get(english, english)


ENGLISH = CardWords()

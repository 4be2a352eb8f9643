"""The words on a picture and in its alt text, as a value, so that those of another language can stand in for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from core.outcome import Fault, Phrase
from core.phrases import PHRASES


@dataclass(frozen=True)
class CardWords:
    """Every sentence that a picture says by itself; `{...}` are filled in.

    `phrases`: templates by code for what core says (`route.differentiated`) and for errors (`error.out-of-time`). What
    is not there is said in core's own English.
    """

    checked: str = "checked: {route}"
    checked_somehow: str = "checked"
    unchecked: str = "could not be checked"
    disagree: str = "two ways of working gave different answers"
    unsure: str = "not sure this was read right"
    question: str = "Is this what you wrote?"
    which: str = "Which one did you write?"
    number: str = "{number}."
    read_aloud: str = "Read: {formula}."
    unsure_aloud: str = "Not sure this was read right."
    doubtful_aloud: str = "The writing could be read in {count} ways."
    reading_aloud: str = "{number}: {formula}."
    problem_aloud: str = "Problem {label}"
    answer_aloud: str = "Answer: {formula}."
    decimal_aloud: str = "About {decimal}."
    checked_aloud: str = "Checked: {route}."
    checked_somehow_aloud: str = "Checked."
    unchecked_aloud: str = "Could not be checked."
    disagree_aloud: str = "Two ways of working gave different answers: {candidates}."
    digits_aloud: str = "a number of {count} digits that begins with {start}"
    cut_aloud: str = "and so on"
    or_aloud: str = "; or "
    page_aloud: str = "A page of {count} problems: {answered} answered, {asked} to be asked about, {failed} failed."
    more_aloud: str = "The rest is on the picture."
    photo_aloud: str = "The photo, with numbered boxes round the lines that were read."
    line_aloud: str = "Line {label}: {formula}."
    phrases: Mapping[str, str] = field(default_factory=dict)

    def phrase(self, phrase: Phrase) -> str:
        """What core says, in these words. Raises KeyError where a template wants a value that the phrase lacks."""
        template = self.phrases.get(phrase.code)
        return phrase.text if template is None else template.format(**dict(phrase.values))

    def fault(self, fault: Fault) -> str:
        return self.phrases.get(f"error.{fault.code}", fault.message)

    def in_answer(self, text: str) -> str:
        """A word inside an answer, such as "or", in these words; anything else stays as it is."""
        code = ANSWER_CODES.get(text)
        return text if code is None else self.phrases.get(code, text)


ANSWER_CODES: Mapping[str, str] = {text: code for code, text in PHRASES.items() if code.startswith("answer.")}

ENGLISH = CardWords()


def card_words(sentences: Mapping[str, str]) -> CardWords:
    """The words of a catalogue, sentence by name: those of the card are named `card.checked`, `card.read-aloud` and so
    on. What it lacks is said in English.
    """
    names = {field.name: f"card.{field.name.replace('_', '-')}" for field in fields(CardWords)}
    own = {name: sentences[key] for name, key in names.items() if key in sentences}
    return CardWords(**own, phrases=sentences)

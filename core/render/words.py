"""The words on a picture and in its alt text, as a value, so that those of another language can stand in for them; and
the decimal mark that goes with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from core.notation.decimals import DecimalMark, marked_text
from core.outcome import Fault, Phrase
from core.phrases import PHRASES


@dataclass(frozen=True)
class CardWords:
    """Every sentence that a picture says by itself; `{...}` are filled in.

    `phrases`: templates by code for what core says (`route.differentiated`) and for errors (`error.out-of-time`). What
    is not there is said in core's own English. `decimal_mark`: of the numbers in answers; what was read stays as it was
    written.
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
    decimal_mark: DecimalMark = "point"

    def phrase(self, phrase: Phrase) -> str:
        """What core says, in these words. Raises KeyError where a template wants a value that the phrase lacks."""
        template = self.phrases.get(phrase.code)
        return phrase.text if template is None else template.format(**dict(phrase.values))

    def fault(self, fault: Fault) -> str:
        """What went wrong; where it is known, what exactly, and the place."""
        if fault.reason is None:
            return self.phrases.get(f"error.{fault.code}", fault.message)
        said = self.phrase(fault.reason)
        return said if fault.place is None else f"{said} {fault.place}"

    def decimals(self, text: str) -> str:
        """Numbers of an answer, written as plain text, with the decimal mark."""
        return marked_text(text, self.decimal_mark)

    def in_answer(self, text: str) -> str:
        """A word inside an answer, such as "or", in these words; anything else stays as it is."""
        code = ANSWER_CODES.get(text)
        return text if code is None else self.phrases.get(code, text)


ANSWER_CODES: Mapping[str, str] = {text: code for code, text in PHRASES.items() if code.startswith("answer.")}

ENGLISH = CardWords()

CARD_NAMES: Mapping[str, str] = {
    field.name: f"card.{field.name.replace('_', '-')}"
    for field in fields(CardWords)
    if field.name not in ("phrases", "decimal_mark")
}
"""Field -> name in a catalogue."""


def card_words(sentences: Mapping[str, str]) -> CardWords:
    """The words of a catalogue, sentence by name: those of the card are named `card.checked`, `card.read-aloud` and so
    on, its decimal mark `decimal-mark`. What it lacks is said in English.
    """
    own = {name: sentences[key] for name, key in CARD_NAMES.items() if key in sentences}
    return replace(ENGLISH, **own, phrases=sentences, decimal_mark=decimal_mark(sentences))


def decimal_mark(sentences: Mapping[str, str]) -> DecimalMark:
    """The decimal mark of a catalogue."""
    return "comma" if sentences.get("decimal-mark") == "comma" else "point"

"""Words of other languages on a card."""

from __future__ import annotations

from dataclasses import fields

from core.outcome import Excerpt, Fault, Phrase
from core.render.words import CARD_NAMES, ENGLISH, CardWords, card_words


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    german = card_words({"card.checked": "geprüft: {route}", "card.read-aloud": "Gelesen: {formula}."})

    assert german.checked == "geprüft: {route}"
    assert german.read_aloud == "Gelesen: {formula}."
    assert german.unchecked == ENGLISH.unchecked


def test_phrases_are_translated_by_code_and_filled_in() -> None:
    german = card_words({"note.solved-for": "Nach {letter} aufgelöst."})

    assert german.phrase(Phrase("note.solved-for", "Solved for x.", (("letter", "x"),))) == "Nach x aufgelöst."
    assert german.phrase(Phrase("note.zeros", "The zeros are given.")) == "The zeros are given."


def test_braces_in_a_value_are_only_shown() -> None:
    words = CardWords(phrases={"note.solved-for": "Nach {letter}."})

    assert words.phrase(Phrase("note.solved-for", "", (("letter", "{0}{x!r}"),))) == "Nach {0}{x!r}."


def test_faults_and_words_in_answers_are_translated() -> None:
    german = card_words({"error.out-of-time": "Das dauerte zu lange.", "answer.or": "oder"})

    assert german.fault(Fault("out-of-time", "This took too long.")) == "Das dauerte zu lange."
    assert german.fault(Fault("crashed", "Too heavy.")) == "Too heavy."
    assert german.in_answer("or") == "oder"
    assert german.in_answer("km") == "km"


def test_every_sentence_has_a_name_in_the_catalogue() -> None:
    spoken = card_words({key: key for key in CARD_NAMES.values()})

    assert {field.name for field in fields(CardWords)} == {*CARD_NAMES, "phrases", "decimal_mark"}
    assert all(getattr(spoken, name) == key for name, key in CARD_NAMES.items())


def test_a_catalogue_says_which_decimal_mark_its_language_writes() -> None:
    portuguese = card_words({"decimal-mark": "comma"})

    assert portuguese.decimals("1.41421") == "1,41421"
    assert ENGLISH.decimals("1.41421") == "1.41421"


def test_a_fault_says_what_exactly_is_wrong_and_where() -> None:
    german = card_words({"error.maths-not-understood": "Unklar.", "reason.ragged": "Die Zeilen sind ungleich lang."})
    reason = Phrase("reason.ragged", "The rows of the matrix have different lengths.")

    fault = Fault("maths-not-understood", reason.text, reason, Excerpt("1 + ", "", ""))

    assert german.fault(fault) == "Die Zeilen sind ungleich lang. 1 + ▸?◂"

"""Every sentence stands in a catalogue, and a language finds its nearest one."""

from __future__ import annotations

from string import Formatter

import pytest

from bot.locale.catalogue import Catalogues, Sentences, read_catalogues
from core.errors import ChalklineError
from core.phrases import PHRASES, phrase

CATALOGUES = read_catalogues()


def codes_of_errors(kind: type[ChalklineError] = ChalklineError) -> set[str]:
    return {kind.code}.union(*(codes_of_errors(narrower) for narrower in kind.__subclasses__()))


@pytest.mark.parametrize("code", sorted(codes_of_errors()))
def test_every_error_has_a_sentence(code: str) -> None:
    say = read_catalogues().speaking("en")

    assert say(f"error.{code}", megabytes=20).endswith((".", "?"))


def test_a_name_that_no_catalogue_has_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        read_catalogues().speaking("en")("no such sentence")


@pytest.mark.parametrize(
    ("asked_for", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("pt-br", "pt_BR"), ("pt", "en"), ("tlh", "en"), ("", "en")],
)
def test_the_nearest_language_speaks(asked_for: str, spoken: str) -> None:
    languages = ("en", "de", "pt_BR")
    catalogues = Catalogues({language: Sentences(language, {}) for language in languages})

    assert catalogues.speaking(asked_for).language == spoken


def test_what_somebody_wrote_is_filled_in_and_never_taken_for_a_sentence() -> None:
    say = Sentences("en", {"reading": "I read: {reading}"})

    assert say("reading", reading="{megabytes}") == "I read: {megabytes}"


@pytest.mark.parametrize("language", sorted(CATALOGUES.by_language))
@pytest.mark.parametrize("code", sorted(PHRASES))
def test_everything_core_says_can_be_said_with_the_same_values(language: str, code: str) -> None:
    values = {name: f"<{name}>" for _, name, _, _ in Formatter().parse(PHRASES[code]) if name}

    said = CATALOGUES.speaking(language).phrase(phrase(code, **values))

    assert said and all(value in said for value in values.values())


def test_a_translation_of_what_core_says_is_preferred() -> None:
    german = Sentences("de", {"note.solved-for": "Nach {letter} aufgelöst."})

    assert german.phrase(phrase("note.solved-for", letter="y")) == "Nach y aufgelöst."
    assert german.phrase(phrase("note.zeros")) == "The zeros of the function are given."

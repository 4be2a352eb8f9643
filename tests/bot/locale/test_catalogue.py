"""Every sentence stands in a catalogue, and a language finds its nearest one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot.locale.catalogue import FALLBACK, FOLDER, Catalogues, Sentences, read_catalogue, read_catalogues
from core.errors import ChalklineError
from core.notation.spoken_words import SPEECH
from core.phrases import PHRASES, phrase
from core.render.plots.words import ENGLISH as ENGLISH_PLOT
from core.render.plots.words import PLOT_NAMES
from core.render.words import CARD_NAMES, ENGLISH

CATALOGUES = read_catalogues()
WRITTEN = {path.stem: read_catalogue(path) for path in FOLDER.glob("*.po")}
TRANSLATIONS = sorted(WRITTEN.keys() - {FALLBACK})

CARD = {name: getattr(ENGLISH, field) for field, name in CARD_NAMES.items()}
PLOT = {name: getattr(ENGLISH_PLOT, field) for field, name in PLOT_NAMES.items()}
EVERYTHING = {**WRITTEN[FALLBACK], **PHRASES, **CARD, **PLOT, **SPEECH}
"""Every name that is used anywhere. What core says in English need not stand in the English catalogue."""


def braces(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def names_asked_for() -> Iterator[str]:
    """Every `say("name")` and `sentence(say, "name")` in bot, as a pattern: a name that is put together matches any of
    its kind.
    """
    for path in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = {"say": 0, "sentence": 1}.get(called)
                if place is not None and len(node.args) > place:
                    yield from patterns(node.args[place])


def patterns(name: ast.expr) -> Iterator[str]:
    match name:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from patterns(one)
            yield from patterns(other)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_every_name_and_no_other(language: str) -> None:
    assert WRITTEN[language].keys() == EVERYTHING.keys()


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_a_translation_has_the_same_braces(language: str, name: str) -> None:
    assert braces(WRITTEN[language][name]) == braces(EVERYTHING[name])


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_everything_that_code_asks_for_can_be_said(language: str) -> None:
    names = CATALOGUES.speaking(language).templates
    asked = set(names_asked_for())

    assert len(asked) > 50
    assert not [pattern for pattern in asked if not any(re.fullmatch(pattern, name) for name in names)]


def test_a_translation_says_nothing_in_english() -> None:
    same = {name for name in EVERYTHING if WRITTEN["pt"][name] == EVERYTHING[name]}

    assert not [name for name in same if not ALIKE.fullmatch(name)]


ALIKE = re.compile(
    r"command-name\.(?!solve-this).*|settings\.(now|language\.(en|pt)|decimal_mark\.(point|comma))|"
    r"card\.(number|reading-aloud)|plot\.(comma|semicolon)|speech\.integral"
)
"""What is spelled alike in both languages: names of commands and of languages, numbers and signs."""


def test_a_language_brings_its_decimal_mark_and_a_chat_can_choose_another() -> None:
    assert CATALOGUES.speaking("pt-br")("decimal-mark") == "comma"
    assert CATALOGUES.speaking("pt-br", "point")("decimal-mark") == "point"
    assert CATALOGUES.speaking("en")("decimal-mark") == "point"
    assert {sentences("decimal-mark") for sentences in CATALOGUES.by_language.values()} <= {"point", "comma"}


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


def test_a_translation_of_what_core_says_is_preferred() -> None:
    german = Sentences("de", {"note.solved-for": "Nach {letter} aufgelöst."})

    assert german.phrase(phrase("note.solved-for", letter="y")) == "Nach y aufgelöst."
    assert german.phrase(phrase("note.zeros")) == "The zeros of the function are given."


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_names_and_descriptions_are_as_long_as_platforms_allow(language: str) -> None:
    for name, sentence in CATALOGUES.speaking(language).templates.items():
        if name.startswith("command."):
            assert 1 <= len(sentence) <= 100, name
        if name.startswith(("command-name.", "option-name.")):
            pattern = ".{1,32}" if name == "command-name.solve-this" else r"[-_\w]{1,32}"
            assert re.fullmatch(pattern, sentence), name
            assert name == "command-name.solve-this" or sentence == sentence.lower(), name

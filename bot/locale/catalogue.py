"""The sentences a user can see, by name and language, read from the gettext catalogues beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel.messages.pofile import read_po

from core.notation.decimals import DecimalMark
from core.outcome import Phrase

FOLDER = Path(__file__).parent
FALLBACK = "en"
DECIMAL_MARK = "decimal-mark"
"""Name of the one entry that is no sentence: `point` or `comma`, as the language writes numbers."""


@dataclass(frozen=True)
class Sentences:
    """One language. `templates`: name -> sentence, with the values to fill in between braces."""

    language: str
    templates: Mapping[str, str] = field(repr=False)

    def __call__(self, name: str, **values: object) -> str:
        """The sentence of this name. Raises KeyError for a name that the catalogue lacks or a value not given."""
        return self.templates[name].format(**values)

    def phrase(self, phrase: Phrase) -> str:
        """What core says, in this language; in core's own English where the catalogue lacks it."""
        template = self.templates.get(phrase.code)
        return phrase.text if template is None else template.format(**dict(phrase.values))


@dataclass(frozen=True)
class Catalogues:
    """All languages. Sentences that a translation lacks are taken from English."""

    by_language: Mapping[str, Sentences]

    def speaking(self, language: str, decimal_mark: DecimalMark | None = None) -> Sentences:
        """The nearest language to a tag such as `de`, `pt-br` or `en_GB`; English if none is near. `decimal_mark`: in
        the place of the one that the language writes.
        """
        by_tag = {name.lower(): sentences for name, sentences in self.by_language.items()}
        tag = language.lower().replace("-", "_")
        nearest = by_tag.get(tag) or by_tag.get(tag.partition("_")[0]) or by_tag[FALLBACK]
        if decimal_mark is None:
            return nearest
        return replace(nearest, templates={**nearest.templates, DECIMAL_MARK: decimal_mark})


def read_catalogues(folder: Path = FOLDER) -> Catalogues:
    """Read every `LANGUAGE.po` in `folder`; `en.po` must be there. Raises OSError, babel's PoFileError."""
    templates = {path.stem: read_catalogue(path) for path in sorted(folder.glob("*.po"))}
    return Catalogues(
        {language: Sentences(language, templates[FALLBACK] | own) for language, own in templates.items()},
    )


def read_catalogue(path: Path) -> dict[str, str]:
    """The sentences of one language by name. Raises OSError, babel's PoFileError."""
    with path.open("rb") as file:
        messages = read_po(file, abort_invalid=True)
    return {str(message.id): str(message.string) for message in messages if message.id and message.string}

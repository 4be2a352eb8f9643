"""Names and descriptions of commands, in every language that a catalogue speaks."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.locale.catalogue import FALLBACK, Catalogues


def named(catalogues: Catalogues, name: str) -> app_commands.locale_str:
    """The English sentence of this name, to be translated by CatalogueTranslator."""
    return app_commands.locale_str(catalogues.speaking(FALLBACK)(name), sentence=name)


class CatalogueTranslator(app_commands.Translator):
    """Knows a locale where a catalogue of its language is there and says something else than English."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        name = string.extras.get("sentence")
        if name is None:
            return None
        said = self._catalogues.speaking(locale.value)(name)
        return said if said != string.message else None

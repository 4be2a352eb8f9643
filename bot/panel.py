"""The settings of a chat, as words and buttons. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.buttons import Action, Button
from bot.locale.catalogue import Catalogues, Sentences
from bot.markup import span
from bot.replies import Reply
from bot.requests import Chat
from bot.store.values import ChatSettings
from core.render.words import decimal_mark

KEY, KEY_OF_CHANNEL = "settings", "channel"
"""Stand where the buttons of an answer have its key: settings of a whole chat, and of one channel in it."""
AUTOMATIC = "auto"
SWITCH: Mapping[str, Any] = {"no": False, "yes": True}


@dataclass(frozen=True)
class Choice:
    """A setting and its values, as buttons spell them. `groups_only`: it means nothing in a private chat."""

    field: str
    values: Mapping[str, Any]
    groups_only: bool = False


CHOICES = (
    Choice("when", {name: name for name in ("off", "command", "mention", "every-photo")}, groups_only=True),
    Choice("decimal_mark", {"point": "point", "comma": "comma"}),
    Choice("theme", {"light": "light", "dark": "dark"}),
    Choice("spoiler", SWITCH),
    Choice("alt_text_in_caption", SWITCH),
    Choice("private_answers", SWITCH, groups_only=True),
)


def panel(settings: ChatSettings, chat: Chat, catalogues: Catalogues, say: Sentences) -> Reply:
    """What holds in a chat, and a row of buttons for each setting, what holds now marked."""
    settings = replace(settings, decimal_mark=decimal_mark(say.templates))
    offered = list(_offered(chat, catalogues))
    lines = [span(say("settings.title-channel" if chat.channel else "settings.title"))]
    if not chat.private:
        lines.append(span(say("settings.who")))
    key = KEY_OF_CHANNEL if chat.channel else KEY
    rows = tuple(tuple(_button(key, choice, value, settings, say) for value in choice.values) for choice in offered)
    return Reply(tuple((line,) for line in lines), buttons=rows, language=say.language)


def changed(settings: ChatSettings, written: str, chat: Chat, catalogues: Catalogues) -> ChatSettings | None:
    """The settings after a button that says `name=value`; None where there is no such setting or value here."""
    name, _, value = written.partition("=")
    for choice in _offered(chat, catalogues):
        if choice.field == name and value in choice.values:
            return replace(settings, **{name: choice.values[value]})
    return None


def _offered(chat: Chat, catalogues: Catalogues) -> Iterator[Choice]:
    languages = sorted(catalogues.by_language)
    yield Choice("language", {AUTOMATIC: None} | {language: language for language in languages})
    yield from (choice for choice in CHOICES if not (chat.private and choice.groups_only))


def _button(key: str, choice: Choice, value: str, settings: ChatSettings, say: Sentences) -> Button:
    holds = getattr(settings, choice.field) == choice.values[value]
    label = say(f"settings.{choice.field}.{value}")
    action = Action("set", key, 0, f"{choice.field}={value}")
    return Button(say("settings.now", label=label) if holds else label, action)

"""The settings of a chat as buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.locale.catalogue import read_catalogues
from bot.panel import changed, panel
from bot.requests import Chat
from bot.store.values import ChatSettings

CATALOGUES = read_catalogues()
PRIVATE = Chat("telegram", "1", private=True)
GROUP = Chat("telegram", "-100", private=False)


def labels(settings: ChatSettings, language: str, chat: Chat = PRIVATE) -> list[str]:
    say = CATALOGUES.speaking(language, settings.chosen_mark)
    return [button.label for row in panel(settings, chat, CATALOGUES, say).buttons for button in row]


@pytest.mark.parametrize(
    ("language", "settings", "holds"),
    [
        ("en", ChatSettings(), "● 1.5"),
        ("pt-br", ChatSettings(), "● 1,5"),
        ("pt-br", ChatSettings(decimal_mark="point"), "● 1.5"),
        ("en", ChatSettings(decimal_mark="comma"), "● 1,5"),
    ],
)
def test_the_decimal_mark_that_holds_is_marked_even_where_the_language_decides(
    language: str, settings: ChatSettings, holds: str
) -> None:
    shown = labels(settings, language)

    assert {"● 1.5", "● 1,5"} & set(shown) == {holds}


def test_a_press_changes_one_setting_and_leaves_the_rest_to_the_language() -> None:
    assert changed(ChatSettings(), "theme=dark", PRIVATE, CATALOGUES) == ChatSettings(theme="dark")
    assert changed(ChatSettings(), "decimal_mark=comma", PRIVATE, CATALOGUES) == ChatSettings(decimal_mark="comma")
    assert changed(ChatSettings(), "decimal_mark=dot", PRIVATE, CATALOGUES) is None
    assert changed(ChatSettings(), "language=pt", PRIVATE, CATALOGUES) == ChatSettings(language="pt")


@pytest.mark.parametrize("language", sorted(CATALOGUES.by_language))
def test_every_setting_has_its_words_in_every_language(language: str) -> None:
    for chat in (PRIVATE, GROUP, replace(GROUP, channel="9")):
        shown = labels(ChatSettings(), language, chat)

        assert len(shown) == len(set(shown))
        assert sum(label.startswith("● ") for label in shown) == len(
            panel(ChatSettings(), chat, CATALOGUES, CATALOGUES.speaking(language)).buttons
        )

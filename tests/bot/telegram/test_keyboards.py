"""Buttons as Telegram takes them."""

from __future__ import annotations

from bot.buttons import Action, Button, decoded
from bot.telegram.keyboards import keyboard

PLOT = Button("Plot", Action("plot", "key"))


def test_no_buttons_are_no_keyboard() -> None:
    assert keyboard(()) is None
    assert keyboard(((),)) is None


def test_a_button_carries_its_action() -> None:
    markup = keyboard(((PLOT,), (Button("1.", Action("choose", "key", 2, "1")),)))

    assert markup is not None
    first, second = (row[0] for row in markup.inline_keyboard)
    assert (first.text, decoded(str(first.callback_data))) == ("Plot", PLOT.action)
    assert second.callback_data == "choose:key:2:1"


def test_what_fits_the_clipboard_is_copied_and_what_does_not_is_sent() -> None:
    rows = [[Button("Copy", Action("latex", "key"), "x" * length)] for length in (256, 257)]

    markup = keyboard(rows)

    assert markup is not None
    fits, too_long = (row[0] for row in markup.inline_keyboard)
    assert fits.copy_text is not None and fits.callback_data is None
    assert too_long.copy_text is None and too_long.callback_data == "latex:key:0:"

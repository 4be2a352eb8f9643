"""Buttons as Telegram shows them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.buttons import Button

CLIPBOARD_UNITS = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The rows under a message; None where there are none."""
    return InlineKeyboardMarkup([[_key(button) for button in row] for row in rows if row]) if any(rows) else None


def _key(button: Button) -> InlineKeyboardButton:
    if button.copies and len(button.copies.encode("utf-16-le")) <= 2 * CLIPBOARD_UNITS:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copies))
    return InlineKeyboardButton(button.label, callback_data=button.action.encoded())

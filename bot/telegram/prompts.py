"""Asking somebody to type the right reading, and knowing what is meant when they do.

Nothing is remembered for this, so that it works after a restart: the pencil that opens the message is a link, and the
link says which problem of which answer is meant. Telegram gives it back with the reply, for that quotes the message.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ReplyLimit

from bot.buttons import Action

PENCIL = "✏️"
LINK = re.compile(r"https?://t\.me/\w+\?start=edit_(?P<item>\d{1,3})_(?P<key>[\w-]{1,32})", re.ASCII)
PLACEHOLDER_LENGTH = int(ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER)


@dataclass(frozen=True)
class Meant:
    """Problem `item`, from 0, of the answer under `key`."""

    key: str
    item: int


def pencil(action: Action, bot: User) -> str:
    """The link that opens a prompt, in Telegram's HTML. Who follows it comes to a private chat with the bot."""
    address = f"https://t.me/{bot.username}?start=edit_{action.item}_{action.key}"
    return f'<a href="{html.escape(address)}">{PENCIL}</a>'


def meant_by(quoted: Message, bot: User) -> Meant | None:
    """What a reply to this message corrects; None where it is no prompt of ours."""
    if quoted.from_user is None or quoted.from_user.id != bot.id:
        return None
    for entity in quoted.entities:
        if entity.type == MessageEntity.TEXT_LINK and (match := LINK.fullmatch(entity.url or "")):
            return Meant(match["key"], int(match["item"]))
    return None


def placeholder(current: str) -> str | None:
    """The present reading, shown in the empty input field; None where there is nothing to show."""
    kept = current.encode("utf-16-le")[: 2 * PLACEHOLDER_LENGTH].decode("utf-16-le", "ignore").strip()
    return kept or None

"""What is asked: from a Discord message to what should be answered, and how it concerns the bot. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.discord.photos import pictures_in
from bot.etiquette import Approach

TALK = (discord.MessageType.default, discord.MessageType.reply)
"""Everything else is news that Discord tells, such as who joined."""


@dataclass(frozen=True)
class Ask:
    """What a message asks: pictures, or typed maths, or, with neither, how to ask.

    `approach`: how it concerns the bot. `corrects`: the message of the bot that typed maths replies to.
    `out_of_sight`: it points at a message whose content Discord does not show to the bot.
    """

    approach: Approach
    pictures: tuple[discord.Attachment, ...] = ()
    text: str = ""
    corrects: int | None = None
    out_of_sight: bool = False


def asked(message: discord.Message, bot_id: int) -> Ask | None:
    """What a message asks of the bot; None where in a server it holds nothing to solve and names nobody.

    Where there is nothing to solve in a message that names the bot, the message that it replies to is meant, unless
    that is one of the bot's own.
    """
    if message.type not in TALK:
        return None
    text, mentioned = without_mention(message.content, bot_id)
    quoted = _quoted(message)
    to_bot = quoted is not None and quoted.author.id == bot_id
    pictures = pictures_in(message)
    approach = Approach(
        private=message.guild is None, mentioned=mentioned, replies_to_bot=to_bot, has_photo=bool(pictures)
    )
    if pictures:
        return Ask(approach, pictures, text)
    if text:
        return Ask(approach, text=text, corrects=quoted.id if quoted is not None and to_bot else None)
    if not mentioned:
        return Ask(approach) if approach.private else None
    if message.reference is None or to_bot:
        return Ask(approach)
    if quoted is None:
        return Ask(approach, out_of_sight=True)
    meant, _ = without_mention(quoted.content, bot_id)
    shown = pictures_in(quoted)
    return Ask(approach, shown, "" if shown else meant, out_of_sight=not shown and not meant)


def without_mention(content: str, bot_id: int) -> tuple[str, bool]:
    """The words of a message without the bot's name, and whether it stood there."""
    words = content
    for spelling in (f"<@{bot_id}>", f"<@!{bot_id}>"):
        words = words.replace(spelling, " ")
    return words.strip(), words != content


def _quoted(message: discord.Message) -> discord.Message | None:
    """The message replied to, where Discord sent it along."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    resolved = message.reference.resolved
    return resolved if isinstance(resolved, discord.Message) else None

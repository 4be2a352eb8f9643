"""Who talks to the bot on Discord, and where."""

from __future__ import annotations

from typing import Any

import discord

from bot.requests import Chat, Person

PLATFORM = "discord"


def chat_of(guild_id: int | None, channel: Any, channel_id: int | None) -> Chat:
    """The place of a channel. A thread, and a post in a forum, behaves as the channel that it belongs to."""
    if guild_id is None:
        return Chat(PLATFORM, str(channel_id), private=True)
    parent = channel.parent_id if isinstance(channel, discord.Thread) else channel_id
    return Chat(PLATFORM, str(guild_id), private=False, channel=str(parent or ""))


def chat_of_interaction(interaction: discord.Interaction[Any]) -> Chat:
    return chat_of(interaction.guild_id, interaction.channel, interaction.channel_id)


def chat_of_message(message: discord.Message) -> Chat:
    guild_id = message.guild.id if message.guild is not None else None
    return chat_of(guild_id, message.channel, message.channel.id)


def presser_of(interaction: discord.Interaction[Any]) -> Person:
    """Whoever runs a command or presses a button, with the language of their Discord."""
    moderator = interaction.guild_id is not None and interaction.permissions.manage_guild
    return Person(str(interaction.user.id), interaction.locale.value, moderator)


def author_of(message: discord.Message) -> Person:
    """Whoever wrote. Discord does not tell their language, so it is the server's, and English elsewhere."""
    author = message.author
    moderator = isinstance(author, discord.Member) and author.guild_permissions.manage_guild
    language = message.guild.preferred_locale.value if message.guild is not None else "en"
    return Person(str(author.id), language, moderator)

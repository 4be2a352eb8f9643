"""The lists of commands that Telegram shows, by kind of chat and language."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.locale.catalogue import FALLBACK, Catalogues

log = structlog.stdlib.get_logger(__name__)

LISTS: Sequence[tuple[BotCommandScope, Sequence[str]]] = (
    (BotCommandScopeAllPrivateChats(), ("solve", "help", "settings", "privacy", "forget")),
    (BotCommandScopeAllGroupChats(), ("solve", "help")),
    (BotCommandScopeAllChatAdministrators(), ("solve", "help", "settings")),
)


async def publish_commands(bot: Bot, catalogues: Catalogues) -> int:
    """Set every list that is not yet as it should be. Returns how many those were.

    English also stands for every language that has no list. Raises telegram.error.TelegramError.
    """
    changed = 0
    for scope, names in LISTS:
        for language, say in catalogues.by_language.items():
            code = None if language == FALLBACK else language.partition("_")[0]
            wanted = [BotCommand(name, say(f"command.{name}")) for name in names]
            if list(await bot.get_my_commands(scope, code)) != wanted:
                await bot.set_my_commands(wanted, scope, code)
                changed += 1
    if changed:
        log.info("commands-published", lists=changed)
    return changed

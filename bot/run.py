"""`python -m bot [all|telegram|discord]`: run the bots until told to stop.

Exit codes: 0 stopped as told, 1 failed while running, 2 wrong usage, such as a missing token.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial

import structlog
from pydantic import SecretStr, ValidationError

from bot.conversation import Conversation
from bot.discord.run import DiscordOptions, run_discord
from bot.errors import TokenError
from bot.locale.catalogue import Catalogues, read_catalogues
from bot.logs import configure_logging
from bot.telegram.run import TelegramOptions, run_telegram
from config.settings import Settings, load_settings
from core.render.theme import THEMES
from core.service import open_service

log = structlog.stdlib.get_logger("bot")

Bot = Callable[[Conversation, asyncio.Event], Coroutine[None, None, None]]

STOPPED, FAILED, WRONG_USAGE = 0, 1, 2


def main() -> int:
    """Read the settings and run the bots asked for. Returns the exit code."""
    platform = parse_arguments()
    catalogues = read_catalogues()
    say = catalogues.speaking("en")
    try:
        settings = load_settings()
    except ValidationError as error:
        return refuse(say("settings-refused"), *complaints(error))
    configure_logging(settings.log_level, secrets_of(settings))
    bots = bots_with_tokens(settings)
    if platform != "all":
        bots = {name: bot for name, bot in bots.items() if name == platform}
    if not bots:
        return refuse(say("no-token" if platform == "all" else f"no-token-{platform}"))
    code = STOPPED
    try:
        asyncio.run(serve(list(bots.values()), settings, catalogues))
    except* TokenError as failures:
        refused = [error.platform for error in failures.exceptions if isinstance(error, TokenError)]
        code = refuse(*(say(f"token-refused-{platform}") for platform in refused))
    except* Exception as failures:
        log.critical("stopped-by-failure", exc_info=failures)
        code = FAILED
    return code


async def serve(bots: list[Bot], settings: Settings, catalogues: Catalogues) -> None:
    """Run the bots over one service until SIGINT or SIGTERM, or until one of them fails; then stop all."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_service(settings.service_options()) as service:
        conversation = Conversation(service, catalogues, settings.limits.photo, THEMES[settings.theme])
        async with asyncio.TaskGroup() as group:
            for bot in bots:
                group.create_task(bot(conversation, stop))


def bots_with_tokens(settings: Settings) -> dict[str, Bot]:
    """The bots that can run, by platform, each bound to its options."""
    bots: dict[str, Bot] = {}
    telegram, discord = settings.telegram, settings.discord
    if telegram.token is not None:
        token = telegram.token.get_secret_value()
        bots["telegram"] = partial(run_telegram, TelegramOptions(token, telegram.base_url, telegram.base_file_url))
    if discord.token is not None:
        token = discord.token.get_secret_value()
        bots["discord"] = partial(run_discord, DiscordOptions(token, str(discord.api_url), str(discord.gateway_url)))
    return bots


def parse_arguments() -> str:
    """The platform asked for: all, telegram or discord."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Run the bots whose tokens are set.")
    parser.add_argument("platform", nargs="?", default="all", choices=["all", "telegram", "discord"])
    return str(parser.parse_args().platform)


def secrets_of(settings: Settings) -> list[str]:
    """What must never be seen in the log."""
    tokens: list[SecretStr | None] = [settings.telegram.token, settings.discord.token]
    return [token.get_secret_value() for token in tokens if token is not None]


def complaints(error: ValidationError) -> list[str]:
    """One line for each setting that cannot be used, without its value, which may be a secret."""
    return [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_input=False)]


def refuse(*lines: str) -> int:
    """Say why nothing was started."""
    print(*lines, sep="\n", file=sys.stderr)
    return WRONG_USAGE

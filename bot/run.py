"""`python -m bot [all|telegram|discord]`: run the bots until told to stop. `python -m bot release`: prepare for it.

Exit codes: 0 stopped as told or prepared, 1 failed while running, 2 wrong usage, such as a missing token.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Collection, Coroutine
from dataclasses import replace
from functools import partial

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from pydantic import ValidationError

from bot.conversation import Conversation
from bot.discord.run import release_discord, run_discord
from bot.errors import IntentRefused, PortTaken, TokenError
from bot.keeping import Keeping
from bot.locale.catalogue import Catalogues, read_catalogues
from bot.logs import configure_logging
from bot.metrics import make_metrics
from bot.options import discord_options, secrets_of, store_options, telegram_options, web_options, webhook_options
from bot.queue import Queue
from bot.store.database import StoreOptions
from bot.store.errors import StoreMismatched, StoreUnreachable
from bot.store.opening import open_store, upgrade_store
from bot.store.store import Store
from bot.store.values import ChatSettings
from bot.telegram.receiving import Mailbox
from bot.telegram.run import release_telegram, run_telegram
from bot.web.claims import Claims
from bot.web.server import run_web
from bot.web.watching import health, metrics
from bot.web.webhook import telegram_webhook
from config.settings import Settings, load_settings
from core.service import MathService, open_service

log = structlog.stdlib.get_logger("bot")

Bot = Callable[[Conversation, asyncio.Event], Coroutine[None, None, None]]
"""Runs until the event is set."""

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def main() -> int:
    """Read the settings and do what was asked for. Returns the exit code."""
    task = parse_arguments()
    catalogues = read_catalogues()
    say = catalogues.speaking("en")
    try:
        settings = load_settings()
        store = store_options(settings)
    except ValidationError as error:
        return refuse(say("settings-refused"), *complaints(error))
    except ValueError as error:
        return refuse(say("settings-refused"), f"database.url: {error}")
    configure_logging(settings.log_level, secrets_of(settings))
    if task == "release":
        running = release(settings, store, catalogues)
    else:
        platforms = [name for name in platforms_with_tokens(settings) if task in ("all", name)]
        if not platforms:
            return refuse(say("no-token" if task == "all" else f"no-token-{task}"))
        running = serve(platforms, settings, store, catalogues)
    code = DONE
    try:
        asyncio.run(running)
    except* TokenError as failures:
        refused = [error.platform for error in failures.exceptions if isinstance(error, TokenError)]
        code = refuse(*(say(f"token-refused-{platform}") for platform in refused))
    except* IntentRefused:
        code = refuse(say("intent-refused"))
    except* PortTaken as failures:
        ports = [error.port for error in failures.exceptions if isinstance(error, PortTaken)]
        code = refuse(*(say("port-taken", port=port) for port in ports), code=FAILED)
    except* StoreMismatched:
        code = refuse(say("store-mismatched"), code=FAILED)
    except* StoreUnreachable as failures:
        log.error("store-unreachable", exc_info=failures)
        code = refuse(say("store-unreachable"), code=FAILED)
    except* Exception as failures:
        log.critical("stopped-by-failure", exc_info=failures)
        code = FAILED
    return code


async def serve(
    platforms: Collection[str], settings: Settings, store_options: StoreOptions, catalogues: Catalogues
) -> None:
    """Run these platforms' bots over one service until SIGINT or SIGTERM, or until one of them fails; then stop all."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_store(store_options) as store, open_service(settings.service_options()) as service:
        conversation = conversation_over(service, store, settings, catalogues)
        routes: list[web.RouteDef] = [health(service.ready), metrics(conversation.metrics.registry)]
        claims, mailbox = Claims(store), Mailbox()
        if "telegram" in platforms and (webhook := webhook_options(settings)) is not None:
            routes.append(telegram_webhook(webhook, mailbox.receive, claims))
        await service.ready()  # its processes start now, not while the first people wait
        bots = bots_with_tokens(settings, claims, mailbox)
        gc.freeze()  # what was loaded stays: looking through all of it for garbage would hold up the loop for 0.1 s
        async with asyncio.TaskGroup() as group:
            for bot in (bots[platform] for platform in platforms):
                group.create_task(bot(conversation, stop))
            if (listening := web_options(settings)) is not None:
                group.create_task(run_web(listening, routes, stop))


def conversation_over(service: MathService, store: Store, settings: Settings, catalogues: Catalogues) -> Conversation:
    """The conversation that all bots of this process hold."""
    counted = make_metrics(CollectorRegistry())
    queue = Queue(settings.limits.asking)
    counted.waiting.set_function(lambda: len(queue))
    return Conversation(
        service=service,
        catalogues=catalogues,
        photo_limits=settings.limits.photo,
        queue=queue,
        keeping=Keeping(store),
        metrics=counted,
        defaults=ChatSettings(theme=settings.theme),
    )


async def release(settings: Settings, store_options: StoreOptions, catalogues: Catalogues) -> None:
    """What a new version needs before it runs: tables that are up to date, and the lists of commands on the platforms
    whose tokens are set.

    Raises StoreUnreachable, StoreMismatched, TokenError, telegram.error.TelegramError, discord.DiscordException.
    """
    await upgrade_store(replace(store_options, upgrade=True))
    if (telegram := telegram_options(settings)) is not None:
        await release_telegram(telegram, catalogues)
    if (discord := discord_options(settings)) is not None:
        async with open_store(store_options) as store, open_service(settings.service_options()) as service:
            await release_discord(discord, conversation_over(service, store, settings, catalogues))


def platforms_with_tokens(settings: Settings) -> list[str]:
    """The platforms whose bots can run."""
    options = {"telegram": telegram_options(settings), "discord": discord_options(settings)}
    return [platform for platform, known in options.items() if known is not None]


def bots_with_tokens(settings: Settings, claims: Claims, mailbox: Mailbox) -> dict[str, Bot]:
    """The bots that can run, by platform, each bound to its options. The last two are for Telegram's updates."""
    bots: dict[str, Bot] = {}
    if (telegram := telegram_options(settings)) is not None:
        bots["telegram"] = partial(run_telegram, telegram, claims, mailbox)
    if (discord := discord_options(settings)) is not None:
        bots["discord"] = partial(run_discord, discord)
    return bots


def parse_arguments() -> str:
    """The task asked for: all, telegram, discord or release."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Run the bots whose tokens are set.")
    tasks = ["all", "telegram", "discord", "release"]
    parser.add_argument(
        "task",
        nargs="?",
        default="all",
        choices=tasks,
        help="release: bring the database up to date, and tell the platforms the commands",
    )
    return str(parser.parse_args().task)


def complaints(error: ValidationError) -> list[str]:
    """One line for each setting that cannot be used, without its value, which may be a secret."""
    return [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_input=False)]


def refuse(*lines: str, code: int = WRONG_USAGE) -> int:
    """Say why nothing was started, or why it ended. Returns `code`."""
    print(*lines, sep="\n", file=sys.stderr)
    return code

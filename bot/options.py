"""From the settings to the frozen options of each part of the bot process."""

from __future__ import annotations

from pydantic import SecretStr

from bot.discord.run import DiscordOptions
from bot.store.address import address_of
from bot.store.database import StoreOptions
from bot.telegram.run import TelegramOptions, Webhook
from bot.web.server import WebOptions
from bot.web.webhook import WebhookOptions
from config.settings import Settings


def telegram_options(settings: Settings) -> TelegramOptions | None:
    """None where no token is set."""
    telegram = settings.telegram
    if telegram.token is None:
        return None
    webhook = None
    if telegram.mode == "webhook" and telegram.webhook_url is not None and telegram.webhook_secret is not None:
        webhook = Webhook(str(telegram.webhook_url), telegram.webhook_secret.get_secret_value())
    return TelegramOptions(telegram.token.get_secret_value(), telegram.base_url, telegram.base_file_url, webhook)


def webhook_options(settings: Settings) -> WebhookOptions | None:
    """Where we take what Telegram brings; None where updates are fetched."""
    telegram = settings.telegram
    if telegram.mode != "webhook" or telegram.webhook_url is None or telegram.webhook_secret is None:
        return None
    return WebhookOptions(telegram.webhook_url.path or "/", telegram.webhook_secret.get_secret_value())


def discord_options(settings: Settings) -> DiscordOptions | None:
    """None where no token is set."""
    discord = settings.discord
    if discord.token is None:
        return None
    return DiscordOptions(
        discord.token.get_secret_value(),
        str(discord.api_url),
        str(discord.gateway_url),
        message_content=discord.message_content,
        sharded=discord.sharded,
    )


def store_options(settings: Settings) -> StoreOptions:
    """Raises ValueError for an address that cannot be, never quoting it."""
    database = settings.database
    url = database.url.get_secret_value() if database.url else None
    address_of(url, database.folder)  # refused before anything is started
    return StoreOptions(url, database.folder, database.upgrade)


def web_options(settings: Settings) -> WebOptions | None:
    """None where no server is wanted."""
    return WebOptions(settings.web.port, settings.web.host) if settings.web.port else None


def secrets_of(settings: Settings) -> list[str]:
    """What must never be seen in the log."""
    telegram, discord, database = settings.telegram, settings.discord, settings.database
    secrets: list[SecretStr | None] = [telegram.token, telegram.webhook_secret, discord.token, database.url]
    return [secret.get_secret_value() for secret in secrets if secret is not None]

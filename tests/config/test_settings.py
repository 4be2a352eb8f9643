"""Settings come from the environment, a .env file and default.toml, in this order of strength."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import FAMILIAR, load_settings
from core.limits import AskingLimits, MathLimits, PhotoLimits


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine that runs the tests, and a working directory without .env."""
    for name in list(os.environ):
        if name.startswith("CHALKLINE_") or name.lower() in FAMILIAR:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_those_of_the_design() -> None:
    settings = load_settings()

    assert settings.limits.photo == PhotoLimits()
    assert settings.limits.maths == MathLimits()
    assert settings.limits.asking == AskingLimits()
    assert settings.telegram.token is None
    assert settings.discord.token is None


@pytest.mark.parametrize("variable", ["TELEGRAM_TOKEN", "CHALKLINE_TELEGRAM__TOKEN"])
def test_a_token_is_found_under_either_name_and_never_shown(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "123:hush")

    settings = load_settings()

    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "123:hush"
    assert "hush" not in repr(settings)


def test_the_full_name_of_a_token_is_stronger_than_the_familiar_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "familiar")
    monkeypatch.setenv("CHALKLINE_DISCORD__TOKEN", "full")

    token = load_settings().discord.token

    assert token is not None and token.get_secret_value() == "full"


def test_an_empty_token_is_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "")

    assert load_settings().telegram.token is None


def test_a_dotenv_file_is_read_and_the_environment_is_stronger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=from-file\nCHALKLINE_THEME=dark\nCHALKLINE_ENGINE__WORKERS=2\n")
    monkeypatch.setenv("CHALKLINE_ENGINE__WORKERS", "5")

    settings = load_settings()

    assert settings.discord.token is not None and settings.discord.token.get_secret_value() == "from-file"
    assert settings.theme == "dark"
    assert settings.engine.workers == 5


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CHALKLINE_ENGINE__WORKRS", "2"),
        ("CHALKLINE_LIMITS__PHOTO__MAX_LINS", "2"),
        ("CHALKLINE_ENGINE__WORKERS", "0"),
        ("CHALKLINE_THEME", "purple"),
        ("CHALKLINE_DISCORD__GATEWAY_URL", "not an address"),
    ],
)
def test_a_misspelt_name_or_an_impossible_value_is_an_error(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(ValidationError):
        load_settings()


def test_the_address_of_the_database_is_found_under_its_familiar_name_and_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://ada:hush@db/chalk")

    settings = load_settings()

    assert settings.database.url is not None
    assert settings.database.url.get_secret_value() == "postgres://ada:hush@db/chalk"
    assert "hush" not in repr(settings)


def test_no_port_is_opened_unless_it_is_asked_for_and_to_the_network_only_by_the_name_that_hosts_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (load_settings().web.port, load_settings().web.host) == (0, "127.0.0.1")

    monkeypatch.setenv("CHALKLINE_WEB__PORT", "8080")
    assert (load_settings().web.port, load_settings().web.host) == (8080, "127.0.0.1")

    monkeypatch.delenv("CHALKLINE_WEB__PORT")
    monkeypatch.setenv("PORT", "5000")
    assert (load_settings().web.port, load_settings().web.host) == (5000, "0.0.0.0")


WEBHOOK = {
    "CHALKLINE_TELEGRAM__MODE": "webhook",
    "CHALKLINE_TELEGRAM__WEBHOOK_URL": "https://bot.example.org/telegram/updates",
    "CHALKLINE_TELEGRAM__WEBHOOK_SECRET": "hush_-",
    "PORT": "5000",
}


def test_a_webhook_with_all_that_it_needs_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WEBHOOK.items():
        monkeypatch.setenv(name, value)

    telegram = load_settings().telegram

    assert telegram.mode == "webhook"
    assert telegram.webhook_url is not None and telegram.webhook_url.path == "/telegram/updates"
    assert "hush" not in repr(telegram)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHALKLINE_TELEGRAM__WEBHOOK_URL", ""),
        ("CHALKLINE_TELEGRAM__WEBHOOK_URL", "http://bot.example.org/telegram/updates"),
        ("CHALKLINE_TELEGRAM__WEBHOOK_URL", "https://bot.example.org/updates"),
        ("CHALKLINE_TELEGRAM__WEBHOOK_SECRET", ""),
        ("CHALKLINE_TELEGRAM__WEBHOOK_SECRET", "with a space"),
        ("CHALKLINE_TELEGRAM__WEBHOOK_SECRET", "s" * 257),
        ("PORT", ""),
    ],
)
def test_a_webhook_that_cannot_work_is_an_error(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    for variable, fine in WEBHOOK.items():
        monkeypatch.setenv(variable, fine)
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError):
        load_settings()

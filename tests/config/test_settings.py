"""Settings come from the environment, a .env file and default.toml, in this order of strength."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import load_settings
from core.limits import MathLimits, PhotoLimits


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine that runs the tests, and a working directory without .env."""
    for name in list(os.environ):
        if name.startswith("CHALKLINE_") or name in ("TELEGRAM_TOKEN", "DISCORD_TOKEN"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_those_of_the_design() -> None:
    settings = load_settings()

    assert settings.limits.photo == PhotoLimits()
    assert settings.limits.maths == MathLimits()
    assert settings.telegram.token is None
    assert settings.discord.token is None


@pytest.mark.parametrize("variable", ["TELEGRAM_TOKEN", "CHALKLINE_TELEGRAM__TOKEN"])
def test_a_token_is_found_under_either_name_and_never_shown(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "123:secret")

    settings = load_settings()

    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "123:secret"
    assert "secret" not in repr(settings)


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

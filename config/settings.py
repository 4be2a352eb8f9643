"""Everything that can be set, read where a program starts; everything further in is handed frozen values.

From strongest to weakest: environment, `.env` in the working directory, `default.toml` beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, WebsocketUrl, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from core.limits import AskingLimits, MathLimits, PhotoLimits
from core.service import ServiceOptions

DEFAULTS = Path(__file__).with_name("default.toml")

FAMILIAR = {
    "telegram_token": ("telegram", "token"),
    "discord_token": ("discord", "token"),
    "database_url": ("database", "url"),
    "port": ("web", "port"),
}
"""Variable -> section and setting."""

WEBHOOKS = "/telegram/"
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""As setWebhook takes it."""
EVERYWHERE = "0.0.0.0"


class Section(BaseModel):
    """A table of the settings. A name that does not exist is an error, so a misspelt variable is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(Section):
    base_url: str
    base_file_url: str
    mode: Literal["polling", "webhook"]
    token: SecretStr | None = None
    webhook_url: HttpUrl | None = None
    webhook_secret: SecretStr | None = None

    @field_validator("webhook_url")
    @classmethod
    def _is_ours_and_private(cls, url: HttpUrl | None) -> HttpUrl | None:
        if url is not None and (url.scheme != "https" or not (url.path or "").startswith(WEBHOOKS)):
            raise ValueError(f"must be an https address with a path that begins with {WEBHOOKS}")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _is_what_telegram_takes(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("must be 1 to 256 letters, digits, _ and -")
        return secret

    @model_validator(mode="after")
    def _has_a_webhook_where_it_needs_one(self) -> TelegramSettings:
        if self.mode == "webhook" and (self.webhook_url is None or self.webhook_secret is None):
            raise ValueError("the mode webhook needs webhook_url and webhook_secret")
        return self


class DiscordSettings(Section):
    api_url: HttpUrl
    gateway_url: WebsocketUrl
    message_content: bool
    sharded: bool
    token: SecretStr | None = None


class DatabaseSettings(Section):
    upgrade: bool
    url: SecretStr | None = None
    folder: Path | None = None


class WebSettings(Section):
    host: str
    port: int = Field(ge=0, le=65535)


class EngineSettings(Section):
    weights: Path
    workers: int = Field(ge=2, le=64)
    worker_megabytes: int = Field(ge=256)
    ask_below: float = Field(ge=0, le=1)


class LimitSettings(Section):
    photo: PhotoLimits
    maths: MathLimits
    asking: AskingLimits


class FamiliarNames(PydanticBaseSettingsSource):
    """The names that everybody knows, and that hosts set by themselves: see FAMILIAR."""

    def __init__(self, settings_class: type[BaseSettings], variables: Mapping[str, str | None]) -> None:
        super().__init__(settings_class)
        self.variables = {name.lower(): value for name, value in variables.items()}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        section: dict[str, str] = {}
        for variable, (name, setting) in FAMILIAR.items():
            value = self.variables.get(variable)
            if value and name == field_name:
                section[setting] = value
        if "port" in section:
            section["host"] = EVERYWHERE  # who sets PORT sends traffic to it from outside
        return section or None, field_name, True

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: section for name, section in found.items() if section is not None}


class Settings(BaseSettings):
    """All settings, read once when a program starts. Raises pydantic.ValidationError for a value that cannot be."""

    model_config = SettingsConfigDict(
        env_prefix="CHALKLINE_",
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,
        toml_file=DEFAULTS,
        extra="ignore",
        frozen=True,
    )

    theme: Literal["light", "dark"]
    log_level: Literal["debug", "info", "warning", "error"]
    telegram: TelegramSettings
    discord: DiscordSettings
    database: DatabaseSettings
    web: WebSettings
    engine: EngineSettings
    limits: LimitSettings

    @model_validator(mode="after")
    def _listens_where_telegram_calls(self) -> Settings:
        if self.telegram.mode == "webhook" and not self.web.port:
            raise ValueError("telegram.mode webhook needs web.port")
        return self

    def service_options(self) -> ServiceOptions:
        """What the service needs of the settings. A relative path of the weights starts at the project's root."""
        return ServiceOptions(
            weights=DEFAULTS.parent.parent / self.engine.weights,
            photo=self.limits.photo,
            maths=self.limits.maths,
            workers=self.engine.workers,
            worker_bytes=self.engine.worker_megabytes * 1024 * 1024,
            ask_below=self.engine.ask_below,
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        assert isinstance(env_settings, EnvSettingsSource)
        assert isinstance(dotenv_settings, DotEnvSettingsSource)
        return (
            init_settings,
            env_settings,
            FamiliarNames(settings_cls, env_settings.env_vars),
            dotenv_settings,
            FamiliarNames(settings_cls, dotenv_settings.env_vars),
            TomlConfigSettingsSource(settings_cls),
        )


def load_settings() -> Settings:
    """The settings of this process. Raises pydantic.ValidationError."""
    return Settings.model_validate({})

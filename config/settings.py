"""Everything that can be set, read where a program starts; everything further in is handed frozen values.

From strongest to weakest: environment, `.env` in the working directory, `default.toml` beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr, WebsocketUrl
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from core.limits import MathLimits, PhotoLimits
from core.service import ServiceOptions

DEFAULTS = Path(__file__).with_name("default.toml")


class Section(BaseModel):
    """A table of the settings. A name that does not exist is an error, so a misspelt variable is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TelegramSettings(Section):
    base_url: str
    base_file_url: str
    token: SecretStr | None = None


class DiscordSettings(Section):
    api_url: HttpUrl
    gateway_url: WebsocketUrl
    token: SecretStr | None = None


class EngineSettings(Section):
    weights: Path
    workers: int = Field(ge=2, le=64)
    worker_megabytes: int = Field(ge=256)
    ask_below: float = Field(ge=0, le=1)


class LimitSettings(Section):
    photo: PhotoLimits
    maths: MathLimits


class FamiliarTokens(PydanticBaseSettingsSource):
    """The names everybody knows for the tokens: TELEGRAM_TOKEN and DISCORD_TOKEN."""

    def __init__(self, settings_class: type[BaseSettings], variables: Mapping[str, str | None]) -> None:
        super().__init__(settings_class)
        self.variables = {name.lower(): value for name, value in variables.items()}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        token = self.variables.get(f"{field_name}_token")
        return ({"token": token} if token else None), field_name, True

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


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
    engine: EngineSettings
    limits: LimitSettings

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
            FamiliarTokens(settings_cls, env_settings.env_vars),
            dotenv_settings,
            FamiliarTokens(settings_cls, dotenv_settings.env_vars),
            TomlConfigSettingsSource(settings_cls),
        )


def load_settings() -> Settings:
    """The settings of this process. Raises pydantic.ValidationError."""
    return Settings.model_validate({})

"""Addresses as operators write them, and as the driver wants them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.store.address import address_of


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_either_name_of_postgresql_is_understood(scheme: str) -> None:
    address = address_of(f"{scheme}://ada:p%40ss@db.example.org:5433/chalk", None)

    assert address.url.render_as_string(hide_password=False) == (
        "postgresql+asyncpg://ada:p%40ss@db.example.org:5433/chalk"
    )
    assert address.driver == {}


@pytest.mark.parametrize(
    ("query", "driver"),
    [
        ("sslmode=require", {"ssl": "require"}),
        ("connect_timeout=3&sslmode=disable", {"ssl": "disable", "timeout": 3.0}),
        ("application_name=chalk", {"server_settings": {"application_name": "chalk"}}),
        ("sslmode=require&channel_binding=require", {"ssl": "require"}),
    ],
)
def test_the_options_of_libpq_become_those_of_the_driver(query: str, driver: dict[str, Any]) -> None:
    address = address_of(f"postgres://db/chalk?{query}", None)

    assert address.driver == driver
    assert not address.url.query


@pytest.mark.parametrize(
    "url",
    ["mysql://ada:secret@db/chalk", "ada:secret@db", "postgres://ada:secret@db:port/x", "postgres://db/x?secret=1"],
)
def test_what_is_no_address_is_refused_without_a_word_of_the_password(url: str) -> None:
    with pytest.raises(ValueError) as refused:
        address_of(url, None)

    assert "ada" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_without_an_address_it_is_a_file_in_the_folder_named(tmp_path: Path) -> None:
    folder = tmp_path / "what? a #folder"

    assert address_of(None, folder).url.database == str(folder / "chalkline.sqlite3")


def test_without_a_folder_it_is_the_data_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert address_of("", None).url.database == str(tmp_path / "chalkline" / "chalkline.sqlite3")

    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert address_of(None, None).url.database == str(tmp_path / ".local/share/chalkline/chalkline.sqlite3")

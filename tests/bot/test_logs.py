"""The log tells what happened, and neither a secret nor what somebody wrote."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logging


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_an_event_is_one_line_of_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", [])

    structlog.get_logger("bot.test").info("telegram-started", bot="chalkline_bot")

    line = capsys.readouterr().err
    assert "level=info logger=bot.test event=telegram-started bot=chalkline_bot" in line


def test_a_token_is_blotted_out_of_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("debug", ["12:secret"])

    logging.getLogger("telegram").error("The token `%s` was rejected by the server.", "12:secret")
    structlog.get_logger("bot.test").warning("called", address="https://api.telegram.org/bot12:secret/getMe")

    logged = capsys.readouterr().err
    assert "12:secret" not in logged
    assert logged.count("[secret]") == 2


def test_the_addresses_that_httpx_prints_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("debug", [])

    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot12:secret/getMe")

    assert capsys.readouterr().err == ""


def test_a_traceback_says_where_and_what_kind_but_not_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", [])
    what_somebody_wrote = "my homework is 2 + 2"
    try:
        raise ValueError(what_somebody_wrote)
    except ValueError as error:
        structlog.get_logger("bot.test").error("update-failed", exc_info=error)

    logged = capsys.readouterr().err
    assert "builtins.ValueError" in logged and "test_logs.py" in logged
    assert what_somebody_wrote not in logged

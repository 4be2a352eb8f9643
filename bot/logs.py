"""The log: one line of key=value pairs for each event. Never a token, a photo, or what somebody wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass

import structlog

OURS = ("bot", "core")
"""Loggers that follow the chosen level. Others only warn: their chattier levels print addresses with the token in them
(httpx) and the text of messages (discord.http)."""


def configure_logging(level: str, secrets: Iterable[str]) -> None:
    """Send every logger of the process, ours and others', through one formatter that blots out `secrets`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(wordless_traceback),
            BlottedLines(tuple(secrets)),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


@dataclass(frozen=True)
class BlottedLines:
    """Renders an event as one line, and its traceback below, with every secret replaced."""

    secrets: tuple[str, ...]

    def __call__(self, logger: structlog.typing.WrappedLogger, method: str, event: structlog.typing.EventDict) -> str:
        render = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"])
        trace = event.pop("exception", None)
        line = str(render(logger, method, event))
        if trace:
            line = f"{line}\n{trace}"
        for secret in self.secrets:
            line = line.replace(secret, "[secret]")
        return line


def wordless_traceback(exc_info: structlog.typing.ExcInfo) -> str:
    """Where it happened and the type of the exception, without its message, which may quote what somebody wrote."""
    exception: BaseException | None = exc_info[1]
    parts: list[str] = []
    while exception is not None:
        kind = type(exception)
        parts.insert(
            0, "".join(traceback.format_tb(exception.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}"
        )
        exception = exception.__cause__ or exception.__context__
    return "\nthen\n".join(parts)

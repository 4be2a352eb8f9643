"""Keeping to Telegram's pace."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import AIORateLimiter

RETRIES = 2
UNCOUNTED = frozenset({"sendChatAction", "setMessageReaction", "deleteMessage", "getChatMember"})
"""A group gets twenty messages a minute: these are none."""


class RateLimiter(AIORateLimiter):
    """As PTB's, but that only what is a message counts as one; told to wait, everything waits, and is tried again."""

    def __init__(self) -> None:
        super().__init__(max_retries=RETRIES)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        counted = {} if endpoint in UNCOUNTED else data
        return await super().process_request(callback, args, kwargs, endpoint, counted, rate_limit_args)

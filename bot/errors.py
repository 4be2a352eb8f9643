"""What can keep a bot from running."""

from __future__ import annotations


class TokenError(Exception):
    """The platform does not know this token. `platform`: telegram or discord."""

    def __init__(self, platform: str) -> None:
        super().__init__(f"{platform} refused the token")
        self.platform = platform


class IntentRefused(Exception):
    """Discord does not let the bot see messages that do not name it."""


class PortTaken(Exception):
    """The web server cannot listen on this port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"cannot listen on port {port}")
        self.port = port

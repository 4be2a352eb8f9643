"""What the tests of the Discord bot share: its settings, pictures to send, and how its messages look."""

from __future__ import annotations

from simcord.backend.models import Message

from tests.bot.markup_readers import read_discord
from tests.platforms.bot_process import ROOT
from tests.platforms.discord_server import TOKEN, DiscordServer

PHOTOS = ROOT / "samples" / "photos"
PICTURE = ("IMG_0001.jpg", (PHOTOS / "addition.jpg").read_bytes())
OTHER_PICTURE = ("scan.PNG", (PHOTOS / "brackets.jpg").read_bytes())


def settings_for(server: DiscordServer, token: str = TOKEN, **more: str) -> dict[str, str]:
    """The environment of a bot process that talks to `server`; further settings by their names without prefix."""
    settings = {
        "DISCORD__API_URL": server.api_url,
        "DISCORD__GATEWAY_URL": server.gateway_url,
        "LIMITS__ASKING__USER_BURST": "1000",
        "LIMITS__ASKING__CHAT_BURST": "1000",
    } | more
    return {"DISCORD_TOKEN": token} | {f"CHALKLINE_{name}": value for name, value in settings.items()}


def seen(message: Message) -> str:
    """What a message shows, without its styles."""
    return "".join(character for character, _ in read_discord(message.content))

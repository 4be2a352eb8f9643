"""The platform-neutral conversation: a request in, a reply out."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.locale.catalogue import Catalogues
from bot.replies import Reply, compose, explain
from core.errors import ChalklineError
from core.limits import PhotoLimits
from core.render.style import CardStyle
from core.render.theme import LIGHT, Theme
from core.service import MathService


@dataclass(frozen=True)
class Request:
    """What somebody asks: the photo where there is one, else the text. `language`: a tag such as `pt-br`."""

    photo: bytes | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    language: str = "en"


@dataclass(frozen=True)
class Conversation:
    """Answers requests from every platform alike. `theme`: how pictures are drawn."""

    service: MathService
    catalogues: Catalogues
    photo_limits: PhotoLimits
    theme: Theme = LIGHT

    async def answer(self, request: Request) -> Reply:
        """The reply to one request; what is wrong with the request itself is said in the reply."""
        if request.photo is not None:
            outcome = await self.service.answer_photo(request.photo, style=CardStyle(self.theme))
        else:
            outcome = await self.service.answer_text(request.text, style=CardStyle(self.theme))
        return compose(outcome, self.catalogues.speaking(request.language), self.photo_limits)

    def say(self, name: str, language: str) -> Reply:
        """A sentence that needs no maths, such as the greeting."""
        return Reply(self.catalogues.speaking(language)(name))

    def explain(self, error: ChalklineError, language: str) -> Reply:
        """What to say about something refused before it came to the service."""
        return Reply(explain(error.fault(), self.catalogues.speaking(language), self.photo_limits))

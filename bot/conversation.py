"""The platform-neutral conversation: a request in, a reply out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.locale.catalogue import Catalogues
from bot.markup import span
from bot.queue import Queue
from bot.replies import Reply, compose, explain
from bot.requests import Request
from core.errors import ChalklineError
from core.limits import PhotoLimits
from core.outcome import Outcome
from core.render.style import CardStyle
from core.render.theme import LIGHT, Theme
from core.render.words import card_words
from core.service import MathService


@dataclass(frozen=True)
class Conversation:
    """Answers requests from every platform alike. `theme`: how pictures are drawn by default."""

    service: MathService
    catalogues: Catalogues
    photo_limits: PhotoLimits
    queue: Queue
    theme: Theme = LIGHT

    async def answer(self, request: Request) -> Reply:
        """The reply to one request, when it is its turn; what is wrong with the request itself is said in the reply."""
        say = self.catalogues.speaking(request.asker.language)
        chat = (request.chat.platform, request.chat.id)
        try:
            outcome = await self.queue.run(
                chat,
                (request.chat.platform, request.asker.id),
                lambda: self._outcome(request),
                request.waiting or _quiet,
            )
        except ChalklineError as error:
            return self.explain(error, request.asker.language)
        return compose(outcome, say, self.photo_limits)

    def say(self, name: str, language: str, **values: object) -> Reply:
        """A sentence that needs no maths, such as the greeting."""
        say = self.catalogues.speaking(language)
        lines = say(name, **values).splitlines()
        return Reply(tuple((span(line),) for line in lines), language=say.language)

    def explain(self, error: ChalklineError, language: str) -> Reply:
        """What to say about something refused before it came to the service."""
        say = self.catalogues.speaking(language)
        return Reply(((span(explain(error.fault(), say, self.photo_limits)),),), language=say.language)

    async def _outcome(self, request: Request) -> Outcome:
        style = CardStyle(self.theme, card_words(self.catalogues.speaking(request.asker.language).templates))
        if request.photos:
            return await self.service.answer_photo(await request.photos[0].load(), style=style)
        return await self.service.answer_text(request.text, style=style)


async def _quiet(_place: int) -> None:
    """Tells nobody."""

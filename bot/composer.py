"""From an Outcome to a whole reply: its words, its picture, its buttons and the files that go along."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from bot.captions import answer_maths, caption, explain
from bot.locale.catalogue import Sentences
from bot.markup import LINE_LENGTH, shown, span, units
from bot.offers import offers
from bot.replies import NamedFile, Reply
from bot.store.values import Answered, ChatSettings
from core.errors import ChalklineError
from core.limits import PhotoLimits
from core.outcome import Fault, Outcome
from core.render.style import CardStyle
from core.render.theme import THEMES
from core.render.words import card_words
from core.service import MathService

log = structlog.stdlib.get_logger(__name__)

TALL = 4000
"""Pixels of a card beyond which a chat shows it too small to read: then a PDF goes along."""


def style_of(settings: ChatSettings, say: Sentences) -> CardStyle:
    """How pictures look in a chat, in the language of `say`."""
    return CardStyle(THEMES[settings.theme], card_words(say.templates))


@dataclass(frozen=True)
class Composer:
    """Writes replies."""

    service: MathService
    photo_limits: PhotoLimits

    def explained(self, fault: Fault, say: Sentences) -> str:
        """The sentence for what went wrong."""
        return explain(fault, say, self.photo_limits)

    async def reply(self, outcome: Outcome, answered: Answered | None, settings: ChatSettings, say: Sentences) -> Reply:
        """The reply to a request. `answered`: what is kept of it; without it there are no buttons."""
        paragraphs = caption(outcome, say, self.photo_limits, offered=answered is not None)
        picture = outcome.picture
        if settings.alt_text_in_caption and picture is not None:
            paragraphs = (*paragraphs, (span(picture.alt),))
        return Reply(
            paragraphs=paragraphs,
            picture=picture,
            buttons=offers(answered.key, outcome, answered.items, say) if answered else (),
            files=await self._files(outcome, style_of(settings, say)),
            key=answered.key if answered else None,
            spoiler=settings.spoiler,
            private=settings.private_answers,
            replaces=answered.reply_id if answered else None,
            language=say.language,
        )

    async def _files(self, outcome: Outcome, style: CardStyle) -> tuple[NamedFile, ...]:
        """What is too long for a caption or a picture, as files."""
        long = [
            shown((answer_maths(item.solution.answer, style.words),))
            for item in outcome.items
            if item.solution.answer is not None and units(item.solution.answer.text) > LINE_LENGTH
        ]
        files = [NamedFile("answer.txt", "\n\n".join(long).encode())] if long else []
        if outcome.picture is not None and outcome.picture.height > TALL:
            try:
                files.append(NamedFile("answer.pdf", await self.service.vector(outcome, "pdf", style=style)))
            except ChalklineError:  # the picture is there all the same
                log.info("pdf-not-drawn")
        return tuple(files)

"""Inline mode: maths typed after the bot's name in any chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog
from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.markup import shown
from bot.replies import Reply
from bot.telegram.people import person_of
from bot.telegram.sending import Sender, refused_as
from bot.telegram.wording import words

log = structlog.stdlib.get_logger(__name__)

SETTLES_AFTER = 0.3
"""Seconds without a further letter: what is typed until then is not looked at."""
CACHED_SECONDS = 300
TOO_LATE = "query is too old"


@dataclass(frozen=True)
class Inline:
    """Answers inline queries; of each person the newest."""

    sender: Sender
    _newest: dict[int, str] = field(default_factory=dict)

    async def take(self, query: InlineQuery) -> None:
        """Answer a query, unless its author types on."""
        asker = query.from_user.id
        self._newest[asker] = query.id
        try:
            await asyncio.sleep(SETTLES_AFTER)
            if self._newest.get(asker) != query.id:
                return
            reply = (
                await self.sender.conversation.inline(query.query, person_of(query.from_user)) if query.query else None
            )
            if self._newest.get(asker) == query.id:
                await self._answer(query, reply)
        finally:
            if self._newest.get(asker) == query.id:
                del self._newest[asker]

    async def _answer(self, query: InlineQuery, reply: Reply | None) -> None:
        say = self.sender.conversation.catalogues.speaking(query.from_user.language_code or "en")
        try:
            await query.answer(
                [self._article(reply)] if reply is not None else [],
                cache_time=CACHED_SECONDS,
                is_personal=True,
                button=InlineQueryResultsButton(say("inline-help"), start_parameter="inline")
                if reply is None
                else None,
            )
        except BadRequest as error:
            if not refused_as(error, TOO_LATE):
                raise
            log.info("inline-too-late")

    def _article(self, reply: Reply) -> InlineQueryResultArticle:
        say = self.sender.conversation.catalogues.speaking(reply.language)
        title, *rest = [shown(paragraph) for paragraph in reply.paragraphs]
        content = InputTextMessageContent(words(reply.paragraphs, say, pictured=False), parse_mode=ParseMode.HTML)
        return InlineQueryResultArticle("answer", title, content, description="\n".join(rest))

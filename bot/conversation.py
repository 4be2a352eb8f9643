"""The platform-neutral conversation: a request in, a reply out; buttons, corrections, settings."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.answering import MAX_LINES, MAX_PHOTOS, Answers, answer_photos
from bot.captions import caption
from bot.composer import Composer, style_of
from bot.drawing import Drawing, plotted, typeset
from bot.keeping import Keeping
from bot.locale.catalogue import Catalogues, Sentences
from bot.markup import Paragraph, span
from bot.metrics import Metrics
from bot.offers import PICK, kept, numbers
from bot.panel import changed, panel
from bot.presses import LIGHT, PRESSES, Desk
from bot.queue import Queue
from bot.replies import Effect, Reply
from bot.requests import Chat, Person, Press, Request
from bot.store.values import Answered, AnsweredItem, ChatSettings, Place, Source, new_key
from core.errors import ChalklineError, NotUnderstood
from core.limits import PhotoLimits
from core.outcome import Item, Outcome
from core.service import MathService

T = TypeVar("T")

NOTICE_LENGTH = 200
WORDS_OF_A_STORY = 8
"""So many words and nothing understood: a word problem rather than a formula."""


@dataclass(frozen=True)
class Conversation:
    """Answers requests from every platform alike. `defaults`: the settings of a chat that has chosen none."""

    service: MathService
    catalogues: Catalogues
    photo_limits: PhotoLimits
    queue: Queue
    keeping: Keeping
    metrics: Metrics
    defaults: ChatSettings = ChatSettings()

    # Asking

    async def answer(self, request: Request) -> Reply:
        """The reply to one request, when it is its turn; what is wrong with the request itself is said in the reply."""
        return await self._answer(request, new_key(), None)

    async def edited(self, request: Request) -> Reply | None:
        """The reply to a message that was edited, to take the place of the former one; None where nothing about its
        maths has changed, or it was not answered.
        """
        chat = request.chat
        former = await self.keeping.of_request(chat.platform, chat.id, request.message_id)
        if former is None or former.source.is_same(_source(request)) or former.asker_id != request.asker.id:
            return None
        return replace(await self._answer(request, former.key, former.reply_id), replaces=former.reply_id)

    async def withdrawn(self, chat: Chat, message_id: str) -> str | None:
        """Let go of what is kept about a message that was deleted. Returns the id of our reply to it, which should go
        too; None where there is none.
        """
        former = await self.keeping.of_request(chat.platform, chat.id, message_id)
        if former is None:
            return None
        await self.keeping.delete(former.key)
        return former.reply_id

    async def plot(self, request: Request) -> Reply:
        """The plot of what is asked, or why there is none."""
        return await self._drawn(request, "plot", plotted)

    async def typeset(self, request: Request) -> Reply:
        """What is typed or on the photos, set beautifully and as LaTeX, not answered."""
        return await self._drawn(request, "typeset", typeset)

    async def inline(self, text: str, person: Person) -> Reply | None:
        """Typed maths answered in a line; None for what is not maths, or not yet."""
        solution = await self.service.solve_text(text)
        if solution.error is not None or solution.answer is None:
            return None
        say = self.catalogues.speaking(person.language)
        self.metrics.requests.labels("inline", "text").inc()
        return Reply(caption(Outcome((Item(solution),)), say, self.photo_limits), language=say.language)

    async def sent(self, key: str, reply_id: str) -> None:
        """Note which message an answer was sent as."""
        await self.keeping.sent_as(key, reply_id)

    # Buttons and corrections

    async def press(self, press: Press) -> Effect:
        """What a button leads to."""
        action = press.action
        self.metrics.requests.labels(press.chat.platform, "button").inc()
        if action.verb == "set":
            return await self._set(press)
        desk = await self._desk(press.chat, press.presser, action.key, action.item)
        if isinstance(desk, Effect):
            return desk
        if not desk.is_for(press.presser, action.verb):
            return Effect(notice=desk.say("not-yours"))
        if action.value == PICK:
            return Effect(buttons=numbers(action.verb, desk.answered.key, desk.items, desk.say))
        try:
            if action.verb in LIGHT:
                return await PRESSES[action.verb](desk, action)
            return await self._anew(press.chat, press.presser, desk, lambda now: PRESSES[action.verb](now, action))
        except ChalklineError as error:
            return Effect(notice=self._composer.explained(error.fault(), desk.say)[:NOTICE_LENGTH])

    async def correct(self, chat: Chat, person: Person, key: str, item: int, text: str) -> Effect:
        """What the right reading of problem `item`, typed, leads to."""
        desk = await self._desk(chat, person, key, item)
        if isinstance(desk, Effect):
            return desk
        if not desk.is_for(person, "edit"):
            return Effect(notice=desk.say("not-yours"))
        try:
            return await self._anew(chat, person, desk, lambda now: now.correct(item, text))
        except ChalklineError as error:
            return Effect(send=self.explain(error, desk.say.language))

    async def corrected_by_reply(self, chat: Chat, person: Person, reply_id: str, text: str) -> Effect | None:
        """What a text that replies to one of our messages leads to; None where that is no answer to one problem."""
        answered = await self.keeping.of_reply(chat.platform, chat.id, reply_id)
        if answered is None or len(answered.items) != 1 or answered.asker_id != person.id:
            return None
        return await self.correct(chat, person, answered.key, 0, text)

    # Settings and sentences

    async def settings(self, chat: Chat, person: Person) -> ChatSettings:
        """What holds here."""
        return await self.keeping.settings(*chat.places(person)) or self.defaults

    async def settings_panel(self, chat: Chat, person: Person) -> Reply:
        """The settings as buttons."""
        settings = await self.settings(chat, person)
        return panel(settings, chat, self.catalogues, self._say(settings, person))

    async def moved(self, platform: str, old_id: str, new_id: str) -> None:
        """A chat has got another id: its settings hold there too."""
        await self.keeping.move_settings(Place(platform, "chat", old_id), Place(platform, "chat", new_id))

    async def forget(self, chat: Chat, person: Person) -> Reply:
        """Delete what is kept about a person, and say how much it was."""
        language = (await self.settings(chat, person)).language or person.language
        forgotten = await self.keeping.forget(chat.platform, person.id)
        if forgotten is None:
            return self.say("not-forgotten", language)
        return self.say("forgotten", language, answers=forgotten.answers)

    def say(self, name: str, language: str, **values: object) -> Reply:
        """A sentence that needs no maths, such as the greeting."""
        say = self.catalogues.speaking(language)
        return Reply(tuple((span(line),) for line in say(name, **values).splitlines()), language=say.language)

    def explain(self, error: ChalklineError, language: str) -> Reply:
        """What to say about something refused before it came to the service."""
        say = self.catalogues.speaking(language)
        return Reply(((span(self._composer.explained(error.fault(), say)),),), language=say.language)

    # How it is done

    async def _answer(self, request: Request, key: str, reply_id: str | None) -> Reply:
        settings = await self.settings(request.chat, request.asker)
        say = self._say(settings, request.asker)
        if not request.photos and not request.text.strip():
            return self.say(f"ask-for-maths-{request.chat.platform}", say.language)
        self.metrics.requests.labels(request.chat.platform, "photo" if request.photos else "text").inc()
        start = time.perf_counter()
        try:
            answers = await self._turn(
                request.chat, request.asker, lambda: self._answers(request, settings, say), request.waiting
            )
        except ChalklineError as error:
            return self.explain(error, say.language)
        self.metrics.observe(answers.outcome)
        self.metrics.seconds.labels("whole").observe(time.perf_counter() - start)
        outcome = answers.outcome
        answered = None
        if outcome.picture is not None:
            items = kept(outcome, answers.files or [0] * len(outcome.items))
            answered = replace(_answered(request, key, items, settings, say), reply_id=reply_id)
            answered = answered if await self.keeping.remember(answered) else None
        reply = await self._composer.reply(outcome, answered, settings, say)
        return replace(reply, paragraphs=(*reply.paragraphs, *self._missing(request, answers, say)))

    async def _drawn(self, request: Request, kind: str, draw: Drawing) -> Reply:
        settings = await self.settings(request.chat, request.asker)
        say = self._say(settings, request.asker)
        if not request.photos and not request.text.strip():
            return self.say(f"ask-for-maths-{request.chat.platform}", say.language)
        self.metrics.requests.labels(request.chat.platform, kind).inc()
        style = style_of(settings, say)
        try:
            job = partial(draw, self.service, request.photos, request.text, style)
            drawn = await self._turn(request.chat, request.asker, job, request.waiting)
        except ChalklineError as error:
            return self.explain(error, say.language)
        formulas = tuple((span(formula, "code"),) for formula in drawn.latex)
        return Reply(
            formulas, drawn.picture, spoiler=settings.spoiler, private=settings.private_answers, language=say.language
        )

    async def _answers(self, request: Request, settings: ChatSettings, say: Sentences) -> Answers:
        style = style_of(settings, say)
        if request.photos:
            return await answer_photos(self.service, request.photos, style)
        return Answers(await self.service.answer_text(request.text, style=style))

    def _missing(self, request: Request, answers: Answers, say: Sentences) -> list[Paragraph]:
        """What of a request has no answer, and why."""
        found = []
        if len(request.photos) > 1:
            for number, fault in answers.failed:
                found.append(say("photo-failed", number=number + 1, why=self._composer.explained(fault, say)))
        photos, lines = answers.left_out
        if photos:
            found.append(say("photos-left-out", most=MAX_PHOTOS, count=photos))
        if lines:
            found.append(say("lines-left-out", most=MAX_LINES, count=lines))
        if not request.photos and _is_story(request.text, answers.outcome):
            found.append(say("word-problem"))
        return [(span(line),) for line in found]

    def _say(self, settings: ChatSettings, person: Person) -> Sentences:
        """The language of a chat, or else of whoever talks to us, with the decimal mark that the chat chose."""
        return self.catalogues.speaking(settings.language or person.language, settings.chosen_mark)

    @property
    def _composer(self) -> Composer:
        return Composer(self.service, self.photo_limits)

    async def _turn(
        self,
        chat: Chat,
        person: Person,
        job: Callable[[], Awaitable[T]],
        waiting: Callable[[int], Awaitable[None]] | None = None,
    ) -> T:
        """What `job` returns, when it is its turn. Raises Busy, TooManyRequests, and what `job` raises."""
        # A Discord server is as many chats as it has channels: they do not wait for each other.
        key = (chat.platform, chat.id, chat.channel)
        return await self.queue.run(key, (chat.platform, person.id), job, waiting or _tell_nobody)

    async def _anew(self, chat: Chat, person: Person, desk: Desk, work: Callable[[Desk], Awaitable[Effect]]) -> Effect:
        """What `work` makes of the answer as it stands when its turn has come: a press before may have changed it."""

        async def on_what_stands() -> Effect:
            answered = await self.keeping.answered(desk.answered.key)
            if answered is None:
                return Effect(buttons=(), notice=desk.say("no-longer-kept"))
            return await work(replace(desk, answered=answered))

        return await self._turn(chat, person, on_what_stands)

    async def _desk(self, chat: Chat, person: Person, key: str, item: int) -> Desk | Effect:
        """What a press of this person on this answer works with, or why it leads to nothing."""
        answered = await self.keeping.answered(key)
        settings = await self.settings(chat, person)
        if answered is None or answered.chat_id != chat.id or item >= len(answered.items):
            say = self._say(settings, person)
            return Effect(buttons=(), notice=say("no-longer-kept"))
        say = self.catalogues.speaking(answered.language, settings.chosen_mark)
        desk = Desk(self._composer, self.keeping, answered, replace(settings, theme=answered.theme), say)
        return desk

    async def _set(self, press: Press) -> Effect:
        settings = await self.settings(press.chat, press.presser)
        say = self._say(settings, press.presser)
        if not press.chat.private and not press.presser.moderator:
            return Effect(notice=say("moderators-only"))
        now = changed(settings, press.action.value, press.chat, self.catalogues)
        if now is None:
            return Effect(notice=say("no-longer-kept"))
        if not await self.keeping.set_settings(press.chat.places(press.presser)[0], now):
            return Effect(notice=say("settings-not-kept"))
        say = self._say(now, press.presser)
        return Effect(edit=panel(now, press.chat, self.catalogues, say))


def _source(request: Request) -> Source:
    """What was asked. The caption of a photo is no part of it."""
    if request.photos:
        return Source(files=tuple(photo.reference for photo in request.photos))
    return Source(text=request.text)


def _answered(
    request: Request, key: str, items: Sequence[AnsweredItem], settings: ChatSettings, say: Sentences
) -> Answered:
    return Answered(
        key=key,
        platform=request.chat.platform,
        chat_id=request.chat.id,
        request_id=request.message_id,
        asker_id=request.asker.id,
        source=_source(request),
        items=tuple(items),
        language=say.language,
        theme=settings.theme,
        created_at=int(time.time()),
    )


def _is_story(text: str, outcome: Outcome) -> bool:
    """Whether typed text looks like a word problem: many words, and nothing in it was understood."""
    understood = outcome.error is None or outcome.error.code != NotUnderstood.code
    return not understood and sum(word.isalpha() for word in text.split()) >= WORDS_OF_A_STORY


async def _tell_nobody(_place: int) -> None:
    """For requests that nobody waits for."""

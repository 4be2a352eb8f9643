"""What each button of an answer leads to, by its verb."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering import answer_again, chosen
from bot.buttons import Action, Verb
from bot.captions import latex_caption, maths
from bot.composer import Composer, style_of
from bot.keeping import Keeping
from bot.locale.catalogue import Sentences
from bot.markup import LINE_LENGTH, shown, span, units
from bot.offers import choices, kept, offers, way_back
from bot.replies import Effect, NamedFile, Prompt, Reply
from bot.requests import Person
from bot.store.values import Answered, AnsweredItem, ChatSettings
from core.outcome import Outcome, Solution


@dataclass(frozen=True)
class Desk:
    """What a press works with: an answer that is kept, the language it was given in, and how its chat wants it."""

    composer: Composer
    keeping: Keeping
    answered: Answered
    settings: ChatSettings
    say: Sentences

    @property
    def items(self) -> tuple[AnsweredItem, ...]:
        return self.answered.items

    def is_for(self, person: Person, verb: Verb) -> bool:
        """Whoever asked may do everything; moderators may take an answer away."""
        return person.id == self.answered.asker_id or (verb == "delete" and person.moderator)

    async def again(self) -> Outcome:
        """The answer as it stands now. Raises ChalklineError."""
        return await answer_again(self.composer.service, self.items, style_of(self.settings, self.say))

    async def read_as(self, number: int, latex: str) -> Effect:
        """The answer edited: problem `number` is read as `latex`. Raises ChalklineError."""
        items = [chosen(item, latex) if place == number else item for place, item in enumerate(self.items)]
        outcome = await answer_again(self.composer.service, items, style_of(self.settings, self.say))
        now = replace(self.answered, items=_with_new_ways(items, outcome))
        known = await self.keeping.remember(now)
        return Effect(edit=await self.composer.reply(outcome, now if known else None, self.settings, self.say))

    async def correct(self, number: int, text: str) -> Effect:
        """The answer edited: problem `number` is what somebody typed. Raises ChalklineError."""
        solution = await self.composer.service.solve_text(text)
        if _is_nonsense(solution):
            assert solution.error is not None
            words = self.composer.explained(solution.error, self.say)
            return Effect(send=Reply(((span(words),),), language=self.say.language))
        typed = self.items[number].box is None
        return await self.read_as(number, text if typed else solution.latex)


def _is_nonsense(solution: Solution) -> bool:
    return solution.error is not None and not solution.latex


def _with_new_ways(items: Sequence[AnsweredItem], outcome: Outcome) -> tuple[AnsweredItem, ...]:
    """The items with the ways that their new readings can be meant in, besides those known before."""
    found = []
    for item, now in zip(items, kept(outcome, [item.file for item in items]), strict=True):
        known = {way.latex for way in item.readings}
        new = tuple(way for way in now.readings if way.latex not in known and way.latex != item.chosen)
        found.append(replace(item, readings=(*item.readings, *new)))
    return tuple(found)


async def _readings(desk: Desk, action: Action) -> Effect:
    rows = choices(desk.answered.key, action.item, desk.items[action.item], desk.say)
    return Effect(buttons=(*rows, way_back(desk.answered.key, desk.say)))


async def _choose(desk: Desk, action: Action) -> Effect:
    ways = desk.items[action.item].readings
    if not action.value.isdecimal() or int(action.value) >= len(ways):
        return Effect(notice=desk.say("no-longer-kept"))
    return await desk.read_as(action.item, ways[int(action.value)].latex)


async def _edit(desk: Desk, action: Action) -> Effect:
    item = desk.items[action.item]
    current = item.chosen if item.box is None else shown((maths(item.chosen, item.chosen),))
    return Effect(prompt=Prompt(((span(desk.say("type-the-reading")),),), action, current))


async def _plot(desk: Desk, action: Action) -> Effect:
    style = style_of(desk.settings, desk.say)
    picture = await desk.composer.service.plot_text(desk.items[action.item].chosen, style=style)
    return Effect(send=Reply((), picture, language=desk.say.language))


async def _latex(desk: Desk, action: Action) -> Effect:
    paragraphs = latex_caption(await desk.again(), desk.say)
    if all(units(shown(paragraph)) <= LINE_LENGTH for paragraph in paragraphs):
        return Effect(send=Reply(paragraphs, language=desk.say.language))
    text = "\n".join(shown(paragraph) for paragraph in paragraphs)
    words = ((span(desk.say("latex-in-file")),),)
    return Effect(send=Reply(words, files=(NamedFile("answer.tex.txt", text.encode()),), language=desk.say.language))


async def _describe(desk: Desk, action: Action) -> Effect:
    picture = (await desk.again()).picture
    words = picture.alt if picture is not None else desk.say("error.internal")
    return Effect(send=Reply(((span(words),),), language=desk.say.language))


async def _delete(desk: Desk, action: Action) -> Effect:
    await desk.keeping.delete(desk.answered.key)
    return Effect(delete=True)


async def _back(desk: Desk, action: Action) -> Effect:
    return Effect(buttons=offers(desk.answered.key, await desk.again(), desk.items, desk.say))


async def _show(desk: Desk, action: Action) -> Effect:
    reply = await desk.composer.reply(await desk.again(), desk.answered, desk.settings, desk.say)
    return Effect(send=replace(reply, private=False, replaces=None, key=None))


PRESSES: Mapping[Verb, Callable[[Desk, Action], Awaitable[Effect]]] = {
    "readings": _readings,
    "choose": _choose,
    "edit": _edit,
    "plot": _plot,
    "latex": _latex,
    "describe": _describe,
    "delete": _delete,
    "back": _back,
    "show": _show,
}
"""Each raises ChalklineError."""

LIGHT: frozenset[Verb] = frozenset({"readings", "edit", "delete"})
"""These ask nothing of the service, so nobody has to wait for them."""

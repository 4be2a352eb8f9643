"""What people and the bot say to each other, over a real service and a real store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry

from bot.buttons import Action, Button, decoded
from bot.conversation import Conversation
from bot.keeping import Keeping
from bot.locale.catalogue import read_catalogues
from bot.markup import plain
from bot.metrics import make_metrics
from bot.queue import Queue
from bot.replies import Effect, Reply
from bot.requests import Chat, Person, Photo, Press, Request
from bot.store.database import StoreOptions
from bot.store.opening import open_store
from bot.store.store import Store
from bot.store.values import ChatSettings, FileReference
from core.errors import PhotoTooLarge
from core.limits import AskingLimits, MathLimits, PhotoLimits
from core.service import MathService, ServiceOptions, open_service

ROOT = Path(__file__).parents[2]
PHOTOS = ROOT / "samples" / "photos"

ADA, BOB, MODERATOR = Person("1"), Person("2"), Person("3", moderator=True)
GROUP = Chat("telegram", "-100", private=False)
PRIVATE = Chat("telegram", "1", private=True)

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[MathService]:
    options = ServiceOptions(ROOT / "models" / "weights", maths=MathLimits(answer_seconds=20))
    async with open_service(options) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def store() -> AsyncIterator[Store]:
    async with open_store(StoreOptions("sqlite://")) as opened:
        yield opened


@pytest.fixture
def talk(service: MathService, store: Store) -> Conversation:
    generous = AskingLimits(user_burst=1000, chat_burst=1000)
    return Conversation(
        service=service,
        catalogues=read_catalogues(),
        photo_limits=PhotoLimits(),
        queue=Queue(generous),
        keeping=Keeping(store),
        metrics=make_metrics(CollectorRegistry()),
    )


def photo(name: str) -> Photo:
    async def load() -> bytes:
        return (PHOTOS / f"{name}.jpg").read_bytes()

    return Photo(FileReference(f"file-{name}", name), load)


def typed(text: str, message_id: str = "7", chat: Chat = GROUP) -> Request:
    return Request(chat, ADA, message_id, text=text)


def words(reply: Reply | None) -> str:
    assert reply is not None
    return plain(reply.paragraphs)


def buttons(rows: tuple[tuple[Button, ...], ...]) -> dict[str, Action]:
    """Every button by its label, its action as a platform would give it back."""
    found = {button.label: decoded(button.action.encoded()) for row in rows for button in row}
    return {label: action for label, action in found.items() if action is not None}


@dataclass(frozen=True)
class Buttons:
    """The buttons of a reply, to be pressed."""

    talk: Conversation
    rows: tuple[tuple[Button, ...], ...]

    async def press(self, label: str, by: Person = ADA) -> Effect:
        return await self.talk.press(Press(GROUP, by, buttons(self.rows)[label]))


async def test_typed_maths_is_answered_with_buttons_that_lead_somewhere(talk: Conversation) -> None:
    reply = await talk.answer(typed("x^2 - 5x + 6 = 0"))
    assert "Answer: x = 2" in words(reply) and reply.picture is not None
    assert list(buttons(reply.buttons)) == ["Plot", "Edit", "Copy LaTeX", "In words", "Delete"]
    under = Buttons(talk, reply.buttons)
    plot = await under.press("Plot")
    assert plot.send is not None and plot.send.picture is not None and "Graph" in plot.send.picture.alt
    described = await under.press("In words")
    assert "x squared" in words(described.send)
    latex = await under.press("Copy LaTeX")
    assert "x^{2}-5x+6 = 0" in words(latex.send)


async def test_nothing_asked_is_told_how_to_ask(talk: Conversation) -> None:
    reply = await talk.answer(typed("  "))
    assert "/solve" in words(reply) and not reply.buttons


async def test_an_album_is_one_reply_and_one_bad_photo_does_not_spoil_it(talk: Conversation) -> None:
    async def too_large() -> bytes:
        raise PhotoTooLarge

    photos = (photo("addition"), Photo(FileReference("huge"), too_large), photo("page"))
    reply = await talk.answer(Request(GROUP, ADA, "8", photos))
    assert words(reply).startswith("1. I read: ")
    assert "Photo 2: This picture is too large" in words(reply)
    assert reply.picture is not None
    kept = await talk.keeping.answered(reply.key or "")
    assert kept is not None and {item.file for item in kept.items} == {0, 2}


async def test_a_page_asks_which_problem_is_meant(talk: Conversation) -> None:
    reply = await talk.answer(Request(GROUP, ADA, "9", (photo("page"),)))
    offered = await Buttons(talk, reply.buttons).press("Edit")
    assert offered.buttons is not None
    asked = buttons(offered.buttons)
    assert len(asked) > 2 and "‹ Back" in asked
    back = await Buttons(talk, offered.buttons).press("‹ Back")
    assert back.buttons == reply.buttons


async def test_only_whoever_asked_may_press_and_moderators_may_delete(talk: Conversation) -> None:
    under = Buttons(talk, (await talk.answer(typed("2 + 3"))).buttons)
    assert (await under.press("Edit", by=BOB)).notice == "Only whoever asked can use these buttons."
    assert not (await under.press("Delete", by=BOB)).delete
    assert (await under.press("Delete", by=MODERATOR)).delete
    gone = await under.press("Delete")
    assert gone.buttons == () and "gone" in (gone.notice or "")


async def test_a_key_is_good_in_its_own_chat_only(talk: Conversation) -> None:
    reply = await talk.answer(typed("2 + 3"))
    action = buttons(reply.buttons)["Edit"]
    elsewhere = await talk.press(Press(replace(GROUP, id="-200"), ADA, action))
    assert elsewhere.prompt is None and elsewhere.notice is not None


async def test_another_reading_takes_the_place_of_the_answer(talk: Conversation) -> None:
    reply = await talk.answer(typed("6÷2(1+2)"))
    await talk.sent(reply.key or "", "55")
    assert "Answer: 9" in words(reply)
    offered = await Buttons(talk, reply.buttons).press("Other readings")
    assert offered.buttons is not None
    other = next(label for label in buttons(offered.buttons) if label != "‹ Back")
    effect = await Buttons(talk, offered.buttons).press(other)
    assert effect.edit is not None and "Answer: 1\n" in words(effect.edit) + "\n"
    assert effect.edit.replaces == "55" and effect.edit.key == reply.key


async def test_a_typed_correction_is_worked_out_in_the_same_place(talk: Conversation) -> None:
    reply = await talk.answer(Request(GROUP, ADA, "10", (photo("addition"),)))
    await talk.sent(reply.key or "", "56")
    prompt = (await Buttons(talk, reply.buttons).press("Edit")).prompt
    assert prompt is not None and prompt.current == "47 + 38 ="
    effect = await talk.correct(GROUP, ADA, prompt.action.key, prompt.action.item, "47 + 83")
    assert "Answer: 130" in words(effect.edit)
    again = await talk.corrected_by_reply(GROUP, ADA, "56", "47 + 84")
    assert again is not None and "Answer: 131" in words(again.edit)
    nonsense = await talk.correct(GROUP, ADA, prompt.action.key, 0, "47 + (")
    assert nonsense.edit is None and nonsense.send is not None
    assert await talk.corrected_by_reply(GROUP, ADA, "999", "1+1") is None


async def test_two_corrections_at_once_do_not_undo_each_other(talk: Conversation) -> None:
    reply = await talk.answer(Request(GROUP, ADA, "11", (photo("page"),)))
    key = reply.key or ""
    await asyncio.gather(*(talk.correct(GROUP, ADA, key, number, f"{number} + 70") for number in range(2)))
    kept = await talk.keeping.answered(key)
    assert kept is not None and [item.chosen for item in kept.items[:2]] == ["0 + 7 0", "1 + 7 0"]


async def test_an_edited_message_is_answered_anew_only_where_its_maths_changed(talk: Conversation) -> None:
    reply = await talk.answer(typed("2 + 3", "20"))
    await talk.sent(reply.key or "", "57")
    assert await talk.edited(typed("2 + 3", "20")) is None
    assert await talk.edited(typed("1 + 1", "never asked")) is None
    anew = await talk.edited(typed("2 + 4", "20"))
    assert anew is not None and "Answer: 6" in words(anew)
    assert anew.replaces == "57" and anew.key == reply.key
    once_more = await talk.edited(typed("2 + 5", "20"))
    assert once_more is not None and once_more.replaces == "57"


async def test_settings_hold_from_the_next_answer_on(talk: Conversation) -> None:
    chat = replace(GROUP, id="-300")
    panel = await talk.settings_panel(chat, MODERATOR)
    shown = buttons(panel.buttons)
    assert "● Light cards" in shown and "Dark cards" in shown
    refused = await talk.press(Press(chat, ADA, shown["Dark cards"]))
    assert refused.notice == "Only moderators of this group can change its settings."
    for label in ("Dark cards", "Answers hidden", "English"):
        effect = await talk.press(Press(chat, MODERATOR, shown[label]))
        assert effect.edit is not None
    assert await talk.settings(chat, ADA) == ChatSettings(theme="dark", spoiler=True, language="en")
    assert (await talk.answer(typed("2 + 3", chat=chat))).spoiler


async def test_a_language_brings_its_words_and_decimal_mark_and_a_chat_can_choose_another(talk: Conversation) -> None:
    maria = Person("78", language="pt-br")
    chat = replace(PRIVATE, id="78")
    reply = await talk.answer(Request(chat, maria, "60", text="2x^2 = 1"))
    assert " ou x = " in words(reply) and "≈ -0,7071067812; 0,7071067812" in words(reply)
    assert reply.picture is not None and "x ao quadrado" in reply.picture.alt and "0,7071067812" in reply.picture.alt
    shown = buttons((await talk.settings_panel(chat, maria)).buttons)
    await talk.press(Press(chat, maria, shown["1.5"]))
    assert "≈ -0.7071067812, 0.7071067812" in words(await talk.answer(Request(chat, maria, "61", text="2x^2 = 1")))


async def test_what_is_kept_about_somebody_goes_when_they_say_so(talk: Conversation) -> None:
    carol = Person("77")
    reply = await talk.answer(Request(PRIVATE, carol, "30", text="2 + 3"))
    assert "1 answers" in words(await talk.forget(PRIVATE, carol))
    assert await talk.keeping.answered(reply.key or "") is None


async def test_a_story_is_told_that_formulas_are_wanted(talk: Conversation) -> None:
    story = "Maria has twelve apples and gives half of them to her little brother Tom"
    assert "told in words" in words(await talk.answer(typed(story)))


async def test_inline_maths_is_one_line_and_everything_else_is_silence(talk: Conversation) -> None:
    assert "Answer: 4" in words(await talk.inline("2 + 2", ADA))
    assert await talk.inline("hello there", ADA) is None


async def test_a_doubtful_reading_is_asked_about(talk: Conversation, service: MathService) -> None:
    doubting = replace(talk, service=MathService(service._engine, replace(service._options, ask_below=1.0)))
    reply = await doubting.answer(Request(GROUP, ADA, "40", (photo("quadratic"),)))
    offered = buttons(reply.buttons)
    assert list(offered)[-2:] == ["Edit", "Delete"] and len(offered) > 2
    assert words(reply).startswith("I am not sure what you wrote: ") and "Answer" not in words(reply)
    first = next(iter(offered))
    chosen = await doubting.press(Press(GROUP, ADA, offered[first]))
    assert chosen.edit is not None and "not sure" not in words(chosen.edit)


async def test_a_plot_and_a_formula_set_beautifully_answer_nothing(talk: Conversation) -> None:
    plot = await talk.plot(typed("x^2 - 4", "20"))
    assert plot.picture is not None and "Graph" in plot.picture.alt and not plot.buttons
    formula = await talk.typeset(typed("sqrt(2)/2", "21"))
    assert formula.picture is not None and words(formula) == "\\frac{\\sqrt{2}}{2}"
    nothing = await talk.plot(typed("2 + 3", "22"))
    assert nothing.picture is None and words(nothing) == "There is nothing in this that I could plot."


async def test_formulas_of_a_photo_are_set_as_they_were_read(talk: Conversation) -> None:
    reply = await talk.typeset(Request(GROUP, ADA, "23", (photo("addition"),)))
    assert words(reply) == "47+38 ="


async def test_a_deleted_message_takes_its_answer_along(talk: Conversation) -> None:
    reply = await talk.answer(typed("2 + 5", "24"))
    assert reply.key is not None
    await talk.sent(reply.key, "240")
    assert await talk.withdrawn(GROUP, "24") == "240"
    assert await talk.withdrawn(GROUP, "24") is None
    assert await talk.keeping.answered(reply.key) is None


async def test_a_channel_and_its_server_have_settings_of_their_own(talk: Conversation) -> None:
    server, channel = Chat("discord", "5", False), Chat("discord", "5", False, "55")
    assert words(await talk.settings_panel(channel, MODERATOR)).startswith("Settings of this channel.")
    of_channel = buttons((await talk.settings_panel(channel, MODERATOR)).buttons)
    of_server = buttons((await talk.settings_panel(server, MODERATOR)).buttons)
    assert of_channel["Dark cards"].key != of_server["Dark cards"].key
    await talk.press(Press(channel, MODERATOR, of_channel["Dark cards"]))
    assert (await talk.settings(channel, ADA)).theme == "dark"
    assert (await talk.settings(server, ADA)).theme == "light"

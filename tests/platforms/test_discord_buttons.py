"""Buttons, menus, windows and settings of the real Discord bot, which here watches channels and asks at every doubt."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from simcord.backend.models import Message

from tests.platforms.bot_process import STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.discord_bot import PICTURE, seen, settings_for
from tests.platforms.discord_people import Somebody, labels
from tests.platforms.discord_server import DiscordServer, discord_server

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

WATCHING = {"DISCORD__MESSAGE_CONTENT": "true", "DISCORD__SHARDED": "true", "ENGINE__ASK_BELOW": "1"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as server:
        server.gateway.approved.message_content = True
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bot")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(server: DiscordServer, folder: Path) -> AsyncIterator[BotProcess]:
    async with bot_process("discord", settings_for(server, **WATCHING), folder) as bot:
        await server.wait_for_bot(STARTS_WITHIN)
        yield bot


@pytest.fixture(scope="module")
def ada(server: DiscordServer) -> Somebody:
    return Somebody.joins(server, "ada")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def moderator(server: DiscordServer) -> Somebody:
    return Somebody.joins(server, "grace", moderator=True)


async def asked(server: DiscordServer, person: Somebody, text: str, channel: int | None = None) -> Message:
    """The answer to typed maths."""
    return await server.answer_to(person.slash("solve", text=text, channel=channel), STARTS_WITHIN)


async def pressed(server: DiscordServer, person: Somebody, message: Message, label: str) -> Message:
    """The further message that a button leads to."""
    record = person.click(message, label)
    await server.until(lambda: bool(record.followup_ids), STARTS_WITHIN)
    followup: Message = server.backend.get_message(record.channel_id, record.followup_ids[0])
    return followup


async def test_a_doubtful_reading_is_asked_about_and_a_menu_settles_it(server: DiscordServer, ada: Somebody) -> None:
    question = await server.answer_to(ada.slash("solve", image=PICTURE), STARTS_WITHIN)
    assert labels(question)[-2:] == ["Edit", "Delete"] and "47 + 38 =" in labels(question)

    ada.choose(question, "47 + 38 =")

    await server.until(lambda: "Answer: 85" in seen(question), STARTS_WITHIN)
    assert "not sure" not in seen(question)


async def test_other_readings_open_in_place_and_close_again(server: DiscordServer, ada: Somebody) -> None:
    answer = await asked(server, ada, "6/2(1+2)")
    first = labels(answer)

    ada.click(answer, "Other readings")
    await server.until(lambda: labels(answer) != first, STARTS_WITHIN)
    *readings, back = labels(answer)
    ada.click(answer, back)
    await server.until(lambda: labels(answer) == first, STARTS_WITHIN)
    ada.click(answer, "Other readings")
    await server.until(lambda: labels(answer) != first, STARTS_WITHIN)
    ada.choose(answer, readings[0])

    await server.until(lambda: "Answer: 1\n" in seen(answer), STARTS_WITHIN)


async def test_a_window_takes_the_right_reading(server: DiscordServer, ada: Somebody) -> None:
    answer = await asked(server, ada, "2 + 3")
    shown = ada.click(answer, "Edit")
    await server.until(lambda: shown.modal is not None, STARTS_WITHIN)

    ada.submit(shown, "20 + 3")

    await server.until(lambda: "Answer: 23" in seen(answer), STARTS_WITHIN)


async def test_what_is_typed_and_makes_no_sense_is_explained_to_the_typist(
    server: DiscordServer, ada: Somebody
) -> None:
    answer = await asked(server, ada, "2 + 4")
    shown = ada.click(answer, "Edit")
    await server.until(lambda: shown.modal is not None, STARTS_WITHIN)
    sent = ada.submit(shown, "((((")

    await server.until(lambda: bool(sent.followup_ids), STARTS_WITHIN)

    explained = server.backend.get_message(server.channel, sent.followup_ids[0])
    assert explained.is_ephemeral and "as maths" in explained.content
    assert "Answer: 6" in seen(answer)


async def test_plots_are_for_everybody_and_words_for_whoever_pressed(server: DiscordServer, ada: Somebody) -> None:
    answer = await asked(server, ada, "x^2 = 4")

    plot = await pressed(server, ada, answer, "Plot")
    latex = await pressed(server, ada, answer, "Copy LaTeX")
    words = await pressed(server, ada, answer, "In words")

    assert not plot.is_ephemeral and "Graph" in plot.attachments[0]["description"]
    assert latex.is_ephemeral and "x^{2} = 4" in latex.content
    assert words.is_ephemeral and "x squared" in words.content


async def test_a_button_is_for_whoever_asked_and_moderators_may_delete(
    server: DiscordServer, ada: Somebody, moderator: Somebody
) -> None:
    answer = await asked(server, ada, "2 + 8")
    bob = Somebody.joins(server, "bob")

    for label in ("Copy LaTeX", "Delete"):
        refusal = await pressed(server, bob, answer, label)
        assert refusal.content == "Only whoever asked can use these buttons." and refusal.is_ephemeral
    edit = bob.click(answer, "Edit")
    await server.until(lambda: edit.responded, STARTS_WITHIN)
    assert edit.modal is None and edit.ephemeral
    moderator.click(answer, "Delete")

    await server.until(lambda: answer not in server.said_in(server.channel), STARTS_WITHIN)


async def test_settings_are_for_moderators_and_a_channel_can_have_its_own(
    server: DiscordServer, ada: Somebody, moderator: Somebody
) -> None:
    channel = server.backend.create_channel(server.guild, "quiz").id
    panel = await server.answer_to(moderator.slash("settings", where="channel", channel=channel), STARTS_WITHIN)
    assert panel.is_ephemeral and "of this channel" in panel.content
    assert "● When named" in labels(panel) and "Every photo" in labels(panel)

    refused = await pressed(server, ada, panel, "Answers hidden")
    moderator.click(panel, "Answers hidden")
    await server.until(lambda: "● Answers hidden" in labels(panel), STARTS_WITHIN)
    hidden = await asked(server, ada, "2 + 9", channel)
    open_ = await asked(server, ada, "2 + 9")

    assert refused.content == "Only moderators of this group can change its settings."
    assert hidden.content.startswith("||") and hidden.attachments[0]["filename"] == "SPOILER_answer.png"
    assert open_.attachments[0]["filename"] == "answer.png"


async def test_private_answers_can_be_shown_to_all(server: DiscordServer, ada: Somebody, moderator: Somebody) -> None:
    channel = server.backend.create_channel(server.guild, "exam").id
    panel = await server.answer_to(moderator.slash("settings", where="channel", channel=channel), STARTS_WITHIN)
    moderator.click(panel, "For the asker")
    await server.until(lambda: "● For the asker" in labels(panel), STARTS_WITHIN)

    answer = await asked(server, ada, "3 + 9", channel)
    shown = await pressed(server, ada, answer, "Show to all")

    assert answer.is_ephemeral and not shown.is_ephemeral
    assert seen(shown) == seen(answer) and "Answer: 12" in seen(shown)
    assert "Show to all" not in labels(shown) and len(shown.attachments) == 1


async def test_a_watched_channel_has_every_photo_answered_and_a_silent_one_none(
    server: DiscordServer, ada: Somebody, moderator: Somebody
) -> None:
    channel = server.backend.create_channel(server.guild, "homework").id
    panel = await server.answer_to(moderator.slash("settings", where="channel", channel=channel), STARTS_WITHIN)
    moderator.click(panel, "Every photo")
    await server.until(lambda: "● Every photo" in labels(panel), STARTS_WITHIN)

    chatter = ada.send("2 + 2 is easy", channel=channel)
    answer = await server.reply_to(ada.send("", [PICTURE], channel=channel), STARTS_WITHIN)
    assert "47 + 38 =" in seen(answer) and server.replies_to(chatter) == []

    moderator.click(panel, "Silent")
    await server.until(lambda: "● Silent" in labels(panel), STARTS_WITHIN)
    unanswered = ada.send(f"<@{server.bot}>", [PICTURE], channel=channel)
    to_me_alone = await asked(server, ada, "2 + 2", channel)
    assert to_me_alone.is_ephemeral and server.replies_to(unanswered) == []


async def test_the_photo_replied_to_is_meant(server: DiscordServer, ada: Somebody) -> None:
    photo = ada.send("", [PICTURE])

    answer = await server.reply_to(ada.send(f"<@{server.bot}>", reply_to=photo), STARTS_WITHIN)

    assert "47 + 38 =" in seen(answer)


async def test_buttons_and_windows_work_after_a_restart_and_commands_are_not_told_again(
    server: DiscordServer, ada: Somebody, bot: BotProcess, folder: Path
) -> None:
    answer = await asked(server, ada, "5 + 3")
    shown = ada.click(answer, "Edit")
    await server.until(lambda: shown.modal is not None, STARTS_WITHIN)
    bot.tell_to_stop()
    assert await bot.exit_code() == 0 and server.refused == []
    before = len(server.asked)

    async with bot_process("discord", settings_for(server, **WATCHING), folder) as second:
        await server.wait_for_bot(STARTS_WITHIN)
        ada.submit(shown, "50 + 3")
        await server.until(lambda: "Answer: 53" in seen(answer), STARTS_WITHIN)
        ada.click(answer, "Delete")
        await server.until(lambda: answer not in server.said_in(server.channel), STARTS_WITHIN)
        second.tell_to_stop()
        assert await second.exit_code() == 0

    assert not any(asking.startswith("PUT") for asking in server.asked[before:])
    assert server.refused == []

"""A real bot process on Discord, over real HTTP and a real gateway: every way of asking gets one right reply."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from PIL import Image
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from tests.platforms.bot_process import ROOT, STARTS_WITHIN, BotProcess, bot_process
from tests.platforms.discord_bot import OTHER_PICTURE, PICTURE, seen, settings_for
from tests.platforms.discord_people import Somebody, labels
from tests.platforms.discord_server import TOKEN, DiscordServer, discord_server

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

FIRST_BUTTONS = ["Other readings", "Edit", "Copy LaTeX", "In words", "Delete"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(server: DiscordServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    async with bot_process("discord", settings_for(server), tmp_path_factory.mktemp("bot")) as bot:
        await server.wait_for_bot(STARTS_WITHIN)
        yield bot


@pytest.fixture(scope="module")
def ada(server: DiscordServer) -> Somebody:
    return Somebody.joins(server, "ada")


async def test_an_image_comes_back_as_a_card_with_its_words(server: DiscordServer, ada: Somebody) -> None:
    answer = await server.answer_to(ada.slash("solve", image=PICTURE), STARTS_WITHIN)

    assert seen(answer).startswith("I read: 47 + 38 =\nAnswer: 85\n")
    (attachment,) = answer.attachments
    assert attachment["filename"] == "answer.png"
    assert "85" in attachment["description"]
    assert labels(answer) == FIRST_BUTTONS
    with Image.open(BytesIO(server.file(attachment))) as card:
        assert card.format == "PNG"
        assert card.width >= 300


async def test_typed_maths_is_answered_with_a_card(server: DiscordServer, ada: Somebody) -> None:
    answer = await server.answer_to(ada.slash("solve", text="2x + 3 = 11"), STARTS_WITHIN)

    assert "Answer: x = 4\n✓ Checked" in seen(answer)
    assert len(answer.attachments) == 1


async def test_a_plot_and_a_formula_come_without_an_answer(server: DiscordServer, ada: Somebody) -> None:
    plot = await server.answer_to(ada.slash("plot", text="x^2 - 4"), STARTS_WITHIN)
    formula = await server.answer_to(ada.slash("latex", text="sqrt(2)/2"), STARTS_WITHIN)

    assert "Graph" in plot.attachments[0]["description"]
    assert formula.content == r"`\frac{\sqrt{2}}{2}`"
    assert "Answer" not in formula.attachments[0]["description"]


async def test_the_menu_of_a_message_answers_its_picture(server: DiscordServer, ada: Somebody) -> None:
    posted = Somebody.joins(server, "bob").send("homework", [PICTURE])

    answer = await server.answer_to(ada.menu("Solve this image", posted), STARTS_WITHIN)

    assert "Answer: 85" in seen(answer)
    assert server.replies_to(posted) == []


async def test_a_menu_on_a_message_with_nothing_in_it_says_so_in_private(server: DiscordServer, ada: Somebody) -> None:
    posted = ada.send("", [("notes.pdf", b"%PDF")])

    answer = await server.answer_to(ada.menu("Solve this image", posted), STARTS_WITHIN)

    assert answer.content == "I see no picture in this message."
    assert answer.is_ephemeral


async def test_a_message_that_names_the_bot_is_answered_and_others_are_not(
    server: DiscordServer, ada: Somebody
) -> None:
    unasked = ada.send("look at this", [PICTURE])
    asking = ada.send(f"<@{server.bot}> please", [PICTURE])

    answer = await server.reply_to(asking, STARTS_WITHIN)

    assert "Answer: 85" in seen(answer)
    assert server.replies_to(unasked) == []


async def test_several_pictures_in_one_message_are_one_answer_with_numbers(
    server: DiscordServer, ada: Somebody
) -> None:
    asking = ada.send(f"<@{server.bot}>", [PICTURE, OTHER_PICTURE])

    answer = await server.reply_to(asking, STARTS_WITHIN)

    assert seen(answer).startswith("1. I read: 47 + 38 =")
    assert "\n2. I read: " in seen(answer)
    assert len(answer.attachments) == 1


async def test_pointing_at_what_discord_hides_is_explained(server: DiscordServer, ada: Somebody) -> None:
    hidden = ada.send("", [PICTURE])

    answer = await server.reply_to(ada.send(f"<@{server.bot}>", reply_to=hidden), STARTS_WITHIN)

    assert answer.content.startswith("Discord does not show me other people’s messages.")


async def test_a_direct_message_needs_no_name(server: DiscordServer, ada: Somebody) -> None:
    typed = await server.reply_to(ada.send("3x + 5 = 20", channel=ada.direct), STARTS_WITHIN)
    shown = await server.reply_to(ada.send("", [PICTURE], channel=ada.direct), STARTS_WITHIN)

    assert "Answer: x = 5" in seen(typed)
    assert "Answer: 85" in seen(shown)


async def test_a_thread_is_answered_in_the_thread(server: DiscordServer, ada: Somebody) -> None:
    thread = server.backend.create_thread(server.channel, "Homework 3", ada.id).id
    asking = ada.send(f"<@{server.bot}> 6*7", channel=thread)

    assert "Answer: 42" in seen(await server.reply_to(asking, STARTS_WITHIN))
    answer = await server.answer_to(ada.slash("solve", text="6*8", channel=thread), STARTS_WITHIN)
    assert "Answer: 48" in seen(answer) and answer.channel_id == thread


async def test_somebody_who_installed_it_can_ask_where_the_bot_is_no_member(
    server: DiscordServer, ada: Somebody
) -> None:
    backend = server.backend
    elsewhere = backend.create_guild("Elsewhere").id
    server.gateway.hidden.add(elsewhere)
    backend.add_member(elsewhere, ada.id)
    channel = backend.create_channel(elsewhere, "general").id

    answer = await server.answer_to(ada.slash("solve", text="6*9", channel=channel), STARTS_WITHIN)
    described = ada.click(answer, "In words")
    await server.until(lambda: bool(described.followup_ids), STARTS_WITHIN)

    assert "Answer: 54" in seen(answer)


async def test_an_edited_message_changes_its_answer(server: DiscordServer, ada: Somebody) -> None:
    asking = ada.send(f"<@{server.bot}> 2 + 3")
    answer = await server.reply_to(asking, STARTS_WITHIN)

    ada.edit(asking, f"<@{server.bot}> 2 + 4")
    await server.until(lambda: "Answer: 6" in seen(answer), STARTS_WITHIN)
    ada.edit(asking, f"<@{server.bot}> 2 + 4 ")  # nothing that matters
    await server.quiet(0.3)

    assert server.replies_to(asking) == [answer]


async def test_a_deleted_message_takes_its_answer_along(server: DiscordServer, ada: Somebody) -> None:
    asking = ada.send(f"<@{server.bot}> 2 + 5")
    answer = await server.reply_to(asking, STARTS_WITHIN)
    await server.quiet(0.2)

    ada.delete(asking)

    await server.until(lambda: answer not in server.said_in(server.channel), STARTS_WITHIN)


async def test_a_reply_to_an_answer_corrects_it_and_chatter_is_left_alone(server: DiscordServer, ada: Somebody) -> None:
    answer = await server.reply_to(ada.send(f"<@{server.bot}> 2 + 6"), STARTS_WITHIN)
    await server.quiet(0.2)

    correction = ada.send("2 + 7", reply_to=answer)
    await server.until(lambda: "Answer: 9" in seen(answer), STARTS_WITHIN)
    thanks = ada.send("thanks a lot!", reply_to=answer)
    picture = await server.reply_to(ada.send("", [PICTURE], reply_to=answer), STARTS_WITHIN)

    assert "Answer: 85" in seen(picture)
    assert server.replies_to(correction) == [] and server.replies_to(thanks) == []


async def test_help_privacy_and_forgetting_are_for_the_asker_alone(server: DiscordServer, ada: Somebody) -> None:
    said = [await server.answer_to(ada.slash(name), STARTS_WITHIN) for name in ("help", "privacy", "forget")]

    assert all(message.is_ephemeral for message in said)
    assert "Solve this image" in said[0].content
    assert "never kept" in said[1].content
    assert said[2].content.startswith("Done. I deleted everything")


async def test_a_file_that_is_no_picture_is_refused_kindly(server: DiscordServer, ada: Somebody) -> None:
    answer = await server.answer_to(ada.slash("solve", image=("notes.png", b"these are notes")), STARTS_WITHIN)

    assert answer.content.startswith("I cannot open this file.")
    assert answer.attachments == []


async def test_a_file_over_the_limit_is_refused_before_it_is_downloaded(server: DiscordServer, ada: Somebody) -> None:
    record = ada.slash("solve", image=("scan.tiff", b"II*"), size=21 * 1024 * 1024)

    assert "too large" in (await server.answer_to(record, STARTS_WITHIN)).content


async def test_a_command_with_nothing_in_it_is_told_how(server: DiscordServer, ada: Somebody) -> None:
    answer = await server.answer_to(ada.slash("solve"), STARTS_WITHIN)

    assert answer.content.startswith("Give me a photo")


async def test_the_permissions_that_the_readme_asks_for_are_enough(server: DiscordServer, ada: Somebody) -> None:
    (listed,) = re.findall(r"permissions=(\d+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    backend = server.backend
    channel = backend.create_channel(server.guild, "narrow").id
    nothing_else = discord.Permissions.all().value & ~int(listed)
    backend.set_overwrite(channel, Overwrite(server.bot, OverwriteType.MEMBER, allow=int(listed), deny=nothing_else))

    asking = ada.send(f"<@{server.bot}> 4 + 6", channel=channel)
    answer = await server.reply_to(asking, STARTS_WITHIN)
    await server.quiet(0.2)
    ada.edit(asking, f"<@{server.bot}> 4 + 7")
    await server.until(lambda: "Answer: 11" in seen(answer), STARTS_WITHIN)
    ada.delete(asking)
    await server.until(lambda: answer not in server.said_in(channel), STARTS_WITHIN)

    assert len(answer.attachments) == 1
    assert server.refused == []


async def test_words_in_a_channel_where_it_may_not_write_are_nobodys_trouble(
    server: DiscordServer, ada: Somebody, bot: BotProcess
) -> None:
    backend = server.backend
    shut = backend.create_channel(server.guild, "announcements").id
    silent = discord.Permissions(send_messages=True).value
    backend.set_overwrite(shut, Overwrite(server.bot, OverwriteType.MEMBER, deny=silent))
    asking = ada.send(f"<@{server.bot}> 4 + 4", channel=shut)

    await server.until(lambda: any("50013" in reason for reason in server.refused), STARTS_WITHIN)
    answer = await server.answer_to(ada.slash("solve", text="4 + 5", channel=shut), STARTS_WITHIN)

    assert "Answer: 9" in seen(answer)  # a command may be answered all the same
    assert server.replies_to(asking) == []
    server.refused.clear()


async def test_told_to_stop_the_bot_finishes_its_work_and_leaves_nothing_private_in_the_log(
    server: DiscordServer, ada: Somebody, bot: BotProcess
) -> None:
    assert server.refused == []
    record = ada.slash("solve", text="3x + 6 = 21")
    await server.until(lambda: record.responded, STARTS_WITHIN)
    bot.tell_to_stop()

    answer = await server.answer_to(record, STARTS_WITHIN)

    assert "Answer: x = 5" in seen(answer)
    assert await bot.exit_code() == 0
    log = bot.log.read_text()
    assert "discord-stopped" in log and "level=error" not in log
    assert TOKEN not in log and "3x + 6" not in log
    assert server.refused == []


async def test_a_refused_token_is_said_kindly(server: DiscordServer, tmp_path: Path) -> None:
    async with bot_process("discord", settings_for(server, "a.wrong.token"), tmp_path) as bot:
        assert await bot.exit_code() == 2
    assert "Discord refused the token." in bot.log.read_text()
    assert "a.wrong.token" not in bot.log.read_text()

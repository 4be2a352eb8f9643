"""A real bot process answers on Telegram, over real HTTP: whatever is asked, by polling and by webhook, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
import pytest_asyncio
from PIL import Image

from tests.core.photo.test_decode import HEIC
from tests.platforms.bot_process import ROOT, STARTS_WITHIN, BotProcess
from tests.platforms.telegram_bot import Mode, telegram_bot
from tests.platforms.telegram_server import TelegramServer, telegram_server
from tests.platforms.telegram_world import ADA, BEN, FORUM, PRIVATE, TOKEN

pytestmark = [pytest.mark.wire, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PHOTO = (ROOT / "samples" / "photos" / "addition.jpg").read_bytes()
ADDITION = "I read: 47 + 38 =\nAnswer: 85\n✓ Checked"
ORIENTATION = 0x0112


def lying(photo: bytes) -> bytes:
    """The photo as a telephone on its side stores it: turned, with a note that says so."""
    with Image.open(BytesIO(photo)) as image:
        turned = image.rotate(90, expand=True)
        exif = turned.getexif()
        exif[ORIENTATION] = 6
        buffer = BytesIO()
        turned.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["polling", "webhook"])
async def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(
    server: TelegramServer, mode: Mode, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    async with telegram_bot(server, tmp_path_factory.mktemp("bot"), mode) as bot:
        yield bot


async def test_a_photo_comes_back_as_a_card_in_reply(server: TelegramServer) -> None:
    answer = await server.answer_to(await server.post(PRIVATE, photo=PHOTO), STARTS_WITHIN)

    assert answer.method == "sendPhoto" and answer.picture is not None
    assert answer.text.startswith(ADDITION)
    with Image.open(BytesIO(answer.picture)) as card:
        assert card.format == "PNG"
        assert card.width >= 300


async def test_whatever_way_a_photo_is_sent_it_is_read_the_same(server: TelegramServer) -> None:
    group = server.world.group()
    asked = {
        "as a file": await server.post(PRIVATE, document=("IMG_0001.JPG", "application/octet-stream", PHOTO)),
        "lying": await server.post(PRIVATE, document=("IMG_0002.jpg", "image/jpeg", lying(PHOTO))),
        "forwarded": await server.post(PRIVATE, photo=PHOTO, forwarded=True),
        "with words": await server.post(PRIVATE, photo=PHOTO, text="what is this?"),
        "with a command": await server.post(group, photo=PHOTO, text="/solve"),
        "by name": await server.post(group, BEN, photo=PHOTO, text="@chalkline_test_bot please"),
    }

    for way, message in asked.items():
        answer = await server.answer_to(message, STARTS_WITHIN)
        assert answer.text.startswith(ADDITION), way
        assert answer.buzzed == (answer.chat_id == PRIVATE["id"]), way


async def test_a_heic_file_is_opened(server: TelegramServer) -> None:
    message = await server.post(PRIVATE, document=("IMG_0003.HEIC", "application/octet-stream", HEIC))

    assert (await server.answer_to(message, STARTS_WITHIN)).picture is not None


async def test_an_album_is_answered_once_with_everything_on_it(server: TelegramServer) -> None:
    group = server.world.group()
    names = ("addition", "fractions", "equation", "root")
    photos = [(ROOT / "samples" / "photos" / f"{name}.jpg").read_bytes() for name in names]

    messages = await server.post_album(group, photos, caption="/solve")

    answer = await server.answer_to(messages[0], STARTS_WITHIN)
    for line in (
        "1. I read: 47 + 38 =",
        "Answer: 85",
        "Answer: 5/6",
        "Answer: x = 4",
        "4. I read: √49 + 2³",
        "Answer: 15",
    ):
        assert line in answer.text
    assert list(server.world.replies_to(messages)) == [answer]


async def test_typed_maths_is_answered_with_a_card(server: TelegramServer) -> None:
    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 2x + 3 = 11"), STARTS_WITHIN)

    assert answer.method == "sendPhoto"
    assert "Answer: x = 4" in answer.text and "✓ Checked" in answer.text


async def test_a_command_in_reply_answers_what_somebody_else_posted(server: TelegramServer) -> None:
    group = server.world.group()
    photo = await server.post(group, BEN, photo=PHOTO)
    text = await server.post(group, BEN, text="2x + 3 = 11")

    of_photo = await server.answer_to(await server.post(group, text="/solve", reply_to=photo), STARTS_WITHIN)
    of_text = await server.answer_to(await server.post(group, text="/solve", reply_to=text), STARTS_WITHIN)

    assert of_photo.text.startswith(ADDITION)
    assert "Answer: x = 4" in of_text.text
    assert not list(server.world.replies_to([photo, text]))


async def test_a_photo_in_reply_to_the_bot_is_a_request_and_stays_in_its_topic(server: TelegramServer) -> None:
    first = await server.answer_to(await server.post(FORUM, text="/solve 1 + 1", thread=7), STARTS_WITHIN)

    again = await server.answer_to(
        await server.post(FORUM, photo=PHOTO, reply_to=first.number, thread=7), STARTS_WITHIN
    )

    assert (first.thread, again.thread) == (7, 7)
    assert again.text.startswith(ADDITION)


async def test_in_a_group_the_bot_speaks_only_when_spoken_to(server: TelegramServer) -> None:
    group = server.world.group()
    overheard = [
        await server.post(group, photo=PHOTO),
        await server.post(group, text="2x + 3 = 11"),
        await server.post(group, text="/solve@other_bot 1 + 1"),
        await server.post(group, text="/roll"),
    ]
    asked = await server.post(group, text="/solve 2 + 2")

    answer = await server.answer_to(asked, STARTS_WITHIN)

    assert "Answer: 4" in answer.text
    assert not list(server.world.replies_to(overheard))


async def test_an_edited_message_changes_its_answer_in_place(server: TelegramServer) -> None:
    group = server.world.group()
    message = await server.post(group, text="/solve 2x = 6")
    answer = await server.answer_to(message, STARTS_WITHIN)
    assert "Answer: x = 3" in answer.text

    await server.edit(group, message, "/solve 2x = 8")
    await server.until(lambda: answer.edits > 0, STARTS_WITHIN)
    assert "Answer: x = 4" in answer.text

    await server.edit(group, message, "/solve  2x = 8")
    await server.answer_to(await server.post(group, text="/solve 1 + 3"), STARTS_WITHIN)
    assert answer.edits == 1
    assert list(server.world.replies_to([message])) == [answer]


async def test_a_command_put_under_a_photo_later_is_heard_and_another_caption_changes_nothing(
    server: TelegramServer,
) -> None:
    group = server.world.group()
    photo = await server.post(group, photo=PHOTO)
    await server.edit(group, photo, "/solve")
    answer = await server.answer_to(photo, STARTS_WITHIN)
    assert answer.text.startswith(ADDITION)

    await server.edit(group, photo, "/solve please")
    await server.answer_to(await server.post(group, text="/solve 1 + 4"), STARTS_WITHIN)
    assert list(server.world.replies_to([photo])) == [answer] and answer.edits == 0


async def test_an_edit_mends_what_could_not_be_answered(server: TelegramServer) -> None:
    message = await server.post(PRIVATE, text="/solve ((")
    refusal = await server.answer_to(message, STARTS_WITHIN)
    assert refusal.picture is None or "Answer" not in refusal.text

    await server.edit(PRIVATE, message, "/solve (5 + 2)")
    await server.until(lambda: "Answer: 7" in refusal.text, STARTS_WITHIN)

    assert list(server.world.replies_to([message])) == [refusal]


async def test_maths_typed_inline_is_answered_and_of_fast_typing_only_the_last(server: TelegramServer) -> None:
    early = [await server.type_inline(text) for text in ("2", "2x", "2x +")]
    last = await server.type_inline("2x + 3 = 11")
    await server.until(lambda: last in server.inline, STARTS_WITHIN)

    (result,) = server.inline[last]["results"]
    assert result["type"] == "article"
    assert "Answer: <b>x = 4</b>" in result["input_message_content"]["message_text"]
    assert server.inline[last]["is_personal"]
    assert not set(early) & set(server.inline)

    nothing = await server.type_inline("hello there")
    await server.until(lambda: nothing in server.inline, STARTS_WITHIN)
    assert server.inline[nothing]["results"] == []
    assert server.inline[nothing]["button"]["start_parameter"] == "inline"


async def test_each_kind_of_chat_gets_its_list_of_commands(server: TelegramServer) -> None:
    lists = {scope: [c["command"] for c in commands] for (scope, code), commands in server.commands.items() if not code}

    assert lists == {
        "all_private_chats": ["solve", "help", "settings", "privacy", "forget"],
        "all_group_chats": ["solve", "help"],
        "all_chat_administrators": ["solve", "help", "settings"],
    }


@pytest.mark.parametrize(
    ("command", "said"),
    [("/start", "Hello!"), ("/help", "• Send a photo"), ("/privacy", "• Photos are read in memory")],
)
async def test_it_says_what_it_does(server: TelegramServer, command: str, said: str) -> None:
    assert (await server.answer_to(await server.post(PRIVATE, text=command), STARTS_WITHIN)).text.startswith(said)


async def test_a_file_that_is_no_picture_is_refused_kindly(server: TelegramServer) -> None:
    message = await server.post(PRIVATE, document=("notes.png", "image/png", b"these are notes"))

    assert (await server.answer_to(message, STARTS_WITHIN)).text.startswith("I cannot open this file.")


async def test_a_file_over_the_limit_is_refused_before_it_is_downloaded(server: TelegramServer) -> None:
    downloads = len(server.downloaded)
    message = await server.post(PRIVATE, document=("scan.tiff", "image/tiff", b"II*"), size=21 * 1024 * 1024)

    assert "too large" in (await server.answer_to(message, STARTS_WITHIN)).text
    assert len(server.downloaded) == downloads


async def test_in_a_group_eyes_stand_on_a_message_while_it_takes_long(server: TelegramServer) -> None:
    group = server.world.group()
    server.slow["download"] = 1.5
    message = await server.post(group, photo=PHOTO, text="/solve")
    await server.answer_to(message, STARTS_WITHIN)
    await server.until(lambda: (message, []) in server.reactions, STARTS_WITHIN)

    assert [emoji for number, emoji in server.reactions if number == message] == [["👀"], []]
    assert "upload_photo" in server.actions
    server.slow.clear()


async def test_an_update_that_comes_twice_is_answered_once(server: TelegramServer) -> None:
    server.brings_twice = True
    twice = await server.post(PRIVATE, text="/solve 5 + 5")
    server.brings_twice = False
    await server.answer_to(await server.post(PRIVATE, text="/solve 5 + 6"), STARTS_WITHIN)

    assert len(list(server.world.replies_to([twice]))) == 1


async def test_updates_that_make_no_sense_are_left_aside(server: TelegramServer) -> None:
    for nonsense in ({"message": "hello"}, {"message": {"chat": 3}}, {"news": {}}, {"callback_query": []}):
        await server.tell_raw({"update_id": next(server.world.numbers), **nonsense})

    answer = await server.answer_to(await server.post(PRIVATE, text="/solve 6 + 6"), STARTS_WITHIN)

    assert "Answer: 12" in answer.text


async def test_told_to_stop_the_bot_finishes_its_work_and_leaves_nothing_private_in_the_log(
    server: TelegramServer, bot: BotProcess
) -> None:
    assert server.refused == []
    downloads = len(server.downloaded)
    message = await server.post(PRIVATE, photo=PHOTO)
    await server.until(lambda: len(server.downloaded) > downloads, STARTS_WITHIN)
    bot.tell_to_stop()

    answer = await server.answer_to(message, STARTS_WITHIN)

    assert answer.text.startswith("I read: ")
    assert await bot.exit_code() == 0
    log = bot.log.read_text()
    assert "telegram-stopped" in log
    assert TOKEN not in log and "2x + 3" not in log and str(ADA["first_name"]) not in log
    assert server.refused == []

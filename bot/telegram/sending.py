"""How a reply becomes one Telegram message, and how that message changes later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    User,
)
from telegram.constants import ChatType, FileSizeLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

from bot.buttons import Button
from bot.conversation import Conversation
from bot.replies import NamedFile, Prompt, Reply
from bot.telegram.keyboards import keyboard
from bot.telegram.people import PLATFORM
from bot.telegram.prompts import pencil, placeholder
from bot.telegram.wording import words
from core.outcome import Picture

log = structlog.stdlib.get_logger(__name__)

PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
"""Bot API, sendPhoto: width and height together, and their ratio, at most."""

FILE_NAME = "answer.png"

NOT_AS_PHOTO = ("photo_invalid_dimensions", "photo_save_file_invalid", "image_process_failed")
NO_PICTURES_HERE = ("not enough rights to send", "send_photos_forbidden", "send_docs_forbidden", "send_media_forbidden")
NOTHING_NEW = ("message is not modified",)
NOT_TO_BE_EDITED = (
    "there is no text in the message to edit",
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
)
NOT_TO_BE_DELETED = ("message can't be deleted", "message to delete not found", "message_id_invalid")
"""How the Bot API words its refusals, in lower case."""


@dataclass(frozen=True)
class Destination:
    """Where a message goes. `reply_to`: the message that it answers; `thread`: the topic of a forum; `quiet`: nobody's
    telephone rings.
    """

    chat_id: int
    reply_to: int | None = None
    thread: int | None = None
    quiet: bool = False

    def fields(self) -> dict[str, Any]:
        answers = ReplyParameters(self.reply_to, allow_sending_without_reply=True) if self.reply_to else None
        return {
            "chat_id": self.chat_id,
            "reply_parameters": answers,
            "message_thread_id": self.thread,
            "disable_notification": self.quiet,
        }


def in_reply_to(message: Message) -> Destination:
    """Where an answer to this message goes."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Destination(message.chat_id, message.message_id, thread, message.chat.type != ChatType.PRIVATE)


def refused_as(error: BadRequest, *wordings: str) -> bool:
    """Whether the Bot API refused in one of these ways."""
    return any(wording in error.message.lower() for wording in wordings)


@dataclass(frozen=True)
class Sender:
    """Sends and changes messages. Every method raises telegram.error.TelegramError for what it cannot mend."""

    bot: ExtBot[Any]
    conversation: Conversation

    async def send(self, to: Destination, reply: Reply) -> int:
        """Send a reply as one message, and its files after it. Returns the number of the message.

        It is never sent a second time because the first came to no answer: that may have been delivered.
        """
        try:
            message = await self._send(to, reply)
        except ChatMigrated as error:
            await self.moved(to.chat_id, error.new_chat_id)
            to = Destination(error.new_chat_id, quiet=to.quiet)
            message = await self._send(to, reply)
        if reply.key is not None:
            await self.conversation.sent(reply.key, str(message.message_id))
        for file in self._further_files(reply):
            await self.bot.send_document(document=file.data, filename=file.name, **to.fields())
        return message.message_id

    async def edit(self, message_id: int | None, reply: Reply, otherwise: Destination) -> None:
        """Let one of our messages say something else; where it cannot, a new one takes its place, sent `otherwise`."""
        if message_id is not None:
            try:
                await self._edit(otherwise.chat_id, message_id, reply)
            except BadRequest as error:
                if refused_as(error, *NOTHING_NEW):
                    return
                if not refused_as(error, *NOT_TO_BE_EDITED, *NOT_AS_PHOTO, *NO_PICTURES_HERE):
                    raise
            else:
                if reply.key is not None:
                    await self.conversation.sent(reply.key, str(message_id))
                for file in self._further_files(reply):
                    await self.bot.send_document(document=file.data, filename=file.name, **otherwise.fields())
                return
        await self.send(otherwise, reply)
        if message_id is not None:
            await self.delete(otherwise.chat_id, message_id)

    async def show_buttons(self, chat_id: int, message_id: int, rows: Sequence[Sequence[Button]]) -> None:
        """Let one of our messages have these buttons."""
        try:
            await self.bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard(rows))
        except BadRequest as error:
            if not refused_as(error, *NOTHING_NEW):
                raise

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Take one of our messages away. False where Telegram does not let us, as after 48 hours."""
        try:
            return await self.bot.delete_message(chat_id, message_id)
        except BadRequest as error:
            if refused_as(error, *NOT_TO_BE_DELETED):
                return False
            raise

    async def ask(self, to: Destination, prompt: Prompt, person: User) -> None:
        """Ask somebody to type; what they type will reply to this message."""
        say = self.conversation.catalogues.speaking(person.language_code or "en")
        name = f"{person.mention_html()} " if to.quiet else ""  # in a group the input field opens for who is named
        await self.bot.send_message(
            text=f"{pencil(prompt.action, self.bot.bot)} {name}{words(prompt.paragraphs, say, pictured=False)}",
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=ForceReply(selective=to.quiet, input_field_placeholder=placeholder(prompt.current)),
            **to.fields(),
        )

    async def moved(self, old_chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup, with another id: what it had set goes with it."""
        await self.conversation.moved(PLATFORM, str(old_chat_id), str(new_chat_id))
        log.info("chat-moved")

    async def _send(self, to: Destination, reply: Reply) -> Message:
        ways: list[Callable[[Destination, Reply], Awaitable[Message]]] = [self._as_document, self._as_words]
        if reply.picture is None:
            ways = [self._with_file if reply.files else self._as_words]
        elif fits_as_photo(reply.picture):
            ways = [self._as_photo, *ways]
        for way in ways[:-1]:
            try:
                return await way(to, reply)
            except BadRequest as error:
                if not refused_as(error, *NOT_AS_PHOTO, *NO_PICTURES_HERE):
                    raise
                log.warning("picture-refused", error=error.message)
        return await ways[-1](to, reply)

    async def _as_photo(self, to: Destination, reply: Reply) -> Message:
        assert reply.picture is not None
        return await self.bot.send_photo(
            photo=reply.picture.png,
            has_spoiler=reply.spoiler,
            filename=FILE_NAME,
            **self._caption(reply, pictured=True),
            **to.fields(),
        )

    async def _as_document(self, to: Destination, reply: Reply) -> Message:
        assert reply.picture is not None
        return await self.bot.send_document(
            document=reply.picture.png, filename=FILE_NAME, **self._caption(reply, pictured=True), **to.fields()
        )

    async def _with_file(self, to: Destination, reply: Reply) -> Message:
        first = reply.files[0]
        return await self.bot.send_document(
            document=first.data, filename=first.name, **self._caption(reply, pictured=False), **to.fields()
        )

    async def _as_words(self, to: Destination, reply: Reply) -> Message:
        return await self.bot.send_message(text=self._text(reply), **self._common(reply), **to.fields())

    async def _edit(self, chat_id: int, message_id: int, reply: Reply) -> None:
        at: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
        if reply.picture is None:
            await self.bot.edit_message_text(text=self._text(reply), **self._common(reply), **at)
            return
        caption = self._caption(reply, pictured=True)
        markup: InlineKeyboardMarkup | None = caption.pop("reply_markup")
        media = (
            InputMediaPhoto(reply.picture.png, filename=FILE_NAME, has_spoiler=reply.spoiler, **caption)
            if fits_as_photo(reply.picture)
            else InputMediaDocument(reply.picture.png, filename=FILE_NAME, **caption)
        )
        await self.bot.edit_message_media(media=media, reply_markup=markup, **at)

    def _caption(self, reply: Reply, pictured: bool) -> dict[str, Any]:
        say = self.conversation.catalogues.speaking(reply.language)
        text = words(reply.paragraphs, say, pictured=pictured, in_caption=True, hidden=reply.spoiler)
        return {"caption": text or None, **self._common(reply)}

    def _text(self, reply: Reply) -> str:
        say = self.conversation.catalogues.speaking(reply.language)
        return words(reply.paragraphs, say, pictured=False, hidden=reply.spoiler)

    @staticmethod
    def _common(reply: Reply) -> dict[str, Any]:
        return {"parse_mode": ParseMode.HTML, "reply_markup": keyboard(reply.buttons)}

    @staticmethod
    def _further_files(reply: Reply) -> Sequence[NamedFile]:
        """The files that do not carry the words of the reply themselves."""
        return reply.files if reply.picture is not None else reply.files[1:]


def fits_as_photo(picture: Picture) -> bool:
    """Whether Telegram takes this picture as a photo; what it does not take can still go as a file."""
    short, long = sorted((picture.width, picture.height))
    return (
        short + long <= PHOTO_SIDES
        and long <= PHOTO_RATIO * short
        and len(picture.png) <= FileSizeLimit.PHOTOSIZE_UPLOAD
    )

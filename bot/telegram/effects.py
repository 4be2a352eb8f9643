"""What a press or a correction leads to, done on Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import User

from bot.replies import Effect
from bot.telegram.sending import Destination, Sender


@dataclass(frozen=True)
class Effects:
    """Does what the conversation decided."""

    sender: Sender

    async def apply(self, effect: Effect, answer_id: int | None, to: Destination, person: User) -> str | None:
        """Do it to the answer sent as message `answer_id`; further messages go `to`. Returns what is left to be said.

        Raises telegram.error.TelegramError.
        """
        sender = self.sender
        if effect.edit is not None:
            await sender.edit(answer_id, effect.edit, otherwise=to)
        if effect.send is not None:
            await sender.send(to, effect.send)
        if effect.prompt is not None:
            await sender.ask(to, effect.prompt, person)
        if effect.buttons is not None and answer_id is not None:
            await sender.show_buttons(to.chat_id, answer_id, effect.buttons)
        if effect.delete and answer_id is not None and not await sender.delete(to.chat_id, answer_id):
            say = sender.conversation.catalogues.speaking(person.language_code or "en")
            await sender.show_buttons(to.chat_id, answer_id, ())
            return say("not-deleted")
        return effect.notice

"""Somebody who uses Discord: what can be done with a bot there, by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from simcord import interactions
from simcord.backend import serializers
from simcord.backend.models import Interaction, Message
from simcord.enums import InteractionType, OptionType

from tests.platforms.discord_server import DiscordServer

BUTTON, SELECT, TEXT_INPUT = 2, 3, 4
SLASH, MESSAGE_MENU = 1, 3
NamedBytes = tuple[str, bytes]


@dataclass(frozen=True)
class Somebody:
    """A person, by id. Where no channel is named, it is the server's first."""

    server: DiscordServer
    id: int

    @classmethod
    def joins(cls, server: DiscordServer, name: str, moderator: bool = False) -> Somebody:
        """Somebody new in the server."""
        backend = server.backend
        person = cls(server, backend.make_user(name).id)
        backend.add_member(server.guild, person.id)
        if moderator:
            allowed = discord.Permissions(manage_guild=True).value
            role = backend.create_role(server.guild, "Moderators", permissions=allowed)
            backend.add_member_role(server.guild, person.id, role.id)
        return person

    @property
    def direct(self) -> int:
        """The channel with the bot alone."""
        return int(self.server.backend.get_dm_channel(self.id).id)

    # Messages

    def send(
        self,
        content: str = "",
        photos: Sequence[NamedBytes] = (),
        *,
        channel: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write a message; a reply rings."""
        backend, place = self.server.backend, channel or self.server.channel
        attachments = [
            backend.cdn.store_attachment(backend.snowflake(), place, name, data, None) for name, data in photos
        ]
        reference = None
        if reply_to is not None:
            given = {"channel_id": str(reply_to.channel_id), "message_id": str(reply_to.id)}
            reference = backend.normalize_message_reference(place, given)
        message: Message = backend.create_message(place, self.id, content, attachments=attachments, reference=reference)
        return message

    def edit(self, message: Message, content: str) -> None:
        self.server.backend.edit_message(message.channel_id, message.id, {"content": content})

    def delete(self, message: Message) -> None:
        self.server.backend.delete_message(message.channel_id, message.id)

    # Commands

    def slash(
        self,
        name: str,
        *,
        channel: int | None = None,
        size: int | None = None,
        upload_limit: int | None = None,
        **options: str | NamedBytes,
    ) -> Interaction:
        """Run a command. A file is (name, bytes); `size` is what Discord says of it."""
        backend, place = self.server.backend, channel or self.server.channel
        command = backend.find_command(name, None)
        declared = {option["name"]: option for option in command["options"]}
        resolved: dict[str, Any] = {}
        given = []
        for option, value in interactions.check_options(name, command, options).items():
            if declared[option]["type"] == OptionType.ATTACHMENT:
                file_name, data = value
                value = interactions.store_interaction_attachment(backend, place, file_name, data, resolved)
                if size is not None:
                    resolved["attachments"][value]["size"] = size
            given.append({"name": option, "type": declared[option]["type"], "value": value})
        data = {"id": command["id"], "name": name, "type": SLASH, "options": given, "resolved": resolved}
        more: dict[str, Any] = {} if upload_limit is None else {"attachment_size_limit": upload_limit}
        return self._interact(InteractionType.APPLICATION_COMMAND, place, data, **more)

    def menu(self, name: str, message: Message) -> Interaction:
        """Choose an entry from the menu of a message."""
        backend = self.server.backend
        command = backend.find_command(name, None, type=MESSAGE_MENU)
        messages = {str(message.id): dict(serializers.message_payload(backend, message))}
        data = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": str(message.id),
            "resolved": {"messages": messages},
        }
        return self._interact(InteractionType.APPLICATION_COMMAND, message.channel_id, data)

    # Buttons, menus and windows

    def click(self, message: Message, label: str) -> Interaction:
        """Press a button of a message."""
        (button,) = [part for part in components(message.components) if part.get("label") == label]
        return self._press(message, {"custom_id": button["custom_id"], "component_type": BUTTON})

    def choose(self, message: Message, label: str) -> Interaction:
        """Choose from the menu below a message."""
        (menu,) = [part for part in components(message.components) if part["type"] == SELECT]
        (value,) = [option["value"] for option in menu["options"] if option["label"] == label]
        return self._press(message, {"custom_id": menu["custom_id"], "component_type": SELECT, "values": [value]})

    def submit(self, shown: Interaction, typed: str) -> Interaction:
        """Type into a window that opened, and send it."""
        modal = shown.modal
        assert modal is not None and shown.source_message_id is not None
        (field,) = [part for part in components(modal["components"]) if part["type"] == TEXT_INPUT]
        value = {"type": TEXT_INPUT, "custom_id": field["custom_id"], "value": typed, "id": 2}
        data = {
            "custom_id": modal["custom_id"],
            "components": [{"type": 18, "id": 1, "component": value}],
        }
        source = self.server.backend.get_message(shown.channel_id, shown.source_message_id)
        return self._interact(InteractionType.MODAL_SUBMIT, shown.channel_id, data, source)

    def _press(self, message: Message, data: dict[str, Any]) -> Interaction:
        return self._interact(InteractionType.MESSAGE_COMPONENT, message.channel_id, data, message)

    def _interact(
        self, kind: InteractionType, channel: int, data: dict[str, Any], source: Message | None = None, **more: Any
    ) -> Interaction:
        backend = self.server.backend
        record, payload = interactions.base_payload(
            backend,
            type=kind,
            channel_id=channel,
            guild_id=backend.get_channel(channel).guild_id,
            user_id=self.id,
            data=data,
        )
        if source is not None:
            record.source_message_id = source.id
            payload["message"] = dict(serializers.message_payload(backend, source))
        backend.emit("INTERACTION_CREATE", payload | more)
        return record


def components(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every button, menu and field in rows or a window."""
    for row in rows:
        inner = [*row.get("components", ()), *([row["component"]] if "component" in row else [])]
        if inner:
            yield from components(inner)
        else:
            yield dict(row)


def labels(message: Message) -> list[str]:
    """What the buttons below a message say, and the options of its menu."""
    found: list[str] = []
    for part in components(message.components):
        found += [option["label"] for option in part["options"]] if part["type"] == SELECT else [part["label"]]
    return found

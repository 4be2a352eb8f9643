"""How Telegram reads a message in its HTML style: the text that shows, and the entities in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

STYLES = {"b": "bold", "code": "code", "tg-spoiler": "spoiler", "a": "text_link"}
LETTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PERSON = "tg://user?id="


class BadHtml(Exception):
    """Telegram would answer that it cannot parse entities."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self.open: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in STYLES or (tag == "a") != (len(attrs) == 1 and attrs[0][0] == "href"):
            raise BadHtml(f"Unsupported start tag {tag}")
        if self.open and "code" in (tag, self.open[-1][0]):
            raise BadHtml("code can be part of nothing and contain nothing")
        entity: dict[str, Any] = {"type": STYLES[tag], "offset": units(self.text)}
        address = attrs[0][1] or "" if attrs else ""
        if address.startswith(PERSON):
            who = {"id": int(address.removeprefix(PERSON)), "is_bot": False, "first_name": "Somebody"}
            entity |= {"type": "text_mention", "user": who}
        elif address:
            entity["url"] = address
        self.open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise BadHtml(f"Unmatched end tag {tag}")
        entity = self.open.pop()[1]
        entity["length"] = units(self.text) - entity["offset"]
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:
            raise BadHtml(f"not escaped: {data}")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        if name not in LETTERS:
            raise BadHtml(f"no entity {name}")
        self.text += LETTERS[name]

    def handle_charref(self, name: str) -> None:
        self.text += chr(int(name[1:], 16) if name[:1] in "xX" else int(name))

    def handle_comment(self, data: str) -> None:
        raise BadHtml("a comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(written: str) -> tuple[str, list[dict[str, Any]]]:
    """The text and its entities, with offsets in UTF-16 units. Raises BadHtml."""
    reader = _Reader()
    reader.feed(written)
    reader.close()
    if reader.open:
        raise BadHtml("an end tag is missing")
    return reader.text, sorted(reader.entities, key=lambda entity: entity["offset"])


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

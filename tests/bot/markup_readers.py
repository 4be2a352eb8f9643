"""How the platforms read what we write: strict models of their parsers, each character back with its style.

Telegram: Bot API, "HTML style". Discord: the rules of its clients' Markdown, after the published simple-markdown rules
they are built from; whatever they would take for a link, an emoji, a mention, a quote, a heading or a list is refused.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

Styled = list[tuple[str, str]]
"""Each character with its style: plain, bold or code."""

TAGS = {"b": "bold", "code": "code"}


class _TelegramReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.styled: Styled = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS and not attrs and not self.open
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert "<" not in data and "&" not in data
        style = TAGS[self.open[-1]] if self.open else "plain"
        self.styled += [(letter, style) for letter in data]

    def handle_entityref(self, name: str) -> None:
        letter = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]
        self.styled.append((letter, TAGS[self.open[-1]] if self.open else "plain"))

    def handle_charref(self, name: str) -> None:
        raise AssertionError(f"not written by us: &#{name};")

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment would be lost")

    handle_decl = handle_pi = unknown_decl = handle_comment


def read_telegram(written: str) -> Styled:
    reader = _TelegramReader()
    reader.feed(written)
    reader.close()
    assert not reader.open
    return reader.styled


ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
CODE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
BOLD = re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")
REFUSED = [
    re.compile(pattern)
    for pattern in (
        r"https?://[^\s<]+[^<.,:;\"')\]\s]", r"<[^: >]+:/[^ >]+>", r"\[[^\]]*\]\([^)]*\)", r"<@[!&]?\d+>", r"<#\d+>",
        r"<t:-?\d+(:[tTdDfFR])?>", r"<a?:\w+:\d+>", r":[^\s:]+:", r"@everyone|@here", r"__[\s\S]+?__(?!_)",
        r"_[^_]+_(?!_)", r"\*[^\s*][\s\S]*?\*(?!\*)", r"~~[\s\S]+?~~(?!_)", r"\|\|[\s\S]+?\|\|", r"¯\\_\(ツ\)_/¯",
    )
]  # fmt: skip
LINE_START = re.compile(r" *(>|#{1,3} |-# |[-*+] |\d+[.)] )")


def read_discord(written: str) -> Styled:
    styled: Styled = []
    for number, line in enumerate(written.split("\n")):
        assert not LINE_START.match(line), f"a heading, list or quote: {line}"
        styled += ([("\n", "plain")] if number else []) + _inline(line, "plain")
    return styled


def _inline(line: str, style: str) -> Styled:
    styled: Styled = []
    at = 0
    while at < len(line):
        if match := ESCAPE.match(line, at):
            styled.append((match[1], style))
        elif match := CODE.match(line, at):
            styled += [(letter, "code") for letter in match[2]]
        elif match := BOLD.match(line, at):
            assert style == "plain"
            styled += _inline(match[1], "bold")
        else:
            for refused in REFUSED:
                assert not refused.match(line, at), f"{refused.pattern} in {line[at:]}"
            styled.append((line[at], style))
            at += 1
            continue
        at = match.end()
    return styled

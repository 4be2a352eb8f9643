"""Whatever somebody wrote, each platform shows exactly its characters, in the style that was meant."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.markup import (
    DISCORD_MESSAGE,
    LINE_LENGTH,
    TELEGRAM_CAPTION,
    Paragraph,
    Span,
    Writer,
    clipped,
    discord_markdown,
    fitted,
    plain,
    shown,
    span,
    telegram_html,
    units,
)
from tests.bot.markup_readers import Styled, read_discord, read_telegram

TROUBLE = st.sampled_from(
    ["*", "**", "_", "__", "~~", "|", "||", "`", "``", "\\", "<", ">", "&", "&lt;", "<b>", "[a](b)", "https://a.b/c_d",
     "@everyone", "<@123>", ":smile:", "# ", "- ", "1. ", "> ", "-# ", "¯\\_(ツ)_/¯", "x^2", " ", "√", "𝑥", "</code>"]
)  # fmt: skip
TEXTS = st.lists(TROUBLE | st.text(max_size=4), max_size=8).map("".join)
SPANS = st.builds(span, TEXTS, st.sampled_from(["plain", "bold", "code"]))
PARAGRAPHS = st.lists(st.lists(SPANS, max_size=4).map(tuple), max_size=4)


def meant(paragraphs: list[Paragraph]) -> Styled:
    lines = [[(letter, piece.style) for piece in paragraph for letter in piece.text] for paragraph in paragraphs]
    return [pair for n, line in enumerate(lines) for pair in ([("\n", "plain")] if n else []) + line]


@given(PARAGRAPHS)
def test_telegram_shows_every_character_in_its_style(paragraphs: list[Paragraph]) -> None:
    assert read_telegram(telegram_html(paragraphs)) == meant(paragraphs)


@given(PARAGRAPHS)
@example([(span("1"), span(". a", "bold"))])
@example([(span("2*3*4", "bold"), span("*", "bold"))])
@example([(span("a`b", "code"), span("`", "code"))])
@example([(span("\\", "bold"),)])
def test_discord_shows_every_character(paragraphs: list[Paragraph]) -> None:
    shown_there = read_discord(discord_markdown(paragraphs))

    assert "".join(letter for letter, _ in shown_there) == plain(paragraphs)


@pytest.mark.parametrize("start", ["# ", "### ", "-# ", "- ", "* ", "+ ", "1. ", "12) ", "> ", ">>> ", "  - "])
def test_discord_makes_nothing_of_how_a_line_begins(start: str) -> None:
    paragraphs = [(span("x"),), (span(f"{start}x"),)]

    assert read_discord(discord_markdown(paragraphs)) == meant(paragraphs)


@given(st.lists(st.sampled_from([span("x² + 1"), span("≈ 2", "bold"), span("\\frac{1}{2}", "code")]), max_size=5))
def test_discord_keeps_bold_and_code(pieces: list[Span]) -> None:
    assert read_discord(discord_markdown([tuple(pieces)])) == meant([tuple(pieces)])


@pytest.mark.parametrize(
    ("text", "kept"),
    [("two\nlines", "two lines"), ("a\u202eb", "ab"), ("a\x00b\x1b", "ab"), ("\u2066x\u2069", "x"), ("∑ 𝑥", "∑ 𝑥")],
)
def test_a_span_holds_no_controls(text: str, kept: str) -> None:
    assert span(text).text == kept


@pytest.mark.parametrize("writer", [TELEGRAM_CAPTION, DISCORD_MESSAGE])
@settings(max_examples=25)
@given(paragraphs=st.lists(st.lists(SPANS, max_size=2).map(lambda spans: tuple(spans) * 20), max_size=10))
def test_a_message_fits_and_says_when_it_was_cut(writer: Writer, paragraphs: list[Paragraph]) -> None:
    ending = (span("… and more"),)
    whole = [clipped(paragraph) for paragraph in paragraphs]

    written = fitted(paragraphs, ending, writer)

    if writer.length(whole) <= writer.longest:
        assert written == writer.write(whole)
    else:
        assert written.endswith("… and more")
        kept = next(n for n in range(len(whole), -1, -1) if writer.write([*whole[:n], ending]) == written)
        assert writer.length([*whole[:kept], ending]) <= writer.longest


@given(st.lists(SPANS, min_size=1, max_size=4).map(tuple), st.integers(2, 12))
def test_a_long_paragraph_keeps_its_beginning(paragraph: Paragraph, longest: int) -> None:
    cut = shown(clipped(paragraph, longest))

    assert units(cut) <= longest
    assert cut == shown(paragraph) or (cut.endswith("…") and shown(paragraph).startswith(cut[:-1]))


def test_escaping_at_most_doubles_a_caption_so_that_every_platform_takes_it() -> None:
    paragraph = clipped((span("*" * LINE_LENGTH),))

    assert len(discord_markdown([paragraph])) <= 2 * units(shown(paragraph))

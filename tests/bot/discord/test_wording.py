"""A reply as a Discord message: alt text, spoilers, and what is too large."""

from __future__ import annotations

from dataclasses import replace

from bot.discord.wording import DESCRIPTION_LENGTH, attached, content, within, without_files
from bot.locale.catalogue import read_catalogues
from bot.markup import span
from bot.replies import NamedFile, Reply
from core.outcome import Picture

SAY = read_catalogues().speaking("en")
REPLY = Reply(((span("Answer: "), span("4", "bold")),), Picture(b"png" * 100, "A card." * 200, 10, 10))


def test_a_picture_carries_its_words_as_alt_text() -> None:
    (card,) = attached(REPLY)
    upload = card.upload()
    assert upload.filename == "answer.png" and not upload.spoiler
    assert upload.description == ("A card." * 200)[:DESCRIPTION_LENGTH]


def test_what_is_hidden_is_hidden_in_words_and_picture() -> None:
    hidden = replace(REPLY, spoiler=True)
    assert content(hidden, SAY) == "||Answer\\: **4**||"
    assert attached(hidden)[0].upload().filename == "SPOILER_answer.png"


def test_hidden_words_fit_and_cannot_be_uncovered_by_what_they_say() -> None:
    long = replace(REPLY, spoiler=True, paragraphs=tuple((span("||x|| " * 50, "code"),) for _ in range(40)))
    said = content(long, SAY)
    assert len(said) <= 2000
    assert "||" not in said[2:-2]


def test_what_went_wrong_is_never_hidden() -> None:
    assert content(Reply(((span("No."),),), spoiler=True), SAY) == "No."


def test_files_that_are_too_large_are_left_out_and_it_is_said_first() -> None:
    files = (NamedFile("answer.txt", b"4"), NamedFile("answer.pdf", b"%" * 5000))
    reply = within(replace(REPLY, files=files), 1000, SAY)
    assert [file.file.name for file in attached(reply)] == ["answer.png", "answer.txt"]
    assert content(reply, SAY).startswith("What belongs to this is larger")
    assert within(REPLY, 1000, SAY) is REPLY


def test_words_alone_say_why() -> None:
    reply = without_files(REPLY, "no-pictures-here", SAY)
    assert attached(reply) == ()
    assert content(reply, SAY).splitlines()[1] == "Answer\\: **4**"

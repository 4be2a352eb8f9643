"""The bot is a guest: it speaks only when it is spoken to, and never more than the chat wants."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.etiquette import Approach, should_answer
from bot.store.values import ChatSettings, When

APPROACHES = st.builds(Approach, *[st.booleans()] * 5)
QUIETEST_FIRST: tuple[When, ...] = ("off", "command", "mention", "every-photo")


@pytest.mark.parametrize(
    ("when", "approach", "answered"),
    [
        ("off", Approach(command=True), False),
        ("command", Approach(command=True), True),
        ("command", Approach(mentioned=True), False),
        ("mention", Approach(mentioned=True), True),
        ("mention", Approach(replies_to_bot=True), True),
        ("mention", Approach(has_photo=True), False),
        ("every-photo", Approach(has_photo=True), True),
        ("every-photo", Approach(), False),
        ("off", Approach(private=True), True),
    ],
)
def test_a_chat_decides_when_the_bot_speaks(when: When, approach: Approach, answered: bool) -> None:
    assert should_answer(approach, ChatSettings(when=when)) is answered


@given(APPROACHES)
def test_each_step_up_only_adds(approach: Approach) -> None:
    answers = [should_answer(approach, ChatSettings(when=when)) for when in QUIETEST_FIRST]
    assert set(QUIETEST_FIRST) == set(get_args(When))
    assert answers == sorted(answers)


@given(APPROACHES, st.sampled_from(QUIETEST_FIRST))
def test_nothing_said_to_nobody_is_answered(approach: Approach, when: When) -> None:
    silent = replace(approach, private=False, command=False, mentioned=False, replies_to_bot=False, has_photo=False)
    assert not should_answer(silent, ChatSettings(when=when))

"""The command as Discord is told of it, and text that shows as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.tree import shown


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("2*3*4 = 24", r"2\*3\*4 = 24"),
        ("a_1 + a_2", r"a\_1 + a\_2"),
        ("|x| < 3", r"\|x\| < 3"),
        ("# 3", r"\# 3"),
        ("x² + 1", "x² + 1"),
    ],
)
def test_maths_is_not_taken_for_markup(text: str, sent: str) -> None:
    assert shown(text) == sent


@given(st.text())
def test_escaped_text_is_at_most_twice_as_long(text: str) -> None:
    assert len(shown(text)) <= 2 * len(text)

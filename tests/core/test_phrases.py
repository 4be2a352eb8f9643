"""What core says in words: one table, and nothing said that is not in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import core
from core.phrases import PHRASES, phrase


def spoken_codes() -> Iterator[tuple[str, frozenset[str]]]:
    """Every `phrase("code", name=...)` in core, as its code and the names of its values."""
    for path in Path(core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    yield str(code.value), frozenset(value.arg for value in node.keywords if value.arg)


def braces(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


@pytest.mark.parametrize(("code", "values"), sorted(set(spoken_codes()), key=str))
def test_what_is_said_is_in_the_table_with_the_values_that_it_asks_for(code: str, values: frozenset[str]) -> None:
    assert braces(PHRASES[code]) == values


def test_whatever_can_be_decided_otherwise_has_its_decision_worded() -> None:
    decided, otherwise = (
        {code.partition(".")[2] for code in PHRASES if code.startswith(group)} for group in ("choice.", "otherwise.")
    )

    assert otherwise <= decided


def test_a_phrase_carries_its_code_its_values_and_plain_english() -> None:
    solved = phrase("note.solved-for", letter="y")

    assert (solved.code, solved.values, solved.text) == ("note.solved-for", (("letter", "y"),), "Solved for y.")


def test_a_value_is_never_taken_for_a_template() -> None:
    assert phrase("note.solved-for", letter="{letters}").text == "Solved for {letters}."


@pytest.mark.parametrize(("code", "values"), [("note.nothing", {}), ("note.solved-for", {})])
def test_an_unknown_code_and_a_missing_value_are_mistakes_of_ours(code: str, values: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        phrase(code, **values)


def test_what_is_not_understood_is_always_said_in_a_phrase() -> None:
    for path in (Path(core.__file__).parent / "notation").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "NotUnderstood":
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), path.name

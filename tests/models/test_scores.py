from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scores import Read, by_symbol_class, confusions, edit_distance, edits, length_range, report, scores

TOKENS = st.lists(st.sampled_from("abc"), max_size=8)


def read(truth: str, seen: str, confidence: float = 0.9) -> Read:
    return Read("made up", tuple(truth.split()), tuple(seen.split()), confidence, 0.01)


READS = [read("x + 1", "x + 1"), read("x + 1", "X + 1", 0.2), read(r"\frac { a } { 2 }", "a - 2")]


@given(TOKENS, TOKENS)
def test_edit_distance_is_a_distance(one: list[str], other: list[str]) -> None:
    distance = edit_distance(one, other)
    assert distance == edit_distance(other, one)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("abc", "abc", 0), ("abc", "axc", 1), ("", "ab", 2), ("ab", "ba", 2)]
)
def test_edit_distance_by_hand(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance


@given(TOKENS, TOKENS)
def test_edits_lead_from_one_to_the_other_by_the_shortest_way(truth: list[str], seen: list[str]) -> None:
    pairs = edits(truth, seen)
    assert [a for a, _ in pairs if a] == truth
    assert [b for _, b in pairs if b] == seen
    assert sum(a != b for a, b in pairs) == edit_distance(truth, seen)


def test_scores_by_hand() -> None:
    found = scores(READS)
    assert (found.n, found.exprate, found.le1, found.le2) == (3, 33.33, 66.67, 66.67)
    assert found.ter == round(100 * (0 + 1 + edit_distance(READS[2].truth, READS[2].read)) / 13, 2)
    assert found.ms_per_image == 10.0


def test_confusions_count_what_was_taken_for_what() -> None:
    assert confusions(READS[:2]) == Counter({("x", "X"): 1})


def test_symbols_are_counted_by_kind() -> None:
    kinds = by_symbol_class(READS[:2])
    assert kinds["digits"] == (2, 2, 2)
    assert kinds["small letters"] == (2, 1, 1)
    assert "fractions and roots" not in kinds


@pytest.mark.parametrize(("length", "expected"), [(1, "1 to 5"), (6, "6 to 10"), (40, "31 to 40"), (41, "41 or more")])
def test_lengths_fall_into_ranges(length: int, expected: str) -> None:
    assert length_range(read("x " * length, "")) == expected


def test_the_report_is_markdown_that_can_be_pasted() -> None:
    text = report(READS, sure=0.8)
    assert "| made up | 3 | 33.3 % | 66.7 % |" in text
    assert "| `x` | `X` | 1 |" in text
    widths = [{line.count(" | ") for line in table.splitlines()} for table in text.split("\n\n")]
    assert all(len(width) == 1 for width in widths)

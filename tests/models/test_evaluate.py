import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluate import edit_distance, pictures

TOKENS = st.lists(st.sampled_from("abc"), max_size=8)


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


def test_pictures_come_from_folders_and_zips_alike(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as package:
        for name in ("b.png", "a.JPG", "notes.txt"):
            (folder / name).write_bytes(name.encode())
            package.writestr(f"inside/{name}", name.encode())
    for source in (folder, tmp_path / "all.zip"):
        assert [(stem, load()) for stem, load in pictures(source)] == [("a", b"a.JPG"), ("b", b"b.png")]

"""`python -m core` as another program drives it: JSON on standard output, exit codes, no traceback."""

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def core(*arguments: str | Path, text: str | None = None) -> tuple[int, str]:
    """Exit code and standard output; a traceback on standard error fails the test."""
    command = [sys.executable, "-m", "core", *map(str, arguments)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def claiming_png(side: int) -> bytes:
    """A PNG of a few bytes whose header claims `side` x `side` pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, Path]:
    blank = np.full((600, 800, 3), 235, np.uint8)
    blank -= np.random.default_rng(0).integers(0, 4, blank.shape, np.uint8)
    jpeg = cv2.imencode(".jpg", blank)[1].tobytes()
    contents = {
        "text.jpg": b"dear teacher, I have no photo",
        "empty.jpg": b"",
        "truncated.jpg": (ROOT / "samples" / "photos" / "addition.jpg").read_bytes()[:20_000],
        "huge.png": claiming_png(20_000),
        "blank.jpg": jpeg,
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in contents}


def test_hostile_files_are_error_objects(hostile: dict[str, Path], tmp_path: Path) -> None:
    code, output = core("answer", "--json", "--out", tmp_path / "cards", *hostile.values())
    assert code == 1
    rows: list[dict[str, Any]] = json.loads(output)
    assert {Path(row["photo"]).name: row["error"]["code"] for row in rows} == {
        "text.jpg": "photo-unknown-format",
        "empty.jpg": "photo-empty",
        "truncated.jpg": "photo-broken",
        "huge.png": "photo-too-large",
        "blank.jpg": "photo-no-writing",
    }
    assert all(row["card"] is None and row["lines"] == [] for row in rows)


def test_answer_writes_a_card(tmp_path: Path) -> None:
    code, output = core("answer", "--json", "--out", tmp_path, ROOT / "samples" / "photos" / "addition.jpg")
    assert code == 0
    (row,) = json.loads(output)
    assert Path(row["card"]).read_bytes().startswith(b"\x89PNG")
    assert row["lines"][0]["solution"]["answer"]["text"] == "85"
    assert "85" in row["alt"]


def test_answer_writes_a_card_that_stays_sharp(tmp_path: Path) -> None:
    photo = ROOT / "samples" / "photos" / "addition.jpg"

    code, output = core("answer", "--json", "--format", "svg", "--out", tmp_path, photo)

    assert code == 0
    assert json.loads(output)[0]["card"] == str(tmp_path / "addition.svg")
    assert (tmp_path / "addition.svg").read_bytes().startswith(b"<svg")


def test_solve_reads_one_problem_a_line_and_a_bad_line_stops_nothing() -> None:
    code, output = core("solve", "--json", text="2+3\n\n\\frac{1}{2}+\\frac{1}{3}\n)(\n2x=8\n")
    assert code == 1
    rows = [json.loads(line) for line in output.splitlines()]
    assert [row["input"] for row in rows] == ["2+3", "", r"\frac{1}{2}+\frac{1}{3}", ")(", "2x=8"]
    assert rows[0]["answer"]["srepr"] == "Integer(5)"
    assert rows[1]["error"]["code"] == "maths-empty"
    assert rows[2]["answer"]["srepr"] == "Rational(5, 6)"
    assert rows[3]["error"]
    assert rows[4]["answer"]["srepr"] == "FiniteSet(Integer(4))"


@pytest.mark.parametrize("arguments", [("read", "no-such-file.jpg"), ("read",), ("sing",)])
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert core(*arguments)[0] == 2

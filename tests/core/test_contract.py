"""The JSON that other programs read: its names and shapes never change."""

import json

from core.contract import outcome_json, page_json, solution_json
from core.outcome import (
    Answer,
    Box,
    Check,
    Fault,
    Form,
    Item,
    Line,
    OtherReading,
    Outcome,
    Page,
    Picture,
    Reading,
    SetAside,
    Solution,
    Step,
)
from core.phrases import phrase

LINE = Line(Box(1, 2, 30, 40), (Reading("1 + 1", 0.87654321), Reading("1 + l", 0.1)), "a)")
PAGE = Page((LINE,), (SetAside(Box(0, 0, 5, 6), "prose"),), 90, 12, 34)
SOLUTION = Solution(
    input="1+1",
    latex="1 + 1",
    kind="arithmetic",
    meaning="Integer(2)",
    choices=(phrase("choice.log"),),
    answer=Answer("2", "2", None, "Integer(2)"),
    forms=(Form(phrase("form.expanded"), "1 0"),),
    check=Check("yes", phrase("route.recomputed")),
    candidates=(Answer("3", "3", "3.0", "Integer(3)"),),
    other_readings=(OtherReading("1 + l", phrase("otherwise.log")),),
    steps=(Step("add", "2", "at once"),),
    ms=7,
)


def test_a_page() -> None:
    assert page_json("photo.jpg", PAGE) == {
        "photo": "photo.jpg",
        "turned": 90,
        "lines": [
            {
                "latex": "1 + 1",
                "confidence": 0.8765,
                "box": [1, 2, 30, 40],
                "label": "a)",
                "alternatives": [{"latex": "1 + l", "confidence": 0.1}],
            }
        ],
        "set_aside": [{"box": [0, 0, 5, 6], "what": "prose"}],
        "ms": {"ink": 12, "read": 34},
        "error": None,
    }


def test_a_photo_that_cannot_be_read_has_the_same_shape() -> None:
    row = page_json("photo.jpg", None, Fault("photo-empty", "The file is empty."))
    assert set(row) == set(page_json("photo.jpg", PAGE))
    assert row["lines"] == []
    assert row["error"] == {"code": "photo-empty", "message": "The file is empty."}


def test_a_solution() -> None:
    assert solution_json(SOLUTION) == {
        "input": "1+1",
        "latex": "1 + 1",
        "kind": "arithmetic",
        "meaning": "Integer(2)",
        "choices": ["log without a base is read as base 10."],
        "answer": {"latex": "2", "text": "2", "decimal": None, "srepr": "Integer(2)"},
        "forms": [{"name": "expanded", "latex": "1 0"}],
        "check": {"verdict": "yes", "route": "recomputed in decimals"},
        "checked": "yes",
        "candidates": [{"latex": "3", "text": "3", "decimal": "3.0", "srepr": "Integer(3)"}],
        "other_readings": [{"latex": "1 + l", "why": "log as the natural logarithm"}],
        "steps": [{"rule": "add", "latex": "2", "note": "at once"}],
        "error": None,
        "ms": 7,
    }


def test_an_outcome_is_a_page_with_solutions_and_a_card() -> None:
    outcome = Outcome((Item(SOLUTION, LINE),), PAGE, Picture(b"png", "one plus one", 2, 1))
    row = outcome_json("photo.jpg", outcome, "out/photo.png")
    assert row["lines"][0]["solution"] == solution_json(SOLUTION)
    assert (row["card"], row["alt"], row["work"]) == ("out/photo.png", "one plus one", None)
    assert json.loads(json.dumps(row)) == row


def test_an_outcome_without_a_page_still_has_every_name() -> None:
    row = outcome_json("photo.jpg", Outcome(error=Fault("photo-broken", "Damaged.")), None)
    assert set(row) == set(page_json("photo.jpg", PAGE)) | {"card", "alt", "work"}
    assert row["card"] is row["alt"] is None

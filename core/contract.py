"""The JSON that other programs read: one pure function for each value. It stays stable; fields are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from core.outcome import Answer, Box, Fault, Line, Outcome, Page, Reading, Solution

Json: TypeAlias = Mapping[str, Any]


def box_json(box: Box) -> list[int]:
    return [box.x, box.y, box.w, box.h]


def fault_json(fault: Fault | None) -> Json | None:
    return {"code": fault.code, "message": fault.message} if fault else None


def reading_json(reading: Reading) -> Json:
    return {"latex": reading.latex, "confidence": round(reading.confidence, 4)}


def line_json(line: Line) -> Json:
    return {
        **reading_json(line.readings[0]),
        "box": box_json(line.box),
        "label": line.label,
        "alternatives": [reading_json(reading) for reading in line.readings[1:]],
    }


def page_json(photo: str, page: Page | None, error: Fault | None = None) -> Json:
    """What `core read` says of one photo; `page` is None where nothing could be read."""
    page = page or Page(())
    return {
        "photo": photo,
        "turned": page.turned,
        "lines": [line_json(line) for line in page.lines],
        "set_aside": [{"box": box_json(part.box), "what": part.what} for part in page.set_aside],
        "ms": {"ink": page.ink_ms, "read": page.read_ms},
        "error": fault_json(error),
    }


def answer_json(answer: Answer | None) -> Json | None:
    if answer is None:
        return None
    return {"latex": answer.latex, "text": answer.text, "decimal": answer.decimal, "srepr": answer.srepr}


def solution_json(solution: Solution) -> Json:
    """What `core solve` says of one problem."""
    return {
        "input": solution.input,
        "latex": solution.latex,
        "kind": solution.kind,
        "meaning": solution.meaning,
        "choices": [choice.text for choice in solution.choices],
        "answer": answer_json(solution.answer),
        "forms": [{"name": form.name.text, "latex": form.latex} for form in solution.forms],
        "check": {
            "verdict": solution.check.verdict,
            "route": solution.check.route.text if solution.check.route else "",
        },
        "checked": solution.check.verdict,
        "candidates": [answer_json(candidate) for candidate in solution.candidates],
        "other_readings": [{"latex": other.latex, "why": other.why.text} for other in solution.other_readings],
        "steps": [{"rule": step.rule, "latex": step.latex, "note": step.note} for step in solution.steps],
        "error": fault_json(solution.error),
        "ms": solution.ms,
    }


def outcome_json(photo: str, outcome: Outcome, card: str | None) -> Json:
    """What `core answer` says of one photo. `card`: where its picture was written."""
    page = page_json(photo, outcome.page, outcome.error)
    solutions = [solution_json(item.solution) for item in outcome.items]
    return {
        **page,
        "lines": [{**line, "solution": solution} for line, solution in zip(page["lines"], solutions, strict=True)],
        "card": card,
        "alt": outcome.picture.alt if outcome.picture else None,
        "work": None,
    }

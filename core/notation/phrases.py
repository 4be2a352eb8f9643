"""Words around typed maths: "derivative of ...", "integrate ... from 0 to 1", "what is 15% of 80", "fatore ...".

A table for each step, tried from the top: other languages are said in English, labels and politeness drop out, and
whole sentences are written as typed maths, the pieces in them in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.notation.phrase_tables import CLOSING, NATIVE, OPENING, SIGNS, TEMPLATES

Match = re.Match[str]
MAX_DEPTH = 4
LONGEST_SENTENCE = 400
_LABEL = re.compile(
    r"^(?:(?:\d{1,2}|[a-hA-H]|i{1,3}|iv|v)\)|\((?:\d{1,2}|[a-hA-H]|i{1,3}|iv|v)\)(?=\s+\w.*[=<>≤≥])"
    r"|(?:Q|Ex|No)\.?\s*\d{1,2}[.:)]|\d{1,2}\.(?=\s))\s*(?=\S)"
)


def rephrased(text: str, depth: int = 0) -> str:
    """Typed maths with its phrases in signs; what holds no phrase stays as it is."""
    for pattern, english in NATIVE:
        text = re.sub(pattern, english, text, flags=re.I)
    before = None
    while before != text:
        before = text
        text = OPENING.sub("", _LABEL.sub("", text, count=1)).strip()
    if not text.endswith("!"):
        text = CLOSING.sub("", text)
    for pattern, sign in SIGNS:
        text = re.sub(pattern, sign, text, flags=re.I)
    return _sentence(text.strip(), depth)


def _sentence(text: str, depth: int) -> str:
    if depth > MAX_DEPTH or len(text) > LONGEST_SENTENCE:
        return text
    for pattern, template in TEMPLATES:
        match = re.fullmatch(pattern, text, flags=re.I | re.S)
        if match:
            return template.format_map(_Parts(match, depth))
    for pattern, write in _WRITTEN:
        match = re.fullmatch(pattern, text, flags=re.I | re.S)
        if match:
            return write(match, depth)
    return text


class _Parts(dict[str, str]):
    """The named pieces of a sentence, each said in signs itself."""

    def __init__(self, match: Match, depth: int) -> None:
        super().__init__({name: rephrased(part, depth + 1) for name, part in match.groupdict(default="").items()})


_LETTER = r"(?P<letter>[a-z])"
_BY = rf"(?:\s+(?:with respect to|wrt|by|in)\s+{_LETTER})?"
_AT = r"(?:,?\s+(?:at|for|when)\s+(?P<at>[a-z]\s*=\s*\S.*?))?"
_ARROW = r"(?:->|→|to|approaches|goes to|tends to)"
_TARGET = r"(?P<target>[+-]?[^\s,]+?)(?P<side>[+-])?"
_BOUNDS = r"(?P<low>\S+)\s+to\s+(?P<high>\S+)"
_ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def _derivative(match: Match, depth: int) -> str:
    body = rephrased(match["body"], depth + 1)
    letter = match["letter"] or _letter(body)
    order = _ORDERS.get((match["order"] or "first").strip().lower(), 1)
    mark = "∂" if match["partial"] else "d"
    power = f"^{order}" if order > 1 else ""
    written = f"{mark}{power}/{mark}{letter}{power} ({body})"
    return f"{written}, {match['at']}" if match["at"] else written


def _integral(match: Match, depth: int) -> str:
    body, letter = rephrased(match["body"], depth + 1), ""
    closing = re.search(r"\bd([a-z])\s*$", body)
    if closing:
        body, letter = body[: closing.start()].strip(), closing[1]
    letter = letter or match["letter"] or _letter(body)
    bounds = f"_({match['low']})^({match['high']})" if match["low"] else ""
    return f"int{bounds} ({body or '1'}) d{letter}"


def _limit(match: Match, depth: int) -> str:
    side = {"+": "^+", "-": "^-"}.get(match["side"] or "", "")
    return f"lim_({match['letter']}->{match['target']}{side}) ({rephrased(match['body'], depth + 1)})"


def _series(match: Match, depth: int) -> str:
    sign = "prod" if match["sign"].lower().startswith("prod") else "sum"
    body = rephrased(match["body"], depth + 1)
    return f"{sign}_({match['letter'] or _index(body)}={match['low']})^({match['high']}) ({body})"


def _taylor(match: Match, depth: int) -> str:
    body = rephrased(match["body"], depth + 1)
    point = (match["point"] or "0").strip()
    place = point if "=" in point else f"{_letter(body)} = {point}"
    return f"#Taylor# {body} #at# {place} #order# {match['order'] or 4}"


def _index(body: str) -> str:
    """The letter that counts: n, k, m, i or j where one of them stands alone, else as for integrals."""
    return next((name for name in "nkmij" if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", body)), "") or _letter(body)


def _letter(body: str) -> str:
    """The letter to differentiate or integrate by: x where it occurs, else the first that stands alone."""
    alone = re.findall(r"(?<![A-Za-z])(?:[a-df-hj-z])(?![A-Za-z(])", body)
    return "x" if not alone or re.search(r"(?<![a-z])x|x(?![a-z])", body) else str(alone[0])


_WRITTEN: tuple[tuple[str, Callable[[Match, int], str]], ...] = (
    (
        r"(?P<partial>partial )?(?P<order>first |second |third |fourth |fifth )?(?P<also>partial )?"
        rf"(?:derivative of|differentiate|derive)\s+(?P<body>.+?){_BY}{_AT}",
        _derivative,
    ),
    (
        rf"(?:(?:definite |indefinite )?integral of|integrate|antiderivative of)\s+(?P<body>.+?){_BY}"
        rf"(?:,?\s+(?:from|between)\s+(?:[a-z]\s*=\s*)?(?P<low>\S+)\s+(?:to|and)\s+(?P<high>\S+))?",
        _integral,
    ),
    (
        rf"(?:(?:definite )?integral|integrate)\s+from\s+{_BOUNDS}\s+(?:of\s+)?(?P<body>.+?){_BY}",
        _integral,
    ),
    (rf"(?:limit|lim)(?:\s+of)?\s+(?P<body>.+?)\s+(?:as|when)\s+{_LETTER}\s*{_ARROW}\s*{_TARGET}", _limit),
    (
        rf"(?:limit|lim)\s+(?:as\s+)?{_LETTER}\s*{_ARROW}\s*(?P<target>-?[^\s+-]+)(?P<side>[+-])?\s+(?:of\s+)?(?P<body>.+)",
        _limit,
    ),
    (rf"(?P<sign>sum|product)\s+(?:of\s+)?(?P<body>.+?),?\s+(?:from|for)\s+(?:{_LETTER}\s*=\s*)?{_BOUNDS}", _series),
    (rf"(?P<sign>sum|product)\s+(?:of\s+)?(?P<body>.+?),\s*{_LETTER}\s*=\s*{_BOUNDS}", _series),
    (rf"(?P<sign>sum|product)\s+(?:from\s+)?{_LETTER}\s*=\s*{_BOUNDS}\s+(?:of\s+)?(?P<body>.+)", _series),
    (
        r"(?:taylor|maclaurin)(?: series| polynomial| expansion)?(?: (?:of|for))?\s+(?P<body>.+?)"
        r"(?:\s+(?:at|around|about|near)\s+(?P<point>.+?))?"
        r"(?:,?\s+(?:(?:to|up to|of|with)\s+)?(?:order|degree)\s+(?P<order>\d))?",
        _taylor,
    ),
)

"""English around typed maths: "derivative of ...", "integrate ... from 0 to 1", "limit of ... as x -> 0"."""

from __future__ import annotations

import re
from collections.abc import Callable

_OPENING = re.compile(
    r"^(?:please|what is|what's|whats|calculate|compute|evaluate|find|work out|determine|the|value of|can you|hey|hi)\b"
    r"[\s:,]*",
    re.I,
)
_CLOSING = re.compile(r"[\s,]*(?:please|thanks|thank you)?\s*[?.!]?$", re.I)
_ARROW = r"(?:->|→|to|approaches|goes to|tends to)"

_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bsquare root of\b", "sqrt "),
    (r"\bcube root of\b", "cbrt "),
    (r"\bto the power(?: of)?\b", "^"),
    (r"\bsquared\b", "^2"),
    (r"\bcubed\b", "^3"),
    (r"\bdivided by\b", "÷"),
    (r"\bmultiplied by\b", "×"),
    (r"\btimes\b", "×"),
    (r"\bplus\b", "+"),
    (r"\bminus\b", "-"),
    (r"\bequals\b", "="),
    (r"\bpercent\b", "%"),
    (r"\bfactorial\b", "!"),
)


def rephrased(text: str) -> str:
    """Typed maths with its phrases in signs; what holds no phrase stays as it is."""
    before = None
    while before != text:
        before = text
        text = _OPENING.sub("", text).strip()
    if not text.endswith("!"):
        text = _CLOSING.sub("", text)
    for pattern, sign in _WORDS:
        text = re.sub(pattern, sign, text, flags=re.I)
    for pattern, write in _PHRASES:
        match = re.fullmatch(pattern, text.strip(), flags=re.I | re.S)
        if match:
            return write(match)
    return text


def _derivative(match: re.Match[str]) -> str:
    body = match["body"]
    letter = match["letter"] or _letter(body)
    order = 2 if match["second"] else 1
    return f"d/d{letter} ({body})" if order == 1 else f"d^2/d{letter}^2 ({body})"


def _integral(match: re.Match[str]) -> str:
    body, letter = match["body"].strip(), ""
    closing = re.search(r"\bd([a-z])\s*$", body)
    if closing:
        body, letter = body[: closing.start()].strip(), closing[1]
    letter = letter or match["letter"] or _letter(body)
    bounds = f"_({match['low']})^({match['high']})" if match["low"] else ""
    return f"int{bounds} ({body or '1'}) d{letter}"


def _limit(match: re.Match[str]) -> str:
    side = {"+": "^+", "-": "^-"}.get(match["side"] or "", "")
    return f"lim_({match['letter']}->{match['target']}{side}) ({match['body']})"


def _series(match: re.Match[str]) -> str:
    return f"{match['sign'].lower()}_({match['letter']}={match['low']})^({match['high']}) ({match['body']})"


def _letter(body: str) -> str:
    """The letter to differentiate or integrate by: x where it occurs, else the first that stands alone."""
    alone = re.findall(r"(?<![A-Za-z])(?:[a-df-hj-z])(?![A-Za-z(])", body)
    return "x" if not alone or re.search(r"(?<![a-z])x|x(?![a-z])", body) else str(alone[0])


def _unknown_named(match: re.Match[str]) -> str:
    return f"solve {match['body']} for {match['letter']}"


_PHRASES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(?P<body>.+?)[,;]?\s+(?:and )?solve for (?P<letter>[A-Za-z])", _unknown_named),
    (r"solve for (?P<letter>[A-Za-z])\b[:,]?\s*(?:in|if|when)?\s+(?P<body>.+)", _unknown_named),
    (
        r"(?P<second>second )?(?:derivative of|differentiate|derive)\s+(?P<body>.+?)"
        r"(?:\s+(?:with respect to|wrt|by)\s+(?P<letter>[a-z]))?",
        _derivative,
    ),
    (
        r"(?:(?:definite |indefinite )?integral of|integrate|antiderivative of)\s+(?P<body>.+?)"
        r"(?:\s+(?:with respect to|wrt)\s+(?P<letter>[a-z]))?(?:\s+from\s+(?P<low>\S+)\s+to\s+(?P<high>\S+))?",
        _integral,
    ),
    (
        rf"(?:limit|lim)(?:\s+of)?\s+(?P<body>.+?)\s+(?:as|when)\s+(?P<letter>[a-z])\s*{_ARROW}\s*(?P<target>[^\s+]+?)(?P<side>[+-])?",
        _limit,
    ),
    (
        rf"(?:limit|lim)\s+(?:as\s+)?(?P<letter>[a-z])\s*{_ARROW}\s*(?P<target>-?[^\s+-]+)(?P<side>[+-])?\s+(?:of\s+)?(?P<body>.+)",
        _limit,
    ),
    (
        r"(?P<sign>sum|product)\s+(?:of\s+)?(?P<body>.+?)\s+(?:from|for)\s+(?P<letter>[a-z])\s*=\s*(?P<low>\S+)\s+to\s+(?P<high>\S+)",
        _series,
    ),
    (
        r"(?P<sign>sum|product)\s+(?:from\s+)?(?P<letter>[a-z])\s*=\s*(?P<low>\S+)\s+to\s+(?P<high>\S+)\s+(?:of\s+)?(?P<body>.+)",
        _series,
    ),
)

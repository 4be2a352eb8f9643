"""Words around pasted LaTeX: `V = \\frac{...}{...}, solve for r`, "eigenvalues of \\begin{pmatrix} ...".

Only whole known words at the beginning or the end count; everything else stays as it is.
"""

from __future__ import annotations

import re

from core.notation.phrase_tables import NATIVE, OPENING

_LETTER = r"(?P<letter>[A-Za-z])"
_VERBS = "solve|factor|factorise|factorize|expand|simplify|eigenvalues|eigenvectors|rref|trace|rank"
_COMMAND = re.compile(r"\\[A-Za-z]+|\{[a-z]+matrix\}")
_ALONE = re.compile(r"[a-df-hj-z]")

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        rf"(?:solve\s+)?(?P<a>.+?)\s*[,;.]?\s+(?:and\s+)?(?:solve\s+)?for\s+{_LETTER}",
        r"\text{{solve}} {a} \text{{for}} {letter}",
    ),
    (rf"solve\s+for\s+{_LETTER}\s*[:,]?\s*(?:in\s+)?(?P<a>.+)", r"\text{{solve}} {a} \text{{for}} {letter}"),
    (rf"(?P<verb>{_VERBS})\s*(?:of\s+)?(?:the\s+)?(?:matrix\s+)?(?P<a>\W.*|\S+\s*\W.*)", r"\text{{{verb}}} {a}"),
    (r"det(?:erminant)?\s*(?:of\s+)?(?:the\s+)?(?P<a>\W.*)", r"\det {a}"),
    (r"inverse\s*(?:of\s+)?(?:the\s+)?(?P<a>\W.*)", r"{a} ^ {{ - 1 }}"),
    (r"transpose\s*(?:of\s+)?(?:the\s+)?(?P<a>\W.*)", r"{a} ^ {{ T }}"),
    (r"(?:derivative\s+of|differentiate)\s+(?P<a>.+)", r"\frac {{ d }} {{ d {only} }} \left ( {a} \right )"),
    (r"(?:(?:indefinite\s+)?integral\s+of|integrate)\s+(?P<a>.+)", r"\int \left ( {a} \right ) d {only}"),
)


def latex_in_words(text: str) -> str:
    """LaTeX with the words around it said in LaTeX; what holds none stays as it is."""
    for pattern, english in NATIVE:
        text = re.sub(rf"^{pattern}", english, text, flags=re.I)
    text = OPENING.sub("", text).strip()
    for pattern, written in SENTENCES:
        match = re.fullmatch(pattern, text, flags=re.S)
        if match:
            parts = {name: part.strip() for name, part in match.groupdict().items()}
            return written.format(**parts, only=_only_letter(parts["a"]))
    return text


def _only_letter(latex: str) -> str:
    """The letter to differentiate or integrate by: x where it occurs, else the first."""
    letters = _ALONE.findall(_COMMAND.sub(" ", latex))
    return "x" if "x" in letters or not letters else str(letters[0])

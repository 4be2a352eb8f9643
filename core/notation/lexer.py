"""LaTeX as text -> canonical tokens: one spelling for each thing, spacing dropped.

Canonical spellings are those of `core.notation.tokens`; a letter, a digit or a sign is one token. Words in upright
letters become one token `\\text{...}`, and `\\begin{...}`, `\\end{...}`, `\\left`, `\\right` stay tokens of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import NotUnderstood, TooLong
from core.notation.excerpts import within
from core.outcome import Excerpt
from core.phrases import phrase


@dataclass(frozen=True)
class Token:
    """One canonical token and where it began in the text (for messages)."""

    text: str
    place: int


_FUNCTION_NAMES = """
    sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch arcsinh arccosh
    arctanh log ln lg exp lim max min gcd lcm det mod arg deg ker dim sup inf tr sgn
    """
FUNCTION_NAMES = frozenset(_FUNCTION_NAMES.split())

OTHER_NAMES: dict[str, str] = {
    **{f"a{name}": f"arc{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")},
    **{f"ar{name}": f"arc{name}" for name in ("sinh", "cosh", "tanh")},
    "sign": "sgn", "tg": "tan", "ctg": "cot", "cosec": "csc", "arctg": "arctan", "sen": "sin",
}  # fmt: skip
_DIFFERENTIAL = re.compile("d[xyztuv]")

ALIASES: dict[str, str] = {
    **{f"\\{kind}frac": "\\frac" for kind in "dtc"},
    **{f"\\{kind}binom": "\\binom" for kind in "dt"},
    "\\le": "\\leq", "\\leqslant": "\\leq", "\\ge": "\\geq", "\\geqslant": "\\geq", "\\ne": "\\neq",
    "\\lt": "<", "\\gt": ">", "\\to": "\\rightarrow", "\\longrightarrow": "\\rightarrow",
    "\\implies": "\\Rightarrow", "\\iff": "\\Leftrightarrow", "\\gets": "\\leftarrow",
    "\\dots": "\\ldots", "\\dotsc": "\\ldots", "\\dotsb": "\\cdots", "\\cdotp": "\\cdot",
    "\\ast": "\\times", "*": "\\times", "\\colon": ":", "%": "\\%",
    "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lbrack": "[", "\\rbrack": "]", "\\lparen": "(", "\\rparen": ")",
    "\\vert": "|", "\\mid": "|", "\\|": "\\parallel", "\\Vert": "\\parallel",
    "\\bmod": "\\mod", "\\varepsilon": "\\epsilon", "\\vartheta": "\\theta", "\\varphi": "\\phi", "\\varrho": "\\rho",
    "\\tg": "\\tan", "\\ctg": "\\cot", "\\cosec": "\\csc", "\\arctg": "\\arctan",
    "\\overrightarrow": "\\vec", "\\widehat": "\\hat", "\\widetilde": "\\tilde",
    "\\cr": "\\\\", "\\newline": "\\\\", "\\dag": "\\dagger", "\\sp": "^", "\\sb": "_", "\\degree": "\\circ",
    "\\smallsetminus": "\\setminus", "\\varnothing": "\\emptyset", "\\Longrightarrow": "\\Rightarrow",
    "×": "\\times", "·": "\\cdot", "⋅": "\\cdot", "∙": "\\cdot", "•": "\\cdot", "÷": "\\div",
    "−": "-", "–": "-", "—": "-",
    "≤": "\\leq", "≥": "\\geq", "≠": "\\neq", "≈": "\\approx", "±": "\\pm", "∓": "\\mp", "∞": "\\infty", "π": "\\pi",
    "→": "\\rightarrow", "∈": "\\in", "∪": "\\cup", "∩": "\\cap", "∫": "\\int", "∑": "\\sum", "∏": "\\prod",
    "∂": "\\partial", "√": "\\sqrt", "°": "\\circ", "…": "\\ldots", "′": "'", "’": "'", "θ": "\\theta", "α": "\\alpha",
    "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\epsilon", "λ": "\\lambda", "μ": "\\mu", "σ": "\\sigma",
    "φ": "\\phi", "ω": "\\omega", "Δ": "\\Delta", "ℝ": "R",
    "∆": "\\Delta", "⁄": "/", "∨": "\\lor", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil",
}  # fmt: skip

_DROPPED = r"""
    ~ $ \, \; \: \! \> \quad \qquad \thinspace \displaystyle \textstyle \scriptstyle \limits \nolimits \big \Big \bigg
    \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \middle \mathstrut \nonumber \hline \rm \bf \it \mathbf \mathit \mathbb
    \mathcal \mathsf \mathfrak \boldsymbol \bm \underline \boxed \underbrace \cancel \mathrel \mathop \mathbin
    \mathord \( \) \[ \] \
"""
DROPPED = frozenset(_DROPPED.split()) | {"\\ "}

WORD_COMMANDS = (
    "\\text",
    "\\unit",
    "\\mathrm",
    "\\operatorname",
    "\\textrm",
    "\\mbox",
    "\\textbf",
    "\\textit",
    "\\mathop",
)
NEGATED = {"=": "\\neq", "\\in": "\\notin", "<": "\\geq", ">": "\\leq"}

_PIECE = re.compile(
    r"""
    \\begin\s*\{\s*(?P<begin>\w+)\s*\*?\s*\} | \\end\s*\{\s*(?P<end>\w+)\s*\*?\s*\}
    | (?P<words>\\(?:text|unit|mathrm|operatorname|textrm|mbox|textbf|textit)\b\*?)\s*\{(?P<content>[^{}]*)\}
    | (?P<gap>\\[hv]space\s*\{[^{}]*\})
    | (?P<command>\\[A-Za-z]+|\\.) | (?P<space>\s+) | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_WORD = re.compile(r"[^\W\d_]([^\W\d_]|[ /.,:'])*[^\W\d_.]|[ ]+[^\W\d_]([^\W\d_]|[ /.,:'])*")
_NOT_IN_WORDS = re.compile(r"[\\{}$^_&%#]")


def lex(text: str, max_tokens: int) -> tuple[Token, ...]:
    """Canonical tokens of `text`. Raises TooLong above `max_tokens`."""
    tokens: list[Token] = []
    for piece in _PIECE.finditer(text):
        tokens.extend(_canonical(piece))
        if len(tokens) > max_tokens:
            raise TooLong
    return tuple(_joined_negations(tokens))


def _canonical(piece: re.Match[str]) -> list[Token]:
    place = piece.start()
    if piece["begin"]:
        return [Token(f"\\begin{{{piece['begin']}}}", place)]
    if piece["end"]:
        return [Token(f"\\end{{{piece['end']}}}", place)]
    if piece["words"]:
        return _words(piece["words"].rstrip("*"), piece["content"], place)
    if piece["space"] or piece["gap"]:
        return []
    token = piece["command"] or piece["sign"]
    token = ALIASES.get(token, token)
    if token in DROPPED or token in WORD_COMMANDS:
        return []
    return [Token(token, place)]


def _words(command: str, content: str, place: int) -> list[Token]:
    """Upright letters: a function's name, one upright letter (`\\mathrm{d}`), a word or a unit, or else plain maths."""
    pieces = content.split()
    spaced = "~" in content or all(len(piece) == 1 for piece in pieces)
    word = "".join(pieces).replace("~", " ") if spaced else " ".join(content.split())
    if command == "\\unit":
        return [Token(f"\\text{{{word}}}", place)] if word else []
    word = OTHER_NAMES.get(word, word)
    if _DIFFERENTIAL.fullmatch(word):
        return [Token(letter, place) for letter in word]
    if word in FUNCTION_NAMES:
        return [Token("\\" + word, place)]
    if len(word) == 1 and word.isalpha():
        return [Token(word, place)]
    if command in ("\\mathrm", "\\operatorname") and not _PLAIN_WORD.fullmatch(word):
        return [token for piece in _PIECE.finditer(content) for token in _canonical(piece)]
    word = _NOT_IN_WORDS.sub("", word)
    return [Token(f"\\text{{{word}}}", place)] if word.strip() else []


def _joined_negations(tokens: list[Token]) -> list[Token]:
    """`\\not =` is one sign."""
    joined: list[Token] = []
    for token in tokens:
        if joined and joined[-1].text == "\\not":
            joined[-1] = Token(NEGATED.get(token.text, token.text), joined[-1].place)
        else:
            joined.append(token)
    return joined


def matching_braces(tokens: tuple[Token, ...]) -> dict[int, int]:
    """For each `{` and each `\\begin{...}` the index of its partner. Raises NotUnderstood where one has none."""
    partners: dict[int, int] = {}
    open_ones: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "{" or token.text.startswith("\\begin{"):
            open_ones.append(index)
        elif token.text == "}" or token.text.startswith("\\end{"):
            if not open_ones or (tokens[open_ones[-1]].text == "{") != (token.text == "}"):
                raise NotUnderstood(phrase("reason.not-opened", sign=token.text), _place(tokens, index))
            partners[open_ones.pop()] = index
    if open_ones:
        last = open_ones[-1]
        raise NotUnderstood(phrase("reason.not-closed", sign=tokens[last].text), _place(tokens, last))
    return partners


def _place(tokens: tuple[Token, ...], index: int) -> Excerpt:
    before = " ".join(token.text for token in tokens[:index])
    text = " ".join(token.text for token in tokens)
    return within(text, len(before) + bool(before), len(tokens[index].text))

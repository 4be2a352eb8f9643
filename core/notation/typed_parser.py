"""Typed maths -> LaTeX text, every group braced: `x^10` reaches over both digits, `(x+1)/(x-1)` becomes a fraction.

A quotient followed by another factor without a sign, `1/2x`, keeps its stroke, for it can be read in two ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import NotUnderstood, TooLong
from core.limits import MathLimits
from core.notation.lexer import ALIASES
from core.notation.typed_words import (
    BIG_SIGNS,
    BRACKETS,
    CHOOSING,
    CONSTANTS,
    FRACTION_SIGNS,
    FUNCTIONS,
    GREEK_WORDS,
    LOWERED_SIGNS,
    OPERATOR_WORDS,
    OPERATORS,
    RAISED_SIGNS,
    ROOTS,
    VERBS,
)  # fmt: skip

_TOKEN = re.compile(
    r"""
    \s*(?:
      (?P<leibniz>(?<![A-Za-z])d(?:\^?(?P<n>\d))?(?P<of>[a-z])?\s*/\s*d(?P<by>[a-z])(?:\^?(?P=n))?(?![A-Za-z0-9]))
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<word>[A-Za-z]+)
    | (?P<operator>\+/-|\.\.\.|<=|>=|!=|=>|->|==|\*\*|\+-)
    | (?P<sign>\S)
    )
    """,
    re.VERBOSE,
)
_NAMES = sorted([*FUNCTIONS, *ROOTS, "pi"], key=len, reverse=True)
_LONGEST_UNKNOWN_WORD = 3
OPENING = {"(": ")", "[": "]", "{": "}"}
END = ""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def to_latex(text: str, limits: MathLimits) -> str:
    """LaTeX of typed maths. Raises NotUnderstood for unknown words and lone brackets, TooLong above the limits."""
    tokens = _lex(_without_unicode(text))
    if len(tokens) > limits.max_tokens:
        raise TooLong
    writer = _Writer(tokens, limits.max_depth)
    written = writer.row(END)
    if not writer.ended():
        raise NotUnderstood(f"There is a “{writer.text()}” without its beginning.")
    return written


def _without_unicode(text: str) -> str:
    for alphabet, mark in ((RAISED_SIGNS, "^"), (LOWERED_SIGNS, "_")):
        run = re.compile("[" + "".join(map(re.escape, alphabet)) + "]+")
        text = run.sub(lambda m, a=alphabet, k=mark: f"{k}({''.join(a[c] for c in m[0])})", text)  # type: ignore[misc]
    for sign, written in FRACTION_SIGNS.items():
        text = text.replace(sign, f" {written} ")
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    return text.replace("√", " sqrt ").replace("∛", " cbrt ")


def _lex(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text.rstrip()):
        if match["leibniz"]:
            kind = "factor" if match["of"] else "big"
            tokens.append(_Token(kind, _leibniz(match["n"], match["of"], match["by"])))
        elif match["number"]:
            tokens.append(_Token("number", match["number"]))
        elif match["word"]:
            tokens.extend(_words(match["word"]))
        else:
            sign = match["operator"] or match["sign"]
            tokens.append(_Token("sign", "^" if sign == "**" else sign))
    return tokens


def _leibniz(order: str | None, body: str | None, by: str) -> str:
    power = f" ^ {{ {order} }}" if order else ""
    return f"\\frac {{ d{power} {body or ''} }} {{ d {by}{power} }}"


def _words(word: str) -> list[_Token]:
    """A whole known word, or known names and single letters side by side: `xsin`, `pix`, `dx`."""
    whole = {**CONSTANTS, **GREEK_WORDS}
    if word in VERBS:
        return [_Token("sign", f"\\text{{{word}}}")]
    for kind, names in (("root", ROOTS), ("bracket", BRACKETS)):
        if word in names:
            return [_Token(kind, word)]
    for kind, table in (("function", FUNCTIONS), ("big", BIG_SIGNS), ("factor", whole)):
        if word in table:
            return [_Token(kind, table[word])]
    if word in CHOOSING:
        return [_Token("choose", word)]
    if word.lower() in OPERATOR_WORDS:
        return [_Token("sign", OPERATOR_WORDS[word.lower()])]
    tokens: list[_Token] = []
    unknown = 0
    while word:
        name = next((name for name in _NAMES if word.startswith(name)), word[0])
        unknown += len(name) == 1
        tokens += _words(name) if len(name) > 1 else [_Token("factor", name)]
        word = word[len(name) :]
    if unknown > _LONGEST_UNKNOWN_WORD:
        raise NotUnderstood(f"The word “{''.join(t.text for t in tokens)}” is not known.")
    return tokens


class _Writer:
    """Writes tokens as LaTeX; `at` is the next one."""

    def __init__(self, tokens: list[_Token], max_depth: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._max_depth = max_depth

    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def text(self) -> str:
        return END if self.ended() else self._tokens[self._at].text

    def _kind(self) -> str:
        return "" if self.ended() else self._tokens[self._at].kind

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].text

    def row(self, closer: str) -> str:
        """Everything up to `closer`, which stays."""
        self._depth += 1
        if self._depth > self._max_depth:
            raise TooLong
        pieces: list[str] = []
        operand_before = False
        while not self.ended() and not (self.text() == closer and (closer != "|" or operand_before)):
            if self._starts_factor() and not (self.text() == "|" and operand_before):
                pieces.append(self._run())
                operand_before = True
            elif self.text() in OPENING.values():
                break
            else:
                sign = self._take()
                pieces.append(OPERATORS.get(sign, ALIASES.get(sign, sign)))
                operand_before = sign in ("!", "%", "'", "°")
        self._depth -= 1
        return " ".join(pieces)

    def _starts_factor(self) -> bool:
        return self._kind() not in ("", "sign") or self.text() in OPENING or self.text() == "|"

    def _run(self) -> str:
        """Factors side by side, with the quotients between them; a big sign reaches over what follows it."""
        if self._kind() == "big":
            sign = self._factor()
            return f"{sign} {self._run()}" if self._starts_factor() and self.text() != "|" else sign
        factors = [self._factor()]
        numbers = [self._is_number(factors[0])]
        while True:
            if self.text() == "/":
                self._take()
                below = self._signed_factor()
                if self._another_factor() or any(factor in FUNCTIONS.values() for factor in factors):
                    factors = [*factors, "/", below]
                elif len(factors) == 2 and all(numbers):
                    factors = [factors[0], f"\\frac {{ {factors[1]} }} {{ {_bare(below)} }}"]
                else:
                    above = _bare(factors[0]) if len(factors) == 1 else " ".join(factors)
                    factors = [f"\\frac {{ {above} }} {{ {_bare(below)} }}"]
                numbers = [False] * len(factors)
            elif self._kind() == "choose":
                self._take()
                factors[-1] = f"\\binom {{ {_bare(factors[-1])} }} {{ {_bare(self._factor())} }}"
            elif self._starts_factor() and self.text() != "|":
                factors.append(self._factor())
                numbers.append(self._is_number(factors[-1]))
                if numbers[-2:] == [True, True] and self.text() != "/":
                    raise NotUnderstood("Two numbers stand side by side with nothing between them.")
            else:
                return " ".join(factors)

    def _another_factor(self) -> bool:
        """Whether a factor follows that is not the dx which closes an integral."""
        differential = self.text() == "d" and [t.kind for t in self._tokens[self._at + 1 : self._at + 2]] == ["factor"]
        return self._starts_factor() and self.text() != "|" and not differential

    @staticmethod
    def _is_number(written: str) -> bool:
        return written.replace(" ", "").replace(".", "").isdigit()

    def _signed_factor(self) -> str:
        if self.text() in ("-", "+", "−"):
            sign = ALIASES.get(self._take(), "-")
            return f"{sign} {self._signed_factor()}"
        if not self._starts_factor():
            raise NotUnderstood("Something is missing after a stroke or an exponent.")
        return self._factor()

    def _factor(self) -> str:
        written = self._primary()
        while self.text() in ("^", "_", "'", "′", "’", "!", "%", "°"):
            mark = self._take()
            if mark in ("^", "_"):
                written += f" {mark} {{ {self._script(mark)} }}"
            else:
                written += " " + {"°": "^ { \\circ }", "%": "\\%", "!": "!"}.get(mark, "'")
        return written

    def _script(self, mark: str) -> str:
        """An exponent, with its own exponent, or an index: one sign and one thing."""
        if self.text() in ("+", "-") and (
            self._at + 1 >= len(self._tokens) or self._tokens[self._at + 1].text in (")", "]")
        ):
            return self._take()
        sign = self._take() + " " if self.text() in ("+", "-") else ""
        if not self._starts_factor():
            raise NotUnderstood("Something is missing after an exponent or index sign.")
        written = _bare(self._primary())
        while mark == self.text() == "^":
            self._take()
            written += f" ^ {{ {self._script(mark)} }}"
        return sign + written

    def _primary(self) -> str:
        kind, text = self._kind(), self._take()
        match kind:
            case "number":
                return " ".join(text)
            case "root":
                return f"\\sqrt {ROOTS[text]}{{ {_bare(self._signed_factor())} }}"
            case "bracket":
                left, right = BRACKETS[text]
                return f"\\left {left} {_bare(self._signed_factor())} \\right {right}"
            case "choose":
                parts = _bare(self._signed_factor()).split(" , ")
                return f"\\binom {{ {parts[0]} }} {{ {' '.join(parts[1:])} }}"
            case "function" if text in ("\\log",) and self._kind() == "number" and self._next_is_bracket():
                return f"\\log _ {{ {' '.join(self._take())} }}"
            case "factor" | "function" | "big":
                return text
        return self._bracketed(text)

    def _next_is_bracket(self) -> bool:
        return self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].text == "("

    def _bracketed(self, left: str) -> str:
        closers = {"|": "|", "(": ")", "[": "]", "{": "}"}
        inside = self.row(closers[left])
        if self.ended():
            raise NotUnderstood(f"The “{left}” is never closed.")
        right = self._take()
        if right != closers[left] and {left, right} & {"{", "}", "|"}:
            raise NotUnderstood(f"“{left}” is closed by “{right}”.")
        shown = {"{": "\\{", "}": "\\}"}
        return f"{shown.get(left, left)} {inside} {shown.get(right, right)}"


def _bare(written: str) -> str:
    """Without the one pair of round brackets that holds everything."""
    if not written.startswith("( ") or not written.endswith(" )"):
        return written
    depth = 0
    pieces = written.split(" ")
    for index, piece in enumerate(pieces):
        depth += (piece == "(") - (piece == ")")
        if depth == 0 and index < len(pieces) - 1:
            return written
    return written[2:-2]

"""Typed maths -> LaTeX text, every group braced: `x^10` reaches over both digits, `(x+1)/(x-1)` becomes a fraction.

A quotient followed by another factor without a sign, `1/2x`, keeps its stroke, for it can be read in two ways.
"""

from __future__ import annotations

from core.errors import NotUnderstood, TooLong
from core.limits import MathLimits
from core.notation.choices import Context
from core.notation.excerpts import within
from core.notation.lexer import ALIASES
from core.notation.typed_lexer import TypedToken, lex_typed
from core.notation.typed_words import BRACKETS, FUNCTIONS, INDEXED_ROOT, OPERATORS, ROOTS
from core.outcome import Phrase
from core.phrases import phrase

OPENING = {"(": ")", "[": "]", "{": "}"}
END = ""


def to_latex(text: str, limits: MathLimits, context: Context | None = None) -> str:
    """LaTeX of typed maths; `context` notes the choices met and says which is taken the other way.

    Raises NotUnderstood for unknown words and lone brackets, TooLong above the limits.
    """
    tokens = lex_typed(text)
    if len(tokens) > limits.max_tokens:
        raise TooLong
    writer = _Writer(text, tokens, limits.max_depth, context or Context())
    written = writer.row(END)
    if not writer.ended():
        raise writer.wrong(phrase("reason.not-opened", sign=writer.text()))
    return written


class _Writer:
    """Writes tokens as LaTeX; `at` is the next one."""

    def __init__(self, text: str, tokens: list[TypedToken], max_depth: int, context: Context) -> None:
        self._source = text
        self._tokens = tokens
        self._context = context
        self._at = 0
        self._depth = 0
        self._max_depth = max_depth

    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def text(self) -> str:
        return END if self.ended() else self._tokens[self._at].text

    def wrong(self, said: Phrase, at: int | None = None) -> NotUnderstood:
        """What is wrong at the next token, or at token `at`, with its place."""
        index = self._at if at is None else at
        if index >= len(self._tokens):
            return NotUnderstood(said, within(self._source, len(self._source), 0))
        token = self._tokens[index]
        return NotUnderstood(said, within(self._source, token.place, len(token.text) if token.kind == "sign" else 1))

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
                if self._is_exponent_quotient(factors[-1], below) and not self._context.decides("exponent-quotient"):
                    factors[-1] = f"{factors[-1][: -len('{ 1 }')]}{{ \\frac {{ 1 }} {{ {below} }} }}"
                    continue
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
                    raise self.wrong(phrase("reason.side-by-side"), self._at - 1)
            else:
                return " ".join(factors)

    def _another_factor(self) -> bool:
        """Whether a factor follows that is not the dx which closes an integral."""
        differential = self.text() == "d" and [token.kind for token in self._tokens[self._at + 1 : self._at + 2]] == [
            "factor"
        ]
        return self._starts_factor() and self.text() != "|" and not differential

    def _is_exponent_quotient(self, above: str, below: str) -> bool:
        """`x^1/2`: nobody writes a first power, so the fraction may be the exponent."""
        return above.endswith("^ { 1 }") and self._is_number(below)

    @staticmethod
    def _is_number(written: str) -> bool:
        return written.replace(" ", "").replace(".", "").isdigit()

    def _signed_factor(self) -> str:
        if self.text() in ("-", "+", "−"):
            sign = ALIASES.get(self._take(), "-")
            return f"{sign} {self._signed_factor()}"
        if not self._starts_factor():
            raise self.wrong(phrase("reason.operand"))
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
            raise self.wrong(phrase("reason.after-script"))
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
            case "root" if text == INDEXED_ROOT:
                index, *radicand = _bare(self._signed_factor()).split(" , ")
                return f"\\sqrt [ {index} ] {{ {' , '.join(radicand)} }}" if radicand else f"\\sqrt {{ {index} }}"
            case "root":
                return f"\\sqrt {ROOTS[text]}{{ {self._radicand()} }}"
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

    def _radicand(self) -> str:
        """What a root without brackets covers: `sqrt 2x` can be read in two ways."""
        bracketed = self.text() in OPENING
        written = _bare(self._signed_factor())
        if bracketed or not self._another_factor() or self._kind() != "factor":
            return written
        if self._context.decides("root-reach"):
            return written
        while self._another_factor() and self._kind() == "factor":
            written += " " + self._factor()
        return written

    def _next_is_bracket(self) -> bool:
        return self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].text == "("

    def _bracketed(self, left: str) -> str:
        opened = self._at - 1
        closers = {"|": "|", "(": ")", "[": "]", "{": "}"}
        inside = self.row(closers[left])
        if self.ended():
            raise self.wrong(phrase("reason.not-closed", sign=left), opened)
        right = self._take()
        if right != closers[left] and {left, right} & {"{", "}", "|"}:
            raise self.wrong(phrase("reason.wrong-partner", left=left, right=right), self._at - 1)
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

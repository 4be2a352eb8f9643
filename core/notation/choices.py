"""Where the same writing can mean several things: what is decided, and the other reading that is offered.

A reading is made with at most one choice decided the other way; the choices met on the way are noted in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Choice:
    """`decided`: the sentence for the reading that is answered. `otherwise`: why there is another one."""

    decided: str
    otherwise: str


CHOICES: dict[str, Choice] = {
    "log": Choice("log without a base is read as base 10.", "log as the natural logarithm"),
    "division": Choice(
        "Division and multiplication are worked from left to right.", "what is written together is multiplied first"
    ),
    "exponent": Choice(
        "The exponent is only the digit that is raised; the next digit is a factor.",
        "both digits belong to the exponent",
    ),
    "mixed": Choice("A whole number before a fraction is read as a mixed number.", "the number times the fraction"),
    "decimal-comma": Choice("The comma is read as a decimal comma.", "the comma separates two things"),
    "raised-dot": Choice("The raised dot is read as times.", "the dot as a decimal point"),
    "thousands": Choice("The comma is read as separating thousands.", "the comma as a decimal comma"),
    "call": Choice("The letter before the bracket is read as a function.", "the letter times the bracket"),
    "inverse": Choice("The exponent −1 on a function is read as its inverse.", "one over the function"),
    "power-of-value": Choice(
        "An exponent after a function's bracket raises the function's value.",
        "the exponent raises what is in the bracket",
    ),
    "combinations": Choice(
        "C (or P) with two indices is read as a number of combinations (or permutations).",
        "an indexed letter to a power",
    ),
    "scope-series": Choice(
        "The sum sign covers only the first term after it.", "the sum sign covers everything after it"
    ),
    "scope-derivative": Choice(
        "d/dx acts only on the first term after it.", "d/dx acts on everything after it"
    ),
    "scope-limit": Choice("The limit covers everything after it.", "the limit covers only the first term after it"),
}  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What a reader knows while it reads: the choice taken the other way, the letters that may be functions, those of
    them that must be, and bound letters.

    `met` grows while reading and is shared by every context made from this one.
    """

    otherwise: str = ""
    functions: frozenset[str] = frozenset()
    certain: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    met: list[str] = field(default_factory=list)

    def decides(self, choice: str) -> bool:
        """Notes that `choice` was met; False where it is to be taken the other way."""
        if choice not in self.met:
            self.met.append(choice)
        return choice != self.otherwise

    def binding(self, name: str) -> Context:
        return replace(self, bound=self.bound | {name})

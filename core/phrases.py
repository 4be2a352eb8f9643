"""Everything that core says to people in words, by code: one table, in English, which catalogues translate.

The part of a code before the point says where the phrase stands: `choice` what was decided where the notation is
ambiguous, `otherwise` what sets another reading apart, `note` what else belongs to an answer, `route` how an answer was
checked, `form` the name of another form of it, `answer` an answer in words, `reason` what exactly is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.outcome import Phrase

PHRASES: Mapping[str, str] = {
    "choice.log": "log without a base is read as base 10.",
    "otherwise.log": "log as the natural logarithm",
    "choice.division": "Division and multiplication are worked from left to right.",
    "otherwise.division": "what is written together is multiplied first",
    "choice.exponent": "The exponent is only the digit that is raised; the next digit is a factor.",
    "otherwise.exponent": "both digits belong to the exponent",
    "choice.mixed": "A whole number before a fraction is read as a mixed number.",
    "otherwise.mixed": "the number times the fraction",
    "choice.decimal-comma": "The comma is read as a decimal comma.",
    "otherwise.decimal-comma": "the comma separates two things",
    "choice.raised-dot": "The raised dot is read as times.",
    "otherwise.raised-dot": "the dot as a decimal point",
    "choice.thousands": "The comma is read as separating thousands.",
    "otherwise.thousands": "the comma as a decimal comma",
    "choice.call": "The letter before the bracket is read as a function.",
    "otherwise.call": "the letter times the bracket",
    "choice.inverse": "The exponent −1 on a function is read as its inverse.",
    "otherwise.inverse": "one over the function",
    "choice.power-of-value": "An exponent after a function's bracket raises the function's value.",
    "otherwise.power-of-value": "the exponent raises what is in the bracket",
    "choice.combinations": "C (or P) with two indices is read as a number of combinations (or permutations).",
    "otherwise.combinations": "an indexed letter to a power",
    "choice.scope-series": "The sum sign covers only the first term after it.",
    "otherwise.scope-series": "the sum sign covers everything after it",
    "choice.scope-derivative": "d/dx acts only on the first term after it.",
    "otherwise.scope-derivative": "d/dx acts on everything after it",
    "choice.scope-limit": "The limit covers everything after it.",
    "otherwise.scope-limit": "the limit covers only the first term after it",
    "note.complex": "There is no real solution, so the complex ones are given.",
    "note.searched": "Found by searching between −{end} and {end}, as decimals.",
    "note.zeros": "The zeros of the function are given.",
    "note.whole-number": "k is any whole number.",
    "note.solved-for": "Solved for {letter}.",
    "note.one-period": "The solutions in one period are given; they repeat every {period}.",
    "note.infinitely-many": "There are infinitely many solutions; {letters} can be any number.",
    "note.sum-diverges": "The sum diverges.",
    "note.integral-diverges": "The integral diverges.",
    "route.put-back": "put back in",
    "route.put-back-equation": "put back into the equation",
    "route.put-back-everywhere": "put back into every equation",
    "route.period-searched": "one period searched for roots",
    "route.put-back-period": "put back in; one period searched for lost roots",
    "route.searched-roots": "searched for roots",
    "route.searched-solutions": "searched for solutions",
    "route.same-sides": "both sides are the same",
    "route.sides-recomputed": "both sides recomputed in decimals",
    "route.recomputed": "recomputed in decimals",
    "route.sampled": "compared at sample points",
    "route.ranks": "ranks compared",
    "route.inside-outside": "tried at points inside and outside",
    "route.signs": "signs tried between neighbouring roots",
    "route.rewritten": "only written in another way",
    "route.differentiated": "differentiated",
    "route.differentiated-numerically": "differentiated numerically",
    "route.integrated-numerically": "integrated numerically",
    "route.ends": "limits at the ends",
    "route.approached": "approached numerically",
    "route.both-approached": "both sides approached numerically",
    "route.both-compared": "both sides compared",
    "route.convergence": "tests of convergence",
    "route.added-up": "added up numerically",
    "route.added-up-sometimes": "added up for some values",
    "form.simplified": "simplified",
    "form.factored": "factored",
    "form.expanded": "expanded",
    "form.cancelled": "cancelled",
    "form.fraction": "fraction",
    "form.mixed": "mixed",
    "form.prime-factors": "prime factors",
    "form.interval": "interval",
    "form.determinant": "determinant",
    "form.inverse": "inverse",
    "form.transposed": "transposed",
    "form.rank": "rank",
    "form.as-differentiated": "as differentiated",
    "form.from-left": "from the left",
    "form.from-right": "from the right",
    "form.another-solution": "another solution",
    "answer.or": "or",
    "answer.true": "true",
    "answer.false": "false",
    "answer.no-solution": "no solution",
    "answer.no-zeros": "no real zeros",
    "answer.always": "true for every number",
    "answer.no-limit": "does not exist",
    "answer.diverges": "diverges",
}


def phrase(code: str, **values: object) -> Phrase:
    """The phrase of this code, with `values` in the place of its braces. Raises KeyError for a code not in the table
    and for a value not given.
    """
    written = {name: str(value) for name, value in values.items()}
    return Phrase(code, PHRASES[code].format(**written), tuple(written.items()))

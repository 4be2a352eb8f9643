"""What stands under a picture: from an Outcome to paragraphs of spans. Pure functions.

Maths is written in unicode, which everybody can read; what does not fit on a line of unicode, such as a matrix, as
LaTeX in the form of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import Formatter

from bot.locale.catalogue import Sentences
from bot.markup import Paragraph, Span, Writer, fitted, span
from core.errors import MathError
from core.limits import MathLimits, PhotoLimits
from core.notation.latex import parse
from core.notation.tree import Accent, Grid, Node, Row
from core.notation.write import to_unicode
from core.outcome import Answer, Check, Fault, Item, Outcome, Reading, Solution
from core.phrases import phrase
from core.render.parsing import as_said
from core.render.words import CardWords, card_words

MEGABYTE = 1024 * 1024
SHOWN = MathLimits(max_tokens=4000, max_depth=80)
"""Wider than what may be asked: an answer can be longer than its question."""


def caption(
    outcome: Outcome, say: Sentences, photo_limits: PhotoLimits, offered: bool = False
) -> tuple[Paragraph, ...]:
    """For each problem what was read, then what was found and how it was checked; or, where the card asks, the
    question. `offered`: whether the readings are offered as buttons.
    """
    if outcome.error is not None and not any(item.solution.latex for item in outcome.items):
        return ((span(explain(outcome.error, say, photo_limits)),),)
    return tuple(
        paragraph
        for label, item in labelled(outcome.items)
        for paragraph in (
            _question(item.asked, label, say, offered) if item.asked else _problem(item, label, say, photo_limits)
        )
    )


def latex_caption(outcome: Outcome, say: Sentences) -> tuple[Paragraph, ...]:
    """The LaTeX of each problem and of its answer, as code, to be copied; with points, as programs want it."""
    found: list[Paragraph] = []
    for label, item in labelled(outcome.items):
        found.append(_read(label, say, span(compact(item.solution.latex) or item.solution.input, "code")))
        if item.solution.answer is not None:
            found.append(sentence(say, "answer", answer=span(compact(item.solution.answer.latex), "code")))
    return tuple(found)


def written(paragraphs: Sequence[Paragraph], say: Sentences, writer: Writer, pictured: bool) -> str:
    """The paragraphs as a platform spells them; where there are too many, a sentence that says where the rest is.

    `pictured`: whether a picture goes along, which shows everything.
    """
    return fitted(paragraphs, (span(say("more-in-picture" if pictured else "cut-off")),), writer)


def explain(fault: Fault, say: Sentences, photo_limits: PhotoLimits) -> str:
    """The sentence for an error; where it is known, what exactly is wrong and the place."""
    said = say(f"error.{fault.code}", megabytes=photo_limits.max_bytes // MEGABYTE)
    reason = "" if fault.reason is None else f" {say.phrase(fault.reason)}"
    return f"{said}{reason} {fault.place}" if fault.place else said + reason


def sentence(say: Sentences, name: str, **values: Span | Sequence[Span] | str) -> Paragraph:
    """The sentence of this name, each value filled in with its own style. Raises KeyError like the catalogue."""
    found: list[Span] = []
    for literal, field, _, _ in Formatter().parse(say.templates[name]):
        found.append(span(literal))
        if field is not None:
            value = values[field]
            found += [span(value)] if isinstance(value, str) else [value] if isinstance(value, Span) else value
    return tuple(piece for piece in found if piece.text)


def labelled(items: Sequence[Item]) -> Iterator[tuple[str | None, Item]]:
    """Each problem with what it is called where there are several: its label on the photo, else its number."""
    for number, item in enumerate(items, start=1):
        own = item.line.label if item.line is not None else None
        yield (own or f"{number}.") if len(items) > 1 else None, item


def maths(latex: str, fallback: str, emphasis: bool = False) -> Span:
    """A formula as it was written, for the eye. `fallback` is what to show where the LaTeX cannot be read."""
    try:
        row = parse(latex, SHOWN)
    except MathError:
        return span(fallback)
    return _on_a_line(row, emphasis) or span(compact(latex), "code")


def answer_maths(answer: Answer, words: CardWords, emphasis: bool = False) -> Span:
    """An answer for the eye, its "or" and its decimals as `words` write them."""
    try:
        row = parse(answer.latex, SHOWN)
    except MathError:
        return span(words.decimals(answer.text))
    return _on_a_line(as_said(row, words), emphasis) or span(words.decimals(compact(answer.latex)), "code")


def _on_a_line(row: Row, emphasis: bool) -> Span | None:
    return span(to_unicode(row), "bold" if emphasis else "plain") if fits_a_line(row) else None


def fits_a_line(node: Node) -> bool:
    """Whether one line of unicode says the same: nothing stands in rows and columns, no mark over several letters."""
    if isinstance(node, Grid):
        return False
    if isinstance(node, Accent) and len(node.body.items) > 1:
        return False
    return all(fits_a_line(part) for part in _parts(node))


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Row):
        yield from node.items
        return
    for name in node.__dataclass_fields__:
        value = getattr(node, name)
        if not isinstance(value, str | None):
            yield value


def compact(latex: str) -> str:
    """LaTeX as people write it: without the spaces between its tokens, but for those that it needs and round signs."""
    written = ""
    for token in latex.split(" "):
        needed = written[-1:].isalpha() and ENDS_IN_COMMAND.search(written) and token[:1].isalpha()
        written += f" {token} " if token in SPACED else f" {token}" if needed else token
    return " ".join(written.split())


ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+$")
SPACED = frozenset({"=", "<", ">", "\\leq", "\\geq", "\\neq", "\\approx", "\\times", "\\cdot", "\\\\", "&", "\\lor"})


def _problem(item: Item, label: str | None, say: Sentences, photo_limits: PhotoLimits) -> Iterator[Paragraph]:
    solution = item.solution
    yield _read(label, say, _reading(solution))
    if item.unsure:
        yield sentence(say, "unsure")
    yield from ((span(say.phrase(choice)),) for choice in solution.choices)
    if solution.error is not None:
        yield (span(explain(solution.error, say, photo_limits)),)
    elif solution.check.verdict == "no":
        found = [answer_maths(candidate, card_words(say.templates)) for candidate in solution.candidates]
        yield sentence(say, "disagreement", candidates=_either(found, say))
    elif solution.answer is not None:
        words = card_words(say.templates)
        answer = answer_maths(solution.answer, words, emphasis=True)
        if solution.answer.decimal is None:
            yield sentence(say, "answer", answer=answer)
        else:
            yield sentence(say, "answer-decimal", answer=answer, decimal=words.decimals(solution.answer.decimal))
        yield _checked(solution.check, say)


def _question(readings: Sequence[Reading], label: str | None, say: Sentences, offered: bool) -> Iterator[Paragraph]:
    """Which of the readings is right, and how to say so. Only a single problem can be corrected by a reply."""
    either = _either([maths(reading.latex, reading.latex) for reading in readings], say)
    if label is None:
        yield sentence(say, "question", readings=either)
        yield sentence(say, "question-tap" if offered else "question-type")
    else:
        yield sentence(say, "question-numbered", label=label, readings=either)
        if offered:
            yield sentence(say, "question-choose", readings=say("button.readings"), edit=say("button.edit"))


def _read(label: str | None, say: Sentences, reading: Span) -> Paragraph:
    if label is None:
        return sentence(say, "reading", reading=reading)
    return sentence(say, "reading-numbered", label=label, reading=reading)


def _reading(solution: Solution) -> Span:
    return maths(solution.latex, solution.input) if solution.latex else span(solution.input)


def _either(formulas: Sequence[Span], say: Sentences) -> list[Span]:
    joint = span(f" {say.phrase(phrase('answer.or'))} ")
    return [piece for formula in formulas for piece in (joint, formula)][1:]


def _checked(check: Check, say: Sentences) -> Paragraph:
    if check.verdict != "yes" or check.route is None:
        return sentence(say, "unchecked")
    return sentence(say, "checked", route=say.phrase(check.route))

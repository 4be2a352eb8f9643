"""The words that stand for a plot: what it is of, and what a glance would find on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.render.alt import LONGEST, spoken
from core.render.parsing import tree
from core.render.plots.ticks import number, place
from core.render.plots.words import ENGLISH, PlotWords
from core.render.words import CardWords
from core.solver.plots.data import Mark, MarkKind, PlotData, Stretch

MOST_NUMBERS = 6
DECIMAL_COMMA = re.compile("[0-9],[0-9]")


def describe(data: PlotData, card_words: CardWords, words: PlotWords = ENGLISH, longest: int = LONGEST) -> str:
    """`Graph of y equals x squared minus 4: crosses the x axis at minus 2 and 2; lowest point (0, −4). ...`, at most
    `longest` characters.
    """
    sides = data.kind == "equation" and len(data.curves) > 1
    template = getattr(words, "sides" if sides else data.kind.replace(" ", "_"))
    opening = template.format(formula=spoken(tree(data.latex), card_words))
    found = list(_findings(data, words))
    whole = (f"{opening}: {'; '.join(found)}." if found else f"{opening}.") + _extent(data, words)
    return whole if len(whole) <= longest else whole[: longest - 1] + "…"


def _findings(data: PlotData, words: PlotWords) -> Iterator[str]:
    """What is worth saying, the most important first."""
    if data.kind == "number line":
        yield words.both.join(_stretch(data, stretch, words) for stretch in data.stretches)
        return
    by_kind = {kind: [mark for mark in data.marks if mark.kind == kind] for kind in KINDS}
    if by_kind["crossing"]:
        template = words.corners if data.kind == "region" else words.crossings
        yield template.format(places=_places(data, by_kind["crossing"], words))
    elif data.coincide:
        alone = len(data.curves) == 1
        yield words.on_axis.format(axis=_letter(data.x_name)) if alone else words.coincide
    elif data.kind == "system" or (data.kind == "equation" and len(data.curves) > 1):
        yield words.no_crossings
    if data.kind == "complex" and by_kind["root"]:
        yield words.members.format(places=_places(data, by_kind["root"], words))
    else:
        yield from _meetings(data, by_kind["root"], by_kind["touch"], by_kind["intercept"], words)
    lows, highs = by_kind["minimum"], by_kind["maximum"]
    if len(lows) + len(highs) == 1:
        yield (words.lowest if lows else words.highest).format(places=_places(data, lows or highs, words))
    elif lows or highs:
        both = sorted([*lows, *highs], key=lambda mark: mark.x)
        yield words.turns.format(places=_places(data, both, words))
    yield from _rest(data, by_kind, words)


KINDS: tuple[MarkKind, ...] = (
    "root", "touch", "crossing", "minimum", "maximum", "intercept", "hole", "limit", "start", "term", "tip",
)  # fmt: skip


def _meetings(
    data: PlotData, roots: list[Mark], touches: list[Mark], intercepts: list[Mark], words: PlotWords
) -> Iterator[str]:
    for template, marks in ((words.roots, roots), (words.touches, touches)):
        if marks:
            yield template.format(axis=_letter(data.x_name), numbers=_at(marks, data, words))
    if data.kind in ("graph", "equation") and len(data.curves) == 1 and not (roots or touches or data.coincide):
        yield words.no_roots.format(axis=_letter(data.x_name))
    if intercepts:
        yield words.roots.format(axis=_letter(data.y_name), numbers=_numbers([m.y for m in intercepts], False, words))


def _rest(data: PlotData, by_kind: dict[MarkKind, list[Mark]], words: PlotWords) -> Iterator[str]:
    if by_kind["hole"]:
        yield words.holes.format(places=_places(data, by_kind["hole"], words))
    upright = [line.at for line in data.asymptotes if line.axis == "x"]
    level = [line.at for line in data.asymptotes if line.axis == "y"]
    if upright:
        yield words.upright.format(axis=_letter(data.x_name), numbers=_numbers(upright, data.x_in_pi, words))
    if level:
        yield words.level.format(numbers=_numbers(level, False, words))
    if by_kind["limit"]:
        yield words.comes_near.format(numbers=_numbers([mark.y for mark in by_kind["limit"]], False, words))
    if by_kind["start"] and data.kind == "field":
        yield words.start.format(places=_places(data, by_kind["start"], words))
    if len(by_kind["start"]) > 1 and data.kind == "area":
        left, right = (number(mark.x, data.x_in_pi) for mark in (by_kind["start"][0], by_kind["start"][-1]))
        yield words.between.format(left=_said(left, words), right=_said(right, words))
    if by_kind["term"]:
        first = [_said(number(mark.y), words) for mark in by_kind["term"][:4]]
        yield words.first_values.format(numbers=_joined(first, words))
    if by_kind["tip"]:
        yield words.tip.format(places=_places(data, by_kind["tip"], words))


def _stretch(data: PlotData, stretch: Stretch, words: PlotWords) -> str:
    if stretch.left is not None and stretch.left == stretch.right:
        return words.point.format(left=_end(data, stretch.left, None, words))
    left = "" if stretch.left is None else _end(data, stretch.left, stretch.left_open, words)
    right = "" if stretch.right is None else _end(data, stretch.right, stretch.right_open, words)
    if not left and not right:
        return words.everything
    if not right:
        return words.above.format(left=left)
    if not left:
        return words.below.format(right=right)
    return words.between.format(left=left, right=right)


def _end(data: PlotData, at: float, is_open: bool | None, words: PlotWords) -> str:
    written = _said(number(at, data.x_in_pi), words)
    if is_open is None:
        return written
    return (words.excluded if is_open else words.included).format(number=written)


def _extent(data: PlotData, words: PlotWords) -> str:
    if data.kind in ("number line", "vectors", "complex"):
        return ""
    left, right = (_said(number(at, data.x_in_pi), words) for at in (data.window.left, data.window.right))
    return f" {words.shown.format(left=left, right=right)}."


def _places(data: PlotData, marks: Sequence[Mark], words: PlotWords) -> str:
    ordered = sorted(marks, key=lambda mark: mark.x)
    return _joined([words.decimals(place(mark.x, mark.y, data.x_in_pi)) for mark in ordered], words)


def _numbers(values: Sequence[float], in_pi: bool, words: PlotWords) -> str:
    return _joined([_said(number(value, in_pi), words) for value in sorted(values)], words)


def _at(marks: Sequence[Mark], data: PlotData, words: PlotWords) -> str:
    return _numbers([mark.x for mark in marks], data.x_in_pi, words)


def _joined(pieces: list[str], words: PlotWords) -> str:
    comma = words.semicolon if any(DECIMAL_COMMA.search(piece) for piece in pieces) else words.comma
    if len(pieces) > MOST_NUMBERS:
        return comma.join([*pieces[:MOST_NUMBERS], "…"])
    return words.both.join([part for part in (comma.join(pieces[:-1]), pieces[-1]) if part])


def _said(written: str, words: PlotWords) -> str:
    """A number as it is read out."""
    marked = words.decimals(written)
    return words.minus.format(number=marked[1:]) if marked.startswith("−") else marked


def _letter(latex: str) -> str:
    return latex.replace("\\", "").replace(" ", "")

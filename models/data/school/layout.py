"""Where a line is written: lays the inks of a hand out after a label, as a pen would.

    written(tokens, bank, chance) -> Expression

takes any label in the recogniser's spelling, so it also writes the labels of other people's expressions anew.
Lengths are in digit heights times `size`, y down, the baseline of each box at 0 and its left edge at 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from models.data.augment import SymbolBank
from models.data.expression import Expression, InkSymbol, Stroke
from models.data.prepare import measured_glyph_height
from models.data.school.boxes import Box, Piece, joined, scaled, stretched
from models.data.school.compose import NAMES
from models.data.school.hand import Glyph, Hand
from models.data.school.metrics import AXIS

DIGIT_HEIGHT = 20.0
"""Layout units that a digit is high."""

OPENING = {"(": ")", "[": "]", r"\{": r"\}", "|": "|"}
CLOSING = frozenset({")", "]", r"\}", "|"})
OPERATORS = frozenset({"+", "-", r"\times", r"\div", r"\cdot", r"\pm", r"\mp", "/", r"\cup", r"\cap", r"\circ"})
RELATIONS = frozenset({
    "=", "<", ">", r"\leq", r"\geq", r"\neq", r"\approx", r"\equiv", r"\sim", r"\propto", r"\ll", r"\gg", r"\in",
    r"\subset", r"\rightarrow", r"\leftarrow", r"\Rightarrow", r"\Leftrightarrow", r"\perp", r"\parallel",
    r"\therefore", r"\because", ":",
})  # fmt: skip
MARKS = frozenset({"}", "_", "^", "&", r"\\", r"\limits", r"\end{matrix}", r"\end{cases}"})
"""Tokens that have no ink and mean something only where the structure calls for them."""
BELOW_AND_ABOVE = frozenset({r"\sum", r"\lim", r"\max", r"\min"})
ACCENTS = {r"\overline": "-", r"\bar": "-", r"\vec": r"\rightarrow"}


@dataclass(frozen=True)
class Item:
    """A box in a row. `kind` decides the space round it."""

    kind: str
    box: Box


def written(tokens: Sequence[str], bank: SymbolBank, chance: Random, key: str = "school") -> Expression:
    """A new handwriting of `tokens`. Raises KeyError for a token without ink, ValueError for one out of place."""
    layout = _Layout(tokens, Hand(bank, chance))
    return _expression(tuple(tokens), layout.whole(), key)


class _Layout:
    """Recursive descent over the tokens of one label; every method leaves `_next` behind what it has laid out."""

    def __init__(self, tokens: Sequence[str], hand: Hand) -> None:
        self._tokens = tokens
        self._next = 0
        self._hand = hand
        self._habits = hand.habits
        self._chance = hand.chance

    def whole(self) -> Box:
        return self._row(frozenset(), 1.0)

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self, expected: str = "") -> str:
        token = self._peek()
        if not token or (expected and token != expected):
            raise ValueError(f"{expected or 'a token'} expected at {self._next}, not {token or 'the end'}")
        self._next += 1
        return token

    def _between(self, least: float, greatest: float) -> float:
        return self._chance.uniform(least, greatest)

    def _row(self, ends: frozenset[str], size: float) -> Box:
        """Everything up to one of `ends`, side by side."""
        items: list[Item] = []
        opened: list[tuple[int, Glyph]] = []
        while self._peek() and self._peek() not in ends:
            token = self._peek()
            if token in CLOSING and opened and OPENING[opened[-1][1].label] == token:
                start, glyph = opened.pop()
                inside = joined(item.box for item in items[start + 1 :])
                items[start] = Item("open", self._bracket(glyph, inside, size))
                box = self._bracket(self._hand.glyph(self._take()), inside, size)
                items.append(Item("close", self._with_scripts(box, "close", size)))
                continue
            if token in OPENING:
                glyph = self._hand.glyph(self._take())
                opened.append((len(items), glyph))
                items.append(Item("close" if token == "|" else "open", scaled(glyph, size)))
                continue
            items.append(self._item(items[-1].kind if items else "", size))
        return self._side_by_side(items, size)

    def _side_by_side(self, items: Sequence[Item], size: float) -> Box:
        placed: list[Box] = []
        right = 0.0
        lift = 0.0
        before = ""
        phase = self._between(0, 2 * math.pi)
        for item in items:
            right += self._gap(before, item.kind) * size * self._between(0.6, 1.45) if before else 0.0
            lift = 0.8 * lift + self._chance.gauss(0, self._habits.shift_jitter * 0.6)
            wave = self._habits.wave * math.sin(right * 0.8 + phase) + self._habits.drift * right
            placed.append(item.box.moved(right, (lift + wave) * size))
            right = placed[-1].width
            before = item.kind
        box = joined(placed)
        return Box(box.pieces, right, box.top, box.bottom)

    def _gap(self, before: str, after: str) -> float:
        habits = self._habits
        if "relation" in (before, after):
            return habits.relation_gap
        if "operator" in (before, after):
            return habits.operator_gap
        if before == "comma":
            return habits.operator_gap
        if before == after == "digit":
            return habits.digit_gap
        if "point" in (before, after) or after == "comma":
            return max(habits.digit_gap, 0.16)
        if before == after == "prime":
            return 0.2
        if before == "sign":
            return habits.letter_gap + 0.03
        if "open" in (before, after) or "close" in (before, after):
            return habits.bracket_gap
        if "name" in (before, after) or "built" in (before, after):
            return habits.letter_gap + 0.12
        return habits.letter_gap

    def _item(self, before: str, size: float) -> Item:
        """The next thing of a row, with its scripts."""
        token = self._peek()
        if token == "{":
            return Item("built", self._with_scripts(self._group(size), "built", size))
        structure = STRUCTURES.get(token)
        if structure:
            return Item("built", self._with_scripts(structure(self, size), "built", size))
        if token in MARKS:
            raise ValueError(f"{token} out of place at {self._next}")
        self._take()
        kind = _kind(token, before, self._peek())
        box = scaled(self._hand.glyph(token), size)
        if token in BELOW_AND_ABOVE and not (token == r"\sum" and self._habits.limits_beside):
            return Item("name", self._with_limits(box, size))
        if self._peek() == r"\limits":
            self._take()
            return Item("name", self._with_limits(box, size))
        return Item(kind, self._with_scripts(box, token, size))

    def _group(self, size: float) -> Box:
        self._take("{")
        box = self._row(frozenset({"}"}), size)
        self._take("}")
        return box

    def _scripts(self, size: float) -> tuple[Box | None, Box | None]:
        """What stands below and above, where there is any."""
        below = above = None
        if self._peek() == "_":
            self._take()
            below = self._group(size)
        if self._peek() == "^":
            self._take()
            above = self._group(size)
        return below, above

    def _with_scripts(self, base: Box, what: str, size: float) -> Box:
        if self._peek() not in ("_", "^"):
            return base
        script_size = max(size * self._habits.script_size * self._between(0.92, 1.08), 0.3)
        below, above = self._scripts(script_size)
        unit = min(size, base.bottom - base.top)
        parts = [base]
        if above:
            gap = self._between(0.06, 0.2) * size
            bottom = base.top + self._habits.script_raise * unit * self._between(0.8, 1.2)
            parts.append(above.moved(base.width + gap, bottom - above.bottom))
        if below:
            gap = self._between(-0.05, 0.1) * size - (0.3 * base.width if what == r"\int" else 0.0)
            top = min(base.bottom, 0.1 * size) if what != r"\int" else base.bottom
            top -= (0.1 + 0.5 * self._habits.script_raise) * unit * self._between(0.7, 1.2)
            parts.append(below.moved(base.width + gap, top - below.top))
        return joined(parts)

    def _with_limits(self, base: Box, size: float) -> Box:
        below, above = self._scripts(max(size * self._habits.limit_size, 0.3))
        widest = max(box.width for box in (base, below, above) if box)
        parts = []
        for box, side in ((base, 0), (below, 1), (above, -1)):
            if box and box.pieces:
                gap = self._between(0.08, 0.25) * size
                down = base.bottom + gap - box.top if side > 0 else base.top - gap - box.bottom if side < 0 else 0.0
                aside = self._chance.gauss(0, 0.05) * size if side else 0.0
                parts.append(box.moved((widest - box.width) / 2 + aside, down))
        box = joined(parts)
        left = min(piece.left for piece in box.pieces)
        return box.moved(-left, 0.0)

    def _bracket(self, glyph: Glyph, inside: Box, size: float) -> Box:
        """A bracket, grown with what it holds."""
        top, bottom = glyph.top * size, glyph.bottom * size
        growth = self._habits.bracket_growth * self._between(0.9, 1.1)
        if inside.pieces:
            tall = inside.bottom - inside.top > 1.9 * size
            growth = max(growth, 0.95) if tall else growth
            top += growth * min(inside.top - 0.08 * size - top, 0.0)
            bottom += growth * max(inside.bottom + 0.08 * size - bottom, 0.0)
        grown = (bottom - top) / ((glyph.bottom - glyph.top) * size)
        return stretched(glyph, top, bottom, glyph.width * size * math.sqrt(grown))

    def _bar(self, width: float, y: float) -> Box:
        ink = self._hand.shape("-")
        flatness = min(ink.height / max(ink.width, 1e-6), 0.12)
        height = min(flatness * width, 0.14)
        return Box((Piece("-", ink, 0.0, y - height / 2, width, height),), width, y - height / 2, y + height / 2)

    def _fraction(self, size: float) -> Box:
        self._take(r"\frac")
        part_size = max(size * self._habits.fraction_size * self._between(0.94, 1.06), 0.34)
        above, below = self._group(part_size), self._group(part_size)
        axis = AXIS * size * self._between(0.8, 1.1)
        wider = max(above.width, below.width)
        bar = self._bar(wider + self._habits.bar_overhang * 2 * part_size * self._between(0.7, 1.3), axis)
        gaps = [self._habits.fraction_gap * part_size * self._between(0.75, 1.4) for _ in range(2)]
        return joined(
            (
                bar,
                above.moved(self._centred(above, bar.width), bar.top - gaps[0] - above.bottom),
                below.moved(self._centred(below, bar.width), bar.bottom + gaps[1] - below.top),
            )
        )

    def _centred(self, box: Box, width: float) -> float:
        room = width - box.width
        return max(0.0, min(room, room / 2 + self._chance.gauss(0, 0.12) * room + self._chance.gauss(0, 0.01)))

    def _binomial(self, size: float) -> Box:
        self._take(r"\binom")
        above, below = self._group(size * 0.8), self._group(size * 0.8)
        wider, gap = max(above.width, below.width), self._between(0.2, 0.4) * size
        inside = joined(
            (
                above.moved((wider - above.width) / 2, AXIS * size - gap / 2 - above.bottom),
                below.moved((wider - below.width) / 2, AXIS * size + gap / 2 - below.top),
            )
        )
        return self._enclosed("(", inside, ")", size)

    def _enclosed(self, left: str, inside: Box, right: str, size: float) -> Box:
        gap = self._habits.bracket_gap * size
        parts = [self._bracket(self._hand.glyph(left), inside, size)]
        parts.append(inside.moved(parts[0].width + gap, 0.0))
        if right:
            parts.append(self._bracket(self._hand.glyph(right), inside, size).moved(parts[1].width + gap, 0.0))
        return joined(parts)

    def _root(self, size: float) -> Box:
        self._take(r"\sqrt")
        degree = None
        if self._peek() == "[":
            self._take()
            degree = self._row(frozenset({"]"}), max(size * self._between(0.42, 0.55), 0.3))
            self._take("]")
        inside = self._group(size)
        top = min(inside.top, -0.75 * size) - self._between(0.1, 0.3) * size
        bottom = max(inside.bottom, -0.05 * size) + self._between(-0.05, 0.12) * size
        hook = self._between(0.32, 0.62) * min(bottom - top, 1.5 * size)
        gap = self._between(0.06, 0.2) * size
        width = hook + gap + inside.width + self._between(0.0, 0.25) * size
        ink = self._hand.radical(hook / width)
        root = Box((Piece(r"\sqrt", ink, 0.0, top, width, bottom - top),), width, top, bottom)
        parts = [root, inside.moved(hook + gap, 0.0)]
        if degree:
            right = hook * self._between(0.35, 0.6)
            foot = bottom - (bottom - top) * 0.5 - self._between(0.05, 0.2) * size
            shift = max(0.0, degree.width - right)
            parts = [part.moved(shift, 0.0) for part in parts]
            parts.append(degree.moved(shift + right - degree.width, foot - degree.bottom))
        return joined(parts)

    def _accented(self, size: float) -> Box:
        accent = self._take()
        base = self._group(size)
        over = base.width + self._between(-0.05, 0.15) * size
        bar = self._bar(over, base.top - self._between(0.1, 0.25) * size)
        if accent == r"\vec":
            arrow = self._hand.glyph(ACCENTS[accent])
            bar = stretched(arrow, base.top - 0.45 * size, base.top - 0.15 * size, over)
        return joined((base.moved(max(0.0, (over - base.width) / 2), 0.0), bar))

    def _upright(self, size: float) -> Box:
        self._take(r"\mathrm")
        return self._group(size)

    def _rows_of_cells(self, end: str, size: float) -> list[list[Box]]:
        rows: list[list[Box]] = [[]]
        while True:
            rows[-1].append(self._row(frozenset({"&", r"\\", end}), size))
            token = self._take()
            if token == r"\\":
                rows.append([])
            elif token == end:
                return rows

    def _table(self, rows: list[list[Box]], size: float, gap: float, to_the_left: bool) -> Box:
        """Cells in columns, the whole centred on the axis."""
        columns = max(len(row) for row in rows)
        widths = [max((row[i].width for row in rows if i < len(row)), default=0.0) for i in range(columns)]
        placed = []
        y = 0.0
        for row in rows:
            top, bottom = min(-0.7 * size, *(c.top for c in row), 0.0), max(0.0, *(c.bottom for c in row), 0.0)
            y -= top
            x = 0.0
            for cell, width in zip(row, widths, strict=False):
                placed.append(cell.moved(x + (0.0 if to_the_left else (width - cell.width) / 2), y))
                x += width + gap
            y += bottom + self._between(0.25, 0.5) * size
        table = joined(placed)
        return table.moved(0.0, AXIS * size - (table.top + table.bottom) / 2)

    def _grid(self, size: float) -> Box:
        self._take(r"\begin{matrix}")
        rows = self._rows_of_cells(r"\end{matrix}", size * 0.9)
        return self._table(rows, size, self._between(0.5, 1.0) * size, to_the_left=False)

    def _cases(self, size: float) -> Box:
        self._take(r"\begin{cases}")
        rows = self._rows_of_cells(r"\end{cases}", size)
        table = self._table(rows, size, self._between(0.5, 0.9) * size, to_the_left=True)
        return self._enclosed(r"\{", table, "", size)


STRUCTURES: dict[str, Callable[[_Layout, float], Box]] = {
    r"\frac": _Layout._fraction,
    r"\sqrt": _Layout._root,
    r"\binom": _Layout._binomial,
    r"\begin{matrix}": _Layout._grid,
    r"\begin{cases}": _Layout._cases,
    r"\mathrm": _Layout._upright,
    **dict.fromkeys(ACCENTS, _Layout._accented),
}


def _kind(token: str, before: str, after: str) -> str:
    if token.isdigit():
        return "digit"
    if token in RELATIONS:
        return "relation"
    if token in OPERATORS and after not in ("}", ""):
        unary = token in ("-", "+", r"\pm") and before in ("", "open", "relation", "operator", "sign", "comma")
        return "sign" if unary else "operator"
    if token in (".", r"\prime"):
        return "point" if token == "." else "prime"
    if token == ",":
        return "point" if before == "digit" and after.isdigit() else "comma"
    return "name" if token in NAMES or token in (r"\int", r"\sum") else "letter"


def _expression(tokens: tuple[str, ...], box: Box, key: str) -> Expression:
    strokes: list[Stroke] = []
    symbols: list[InkSymbol] = []
    unit = DIGIT_HEIGHT
    for piece in box.pieces:
        ink = piece.shape.placed(piece.left * unit, piece.top * unit, piece.width * unit, piece.height * unit)
        symbols.append(InkSymbol(piece.label, tuple(range(len(strokes), len(strokes) + len(ink)))))
        strokes.extend(ink)
    return Expression(key, "", tokens, tuple(strokes), tuple(symbols), measured_glyph_height(tuple(strokes)))

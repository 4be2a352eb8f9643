"""New expressions from real ones: pieces of them, side by side, with other symbols in the places of theirs.

A network that meets the same nine thousand labels again and again learns them by heart instead of learning to read:
lines of more than thirty tokens were read exactly in nine of ten cases where they had been trained on, and in one of
twenty where they were new. Pieces and interchange after Le, Indurkhya and Nakagawa, "Pattern generation strategies for
improving recognition of handwritten mathematical expressions" (2019); here the label changes with the ink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from models.data.augment import SymbolBank
from models.data.expression import Expression, InkSymbol, Stroke, bounds
from models.data.label_rows import Span, rows
from models.data.prepare import measured_glyph_height

DIGITS = tuple("0123456789")
ASCENDERS = ("b", "h", "k", "l", "t", "f", r"\theta", r"\lambda", r"\beta")
CAPITALS = tuple("ABCEFGHILMNPRSTVXY")
LOOKALIKE_SIZES = (
    DIGITS,
    ("a", "c", "e", "m", "n", "o", "r", "s", "u", "v", "w", "x", "z", r"\alpha", r"\pi", r"\sigma"),
    ASCENDERS,
    ("g", "p", "q", "y", "j", r"\mu", r"\gamma", r"\phi"),
    CAPITALS,
    ("+", r"\times", r"\pm", r"\div"),
    ("=", "<", ">", r"\leq", r"\geq", r"\neq", r"\rightarrow"),
    (r"\sin", r"\cos", r"\tan", r"\log"),
)
"""Symbols that are written at the same height and take the same place in a formula."""
CLASS_OF = {symbol: members for members in LOOKALIKE_SIZES for symbol in members}
SIZE_ALONE = tuple("CPSVX")
"""Capitals that only their size tells from small letters."""
BECOMES_CAPITAL = dict.fromkeys(DIGITS, 0.12) | dict.fromkeys(ASCENDERS, 0.3)
"""How often symbols as high as a capital become one: real lines have too few to learn their size from."""
JOINS = (("+", 30), ("-", 25), ("=", 30), (r"\times", 4), ("<", 3), (">", 2), (r"\leq", 2), (r"\rightarrow", 2))
"""What stands between two pieces, and how often."""
WIDTH_OF_JOIN = 0.8
"""Of the glyph height."""
NEVER_FIRST = frozenset(
    ("^", "_", "=", "<", ">", r"\leq", r"\geq", r"\neq", r"\rightarrow", "+", r"\times", r"\div", ",")
)
NEVER_LAST = NEVER_FIRST | {"-", r"\pm"}
ASPECT_TOLERANCE = 1.8
EXAMPLES_TRIED = 4


@dataclass(frozen=True)
class Recomposition:
    """Shares of the expressions that are cut to a piece, joined from pieces, and given other symbols. `longest`: tokens
    of a joined line, at most.
    """

    piece: float = 0.2
    join: float = 0.3
    relabel: float = 0.55
    longest: int = 60


def recomposed(
    expressions: Sequence[Expression], bank: SymbolBank, settings: Recomposition, random: np.random.Generator
) -> Expression:
    """An expression drawn from `expressions`, often made into a new one."""
    expression = _drawn(expressions, random)
    way = random.random()
    if way < settings.piece:
        expression = piece(expression, random)
    elif way < settings.piece + settings.join:
        expression = piece(expression, random) if random.random() < 0.6 else expression
        for _ in range(1 + int(random.random() < 0.4)):
            other = piece(_drawn(expressions, random), random)
            if len(expression.tokens) + len(other.tokens) < settings.longest:
                expression = beside(expression, other, bank, random)
    if random.random() < settings.relabel:
        expression = relabelled(expression, bank, random)
    return expression


def piece(expression: Expression, random: np.random.Generator) -> Expression:
    """Some neighbours in one row of `expression`, brackets closed; the whole where its symbols' tokens are unknown."""
    if not _is_aligned(expression):
        return expression
    candidates = [row for row in rows(expression.tokens) if len(row) > 1 or (row and row[0].length > 3)]
    if not candidates:
        return expression
    lengths = np.array([sum(span.length for span in row) for row in candidates], float)
    row = candidates[int(random.choice(len(candidates), p=lengths / lengths.sum()))]
    for _ in range(8):
        first, last = sorted(random.integers(len(row), size=2))
        cut = Span(row[first].start, row[last].end)
        if cut.length > 1 and _is_whole(expression.tokens[cut.start : cut.end]):
            return _cut(expression, cut)
    return expression


def beside(left: Expression, right: Expression, bank: SymbolBank, random: np.random.Generator) -> Expression:
    """Both expressions on one line with an operator of the bank between; `left` where there is none, or where either
    one's symbols' tokens are unknown.
    """
    axes = _axis(left, -2), _axis(right, 2)
    known = [(name, weight) for name, weight in JOINS if name in bank]
    if axes[0] is None or axes[1] is None or not known:
        return left
    names, weights = zip(*known, strict=True)
    join = str(names[int(random.choice(len(names), p=np.array(weights) / sum(weights)))])
    height = left.glyph_height
    zoom = height / right.glyph_height * float(np.exp(random.normal(0, 0.08)))
    gaps = random.uniform(0.2, 0.7, 2) * height
    sign = _centred(_example(bank[join], random), WIDTH_OF_JOIN * height * float(np.exp(random.normal(0, 0.2))))
    (_, _), (end, _) = bounds(left.strokes)
    sign_at = np.array([end + gaps[0] + np.ptp(np.concatenate(sign)[:, 0]) / 2, axes[0]])
    sign = tuple((stroke + sign_at).astype(np.float32) for stroke in sign)
    start = np.array([bounds(right.strokes)[0][0], axes[1]])
    right_at = np.array([bounds(sign)[1][0] + gaps[1], axes[0] + random.normal(0, 0.06) * height])
    moved = tuple(((stroke - start) * zoom + right_at).astype(np.float32) for stroke in right.strokes)
    strokes_before, tokens_before = len(left.strokes) + len(sign), len(left.tokens) + 1
    symbols = (
        *left.symbols,
        InkSymbol(join, tuple(range(len(left.strokes), strokes_before)), len(left.tokens)),
        *(_shifted(symbol, strokes_before, tokens_before) for symbol in right.symbols),
    )
    return Expression(
        key=f"{left.key}+{right.key}",
        writer=left.writer,
        tokens=(*left.tokens, join, *right.tokens),
        strokes=(*left.strokes, *sign, *moved),
        symbols=symbols,
        glyph_height=height,
    )


def relabelled(expression: Expression, bank: SymbolBank, random: np.random.Generator) -> Expression:
    """Other symbols of the same size in the places of some. A letter that is replaced is replaced everywhere in the
    same way half of the time, as another name for the same unknown; digits always one by one.
    """
    share = random.uniform(0.2, 0.9)
    consistent = random.random() < 0.5
    renamed: dict[str, str] = {}
    tokens, strokes, symbols = list(expression.tokens), list(expression.strokes), []
    for symbol in expression.symbols:
        members = CLASS_OF.get(symbol.label, ())
        known = symbol.token is not None and tokens[symbol.token] == symbol.label
        if not members or not known or random.random() > share:
            symbols.append(symbol)
            continue
        if members is CAPITALS or random.random() < BECOMES_CAPITAL.get(symbol.label, 0.0):
            members = SIZE_ALONE if random.random() < 0.5 else CAPITALS
        label = str(members[int(random.integers(len(members)))])
        if consistent and symbol.label.isalpha():
            label = renamed.setdefault(symbol.label, label)
        written = _in_place_of([expression.strokes[i] for i in symbol.strokes], bank.get(label, ()), random)
        if written is None:
            symbols.append(symbol)
            continue
        assert symbol.token is not None
        tokens[symbol.token] = label
        symbols.append(InkSymbol(label, tuple(range(len(strokes), len(strokes) + len(written))), symbol.token))
        strokes += written
    kept = sorted({i for symbol in symbols for i in symbol.strokes} | _loose(expression))
    index = dict(zip(kept, count(), strict=False))
    return replace(
        expression,
        tokens=tuple(tokens),
        strokes=tuple(strokes[i] for i in kept),
        symbols=tuple(replace(s, strokes=tuple(index[i] for i in s.strokes)) for s in symbols),
    )


def _drawn(expressions: Sequence[Expression], random: np.random.Generator) -> Expression:
    return expressions[int(random.integers(len(expressions)))]


def _is_aligned(expression: Expression) -> bool:
    return bool(expression.symbols) and all(symbol.token is not None for symbol in expression.symbols)


def _loose(expression: Expression) -> set[int]:
    """Strokes that belong to no symbol."""
    return set(range(len(expression.strokes))) - {i for symbol in expression.symbols for i in symbol.strokes}


def _is_whole(tokens: Sequence[str]) -> bool:
    """True where brackets are closed and no operator lacks its side."""
    if tokens[0] in NEVER_FIRST or tokens[-1] in NEVER_LAST:
        return False
    depth = 0
    for token in tokens:
        depth += (token in ("(", "[")) - (token in (")", "]"))
        if depth < 0:
            return False
    return depth == 0


def _cut(expression: Expression, cut: Span) -> Expression:
    inside = [s for s in expression.symbols if s.token is not None and cut.start <= s.token < cut.end]
    kept = sorted({i for symbol in inside for i in symbol.strokes})
    index = dict(zip(kept, count(), strict=False))
    strokes = tuple(expression.strokes[i] for i in kept)
    return replace(
        expression,
        tokens=expression.tokens[cut.start : cut.end],
        strokes=strokes,
        symbols=tuple(
            InkSymbol(s.label, tuple(index[i] for i in s.strokes), (s.token or 0) - cut.start) for s in inside
        ),
        glyph_height=measured_glyph_height(strokes),
    )


def _shifted(symbol: InkSymbol, strokes: int, tokens: int) -> InkSymbol:
    token = symbol.token + tokens if symbol.token is not None else None
    return InkSymbol(symbol.label, tuple(i + strokes for i in symbol.strokes), token)


def _axis(expression: Expression, nearest: int) -> float | None:
    """Height of the line's axis, from the first (or, where negative, last) `nearest` symbols on the main row."""
    starts = {span.start for span in rows(expression.tokens)[0]}
    middles = [
        float(np.mean([corner[1] for corner in bounds(expression.strokes[i] for i in symbol.strokes)]))
        for symbol in expression.symbols
        if symbol.token in starts and symbol.label not in (".", ",", r"\ldots")
    ]
    return float(np.mean(middles[:nearest] if nearest > 0 else middles[nearest:])) if middles else None


def _example(examples: Sequence[tuple[Stroke, ...]], random: np.random.Generator) -> tuple[Stroke, ...]:
    return examples[int(random.integers(len(examples)))]


def _centred(strokes: tuple[Stroke, ...], longest: float) -> tuple[Stroke, ...]:
    """The strokes about (0, 0), their longer side `longest`."""
    low, high = bounds(strokes)
    zoom = longest / max(float((high - low).max()), 1e-3)
    return tuple(((stroke - (low + high) / 2) * zoom).astype(np.float32) for stroke in strokes)


def _in_place_of(
    written: Sequence[Stroke], examples: Sequence[tuple[Stroke, ...]], random: np.random.Generator
) -> list[NDArray[np.float32]] | None:
    """An example in the place of `written`, as high or as wide as it; None where none of about its proportions is
    found soon.
    """
    low, high = bounds(written)
    size = high - low
    longest = max(float(size.max()), 1e-3)
    for _ in range(EXAMPLES_TRIED if examples else 0):
        other = _centred(_example(examples, random), longest)
        other_low, other_high = bounds(other)
        aspects = (size + 0.15 * longest) / (other_high - other_low + 0.15 * longest)
        if max(aspects[0] / aspects[1], aspects[1] / aspects[0]) < ASPECT_TOLERANCE:
            return [(stroke + (low + high) / 2).astype(np.float32) for stroke in other]
    return None

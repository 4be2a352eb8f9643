"""Presentation tree -> Typst maths markup.

Total: every tree has markup that compiles. Nothing a user wrote becomes markup: a token is looked up in the tables of
symbols.py, and whatever is not found there is shown as an escaped string literal. Every symbol stands apart from its
neighbours, so two letters never meet to form a Typst identifier.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.notation.tree import (
    Accent,
    Atom,
    Binomial,
    Fence,
    Fraction,
    Grid,
    Node,
    Number,
    Root,
    Row,
    Script,
    Text,
)
from core.render.connectives import Connective, is_connective
from core.render.doubt import Doubtful
from core.render.symbols import (
    ACCENTS,
    CHARACTERS,
    COMMAS,
    DEGREES,
    FUNCTIONS,
    INTEGRALS,
    LIMIT_FUNCTIONS,
    PLAIN_CHARACTERS,
    RELATIONS,
    SPACES,
)

EMPTY = '""'
PLAIN_NUMBER = re.compile(r"([0-9]*)([.,][0-9]*)?")
PLAIN_DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?")
DECIMAL_COMMA = 'class("normal", \\,)'
GROUPED = 5  # digits, from which they stand in groups of three
THIN_SPACE, WIDE_SPACE = Atom("\\,"), Atom("\\quad")


def markup(node: Node) -> str:
    """Typst maths markup of `node`, to stand between dollar signs or as an argument of a Typst maths function."""
    return PRINTERS[type(node)](node)


def literal(text: str) -> str:
    """`text` as a Typst string literal. Characters that show nothing, or reorder what is shown, are left out."""
    shown = "".join(" " if char.isspace() else char for char in text if char.isspace() or is_visible(char))
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_visible(char: str) -> bool:
    """Whether `char` is neither a control, a format mark (zero-width, direction), half a surrogate nor unassigned."""
    return not unicodedata.category(char).startswith("C")


def spaced(items: Sequence[Node]) -> tuple[Node, ...]:
    """`items` with the spaces that TeX's rules do not give: thin ones before a differential that follows an integral
    sign, before a unit, and between a function and a bar; wide ones between two statements."""
    found: list[Node] = []
    inside_integral = False
    for position, item in enumerate(items):
        after = items[position + 1] if position + 1 < len(items) else None
        before = items[position - 1] if position else None
        differential = inside_integral and item == Atom("d") and after is not None and is_letter(after)
        unit = isinstance(before, Number) and (is_text(item, 1) or (isinstance(item, Script) and is_text(item.base)))
        bars = isinstance(item, Fence) and item.left == "|" and before is not None and is_token(core(before), FUNCTIONS)
        between = has_relation(items[:position]) and has_relation(items[position + 1 :])
        if differential or unit or bars:
            found.append(THIN_SPACE)
        if between and is_connective(item):
            found += (WIDE_SPACE, item, WIDE_SPACE)
        elif between and is_token(item, COMMAS):
            found += (item, WIDE_SPACE)
        else:
            found.append(item)
        inside_integral = inside_integral or is_token(core(item), INTEGRALS)
    return tuple(found)


def core(node: Node) -> Node:
    """`node` without its scripts."""
    return node.base if isinstance(node, Script) else node


def is_token(node: Node, names: frozenset[str]) -> bool:
    return isinstance(node, Atom) and node.token in names


def is_text(node: Node, length: int | None = None) -> bool:
    """Whether `node` is a word, of `length` letters if that is given."""
    return isinstance(node, Text) and length in (None, len(node.text.strip()))


def has_relation(items: Sequence[Node]) -> bool:
    return any(is_token(item, RELATIONS) for item in items)


def is_letter(node: Node) -> bool:
    """Whether `node` is one letter, Latin or Greek."""
    return isinstance(node, Atom) and CHARACTERS.get(node.token, node.token).isalpha()


def symbol(token: str) -> str:
    """Markup of one token: its letter, its character, the name of a function, or the token itself as text."""
    if token in SPACES:
        return SPACES[token]
    if token in FUNCTIONS:
        limits = ", limits: #true" if token in LIMIT_FUNCTIONS else ""
        return f'op("{token[1:]}"{limits})'
    if token in PLAIN_CHARACTERS:
        return f'class("normal", {escaped(PLAIN_CHARACTERS[token])})'
    if token in CHARACTERS:
        return escaped(CHARACTERS[token])
    if len(token) == 1 and token.isascii() and token.isalnum():
        return token
    return literal(token)


def escaped(char: str) -> str:
    """One character of the tables as Typst maths. All but letters are escaped: Typst pairs brackets and calls `√`."""
    return char if char.isalnum() else "\\" + char


def print_atom(atom: Atom) -> str:
    return symbol(atom.token)


def print_number(number: Number) -> str:
    return " thin ".join(map(print_digits, digit_groups(number.text)))


def digit_groups(text: str) -> tuple[str, ...]:
    """The digits of a number in groups of three, from the right up to its decimal mark, which begins the last
    group; all in one where they are few. What is no number is left alone.
    """
    found = PLAIN_NUMBER.fullmatch(text)
    if found is None or len(found[1]) < GROUPED:
        return (text,)
    whole, fraction = found[1], found[2] or ""
    first = len(whole) % 3
    groups = [whole[:first]] * bool(first) + [whole[start : start + 3] for start in range(first, len(whole), 3)]
    return (*groups[:-1], groups[-1] + fraction)


def print_digits(text: str) -> str:
    if PLAIN_DIGITS.fullmatch(text):
        return text
    if PLAIN_NUMBER.fullmatch(text):
        return " ".join(text.replace(".", " \\. ").replace(",", f" {DECIMAL_COMMA} ").split())
    return literal(text)


def print_row(row: Row) -> str:
    return side_by_side(spaced(row.items))


def side_by_side(items: Sequence[Node]) -> str:
    return " ".join(map(markup, items)) or EMPTY


def print_script(script: Script) -> str:
    sup = script.sup.items if script.sup else ()
    mark, attachments = "", []
    if len(sup) == 1 and isinstance(sup[0], Atom) and sup[0].token in DEGREES:
        mark, sup = " \\°", ()
    primes = count_primes(sup)
    if primes:
        attachments.append(f"tr: primes(#{primes})")
    if sup[primes:]:
        attachments.append(f"t: {side_by_side(sup[primes:])}")
    if script.sub and script.sub.items:
        attachments.append(f"b: {side_by_side(script.sub.items)}")
    base = markup(script.base)
    return (f"attach({base}, {', '.join(attachments)})" if attachments else base) + mark


def count_primes(items: Sequence[Node]) -> int:
    """How many primes `items` begins with."""
    count = 0
    while count < len(items) and items[count] == Atom("\\prime"):
        count += 1
    return count


def print_fraction(fraction: Fraction) -> str:
    return f"frac({print_level(fraction.numerator)}, {print_level(fraction.denominator)})"


def print_level(row: Row) -> str:
    """One level of a fraction; with a little room where it holds a fraction itself, so that the outer bar is longer."""
    inner = any(isinstance(item, Fraction) for item in row.items)
    return f"thin {print_row(row)} thin" if inner else print_row(row)


def print_binomial(binomial: Binomial) -> str:
    return f"binom({print_row(binomial.top)}, {print_row(binomial.bottom)})"


def print_root(root: Root) -> str:
    if root.index is None:
        return f"sqrt({print_row(root.radicand)})"
    return f"root({print_row(root.index)}, {print_row(root.radicand)})"


def print_fence(fence: Fence) -> str:
    left, right = (symbol(side) if side else EMPTY for side in (fence.left, fence.right))
    return f"lr({left} {print_row(fence.body)} {right})"


def print_accent(accent: Accent) -> str:
    body = print_row(accent.body)
    if accent.command in ACCENTS:
        return f"{ACCENTS[accent.command]}({body})"
    return f"{literal(accent.command)} {body}"


@dataclass(frozen=True)
class GridStyle:
    """How a grid is set: arguments of Typst's `mat`, and what joins the cells of a row."""

    options: str
    cell_separator: str = ", "
    display: bool = False


GRID_STYLES = {
    "matrix": GridStyle("delim: #none, column-gap: #0.9em, row-gap: #0.4em"),
    "cases": GridStyle('delim: #("{", none), align: #left, column-gap: #1.2em, row-gap: #0.5em', display=True),
    "aligned": GridStyle("delim: #none, align: #left, row-gap: #0.7em", cell_separator=" & ", display=True),
}


def print_grid(grid: Grid) -> str:
    style = GRID_STYLES.get(grid.environment, GRID_STYLES["matrix"])
    columns = max((len(row) for row in grid.rows), default=0)
    if not columns:
        return EMPTY
    rows = []
    for row in grid.rows:
        cells = [print_row(cell) for cell in row] + [EMPTY] * (columns - len(row))
        if style.display:
            cells = [f"display({cell})" for cell in cells]
        rows.append(style.cell_separator.join(cells))
    return f"mat({style.options}, {'; '.join(rows)})"


def print_text(text: Text) -> str:
    return literal(text.text.strip())  # Typst sets a space round words


def print_doubtful(doubtful: Doubtful) -> str:
    return f"doubtful({print_row(doubtful)})"


PRINTERS: dict[type, Callable[[Any], str]] = {
    Atom: print_atom,
    Number: print_number,
    Row: print_row,
    Script: print_script,
    Fraction: print_fraction,
    Binomial: print_binomial,
    Root: print_root,
    Fence: print_fence,
    Accent: print_accent,
    Grid: print_grid,
    Text: print_text,
    Connective: print_text,
    Doubtful: print_doubtful,
}

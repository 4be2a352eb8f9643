"""What brackets and bars hold: a group, an interval, a set, a tuple, a matrix in lists, an absolute value, a value at a
point.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from core.errors import NotUnderstood
from core.notation.choices import Context
from core.notation.letters import letter_name
from core.notation.numerals import split_at
from core.notation.reading import RowReader
from core.notation.terms import (
    At,
    Call,
    Collection,
    MatrixTerm,
    Negative,
    Plus,
    Span,
    Sym,
    Term,
    Times,
    Vector,
    free_letters,
)  # fmt: skip
from core.notation.tree import Atom, Fence, Node, Row, Script
from core.phrases import phrase

CALLS = {"|": "abs", "\\lfloor": "floor", "\\lceil": "ceiling"}
SEPARATORS = {",", ";"}


def read_fence(reader: RowReader, node: Fence) -> Term:
    """Raises NotUnderstood."""
    if (node.left, node.right) == ("|", "|") or node.left in ("\\lfloor", "\\lceil"):
        return _called(CALLS[node.left], reader.read(node.body))
    parts = split_at(node.body.items, SEPARATORS)
    if len(parts) == 1:
        return _matrix_in_lists(reader, (node,)) or reader.read(node.body)
    matrix = _matrix_in_lists(reader, tuple(part[0] for part in parts if len(part) == 1)) if is_listed(node) else None
    if matrix is not None:
        return matrix
    terms = tuple(reader.read(part) for part in parts)
    square = node.left in ("(", "[") and node.right in (")", "]") and (node.left, node.right) != ("(", ")")
    if square and len(terms) == 2:
        return Span(*terms, node.left == "(", node.right == ")")
    return Collection("set" if node.left == "\\{" else "tuple", terms)


def _called(name: str, inside: Term) -> Term:
    """Bars round a matrix are its determinant, round a list of numbers its length."""
    if name == "abs" and isinstance(inside, MatrixTerm):
        return Call("determinant", (inside,))
    if name == "abs" and as_vector(inside) is not None:
        return Call("norm", (vector_of(inside),))
    return Call(name, (inside,))


def is_listed(node: Node | None) -> bool:
    """`(1, 2, 3)` or `[1, 2, 3]`."""
    return (
        isinstance(node, Fence)
        and (node.left, node.right) in (("(", ")"), ("[", "]"))
        and len(split_at(node.body.items, {","})) > 1
    )


def _matrix_in_lists(reader: RowReader, lines: tuple[Node, ...]) -> MatrixTerm | None:
    """`[[1, 2], [3, 4]]`, given the lists within; None where they are not lists in square brackets, as long as each
    other.
    """
    if len(lines) == 1 and isinstance(lines[0], Fence):
        inner = lines[0].body.items
        lines = inner if len(inner) == 1 and lines[0].left == "[" else ()
    rows: list[tuple[Term, ...]] = []
    for line in lines:
        if not isinstance(line, Fence) or (line.left, line.right) != ("[", "]"):
            return None
        rows.append(tuple(reader.read(cell) for cell in split_at(line.body.items, {","})))
    return MatrixTerm(tuple(rows)) if rows and len({len(row) for row in rows}) == 1 else None


def as_vector(term: Term) -> Vector | None:
    """A list of numbers that is calculated with; None for anything else. A closed interval may be a list of two."""
    match term:
        case Vector():
            return term
        case Collection("tuple", items):
            return Vector(items)
        case Span(left, right, False, False):
            return Vector((left, right))
    return None


def _column(term: Term) -> Vector | None:
    """A list of numbers, or a matrix of one column."""
    if isinstance(term, MatrixTerm) and len(term.rows) > 1 and all(len(line) == 1 for line in term.rows):
        return Vector(tuple(cell for (cell,) in term.rows))
    return as_vector(term)


def vector_of(term: Term) -> Term:
    return as_vector(term) or term


def is_bar(node: Node | None) -> bool:
    """The bar with an index after which a letter is given a value: `| _ { x = 2 }`."""
    return isinstance(node, Script) and node.sub is not None and node.base == Atom("|")


def read_bar(reader: RowReader, node: Script, body: Term) -> Term:
    """`body` at the value that the index names; with an exponent too, the difference of the two values."""
    assert node.sub is not None
    letter, low = _point(reader, node.sub, body)
    if node.sup is None:
        return At(body, letter, low)
    high = _point(reader, node.sup, body)[1]
    return Plus((At(body, letter, high), Negative(At(body, letter, low))))


def _point(reader: RowReader, row: Row, body: Term) -> tuple[Sym, Term]:
    """`x = 2`, or `2` alone where `body` has one letter."""
    items = row.items
    if len(items) > 2 and items[1] == Atom("=") and letter_name(items[0]):
        return Sym(letter_name(items[0])), reader.read(items[2:])
    letters = sorted(free_letters(body))
    if len(letters) != 1 and "x" not in letters:
        raise NotUnderstood(phrase("reason.bar-letter"))
    return Sym("x" if "x" in letters else letters[0]), reader.read(row)


def multiplied(left: Term, right: Term, sign: str) -> Term:
    """The product; of two lists with a sign between them, the dot or the cross product."""
    columns = _column(left), _column(right)
    if columns[0] is not None and columns[1] is not None and sign != "juxtaposed":
        return Call("dot" if sign == "\\cdot" else "cross", (columns[0], columns[1]))
    first, second = as_vector(left), as_vector(right)
    return Times(first or left, second or right, sign)


def nested_bars(items: Sequence[Node], context: Context) -> Sequence[Node]:
    """`| a | b | c |`, two absolute values with something between them, or, the other way, one inside the other."""
    bars = [at for at, item in enumerate(items) if isinstance(item, Fence) and item.left == "|"]
    for first, last in itertools.pairwise(bars):
        between = items[first + 1 : last]
        if not between or any(isinstance(item, Atom) and not letter_name(item) for item in between):
            continue
        if context.decides("bars"):
            return items
        left, right = items[first], items[last]
        assert isinstance(left, Fence) and isinstance(right, Fence)
        inside = (*left.body.items, Fence("|", Row(tuple(between)), "|"), *right.body.items)
        return (*items[:first], Fence("|", Row(inside), "|"), *items[last + 1 :])
    return items

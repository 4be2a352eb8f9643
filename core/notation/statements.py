"""A whole line -> a term: what is to be done, the statements, their relations."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import NotUnderstood
from core.notation.choices import Context
from core.notation.commas import join_commas
from core.notation.expressions import read_expression
from core.notation.letters import letter_name
from core.notation.numerals import split_at, split_where
from core.notation.term_tools import substituted
from core.notation.terms import (
    At,
    Cases,
    Collection,
    Conversion,
    Either,
    Expansion,
    Relation,
    SetUnion,
    Span,
    Sym,
    System,
    Task,
    Term,
    free_letters,
)  # fmt: skip
from core.notation.tree import Atom, Grid, Node, Number, Row, Text
from core.phrases import phrase

RELATIONS: dict[str, str] = {
    "=": "=", "<": "<", ">": ">", "\\leq": "<=", "\\geq": ">=", "\\neq": "!=", "\\approx": "~", "\\in": "in",
}  # fmt: skip
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
LEADING = {"\\therefore", "\\because", "\\Rightarrow", "\\Leftrightarrow"}
TRAILING = {"?", ".", ",", ";", ":"}
SEPARATORS = {",", ";"}
VERBS = {
    "factor": "factor", "factorise": "factor", "factorize": "factor", "expand": "expand", "simplify": "simplify",
    "solve": "solve", "differentiate": "differentiate", "integrate": "integrate",
    **{name: name for name in ("eigenvalues", "eigenvectors", "rref", "trace", "rank", "decimal")},
}  # fmt: skip
JOINING_WORDS = {"and", "where", "with", "when", "if", "for", "at", "given"}
ALTERNATIVES = (Atom("\\lor"), Atom("\\vee"))
INTO = {"in", "to", "into"}
CONDITION_WORDS = {"if", "for", "when", "where"}
OTHERWISE = {"otherwise", "else"}


def read_line(row: Row, context: Context) -> Term:
    """What one line says. Raises NotUnderstood, naming what could not be read."""
    items = _trimmed(row.items)
    if expansion := _expansion(items, context):
        return expansion
    verb, items = _verb(items)
    items, unknown = _unknown(items)
    term = _statements(items, context)
    return Task(verb or "solve", term, unknown) if verb or unknown else term


def _trimmed(items: Sequence[Node]) -> tuple[Node, ...]:
    found = list(items)
    while found and isinstance(found[0], Atom) and found[0].token in LEADING:
        del found[0]
    while found and isinstance(found[-1], Atom) and found[-1].token in TRAILING:
        del found[-1]
    return tuple(found)


def _verb(items: tuple[Node, ...]) -> tuple[str, tuple[Node, ...]]:
    if items and isinstance(items[0], Text) and items[0].text.strip().lower() in VERBS:
        return VERBS[items[0].text.strip().lower()], items[1:]
    return "", items


def _expansion(items: tuple[Node, ...], context: Context) -> Expansion | None:
    """`Taylor e^x at x = 0 order 4`; None for anything else."""
    words = [item.text.strip().lower() if isinstance(item, Text) else "" for item in items]
    if not items or words[0] != "taylor" or words.count("at") != 1 or words.count("order") != 1:
        return None
    at, order = words.index("at"), words.index("order")
    point = _relations(items[at + 1 : order], context)
    degree = items[order + 1] if order + 2 == len(items) else None
    if not isinstance(point, Relation) or not isinstance(point.left, Sym) or not isinstance(degree, Number):
        raise NotUnderstood(phrase("reason.taylor"))
    return Expansion(read_expression(items[1:at], context), point.left, point.right, int(degree.text))


def _unknown(items: tuple[Node, ...]) -> tuple[tuple[Node, ...], Sym | None]:
    """`... for x` at the end names the unknown."""
    if len(items) > 2 and isinstance(items[-2], Text) and items[-2].text.strip().lower() == "for":
        name = letter_name(items[-1])
        if name:
            return items[:-2], Sym(name)
    return items, None


def _statements(items: tuple[Node, ...], context: Context) -> Term:
    if not items:
        raise NotUnderstood(phrase("reason.nothing"))
    alternatives = split_where(items, _separates_alternatives)
    if len(alternatives) > 1:
        return Either(tuple(_statements(_trimmed(part), context) for part in alternatives))
    lines = _lines(items)
    pieces = [piece for line in lines for piece in _pieces(line, context)]
    if not pieces:
        raise NotUnderstood(phrase("reason.nothing"))
    terms: list[Term] = []
    for piece in pieces:
        term = _relations(piece, context)
        terms.extend(term.parts if isinstance(term, System) and len(pieces) > 1 else (term,))
    return terms[0] if len(terms) == 1 else _with_values(terms)


def _separates_alternatives(item: Node) -> bool:
    return item in ALTERNATIVES or (isinstance(item, Text) and item.text.strip().lower() == "or")


def _with_values(terms: list[Term]) -> Term:
    """Several statements; one expression beside values for its letters, `x^2 + 1, x = 3`, is its value there."""
    asked = [term for term in terms if not isinstance(term, Relation)]
    given = [term for term in terms if isinstance(term, Relation)]
    values = {term.left.name: term.right for term in given if term.sign == "=" and isinstance(term.left, Sym)}
    if len(asked) != 1 or len(values) != len(given) or not free_letters(asked[0]) >= set(values):
        return System(tuple(terms))
    found = asked[0]
    for name, value in values.items():
        found = substituted(found, name, value) if free_letters(value) else At(found, Sym(name), value)
    return found


def _lines(items: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """The lines of a system; a line that begins with a relation goes on with the one before it."""
    grid = items[0]
    if len(items) != 1 or not isinstance(grid, Grid) or grid.environment == "matrix" or is_in_pieces(grid):
        return [items]
    lines: list[tuple[Node, ...]] = []
    for cells in grid.rows:
        line = _trimmed([item for cell in cells for item in cell.items])
        if line and lines and isinstance(line[0], Atom) and line[0].token in RELATIONS:
            lines[-1] += line
        elif line:
            lines.append(line)
    return lines or [items]


def _pieces(items: tuple[Node, ...], context: Context) -> list[tuple[Node, ...]]:
    """Statements that commas or words separate; commas within numbers are joined first."""
    items = tuple(
        Atom(",") if isinstance(item, Text) and item.text.strip() in JOINING_WORDS else item for item in items
    )
    pieces = [_trimmed(piece) for piece in split_at(items, SEPARATORS)]
    if len(pieces) > 1 and sum(map(_has_relation, pieces)) < 2:
        items = join_commas(items, context)
        pieces = [_trimmed(piece) for piece in split_at(items, SEPARATORS)]
    else:
        pieces = [join_commas(piece, context) for piece in pieces]
    return [piece for piece in pieces if piece]


def _has_relation(items: Sequence[Node]) -> bool:
    return any(isinstance(item, Atom) and item.token in RELATIONS for item in items)


def _relations(items: tuple[Node, ...], context: Context) -> Term:
    """One statement: an expression, a relation, or a chain of them; `2 + 3 = ?` is only the expression."""
    sides = split_at(items, set(RELATIONS))
    signs = [RELATIONS[item.token] for item in items if isinstance(item, Atom) and item.token in RELATIONS]
    if len(sides) > 1 and not _trimmed(sides[-1]) and signs[-1] in ("=", "~"):
        sides, signs = sides[:-1], signs[:-1]
    terms = [_side(side, context, after_in=index > 0 and signs[index - 1] == "in") for index, side in enumerate(sides)]
    pairs = [Relation(sign, a, b) for sign, a, b in zip(signs, terms, terms[1:], strict=False)]
    if not pairs:
        return terms[0]
    if len(pairs) > 1 and pairs[0].sign in MIRRORED:
        pairs[0] = Relation(MIRRORED[pairs[0].sign], pairs[0].right, pairs[0].left)
    return pairs[0] if len(pairs) == 1 else System(tuple(pairs))


def _side(items: tuple[Node, ...], context: Context, after_in: bool) -> Term:
    if len(items) == 1 and isinstance(items[0], Grid) and items[0].environment != "matrix":
        return _cases(items[0], context)
    target = next((at for at in range(len(items) - 2, 0, -1) if _says_into(items, at)), 0) if context.units else 0
    if target:
        return Conversion(read_expression(items[:target], context), read_expression(items[target + 1 :], context))
    if Atom("\\cap") in items:
        raise NotUnderstood(phrase("reason.intersection"))
    parts = split_at(items, {"\\cup"})
    if len(parts) > 1:
        return SetUnion(tuple(_span(read_expression(part, context)) for part in parts))
    term = read_expression(items, context)
    return _span(term) if after_in else term


def _says_into(items: tuple[Node, ...], at: int) -> bool:
    """The word of a conversion, `3 km in m`, not the unit in `3 in`."""
    word = items[at]
    return isinstance(word, Text) and word.text.strip() in INTO and not isinstance(items[at - 1], Number)


def is_in_pieces(grid: Grid) -> bool:
    """A function in pieces rather than a system: two cells in every row, the first without a relation."""
    values = all(len(row) == 2 and row[0].items and not _has_relation(row[0].items) for row in grid.rows)
    conditions = [row[1].items for row in grid.rows] if values else []
    return any(_has_relation(items) and not _has_relation(items[:1]) for items in conditions)


def _cases(grid: Grid, context: Context) -> Cases:
    """Raises NotUnderstood where a row is not a value and its condition."""
    pieces: list[tuple[Term, Term | None]] = []
    for cells in grid.rows:
        value, condition = _piece([item for cell in cells for item in (*cell.items, Atom(","))])
        pieces.append((read_expression(value, context), _statements(condition, context) if condition else None))
    return Cases(tuple(pieces))


def _piece(items: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The value of one row and the condition for it, which is empty for "otherwise"."""
    marked = [Atom(",") if _is_word(item, CONDITION_WORDS) else item for item in items]
    parts = [part for part in map(_trimmed, split_at(marked, SEPARATORS)) if part]
    if len(parts) != 2:
        raise NotUnderstood(phrase("reason.piece"))
    value, condition = parts
    return value, () if len(condition) == 1 and _is_word(condition[0], OTHERWISE) else condition


def _is_word(node: Node, words: set[str]) -> bool:
    return isinstance(node, Text) and node.text.strip().lower() in words


def _span(term: Term) -> Term:
    """Two things in round brackets where a set is meant: an open interval."""
    if isinstance(term, Collection) and term.kind == "tuple" and len(term.items) == 2:
        return Span(*term.items, True, True)
    return term


def statements(term: Term) -> tuple[Term, ...]:
    """The statements of `term`, one or several, without the word that says what to do."""
    body = term.body if isinstance(term, Task) else term
    return body.parts if isinstance(body, System) else (body,)

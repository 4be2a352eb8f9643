"""A whole line -> a term: what is to be done, the statements, their relations."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import NotUnderstood
from core.notation.choices import Context
from core.notation.commas import join_commas
from core.notation.expressions import read_expression
from core.notation.letters import letter_name
from core.notation.numerals import split_at
from core.notation.terms import Collection, Relation, SetUnion, Span, Sym, System, Task, Term
from core.notation.tree import Atom, Grid, Node, Row, Text

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
}  # fmt: skip
JOINING_WORDS = {"and", "where", "with"}


def read_line(row: Row, context: Context) -> Term:
    """What one line says. Raises NotUnderstood, naming what could not be read."""
    items = _trimmed(row.items)
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


def _unknown(items: tuple[Node, ...]) -> tuple[tuple[Node, ...], Sym | None]:
    """`... for x` at the end names the unknown."""
    if len(items) > 2 and isinstance(items[-2], Text) and items[-2].text.strip().lower() == "for":
        name = letter_name(items[-1])
        if name:
            return items[:-2], Sym(name)
    return items, None


def _statements(items: tuple[Node, ...], context: Context) -> Term:
    if not items:
        raise NotUnderstood("There is nothing to work out.")
    lines = _lines(items)
    pieces = [piece for line in lines for piece in _pieces(line, context)]
    terms: list[Term] = []
    for piece in pieces:
        term = _relations(piece, context)
        terms.extend(term.parts if isinstance(term, System) and len(pieces) > 1 else (term,))
    return terms[0] if len(terms) == 1 else System(tuple(terms))


def _lines(items: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """The lines of a system; a line that begins with a relation goes on with the one before it."""
    grid = items[0]
    if len(items) != 1 or not isinstance(grid, Grid) or grid.environment == "matrix":
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
    parts = split_at(items, {"\\cup"})
    if len(parts) > 1:
        return SetUnion(tuple(_span(read_expression(part, context)) for part in parts))
    term = read_expression(items, context)
    return _span(term) if after_in else term


def _span(term: Term) -> Term:
    """Two things in round brackets where a set is meant: an open interval."""
    if isinstance(term, Collection) and term.kind == "tuple" and len(term.items) == 2:
        return Span(*term.items, True, True)
    return term


def statements(term: Term) -> tuple[Term, ...]:
    """The statements of `term`, one or several, without the word that says what to do."""
    body = term.body if isinstance(term, Task) else term
    return body.parts if isinstance(body, System) else (body,)

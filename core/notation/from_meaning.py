"""Meaning tree -> presentation tree, written so that it can be read in one way only."""

from __future__ import annotations

from fractions import Fraction as ExactFraction

from core.notation.functions import PREFIXES
from core.notation.letters import GREEK
from core.notation.terms import (
    Apply,
    Call,
    Collection,
    Constant,
    Derivative,
    Integral,
    Limit,
    MatrixTerm,
    Negative,
    Num,
    Over,
    Plus,
    PlusMinus,
    Power,
    Primed,
    Radical,
    Relation,
    Series,
    SetUnion,
    Span,
    Sym,
    System,
    Task,
    Term,
    Times,
)  # fmt: skip
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text

Items = tuple[Node, ...]

SUM, PRODUCT, FACTOR, PRIMARY = range(4)
SIGNS = {"<=": "\\leq", ">=": "\\geq", "!=": "\\neq", "~": "\\approx", "in": "\\in"}
BRACKETS = {
    "abs": ("|", "|"),
    "floor": ("\\lfloor", "\\rfloor"),
    "ceiling": ("\\lceil", "\\rceil"),
    "determinant": ("|", "|"),
}
POSTFIX = {"factorial": Atom("!"), "percent": Atom("\\%")}
CONSTANTS = {"pi": "\\pi", "e": "e", "i": "i", "oo": "\\infty"}
TEN = Num(ExactFraction(10))


def to_tree(term: Term) -> Row:
    """The writing of `term`: every product, function and exponent bracketed as far as it takes to be unmistakable."""
    match term:
        case Task(verb, body, unknown):
            ending: Items = () if unknown is None else (Text("for"), *_letter(unknown.name))
            return Row((Text(verb), *to_tree(body).items, *ending))
        case System(parts):
            if len(parts) == 1:
                return to_tree(parts[0])
            return Row((Grid("aligned", tuple((to_tree(part),) for part in parts)),))
        case Relation(sign, left, right):
            return Row((*to_tree(left).items, Atom(SIGNS.get(sign, sign)), *to_tree(right).items))
    return Row(_write(term, SUM))


def _write(term: Term, tightness: int) -> Items:
    """`term` in brackets where it binds less tightly than its place asks for."""
    items, own = _written(term)
    return items if own >= tightness else (Fence("(", Row(items), ")"),)


def _written(term: Term) -> tuple[Items, int]:
    match term:
        case Num():
            return _number(term)
        case Sym(name):
            return _letter(name), PRIMARY
        case Constant(name):
            return (Atom(CONSTANTS[name]),), PRIMARY
        case Plus(terms):
            return _sum(terms), SUM
        case Negative(operand):
            return (Atom("-"), *_write(operand, PRODUCT)), SUM
        case PlusMinus(operand, first):
            return (Atom("\\pm" if first == 1 else "\\mp"), *_write(operand, PRODUCT)), SUM
        case Times(left, right, sign):
            return _product(left, right, sign), PRODUCT
        case Over(left, right):
            return (Fraction(to_tree(left), to_tree(right)),), FACTOR
        case Power(base, exponent):
            return (Script(_only(_write(base, PRIMARY)), None, to_tree(exponent)),), FACTOR
        case Radical(radicand, degree):
            index = None if degree == Num(ExactFraction(2)) else to_tree(degree)
            return (Root(to_tree(radicand), index),), FACTOR
        case Call():
            return _call(term)
        case Apply(name, arguments):
            return (*_letter(name), _list("(", arguments, ")")), FACTOR
        case Primed(operand, order):
            return _primed(operand, order), FACTOR
    return _calculus(term)


def _calculus(term: Term) -> tuple[Items, int]:
    match term:
        case Derivative(body, variables, partial):
            return (_leibniz(variables, partial), Fence("(", to_tree(body), ")")), FACTOR
        case Integral(body, variable, lower, upper):
            sign: Node = Atom("\\int")
            if lower is not None and upper is not None:
                sign = Script(sign, to_tree(lower), to_tree(upper))
            return (sign, *_write(body, PRODUCT), Atom("d"), *_letter(variable.name)), FACTOR
        case Limit(body, variable, target, side):
            point = to_tree(target).items
            if side != "+-":
                point = (Script(_only(point), None, Row((Atom(side),))),)
            below = Row((*_letter(variable.name), Atom("\\rightarrow"), *point))
            return (Script(Atom("\\lim"), below), *_write(body, FACTOR)), PRODUCT
        case Series(kind, body, index, first, last):
            below = Row((*_letter(index.name), Atom("="), *to_tree(first).items))
            sign = Script(Atom("\\sum" if kind == "sum" else "\\prod"), below, to_tree(last))
            return (sign, *_write(body, FACTOR)), PRODUCT
        case MatrixTerm(rows):
            return (Fence("(", Row((_grid(rows),)), ")"),), PRIMARY
        case Span(left, right, left_open, right_open):
            return (_list("(" if left_open else "[", (left, right), ")" if right_open else "]"),), PRIMARY
        case Collection(kind, items):
            return (_list("(", items, ")") if kind == "tuple" else _list("\\{", items, "\\}"),), PRIMARY
        case SetUnion(parts):
            return _joined([_write(part, PRIMARY) for part in parts], Atom("\\cup")), SUM
    return to_tree(term).items, SUM


def _grid(rows: tuple[tuple[Term, ...], ...]) -> Grid:
    return Grid("matrix", tuple(tuple(to_tree(cell) for cell in line) for line in rows))


def _number(term: Num) -> tuple[Items, int]:
    value = term.value
    if value < 0:
        return (Atom("-"), *_number(Num(-value, term.style, term.text))[0]), SUM
    if term.style == "decimal":
        return (Number(term.text),), PRIMARY
    if term.style == "repeating":
        steady, repeated = term.text.rstrip(")").split("(")
        return (Number(steady), Accent("\\overline", Row((Number(repeated),)))), PRODUCT
    if value.denominator == 1:
        return (Number(str(value.numerator)),), PRIMARY
    whole, rest = divmod(value.numerator, value.denominator)
    if term.style != "mixed":
        whole, rest = 0, value.numerator
    fraction = Fraction(Row((Number(str(rest)),)), Row((Number(str(value.denominator)),)))
    return ((Number(str(whole)), fraction), PRODUCT) if whole else ((fraction,), FACTOR)


def _letter(name: str) -> Items:
    base, _, index = name.partition("_")
    letter: Node = Atom("\\" + base if base in GREEK else base)
    if not index:
        return (letter,)
    if index in ("hat", "tilde", "bar"):
        return (Accent("\\" + index, Row((letter,))),)
    if index.isdigit():
        return (Script(letter, Row((Number(index),))),)
    pieces = [index] if index in GREEK else list(index)
    return (
        Script(
            letter, Row(tuple(Atom("\\" + p if p in GREEK else p) if not p.isdigit() else Number(p) for p in pieces))
        ),
    )


def _sum(terms: tuple[Term, ...]) -> Items:
    items: list[Node] = []
    for term in terms:
        match term:
            case Negative() | PlusMinus():
                items.extend(_written(term)[0])
            case _:
                items.extend([Atom("+")] if items else [])
                items.extend(_write(term, PRODUCT))
    return tuple(items)


def _product(left: Term, right: Term, sign: str) -> Items:
    before, after = _write(left, PRODUCT), _write(right, FACTOR)
    if sign == "juxtaposed" and not _may_touch(before[-1], after[0]):
        sign = "\\cdot"
    return (*before, *(() if sign == "juxtaposed" else (Atom(sign),)), *after)


def _may_touch(before: Node, after: Node) -> bool:
    """Whether two factors side by side cannot be taken for a mixed number, a longer number or a call."""
    if isinstance(after, Number) or (isinstance(before, Number) and isinstance(after, Fraction)):
        return False
    if isinstance(after, Script) and isinstance(after.base, Number):
        return False
    return not (isinstance(before, Atom) and isinstance(after, Fence))


def _call(term: Call) -> tuple[Items, int]:
    arguments = term.arguments
    if term.name in POSTFIX:
        return (*_write(arguments[0], PRIMARY), POSTFIX[term.name]), FACTOR
    if term.name == "binomial":
        return (Binomial(to_tree(arguments[0]), to_tree(arguments[1])),), PRIMARY
    if term.name == "permutations":
        return (Script(Atom("P"), to_tree(arguments[0]), to_tree(arguments[1])),), FACTOR
    if term.name == "degrees":
        return (Script(_only(_write(arguments[0], PRIMARY)), None, Row((Atom("\\circ"),))),), FACTOR
    if term.name == "transpose":
        return (Script(_only(_write(arguments[0], PRIMARY)), None, Row((Atom("T"),))),), FACTOR
    if term.name == "conjugate":
        return (Accent("\\overline", to_tree(arguments[0])),), PRIMARY
    if term.name == "mod":
        return (*_write(arguments[0], SUM), Atom("\\mod"), *_write(arguments[1], SUM)), SUM - 1
    if term.name in BRACKETS:
        left, right = BRACKETS[term.name]
        body = Row((_grid(arguments[0].rows),)) if isinstance(arguments[0], MatrixTerm) else to_tree(arguments[0])
        return (Fence(left, body, right),), PRIMARY
    if term.name == "log":
        return _logarithm(arguments[0], arguments[1]), FACTOR
    assert "\\" + term.name in PREFIXES
    return (Atom("\\" + term.name), _list("(", arguments, ")")), FACTOR


def _logarithm(argument: Term, base: Term) -> Items:
    bracket = Fence("(", to_tree(argument), ")")
    if base == Constant("e"):
        return (Atom("\\ln"), bracket)
    return (Script(Atom("\\log"), to_tree(base)), bracket)


def _primed(operand: Term, order: int) -> Items:
    primes = Row((Atom("\\prime"),) * order)
    if isinstance(operand, Apply):
        return (Script(_only(_letter(operand.name)), None, primes), _list("(", operand.arguments, ")"))
    return (Script(_only(_write(operand, PRIMARY)), None, primes),)


def _leibniz(variables: tuple[tuple[Sym, int], ...], partial: bool) -> Fraction:
    mark = Atom("\\partial" if partial else "d")
    below: list[Node] = []
    for letter, times in variables:
        written = _only(_letter(letter.name))
        below += [mark, written if times == 1 else Script(written, None, Row((Number(str(times)),)))]
    order = sum(times for _, times in variables)
    above: Node = mark if order == 1 else Script(mark, None, Row((Number(str(order)),)))
    return Fraction(Row((above,)), Row(tuple(below)))


def _list(left: str, terms: tuple[Term, ...], right: str) -> Fence:
    return Fence(left, Row(_joined([to_tree(term).items for term in terms], Atom(","))), right)


def _joined(pieces: list[Items], sign: Node) -> Items:
    items: list[Node] = []
    for piece in pieces:
        items += [sign, *piece] if items else piece
    return tuple(items)


def _only(items: Items) -> Node:
    return items[0] if len(items) == 1 else Row(items)

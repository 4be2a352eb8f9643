"""Meaning tree -> presentation tree, written so that it can be read in one way only."""

from __future__ import annotations

from fractions import Fraction as ExactFraction

from core.notation.functions import PREFIXES
from core.notation.terms import (
    Apply,
    At,
    Call,
    Cases,
    Collection,
    Constant,
    Conversion,
    Derivative,
    Either,
    Expansion,
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
    Unit,
    Vector,
)  # fmt: skip
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Node, Number, Root, Row, Script, Text
from core.notation.written import (
    FACTOR,
    PRIMARY,
    PRODUCT,
    SUM,
    Items,
    joined,
    leibniz_written,
    letter_written,
    may_touch,
    number_written,
    only,
)

SIGNS = {"<=": "\\leq", ">=": "\\geq", "!=": "\\neq", "~": "\\approx", "in": "\\in"}
BRACKETS = {
    "abs": ("|", "|"),
    "floor": ("\\lfloor", "\\rfloor"),
    "ceiling": ("\\lceil", "\\rceil"),
    "determinant": ("|", "|"),
    "norm": ("|", "|"),
}
POSTFIX = {"factorial": (Atom("!"),), "percent": (Atom("\\%"),), "double factorial": (Atom("!"), Atom("!"))}
WORDS = {
    "deviation": "standard deviation",
    "re": "Re",
    "im": "Im",
    "arg": "Arg",
    **{name: name for name in ("mean", "median", "variance", "round", "rank", "mode")},
}
PRODUCTS = {"dot": "\\cdot", "cross": "\\times"}
CONSTANTS = {"pi": "\\pi", "e": "e", "i": "i", "oo": "\\infty"}
TEN = Num(ExactFraction(10))


def to_tree(term: Term) -> Row:
    """The writing of `term`: every product, function and exponent bracketed as far as it takes to be unmistakable."""
    match term:
        case Task(verb, body, unknown):
            ending: Items = () if unknown is None else (Text("for"), *letter_written(unknown.name))
            return Row((Text(verb), *to_tree(body).items, *ending))
        case Conversion(body, target):
            return Row((*to_tree(body).items, Text(" in "), *to_tree(target).items))
        case Either(parts):
            return Row(joined([to_tree(part).items for part in parts], Text(" or ")))
        case Expansion(body, variable, point, order):
            place = (*letter_written(variable.name), Atom("="), *to_tree(point).items)
            return Row(
                (Text("Taylor"), *to_tree(body).items, Text(" at "), *place, Text(" order "), Number(str(order)))
            )
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
            return number_written(term)
        case Sym(name):
            return letter_written(name), PRIMARY
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
            return (Script(only(_write(base, PRIMARY)), None, to_tree(exponent)),), FACTOR
        case Radical(radicand, degree):
            index = None if degree == Num(ExactFraction(2)) else to_tree(degree)
            return (Root(to_tree(radicand), index),), FACTOR
        case Call():
            return _call(term)
        case Apply(name, arguments):
            return (*letter_written(name), _list("(", arguments, ")")), FACTOR
        case Primed(operand, order):
            return _primed(operand, order), FACTOR
    return _calculus(term)


def _calculus(term: Term) -> tuple[Items, int]:
    match term:
        case Derivative(body, variables, partial):
            return (leibniz_written(variables, partial), Fence("(", to_tree(body), ")")), FACTOR
        case Integral(body, variable, lower, upper):
            sign: Node = Atom("\\int")
            if lower is not None and upper is not None:
                sign = Script(sign, to_tree(lower), to_tree(upper))
            return (sign, *_write(body, PRODUCT), Atom("d"), *letter_written(variable.name)), FACTOR
        case Limit(body, variable, target, side):
            point = to_tree(target).items
            if side != "+-":
                point = (Script(only(point), None, Row((Atom(side),))),)
            below = Row((*letter_written(variable.name), Atom("\\rightarrow"), *point))
            return (Script(Atom("\\lim"), below), *_write(body, FACTOR)), PRODUCT
        case At(body, variable, point):
            value = Row((*letter_written(variable.name), Atom("="), *to_tree(point).items))
            return (Script(Fence("", to_tree(body), "|"), value),), SUM - 1
        case Cases(pieces):
            return (Grid("cases", tuple(map(_piece, pieces))),), PRIMARY
        case Series(kind, body, index, first, last):
            below = Row((*letter_written(index.name), Atom("="), *to_tree(first).items))
            sign = Script(Atom("\\sum" if kind == "sum" else "\\prod"), below, to_tree(last))
            return (sign, *_write(body, FACTOR)), PRODUCT
        case MatrixTerm(rows):
            return (Fence("(", Row((_grid(rows),)), ")"),), PRIMARY
        case Vector(items):
            return (_list("(", items, ")"),), PRIMARY
        case Unit(symbol):
            return (Text(symbol),), PRIMARY
        case Span(left, right, left_open, right_open):
            return (_list("(" if left_open else "[", (left, right), ")" if right_open else "]"),), PRIMARY
        case Collection(kind, items):
            return (_list("(", items, ")") if kind == "tuple" else _list("\\{", items, "\\}"),), PRIMARY
        case SetUnion(parts):
            return joined([_write(part, PRIMARY) for part in parts], Atom("\\cup")), SUM
    return to_tree(term).items, SUM


def _piece(piece: tuple[Term, Term | None]) -> tuple[Row, ...]:
    value, condition = piece
    return to_tree(value), Row((Text("otherwise"),)) if condition is None else to_tree(condition)


def _grid(rows: tuple[tuple[Term, ...], ...]) -> Grid:
    return Grid("matrix", tuple(tuple(to_tree(cell) for cell in line) for line in rows))


def _sum(terms: tuple[Term, ...]) -> Items:
    items: list[Node] = []
    for at, term in enumerate(terms):
        if at + 1 < len(terms) and _reaches_on(term):
            items.extend([*([Atom("+")] if items else []), Fence("(", to_tree(term), ")")])
            continue
        match term:
            case Negative() | PlusMinus():
                items.extend(_written(term)[0])
            case _:
                items.extend([Atom("+")] if items else [])
                items.extend(_write(term, PRODUCT))
    return tuple(items)


def _reaches_on(term: Term) -> bool:
    """Whether `term` ends with a limit, which would cover the rest of a sum as well."""
    match term:
        case Limit():
            return True
        case Negative(operand) | PlusMinus(operand):
            return _reaches_on(operand)
        case Times(_, right):
            return _reaches_on(right)
    return False


def _product(left: Term, right: Term, sign: str) -> Items:
    before, after = _write(left, PRODUCT), _write(right, FACTOR)
    if sign == "juxtaposed" and not may_touch(before[-1], after[0]):
        sign = "\\cdot"
    return (*before, *(() if sign == "juxtaposed" else (Atom(sign),)), *after)


def _call(term: Call) -> tuple[Items, int]:
    arguments = term.arguments
    if term.name in POSTFIX:
        return (*_write(arguments[0], PRIMARY), *POSTFIX[term.name]), FACTOR
    if term.name in WORDS:
        return (Text(WORDS[term.name]), _list("(", arguments, ")")), FACTOR
    if term.name in PRODUCTS:
        before, after = (_write(part, FACTOR) for part in arguments)
        return (*before, Atom(PRODUCTS[term.name]), *after), PRODUCT
    if term.name == "binomial":
        return (Binomial(to_tree(arguments[0]), to_tree(arguments[1])),), PRIMARY
    if term.name == "permutations":
        return (Script(Atom("P"), to_tree(arguments[0]), to_tree(arguments[1])),), FACTOR
    if term.name == "degrees":
        return (Script(only(_write(arguments[0], PRIMARY)), None, Row((Atom("\\circ"),))),), FACTOR
    if term.name == "transpose":
        return (Script(only(_write(arguments[0], PRIMARY)), None, Row((Atom("T"),))),), FACTOR
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
        return (Script(only(letter_written(operand.name)), None, primes), _list("(", operand.arguments, ")"))
    return (Script(only(_write(operand, PRIMARY)), None, primes),)


def _list(left: str, terms: tuple[Term, ...], right: str) -> Fence:
    return Fence(left, Row(joined([to_tree(term).items for term in terms], Atom(","))), right)

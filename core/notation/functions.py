"""Named functions and how far they reach: `\\sin 2 x \\cos x`, `\\sin ^ { 2 } x`, `\\log _ 2 8`, f(2)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as ExactFraction
from typing import Any

from core.errors import NotUnderstood
from core.notation.letters import letter_name
from core.notation.numerals import split_at
from core.notation.reading import RowReader
from core.notation.terms import Apply, Call, Constant, Negative, Num, Over, Power, Term, Times, free_letters, walk
from core.notation.tree import Atom, Fence, Fraction, Grid, Node, Number, Root, Row, Script
from core.notation.write import to_unicode
from core.phrases import phrase

_ONE_ARGUMENT = """
    sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch arcsinh arccosh
    arctanh log ln lg exp det sgn
    """
SEVERAL_ARGUMENTS = frozenset({"max", "min", "gcd", "lcm"})
PREFIXES = frozenset("\\" + name for name in [*_ONE_ARGUMENT.split(), *SEVERAL_ARGUMENTS])
OPERATORS = frozenset({"\\int", "\\infty"})
LOGARITHMS = frozenset({"\\log", "\\ln", "\\lg"})
INVERSES = {
    **{name: f"arc{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{f"{name}h": f"arc{name}h" for name in ("sin", "cos", "tan")},
}
ANGLED = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
WORDED = {
    "mean": "mean", "average": "mean", "median": "median", "variance": "variance", "standard deviation": "deviation",
    "round": "round", "rank": "rank", "mode": "mode", "Re": "re", "Im": "im", "Arg": "arg", "Conj": "conjugate",
}  # fmt: skip
ONE, TEN = Num(ExactFraction(1)), Num(ExactFraction(10))


def read_call(reader: RowReader, head: Node, script: Script | None) -> Term:
    """The call that begins with the function `head`, already passed; `script` holds its power or its base."""
    assert isinstance(head, Atom)
    name = head.token[1:]
    sub = script.sub if script else None
    sup = script.sup if script else None
    if name in SEVERAL_ARGUMENTS:
        return _several(reader, name)
    if name == "det":
        return Call("determinant", (_argument(reader),))
    if head.token not in LOGARITHMS and sub is not None:
        raise NotUnderstood(phrase("reason.index", name=name))
    inverse = sup == Row((Atom("-"), Number("1"))) and name in INVERSES and reader.context.decides("inverse")
    argument, power_after = _argument_and_power(reader)
    argument = _with_quotient(reader, argument)
    if name in ANGLED and _looks_like_degrees(argument) and not reader.context.decides("radians"):
        argument = Call("degrees", (argument,))
    term = _logarithm(reader, head.token, sub, argument) if head.token in LOGARITHMS else Call(name, (argument,))
    if inverse:
        term = Call(INVERSES[name], (argument,))
    elif sup is not None:
        term = Power(term, reader.read(sup))
    return term if power_after is None else Power(term, power_after)


def is_unknown_function(reader: RowReader, name: str) -> bool:
    """Whether a capital or indexed letter stands before a bracket with the letter of a limit or integral: J_1(x)."""
    bracket = reader.peek()
    if not isinstance(bracket, Fence) or bracket.left != "(" or not (name[0].isupper() or "_" in name):
        return False
    return any(name in reader.context.bound for name in _letters_in(bracket))


def _letters_in(node: Any) -> Iterator[str]:
    """The names of all letters in a node, however deep."""
    if name := letter_name(node) if isinstance(node, Atom | Script) else "":
        yield name
    for part in (getattr(node, field, None) for field in getattr(node, "__dataclass_fields__", ())):
        for inner in part if isinstance(part, tuple) else (part,):
            yield from _letters_in(inner)


def read_application(reader: RowReader, name: str) -> Apply:
    """f(2): the bracket that comes next holds the arguments."""
    bracket = reader.peek()
    assert isinstance(bracket, Fence)
    reader.at += 1
    return Apply(name, tuple(reader.read(part) for part in split_at(bracket.body.items, {",", ";"})))


def read_worded(reader: RowReader, word: str) -> Call:
    """A function named in words, already passed: `mean ( 1 , 2 , 3 )`."""
    return _several(reader, WORDED[word])


def _several(reader: RowReader, name: str) -> Call:
    bracket = reader.peek()
    if not isinstance(bracket, Fence):
        raise NotUnderstood(phrase("reason.brackets-needed", name=name))
    reader.at += 1
    return Call(name, tuple(reader.read(part) for part in split_at(bracket.body.items, {",", ";"})))


def _logarithm(reader: RowReader, token: str, sub: Row | None, argument: Term) -> Term:
    if sub is not None:
        return Call("log", (argument, reader.read(sub)))
    if token == "\\ln" or (token == "\\log" and not reader.context.decides("log")):
        return Call("log", (argument, Constant("e")))
    return Call("log", (argument, TEN))


def _argument_and_power(reader: RowReader) -> tuple[Term, Term | None]:
    """The argument; and, where a bracketed argument carries an exponent, that exponent, which belongs to the value."""
    node = reader.peek()
    if isinstance(node, Script) and isinstance(node.base, Fence) and node.sub is None and node.sup is not None:
        base = node.base
        if Atom("\\prime") not in node.sup.items and node.sup != Row((Atom("\\circ"),)):
            if reader.context.decides("power-of-value"):
                reader.at += 1
                return reader.fence(base), reader.read(node.sup)
            reader.at += 1
            return Power(reader.fence(base), reader.read(node.sup)), None
    if isinstance(node, Script) and _is_plain_power(node) and not reader.context.decides("argument-power"):
        assert node.sup is not None
        reader.at += 1
        return reader.read((node.base,)), reader.read(node.sup)
    return _argument(reader), None


def _looks_like_degrees(argument: Term) -> bool:
    """A whole number of at least ten: `sin 30`, where the degree sign may have been left out."""
    return isinstance(argument, Num) and argument.value.denominator == 1 and abs(argument.value) >= 10


def _is_plain_power(node: Script) -> bool:
    """A letter with a number as its exponent."""
    raised = node.sup.items if node.sup is not None and node.sub is None else ()
    return (
        bool(letter_name(node.base)) and node.base != Atom("e") and len(raised) == 1 and isinstance(raised[0], Number)
    )


def _with_quotient(reader: RowReader, argument: Term) -> Term:
    """`sin x / 2` divides the value, `sin \\pi / 6` the angle; either way the other may be meant."""
    before = reader.items[reader.at - 1]
    if reader.token() != "/" or _is_bracket(before):
        return argument
    following = reader.items[reader.at + 1] if reader.at + 1 < len(reader.items) else None
    if following is None or _is_function(following):
        return argument
    angle = Constant("pi") in walk(argument) and not free_letters(argument)
    choice, inside = ("quotient-inside", True) if angle else ("function-quotient", False)
    if reader.context.decides(choice) != inside:
        return argument
    reader.at += 1
    return Over(argument, reader.factor(), "/")


def _argument(reader: RowReader) -> Term:
    """How far a function reaches: numbers and letters written together, or one bracket, fraction or root."""
    negative = reader.token() == "-"
    if reader.token() in ("-", "+"):
        reader.at += 1
    node = reader.peek()
    if node is None or not reader.starts_operand():
        raise NotUnderstood(phrase("reason.argument", name=to_unicode(reader.items[reader.at - 1])), reader.excerpt())
    if _is_bracket(node):
        term = reader.factor()
    else:
        term = reader.factor()
        while _goes_on(reader, node):
            following = reader.peek()
            assert following is not None
            if _is_lettered(node) and _is_lettered(following) and not reader.context.decides("reach"):
                break
            node = following
            term = Times(term, reader.factor())
    return Negative(term) if negative else term


def _goes_on(reader: RowReader, before: Node) -> bool:
    """Whether the argument reaches over the next item, given the one before it."""
    following = reader.peek()
    if following is None or not reader.starts_operand():
        return False
    if _is_coefficient(before):
        return not _is_function(following) and not _is_exponential(following)
    return bool(letter_name(before) or _is_power_of_letter(before)) and (
        bool(letter_name(following)) or following == Atom("\\pi") or _is_power_of_letter(following)
    )


def _is_lettered(node: Node) -> bool:
    return bool(letter_name(node)) or _is_power_of_letter(node)


def _is_coefficient(node: Node) -> bool:
    """A number in front of what the function acts on."""
    if isinstance(node, Fraction):
        return all(
            isinstance(item, Number) or item == Atom("\\pi")
            for row in (node.numerator, node.denominator)
            for item in row.items
        )
    return (
        isinstance(node, Number) or node == Atom("\\pi") or (isinstance(node, Script) and isinstance(node.base, Number))
    )


def _is_power_of_letter(node: Node) -> bool:
    return isinstance(node, Script) and bool(letter_name(node.base)) and not _is_exponential(node)


def _is_exponential(node: Node) -> bool:
    return isinstance(node, Script) and node.base == Atom("e") and node.sub is None


def _is_function(node: Node) -> bool:
    head = node.base if isinstance(node, Script) else node
    return isinstance(head, Atom) and (head.token in PREFIXES or head.token in OPERATORS or head.token == "\\lim")


def _is_bracket(node: Node | None) -> bool:
    return (
        isinstance(node, Fence)
        or (isinstance(node, Script) and isinstance(node.base, Fence | Grid))
        or isinstance(node, Root)
    )

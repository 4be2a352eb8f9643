"""What a subscript or a superscript says: powers, primes, degrees, transposes, indices, combinations."""

from __future__ import annotations

from core.errors import NotUnderstood
from core.notation.functions import is_unknown_function, read_application
from core.notation.letters import letter_name
from core.notation.reading import RowReader
from core.notation.terms import Apply, Call, Constant, MatrixTerm, Power, Primed, Sym, Term
from core.notation.tree import Atom, Fence, Node, Number, Row, Script
from core.notation.write import to_unicode
from core.phrases import phrase

PRIME = Atom("\\prime")
DEGREE = Row((Atom("\\circ"),))
TRANSPOSED = (Row((Atom("T"),)), Row((Atom("\\top"),)))
FUNCTION_NAMES = frozenset("fghyu")
COUNTED = {"C": "binomial", "P": "permutations", "A": "permutations"}


def read_script(reader: RowReader, node: Script) -> Term:
    """The term of a script that is neither a function, nor a limit, nor a sum sign. Raises NotUnderstood."""
    counted = _counted(reader, node)
    if counted is not None:
        return counted
    base = _base(reader, node)
    if node.sup is None:
        known = isinstance(base, Sym) and is_unknown_function(reader, base.name)
        return read_application(reader, base.name) if known and isinstance(base, Sym) else base
    primes = _count_primes(node.sup.items)
    if primes:
        primed = _primed(reader, base, primes)
        rest = node.sup.items[primes:]
        return Power(primed, reader.read(rest)) if rest else primed
    if node.sup == DEGREE:
        return Call("degrees", (base,))
    if node.sup in TRANSPOSED and isinstance(base, MatrixTerm):
        return Call("transpose", (base,))
    order = bracketed_order(node.sup) if reader.context.orders else 0
    if order and isinstance(base, Sym) and base.name in FUNCTION_NAMES and reader.context.decides("derivative-order"):
        return _primed(reader, base, order)
    return Power(base, reader.read(node.sup))


def bracketed_order(sup: Row | None) -> int:
    """The n of y^{(n)}; 0 where it is something else."""
    only = sup.items[0] if sup is not None and len(sup.items) == 1 else None
    inside = only.body.items if isinstance(only, Fence) and only.left == "(" else ()
    digits = inside[0].text if len(inside) == 1 and isinstance(inside[0], Number) else ""
    return int(digits) if digits.isdigit() and len(digits) == 1 else 0


def _base(reader: RowReader, node: Script) -> Term:
    if node.sub is None:
        if isinstance(node.base, Row) and not node.base.items:
            raise NotUnderstood(phrase("reason.lone-exponent"), reader.excerpt(back=1))
        return _bare(reader, node.base)
    name = letter_name(Script(node.base, node.sub))
    if not name:
        raise NotUnderstood(phrase("reason.index", name=to_unicode(node.base)))
    return Sym(name)


def _bare(reader: RowReader, base: Node) -> Term:
    """A letter under a script is a letter, even before a bracket: f'(x) is applied afterwards. e is the number."""
    name = letter_name(base)
    if name == "e" and "e" not in reader.context.bound:
        return Constant("e")
    if name and name in reader.context.functions:
        return Sym(name)
    return reader.read((base,))


def _count_primes(items: tuple[Node, ...]) -> int:
    count = 0
    while count < len(items) and items[count] == PRIME:
        count += 1
    return count


def _primed(reader: RowReader, base: Term, order: int) -> Term:
    following = reader.peek()
    if isinstance(base, Sym) and isinstance(following, Fence) and following.left == "(":
        reader.at += 1
        return Primed(Apply(base.name, (reader.read(following.body),)), order)
    return Primed(base, order)


def _counted(reader: RowReader, node: Script) -> Term | None:
    """C_5^2: five things, two chosen."""
    if not isinstance(node.base, Atom) or node.base.token not in COUNTED or node.sub is None or node.sup is None:
        return None
    if not (_is_single(node.sub) and _is_single(node.sup)) or not reader.context.decides("combinations"):
        return None
    return Call(COUNTED[node.base.token], (reader.read(node.sub), reader.read(node.sup)))


def _is_single(row: Row) -> bool:
    return len(row.items) == 1 and (isinstance(row.items[0], Number) or bool(letter_name(row.items[0])))

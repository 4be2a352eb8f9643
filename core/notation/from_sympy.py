"""sympy -> LaTeX in our own spelling: sympy's printer with school habits, then our parser and our writer."""

from __future__ import annotations

from typing import Any

from sympy.printing.latex import LatexPrinter

from core.limits import MathLimits
from core.notation.latex import parse
from core.notation.tree import Accent, Atom, Binomial, Fence, Fraction, Grid, Root, Row, Script
from core.notation.write import to_latex

ANSWER_LIMITS = MathLimits(max_tokens=20_000, max_depth=60)
SETTINGS: dict[str, Any] = {
    "ln_notation": True,
    "inv_trig_style": "full",
    "mat_delim": "(",
    "mat_str": "matrix",
    "root_notation": True,
}


NODES = (Row, Script, Fraction, Binomial, Root, Fence, Accent, Grid)


class SchoolPrinter(LatexPrinter):  # type: ignore[misc]  # sympy is untyped
    """What sympy's printer writes in its own manner: absolute values, big floats, conditions, inverse hyperbolics."""

    def _print_Float(self, expr: Any) -> str:  # noqa: N802  # sympy finds methods by these names
        return str(super()._print_Float(expr)).replace("\\cdot", "\\times")

    def _print_CRootOf(self, expr: Any) -> str:  # noqa: N802
        return str(self._print(expr.evalf(10)))

    _print_ComplexRootOf = _print_CRootOf  # noqa: N815

    def _print_Order(self, expr: Any) -> str:  # noqa: N802
        return f"O ( {self._print(expr.expr)} )"

    def _print_floor(self, expr: Any, exp: str | None = None) -> str:
        return _raised(f"\\left\\lfloor {self._print(expr.args[0])} \\right\\rfloor", exp)

    def _print_ceiling(self, expr: Any, exp: str | None = None) -> str:
        return _raised(f"\\left\\lceil {self._print(expr.args[0])} \\right\\rceil", exp)

    def _print_sign(self, expr: Any, exp: str | None = None) -> str:
        return _raised(f"\\operatorname{{sgn}} \\left( {self._print(expr.args[0])} \\right)", exp)


def _raised(written: str, exponent: str | None) -> str:
    return written if exponent is None else f"{{{written}}}^{{{exponent}}}"


def write_sympy(expression: Any) -> str:
    """LaTeX of a sympy expression, canonical, so that it can always be parsed and drawn."""
    return to_latex(_tidied(parse(SchoolPrinter(SETTINGS).doprint(expression), ANSWER_LIMITS)))


def _tidied(node: Any) -> Any:
    """Without round brackets that hold nothing but an absolute value."""
    if isinstance(node, Fence) and node.left == "(" and len(node.body.items) == 1:
        only = node.body.items[0]
        if isinstance(only, Fence) and only.left == "|":
            return _tidied(only)
    if isinstance(node, tuple):
        return _unit_before_root([_tidied(item) for item in node])
    if isinstance(node, NODES):
        return type(node)(*[_tidied(getattr(node, name)) for name in node.__dataclass_fields__])
    return node


def _unit_before_root(items: list[Any]) -> tuple[Any, ...]:
    """`i \\sqrt { 2 }` rather than `\\sqrt { 2 } i`, which looks as if i stood under the root."""
    for at in range(1, len(items)):
        if items[at] == Atom("i") and isinstance(items[at - 1], Root):
            items[at - 1], items[at] = items[at], items[at - 1]
    return tuple(items)

"""Questions asked of a meaning tree as a whole: which letters are unknown functions, and what ± stands for."""

from __future__ import annotations

from typing import Any

from core.notation.terms import Apply, Derivative, Negative, PlusMinus, Primed, Sym, Term, walk


def dependent_letters(term: Term) -> tuple[frozenset[str], str]:
    """Letters that are unknown functions (primed, or in dy/dx), and the letter they depend on."""
    dependent: set[str] = set()
    variable = ""
    names: set[str] = set()
    for part in walk(term):
        match part:
            case Primed(Sym(name)) | Primed(Apply(name)):
                dependent.add(name)
                if isinstance(part.operand, Apply) and len(part.operand.arguments) == 1:
                    argument = part.operand.arguments[0]
                    variable = argument.name if isinstance(argument, Sym) else variable
            case Derivative(Sym(name), ((Sym(by), _),), False) if name != by:
                dependent.add(name)
                variable = by
            case Sym(name):
                names.add(name)
    free = names - dependent
    usual = "t" if "x" in dependent or ("t" in free and "x" not in free) else "x"
    return frozenset(dependent), variable or usual


def signs_chosen(term: Term) -> list[Term]:
    """`term` with ± taken as + and then as −, all of them together; `term` alone where there is none."""
    if not any(isinstance(part, PlusMinus) for part in walk(term)):
        return [term]
    return [_with_sign(term, 1), _with_sign(term, -1)]


def _with_sign(value: Any, sign: int) -> Any:
    if isinstance(value, PlusMinus):
        operand = _with_sign(value.operand, sign)
        return operand if value.first * sign == 1 else Negative(operand)
    if isinstance(value, tuple):
        return tuple(_with_sign(item, sign) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(*[_with_sign(getattr(value, name), sign) for name in value.__dataclass_fields__])
    return value


def substituted(value: Any, name: str, by: Term) -> Any:
    """`value` with `by` in the place of the letter `name` everywhere."""
    if value == Sym(name):
        return by
    if isinstance(value, tuple):
        return tuple(substituted(item, name, by) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(*[substituted(getattr(value, field), name, by) for field in value.__dataclass_fields__])
    return value

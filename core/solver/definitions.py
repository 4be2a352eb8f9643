"""Functions that the problem defines: `f(x) = 3x + 1, f(2)`, put in before anything else is solved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from core.notation.terms import Apply, Derivative, Primed, Relation, Sym, System, Term

Definitions = dict[str, tuple[str, Term]]


def defined(term: Term) -> Term:
    """`term` with every use of a function that it defines written out; the definitions themselves drop out.

    A definition that is never used stays, for then it is itself the problem.
    """
    if not isinstance(term, System):
        return term
    definitions: Definitions = {}
    rest: list[Term] = []
    for part in term.parts:
        match part:
            case Relation("=", Apply(name, (Sym(letter),)), body) if name not in definitions:
                definitions[name] = (letter, body)
            case _:
                rest.append(part)
    if not definitions or not rest:
        return term
    written = tuple(_written_out(part, definitions) for part in rest)
    return written[0] if len(written) == 1 else System(written)


def _written_out(value: Any, definitions: Definitions) -> Any:
    match value:
        case Apply(name, (argument,)) if name in definitions:
            letter, body = definitions[name]
            return _replaced(
                _written_out(body, _without(definitions, name)), letter, _written_out(argument, definitions)
            )
        case Primed(Apply(name, (Sym() as argument,)), order) if name in definitions:
            letter, body = definitions[name]
            return Derivative(_replaced(body, letter, argument), ((argument, order),))
        case tuple():
            return tuple(_written_out(item, definitions) for item in value)
    return _rebuilt(value, lambda part: _written_out(part, definitions))


def _without(definitions: Definitions, name: str) -> Definitions:
    return {key: value for key, value in definitions.items() if key != name}


def _replaced(value: Any, letter: str, by: Term) -> Any:
    if value == Sym(letter):
        return by
    if isinstance(value, tuple):
        return tuple(_replaced(item, letter, by) for item in value)
    return _rebuilt(value, lambda part: _replaced(part, letter, by))


def _rebuilt(value: Any, change: Any) -> Any:
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return replace(value, **{field.name: change(getattr(value, field.name)) for field in fields(value)})

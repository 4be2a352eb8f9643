"""Functions that the problem defines: `f(x) = 3x + 1, f(2)`, put in before anything else is solved."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from core.notation.terms import Apply, At, Cases, Derivative, Primed, Relation, Sym, System, Term, free_letters
from core.solver.numeric import FINE, holds

Definitions = dict[str, tuple[tuple[str, ...], Term]]


def defined(term: Term) -> Term:
    """`term` with every use of a function that it defines written out; the definitions themselves drop out.

    A definition that is never used stays, for then it is itself the problem.
    """
    if not isinstance(term, System):
        return term
    definitions: Definitions = {}
    slopes = {name for part in term.parts for name in _differentiated(part)}
    rest: list[Term] = []
    for part in term.parts:
        match part:
            case Relation("=", Apply(name, arguments), body) if name not in definitions and _are_letters(arguments):
                definitions[name] = (tuple(part.name for part in arguments if isinstance(part, Sym)), body)
            case Relation("=", Sym(name), body) if name in slopes and (letter := _only_letter(body, name)):
                definitions[name] = ((letter,), body)
            case _:
                rest.append(part)
    if not definitions or not rest:
        return term
    written = tuple(_settled(_written_out(part, definitions)) for part in rest)
    return written[0] if len(written) == 1 else System(written)


def _settled(value: Any) -> Any:
    """With the piece that applies in place of cases whose conditions hold no letters."""
    if isinstance(value, tuple):
        return tuple(_settled(item) for item in value)
    if isinstance(value, Cases) and not any(condition and free_letters(condition) for _, condition in value.pieces):
        applying = (body for body, condition in value.pieces if holds(condition, {}, FINE))
        return _settled(next(applying, value.pieces[-1][0]))
    return _rebuilt(value, _settled)


def _are_letters(arguments: tuple[Term, ...]) -> bool:
    return all(isinstance(part, Sym) for part in arguments)


def _differentiated(part: Term) -> tuple[str, ...]:
    """The letter y of a part that is y' or dy/dx and nothing else."""
    match part:
        case Primed(Sym(name), _) | Derivative(Sym(name), _):
            return (name,)
    return ()


def _only_letter(body: Term, name: str) -> str:
    """The one letter of a body that does not hold `name`; else the empty string."""
    letters = free_letters(body)
    return next(iter(letters)) if len(letters) == 1 and name not in letters else ""


def _written_out(value: Any, definitions: Definitions) -> Any:
    match value:
        case Apply(name, arguments) if name in definitions and len(arguments) == len(definitions[name][0]):
            letters, body = definitions[name]
            given = {letter: _written_out(part, definitions) for letter, part in zip(letters, arguments, strict=True)}
            return _replaced(_written_out(body, _without(definitions, name)), given)
        case Primed(Apply(name, (argument,)), order) if name in definitions:
            (letter,), body = definitions[name]
            slope = Derivative(_written_out(body, _without(definitions, name)), ((Sym(letter), order),))
            return slope if argument == Sym(letter) else At(slope, Sym(letter), _written_out(argument, definitions))
        case Primed(Sym(name), order) if name in definitions:
            (letter,), body = definitions[name]
            return Derivative(body, ((Sym(letter), order),))
        case Derivative(Sym(name), variables) if name in definitions:
            return Derivative(definitions[name][1], variables)
        case tuple():
            return tuple(_written_out(item, definitions) for item in value)
    return _rebuilt(value, lambda part: _written_out(part, definitions))


def _without(definitions: Definitions, name: str) -> Definitions:
    return {key: value for key, value in definitions.items() if key != name}


def _replaced(value: Any, given: dict[str, Term]) -> Any:
    if isinstance(value, Sym):
        return given.get(value.name, value)
    if isinstance(value, tuple):
        return tuple(_replaced(item, given) for item in value)
    return _rebuilt(value, lambda part: _replaced(part, given))


def _rebuilt(value: Any, change: Any) -> Any:
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return replace(value, **{field.name: change(getattr(value, field.name)) for field in fields(value)})

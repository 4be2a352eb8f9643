"""Where the same writing can mean several things: what is decided, and the other reading that is offered.

A reading is made with at most one choice decided the other way; the choices met on the way are noted in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Context:
    """What a reader knows while it reads: the choice taken the other way, the letters that may be functions, those of
    them that must be, and bound letters; whether there are `units` in the line, whether every x in it is a cross
    between numbers, and whether an exponent in brackets can be the order of a derivative.

    `met` grows while reading and is shared by every context made from this one.
    """

    otherwise: str = ""
    units: bool = False
    crosses: bool = False
    functions: frozenset[str] = frozenset()
    certain: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    orders: bool = False
    met: list[str] = field(default_factory=list)

    def decides(self, choice: str) -> bool:
        """Notes that `choice` was met; False where it is to be taken the other way."""
        if choice not in self.met:
            self.met.append(choice)
        return choice != self.otherwise

    def binding(self, name: str) -> Context:
        return replace(self, bound=self.bound | {name})

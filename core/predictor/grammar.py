"""Which LaTeX may follow what has been written: a pushdown automaton over the recogniser's alphabet.

Whatever it lets through to the end has a presentation tree without an empty part: every command has its groups, every
group and environment its end, no base two scripts of a kind. All of it follows from the tables at the top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.notation.tokens import END, PAD, START, TOKEN_IDS, VOCABULARY

MAX_DEPTH = 30
"""Groups and brackets inside each other, at most."""

OPENING = frozenset(r"( [ \{ \lfloor \lceil |".split())
"""A bar may close as well; for the depth it counts as opening."""
CLOSING = frozenset(r") ] \} \rfloor \rceil".split())
SEPARATORS = frozenset(("&", "\\\\"))
RELATIONS = frozenset(
    r"""
    = < > \leq \geq \neq \approx \equiv \sim \propto \ll \gg \in \notin \subset \subseteq \rightarrow \leftarrow
    \Rightarrow \Leftrightarrow \therefore \because
    """.split()
)
OPERATORS = frozenset(r"\times \cdot \div / , ; : \cup \cap \setminus".split())
SIGNS = frozenset(r"+ - \pm \mp".split())
NAMES = frozenset(
    r"""
    \sin \cos \tan \cot \sec \csc \arcsin \arccos \arctan \sinh \cosh \tanh \log \ln \lg \lim \max \min \gcd \det
    """.split()
)
LETTERS = frozenset(token for token in VOCABULARY if len(token) == 1 and token.isalpha())
DIGITS = frozenset("0123456789")
MATHS = frozenset(VOCABULARY) - {PAD, START, END, "}", "\\end{matrix}", "\\end{cases}"} - SEPARATORS


@dataclass(frozen=True)
class Group:
    """What stands between two tokens. `inside`: the tokens that may be written there; its own end is not among them."""

    opener: str
    closer: str
    inside: frozenset[str]


WHOLE = Group(START, END, MATHS)
BRACED = Group("{", "}", MATHS)
DEGREE = Group("[", "]", LETTERS | DIGITS)
WORD = Group("{", "}", LETTERS)
MATRIX = Group("\\begin{matrix}", "\\end{matrix}", MATHS | SEPARATORS)
CASES = Group("\\begin{cases}", "\\end{cases}", MATHS | SEPARATORS)

OPTIONAL = frozenset((DEGREE,))

COMMANDS: Mapping[str, tuple[Group, ...]] = {
    "\\frac": (BRACED, BRACED), "\\binom": (BRACED, BRACED), "\\sqrt": (DEGREE, BRACED), "\\mathrm": (WORD,),
    "\\overline": (BRACED,), "\\vec": (BRACED,), "\\hat": (BRACED,), "\\bar": (BRACED,), "_": (BRACED,),
    "^": (BRACED,),
}  # fmt: skip
"""The groups that have to follow a command."""

BLOCKS: Mapping[str, Group] = {group.opener: group for group in (BRACED, MATRIX, CASES)}
"""Groups that may stand by themselves."""

SCRIPTS = frozenset("_^")
"""A base takes each of them once at most."""

NEVER_AFTER_NAMES = RELATIONS | OPERATORS | CLOSING | SEPARATORS
"""A function has an argument."""

BEGINNING = ""
"""In place of the item before: nothing yet in this group or cell."""

LIMITED = frozenset(("\\int", "\\sum", "\\lim"))
"""Tokens that `\\limits` may follow."""

UNSCRIPTED = (OPENING - {"|"}) | RELATIONS | OPERATORS | SIGNS
"""Tokens that are no base of a script."""

ALIKE: Mapping[str, str] = {
    **dict.fromkeys(MATHS, "x"), **dict.fromkeys(UNSCRIPTED, "+"), **dict.fromkeys(NAMES, "\\sin"),
    **{token: token for token in LIMITED | {"\\limits"}}, **dict.fromkeys(SEPARATORS, BEGINNING),
}  # fmt: skip
"""For each token one after which the same may follow: there are few frames, and each is worked out once."""

LEAST_GROUP = 3
"""A group with one token in it."""
FORBIDDEN = np.iinfo(np.int32).max
AMPLE = 10_000
"""Room that no expression fills."""


@dataclass(frozen=True)
class _Frame:
    """An open group. `item`: the last thing in it, or what is alike; `scripts`: those that it has taken; `wanted`:
    groups that it still lacks; `brackets`: how many are open.
    """

    group: Group
    item: str = BEGINNING
    scripts: frozenset[str] = frozenset()
    wanted: tuple[Group, ...] = ()
    brackets: int = 0


State: TypeAlias = tuple[_Frame, ...]
"""The open groups, innermost last; none once the expression has ended."""

BEGIN: State = (_Frame(WHOLE),)


def advance(state: State, token: str) -> State:
    """The state after one more token, which `state` has to allow."""
    outer, top = state[:-1], state[-1]
    for index, group in enumerate(top.wanted):
        if token == group.opener:
            return (*outer, replace(top, wanted=top.wanted[index + 1 :]), _Frame(group))
    if token == top.group.closer:
        return outer
    if token in SCRIPTS:
        return (*outer, replace(top, scripts=top.scripts | {token}, wanted=COMMANDS[token]))
    if token in BLOCKS:
        return (*outer, replace(top, item=ALIKE[token], scripts=frozenset()), _Frame(BLOCKS[token]))
    brackets = max(0, top.brackets + (token in OPENING) - (token in CLOSING))
    wanted = COMMANDS.get(token, ())
    return (*outer, replace(top, item=ALIKE[token], scripts=frozenset(), wanted=wanted, brackets=brackets))


def allowed(state: State, room: int) -> NDArray[np.bool_]:
    """Which tokens of the vocabulary may follow where `room` more may be written, the end mark included.

    There is one at least as long as `room` is no less than `least`.
    """
    deep = len(state) + sum(frame.brackets for frame in state) >= MAX_DEPTH
    following: NDArray[np.bool_] = _growth(replace(state[-1], brackets=0), deep) < room - least(state)
    return following


def least(state: State) -> int:
    """How many more tokens the shortest way to the end takes, the end mark included."""
    return sum(1 + _lacking(frame) for frame in state)


def refusal(tokens: Sequence[str]) -> int | None:
    """The place of the first token that may not stand there (the length, where the expression may not end); None where
    all is well.
    """
    state = BEGIN
    for place, token in enumerate((*tokens, END)):
        if not allowed(state, AMPLE)[TOKEN_IDS[token]]:
            return place
        state = advance(state, token)
    return None


def _lacking(frame: _Frame) -> int:
    """Tokens that are still to come in `frame` itself, its end apart."""
    groups = sum(LEAST_GROUP for group in frame.wanted if group not in OPTIONAL)
    return groups + (frame.item == BEGINNING or frame.item in NAMES) + (LEAST_GROUP + 1) * _unscripted_limits(frame)


def _unscripted_limits(frame: _Frame) -> bool:
    return frame.item == "\\limits" and not frame.scripts


@cache
def _growth(frame: _Frame, deep: bool) -> NDArray[np.int32]:
    """For each token of the vocabulary how many tokens farther from the end it leads; FORBIDDEN for most."""
    growth = np.full(len(VOCABULARY), FORBIDDEN, np.int32)
    for token in _following(frame, deep):
        growth[TOKEN_IDS[token]] = least(advance((frame,), token)) - least((frame,))
    growth.setflags(write=False)
    return growth


def _following(frame: _Frame, deep: bool) -> frozenset[str]:
    """What may follow in `frame`; where it is `deep`, nothing that leads deeper."""
    if frame.wanted:
        optional = frame.wanted[0] in OPTIONAL
        return frozenset(group.opener for group in frame.wanted[: 1 + optional])
    if _unscripted_limits(frame):
        return frozenset("_")
    tokens = frame.group.inside - SCRIPTS
    if frame.item not in LIMITED or frame.scripts:
        tokens -= {"\\limits"}
    if frame.item == BEGINNING:
        tokens -= SEPARATORS
    elif frame.item in NAMES:
        tokens -= NEVER_AFTER_NAMES
    else:
        tokens |= {frame.group.closer}
    if frame.item != BEGINNING and frame.item not in UNSCRIPTED:
        tokens |= (SCRIPTS - frame.scripts) & frame.group.inside
    return tokens - (OPENING | COMMANDS.keys() | BLOCKS.keys()) if deep else tokens

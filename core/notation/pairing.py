"""Which brackets belong together, decided over the tokens of one cell (no braces, rows or columns crossed).

Round, square and curly brackets pair with their like; a round with a square one only round a comma, as a half-open
interval. Bars pair where the writing decides: a bar opens after nothing, an operator or an opening bracket, and closes
after something that can end an operand. What finds no partner stays a plain sign.
"""

from __future__ import annotations

from collections.abc import Sequence

PARTNERS = {"(": ")", "[": "]", "\\{": "\\}", "\\lfloor": "\\rfloor", "\\lceil": "\\rceil"}
CLOSERS = frozenset(PARTNERS.values())
HALF_OPEN = {("[", ")"), ("(", "]")}
_NOT_AN_END = r"""
    + - \pm \mp \times \cdot \div / = < > \leq \geq \neq \approx \equiv \sim \in \rightarrow \Rightarrow , ; : ^ _ \ln
    \lg \log \sin \cos \tan \mod \left ( [ \{ \lfloor \lceil \int \sum \prod \lim
    """
NOT_AN_END = frozenset(_NOT_AN_END.split())


def pair_brackets(tokens: Sequence[str]) -> dict[int, int]:
    """Opening index -> closing index. `tokens`: one cell; whatever stands for a whole group is any other string."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token in PARTNERS or token == "\\lvert":
            stack.append(index)
        elif token in CLOSERS or token == "\\rvert":
            _close(tokens, index, stack, pairs)
        elif token == "|":
            if stack and tokens[stack[-1]] == "|" and _ends_operand(tokens, index, stack[-1]):
                pairs[stack.pop()] = index
            else:
                stack.append(index)
    return pairs


def _ends_operand(tokens: Sequence[str], index: int, opened: int) -> bool:
    return index - 1 > opened and tokens[index - 1] not in NOT_AN_END


def _close(tokens: Sequence[str], index: int, stack: list[int], pairs: dict[int, int]) -> None:
    """Pairs the closing bracket at `index` with the nearest opening one that suits it; bars open between are signs."""
    closer = tokens[index]
    wanted = {"\\lvert"} if closer == "\\rvert" else {o for o, c in PARTNERS.items() if c == closer}
    candidates = [at for at in stack if tokens[at] != "|"]
    exact = next((at for at in reversed(candidates) if tokens[at] in wanted), None)
    nearest = candidates[-1] if candidates else None
    opened = exact
    if nearest is not None and nearest != exact and (tokens[nearest], closer) in HALF_OPEN:
        body = tokens[nearest + 1 : index]
        lone = exact is None or not _own_partner_follows(tokens, index, tokens[nearest])
        if ("," in body or ";" in body) and lone:
            opened = nearest
    if opened is not None:
        del stack[stack.index(opened) :]
        pairs[opened] = index


def _own_partner_follows(tokens: Sequence[str], index: int, opener: str) -> bool:
    """Whether a closing bracket of `opener`'s own kind is still to come for it."""
    depth = 1
    for token in tokens[index + 1 :]:
        depth += (token == opener) - (token == PARTNERS[opener])
        if depth == 0:
            return True
    return False

"""What was read against what was written: distances, tables by source, length and kind of symbol, and confusions.

Exact means the same tokens; "at most k" counts token edits (Levenshtein), as PosFormer, ICAL and TAMER do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.predictor.grammar import CLOSING, DIGITS, LETTERS, NAMES, OPENING, OPERATORS, RELATIONS, SIGNS

LENGTHS = (5, 10, 20, 30, 40)
"""Upper ends of the ranges of caption length that are reported apart."""


@dataclass(frozen=True)
class Read:
    """One line of `source`: its caption's tokens, what was read, how sure the reader was, and its wall time."""

    source: str
    truth: tuple[str, ...]
    read: tuple[str, ...]
    confidence: float
    seconds: float


@dataclass(frozen=True)
class Scores:
    """Percentages of `n` lines read exactly, with at most one and with at most two token edits.

    `ter`: token edits per hundred caption tokens. `ms_per_image`: mean wall time, decoding of the picture included.
    """

    n: int
    exprate: float
    le1: float
    le2: float
    ter: float
    ms_per_image: float


def edit_distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Least number of insertions, deletions and substitutions between two sequences (Levenshtein 1966)."""
    return _distances(one, other)[-1][-1]


def edits(truth: Sequence[str], read: Sequence[str]) -> list[tuple[str, str]]:
    """(written, read) of each token in a shortest alignment, equal ones too; the empty string for nothing."""
    table = _distances(truth, read)
    i, j = len(truth), len(read)
    pairs: list[tuple[str, str]] = []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (truth[i - 1] != read[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((truth[i], read[j]))
        elif i and table[i][j] == table[i - 1][j] + 1:
            i -= 1
            pairs.append((truth[i], ""))
        else:
            j -= 1
            pairs.append(("", read[j]))
    return pairs[::-1]


def _distances(one: Sequence[str], other: Sequence[str]) -> list[list[int]]:
    """Distance of each beginning of `one` from each beginning of `other`."""
    table = [list(range(len(other) + 1))]
    for i, token in enumerate(one):
        row = [i + 1]
        for j, against in enumerate(other):
            row.append(min(table[i][j + 1] + 1, row[j] + 1, table[i][j] + (token != against)))
        table.append(row)
    return table


def scores(reads: Sequence[Read]) -> Scores:
    """Scores of at least one line."""
    distances = [edit_distance(read.read, read.truth) for read in reads]
    exact, one, two = (
        round(100 * sum(distance <= most for distance in distances) / len(reads), 2) for most in (0, 1, 2)
    )
    return Scores(
        n=len(reads),
        exprate=exact,
        le1=one,
        le2=two,
        ter=round(100 * sum(distances) / sum(len(read.truth) for read in reads), 2),
        ms_per_image=round(1000 * sum(read.seconds for read in reads) / len(reads), 1),
    )


SYMBOL_CLASSES: Mapping[str, frozenset[str]] = {
    "digits": DIGITS,
    "small letters": frozenset(letter for letter in LETTERS if letter.islower()),
    "capitals": frozenset(letter for letter in LETTERS if letter.isupper()),
    "function names": NAMES,
    "relations": RELATIONS,
    "signs and operators": SIGNS | OPERATORS,
    "brackets": OPENING | CLOSING,
    "scripts": frozenset("_^"),
    "fractions and roots": frozenset(("\\frac", "\\sqrt", "\\binom")),
    "braces": frozenset("{}"),
}
"""Kinds of tokens; what is in none is another sign: Greek, dots, integrals and the like."""
OTHER_SIGNS = "other signs"


def symbol_class(token: str) -> str:
    return next((name for name, tokens in SYMBOL_CLASSES.items() if token in tokens), OTHER_SIGNS)


def by_symbol_class(reads: Iterable[Read]) -> dict[str, tuple[int, int, int]]:
    """For each kind of token: how many were written, how many of them were read, how many were read in all."""
    written, right, read_in_all = Counter[str](), Counter[str](), Counter[str]()
    for line in reads:
        for truth, read in edits(line.truth, line.read):
            written[symbol_class(truth)] += bool(truth)
            right[symbol_class(truth)] += bool(truth) and truth == read
            read_in_all[symbol_class(read)] += bool(read)
    names = (*SYMBOL_CLASSES, OTHER_SIGNS)
    return {name: (written[name], right[name], read_in_all[name]) for name in names if written[name]}


def confusions(reads: Iterable[Read]) -> Counter[tuple[str, str]]:
    """How often each (written, read) that differ came up; the empty string is nothing."""
    return Counter(
        pair for line in reads if line.truth != line.read for pair in edits(line.truth, line.read) if pair[0] != pair[1]
    )


def grouped(reads: Iterable[Read], key: Callable[[Read], str]) -> dict[str, list[Read]]:
    groups: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        groups[key(read)].append(read)
    return dict(groups)


def length_range(read: Read) -> str:
    """The range of LENGTHS that the caption's length falls into."""
    lower = 1
    for upper in LENGTHS:
        if len(read.truth) <= upper:
            return f"{lower} to {upper}"
        lower = upper + 1
    return f"{lower} or more"


def report(reads: Sequence[Read], sure: float, most: int = 25) -> str:
    """All tables as Markdown. `sure`: the confidence from which on a line counts as sure."""
    by_length = grouped(sorted(reads, key=lambda read: len(read.truth)), length_range)
    classes = [
        (name, str(written), _percent(right, written), _percent(right, in_all))
        for name, (written, right, in_all) in by_symbol_class(reads).items()
    ]
    confused = [
        (_shown(truth), _shown(read), str(count)) for (truth, read), count in confusions(reads).most_common(most)
    ]
    return "\n\n".join(
        (
            _score_table("set", grouped(reads, lambda read: read.source), sure),
            _score_table("tokens in the caption", by_length, sure),
            table(("tokens", "written", "of these read right", "of those read, right"), classes),
            table(("written", "read", "times"), confused),
        )
    )


def _score_table(name: str, groups: Mapping[str, Sequence[Read]], sure: float) -> str:
    header = (
        name, "n", "exact", "at most 1 edit", "at most 2", "token error rate", f"sure ({sure:g} or more)",
        "of these exact", "ms a line",
    )  # fmt: skip
    rows = []
    for group, reads in groups.items():
        s = scores(reads)
        exact = [read.read == read.truth for read in reads if read.confidence >= sure]
        rows.append(
            (
                group, str(s.n), f"{s.exprate:.1f} %", f"{s.le1:.1f} %", f"{s.le2:.1f} %", f"{s.ter:.1f} %",
                _percent(len(exact), s.n), _percent(sum(exact), len(exact)), f"{s.ms_per_image:.0f}",
            )
        )  # fmt: skip
    return table(header, rows)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _shown(token: str) -> str:
    """A token in a table's cell."""
    return "`" + token.replace("|", "\\|") + "`" if token else "nothing"

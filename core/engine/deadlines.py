"""How long each stage may take, in seconds of wall time from its start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deadlines:
    """A stage past its deadline is killed with its process."""

    ink: float = 10.0
    read: float = 30.0
    solve: float = 8.0
    spell: float = 3.0
    draw: float = 8.0
    plot: float = 3.0
    vector: float = 8.0
    mark: float = 8.0

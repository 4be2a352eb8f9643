"""What runs inside a worker process. The process that asks imports this module too, so the rooms are loaded late."""

from __future__ import annotations

import ctypes
import gc
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.outcome import InkLine, Reading

if TYPE_CHECKING:
    from core.predictor.reader import Reader

MALLOPT_ARENA_MAX = -8
"""`M_ARENA_MAX` in glibc's malloc.h."""

_loaded: dict[Path, Reader] = {}
"""The network of this predictor process, loaded once by its initialiser."""


def start_worker(memory_bytes: int) -> None:
    """Prepares a worker: bounded memory, and one thread for OpenCV."""
    import cv2

    _settle()
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    cv2.setNumThreads(1)


def start_predictor(weights: Path) -> None:
    """Prepares the predictor process: its network is loaded before the first photo comes."""
    from core.predictor.reader import Reader

    _settle()
    _loaded[weights] = Reader(weights)


def run_stage(name: str, arguments: tuple[Any, ...]) -> Any:
    """Runs one stage of the table in this process."""
    from core.stages import STAGES

    with _memory_returned():
        return STAGES[name](*arguments)


def run_read(weights: Path, lines: tuple[InkLine, ...]) -> tuple[tuple[Reading, ...], ...]:
    """Reads lines with the network that `start_predictor` loaded."""
    from core.stages import read

    with _memory_returned():
        return read(_loaded[weights], lines)


def _settle() -> None:
    """What every process of the engine begins with. An interrupt is for the parent to handle.

    glibc would give each thread of Typst and of the network a heap of its own; one heap keeps memory flat.
    """
    gc.freeze()  # what was loaded before the fork is never collected, so its pages stay shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).mallopt(MALLOPT_ARENA_MAX, 1)


@contextmanager
def _memory_returned() -> Iterator[None]:
    """Gives the system back what the body has freed: of itself, glibc does so only at the end of its heap."""
    try:
        yield
    finally:
        ctypes.CDLL(None).malloc_trim(0)

"""What runs inside a worker process. The process that asks imports this module too, so the rooms are loaded late."""

from __future__ import annotations

import ctypes
import gc
import resource
import signal
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
    """Prepares a worker: bounded memory, one thread for OpenCV, and an interrupt that only the parent handles.

    glibc would give each of Typst's threads a heap of its own and hardly ever return it; one heap keeps memory flat.
    """
    import cv2

    gc.freeze()  # what was loaded before the fork is never collected, so its pages stay shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    ctypes.CDLL(None).mallopt(MALLOPT_ARENA_MAX, 1)
    cv2.setNumThreads(1)


def start_predictor(weights: Path) -> None:
    """Prepares the predictor process: its network is loaded before the first photo comes."""
    from core.predictor.reader import Reader

    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _loaded[weights] = Reader(weights)


def run_stage(name: str, arguments: tuple[Any, ...]) -> Any:
    """Runs one stage of the table in this process."""
    from core.stages import STAGES

    return STAGES[name](*arguments)


def run_read(weights: Path, lines: tuple[InkLine, ...]) -> tuple[tuple[Reading, ...], ...]:
    """Reads lines with the network that `start_predictor` loaded."""
    from core.stages import read

    return read(_loaded[weights], lines)

"""`make bench`: how long a photo takes from bytes to card, warm, and what the whole engine holds in memory.

Figures are for the machine they are taken on; the load is printed beside them.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from io import BytesIO
from pathlib import Path

import cv2
from PIL import Image

from config.settings import load_settings
from core.limits import PhotoLimits
from core.photo.page import ink_lines
from core.service import MathService, open_service

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def proportional_memory(root: int) -> int:
    """Megabytes (PSS) of process `root` and everything below it, as Linux counts shared pages fairly."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except FileNotFoundError:
                continue
    family = {root}
    while grown := {child for child, parent in parents.items() if parent in family} - family:
        family |= grown
    kilobytes = 0
    for process in family:
        rollup = Path(f"/proc/{process}/smaps_rollup")
        if rollup.exists():
            kilobytes += next(
                int(line.split()[1]) for line in rollup.read_text().splitlines() if line.startswith("Pss:")
            )
    return kilobytes // 1024


async def _seconds(service: MathService, photo: bytes) -> float:
    start = time.perf_counter()
    outcome = await service.answer_photo(photo)
    assert outcome.picture is not None, outcome.error
    return time.perf_counter() - start


def _ink_seconds(photo: bytes) -> float:
    """CPU seconds of one core from bytes to lines of ink."""
    start = time.process_time()
    ink_lines(photo, PhotoLimits())
    return time.process_time() - start


def _as_from_a_phone(photo: bytes) -> bytes:
    """The same picture at twelve megapixels."""
    file = BytesIO()
    with Image.open(BytesIO(photo)) as image:
        image.resize((4000, 3000)).save(file, "JPEG")
    return file.getvalue()


async def _bench() -> None:
    photos = {path.name: path.read_bytes() for path in sorted((ROOT / "samples" / "photos").glob("*.jpg"))}
    async with open_service(load_settings().service_options()) as service:
        for photo in photos.values():
            await _seconds(service, photo)
        times = {name: [await _seconds(service, photo) for _ in range(ROUNDS)] for name, photo in photos.items()}
        memory = proportional_memory(os.getpid())
    cv2.setNumThreads(1)
    large = _as_from_a_phone(photos["page.jpg"])
    inked = statistics.median(_ink_seconds(large) for _ in range(ROUNDS))
    for name, seconds in times.items():
        print(f"{name:20} {1000 * statistics.median(seconds):6.0f} ms")
    every = sorted(second for seconds in times.values() for second in seconds)
    late = every[int(len(every) * 0.95)]
    print(f"twelve megapixels to lines of ink: {1000 * inked:.0f} ms of CPU (250 at most)")
    print(f"photo to card: median {1000 * statistics.median(every):.0f} ms, 95th percentile {1000 * late:.0f} ms")
    print(f"memory: {memory} MB (PSS of all processes); load average {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    asyncio.run(_bench())

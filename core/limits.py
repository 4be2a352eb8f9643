"""The limits that are part of the design, as frozen values that callers pass in."""

from __future__ import annotations

from dataclasses import dataclass

MEGAPIXEL = 1_000_000


@dataclass(frozen=True)
class PhotoLimits:
    """Guards on a photo. `long_side`: pixels that the photo is worked on at, at most."""

    max_bytes: int = 20 * 1024 * 1024
    max_jpeg_pixels: int = 50 * MEGAPIXEL
    max_other_pixels: int = 25 * MEGAPIXEL
    long_side: int = 2000
    max_lines: int = 40


@dataclass(frozen=True)
class MathLimits:
    """Guards on maths. Times in seconds; `answer_seconds`: for the answer, then it is stopped."""

    max_tokens: int = 400
    max_depth: int = 40
    answer_seconds: float = 8.0


@dataclass(frozen=True)
class PictureLimits:
    """What the chats accept as a photo. `max_sides`: pixels of width and height together; `max_ratio`: long by
    short.
    """

    max_sides: int = 10_000
    max_ratio: float = 20.0
    max_bytes: int = 10 * MEGAPIXEL


@dataclass(frozen=True)
class AskingLimits:
    """Who may ask how much. `at_once`: requests in work; `waiting`, `waiting_per_chat`: requests that wait, at most.

    A person may ask `user_burst` times at once and then once every `user_seconds`; a chat likewise.
    """

    at_once: int = 3
    waiting: int = 250
    waiting_per_chat: int = 5
    user_burst: int = 10
    user_seconds: float = 5.0
    chat_burst: int = 20
    chat_seconds: float = 2.0

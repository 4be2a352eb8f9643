"""The photo with a numbered box round each line that was read: what Chalkline saw, and what it left out.

A number stands beside its box, at the first place where it hides neither writing nor another box; where there is none,
in a strip added at the left. The boxes and numbers are a transparent Typst page laid over the photo.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.limits import PhotoLimits, PictureLimits
from core.outcome import Box, Page, Picture, Turn
from core.photo.decode import decode
from core.photo.ink import INK, soft_ink
from core.render.alt import describe_marks
from core.render.card import PHOTO_IN_CHAT
from core.render.style import PLAIN, CardStyle
from core.render.theme import Theme
from core.render.typesetting import png
from core.render.typst_math import literal

LONG_SIDE = 1280  # pixels; chats show no more
BADGE = 30  # pixels: height of a number, and its width where it is short
LETTER = 10  # pixels that a label's letters after the second add
GAP = 5  # pixels between what is written, its box and its number
MOST_INK = 0.01  # share of a place that writing may take, such as grain of the paper


@dataclass(frozen=True)
class Badge:
    """A number and its place on the picture."""

    text: str
    box: Box


def mark(
    photo: bytes, page: Page, limits: PhotoLimits, style: CardStyle = PLAIN, chat: PictureLimits = PHOTO_IN_CHAT
) -> Picture:
    """The photo that `page` was read from, upright, its lines in numbered boxes, within what chats accept.

    Raises PhotoError.
    """
    decoded = decode(photo, replace(limits, long_side=min(limits.long_side, LONG_SIDE)))
    height, width = decoded.pixels.shape[:2]
    pixels = np.ascontiguousarray(np.rot90(decoded.pixels, -page.turned // 90))

    def placed(box: Box) -> Box:
        return wider(turned(scaled(box, 1 / decoded.scale), page.turned, width, height))

    lines = [placed(line.box) for line in page.lines]
    aside = [placed(part.box) for part in page.set_aside]
    labels = [line.label or str(number) for number, line in enumerate(page.lines, start=1)]
    badges = place_badges(labels, lines, [*lines, *aside], soft_ink(pixels) >= INK)
    canvas, left, top = extended(Image.fromarray(pixels), badges, style.theme.paper, chat.max_ratio)
    overlay = png(marks_page(canvas.size, (left, top), lines, aside, badges, style.theme), 1.0)
    canvas.paste(drawn := Image.open(io.BytesIO(overlay)), mask=drawn)
    data = io.BytesIO()
    canvas.save(data, "PNG")
    return Picture(data.getvalue(), describe_marks(page, style.words), *canvas.size)


def scaled(box: Box, factor: float) -> Box:
    return Box(*(round(value * factor) for value in (box.x, box.y, box.w, box.h)))


def wider(box: Box) -> Box:
    return Box(box.x - GAP, box.y - GAP, box.w + 2 * GAP, box.h + 2 * GAP)


def turned(box: Box, turn: Turn, width: int, height: int) -> Box:
    """`box` on a picture of `width` by `height` pixels, after the picture was turned clockwise."""
    for _ in range(turn // 90):
        box, width, height = Box(height - box.y - box.h, box.x, box.h, box.w), height, width
    return box


def place_badges(
    labels: Sequence[str], lines: Sequence[Box], taken: Sequence[Box], writing: NDArray[np.bool_]
) -> tuple[Badge, ...]:
    """A place for each label beside its line; left of the picture (x below 0) where there is none on it."""
    badges: list[Badge] = []
    for label, line in zip(labels, lines, strict=True):
        wide = BADGE + LETTER * max(0, len(label) - 2)
        blocked = [*taken, *(badge.box for badge in badges)]
        free = (place for place in places(line, wide) if is_free(place, blocked, writing))
        badges.append(Badge(label, next(free, None) or in_strip(line, wide, blocked)))
    return tuple(badges)


def places(line: Box, wide: int) -> Iterator[Box]:
    """Where the number of a line may stand, best first: left, right, above, below."""
    right, bottom = line.x + line.w, line.y + line.h
    middle = line.y + (line.h - BADGE) // 2
    for x, y in (
        (line.x - wide - GAP, middle),
        (line.x - wide - GAP, line.y),
        (right + GAP, middle),
        (line.x, line.y - BADGE - GAP),
        (right - wide, line.y - BADGE - GAP),
        (line.x, bottom + GAP),
        (right - wide, bottom + GAP),
    ):
        yield Box(x, y, wide, BADGE)


def is_free(place: Box, blocked: Sequence[Box], writing: NDArray[np.bool_]) -> bool:
    """Whether `place` lies on the picture, apart from all boxes, and (nearly) without writing."""
    height, width = writing.shape
    if place.x < 0 or place.y < 0 or place.x + place.w > width or place.y + place.h > height:
        return False
    beneath = writing[place.y : place.y + place.h, place.x : place.x + place.w]
    return beneath.mean() <= MOST_INK and not any(overlap(place, box) for box in blocked)


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.w and other.x < one.x + one.w
    return across and one.y < other.y + other.h and other.y < one.y + one.h


def in_strip(line: Box, wide: int, blocked: Sequence[Box]) -> Box:
    """The first free place downwards from the line's middle, left of the picture."""
    place = Box(-wide - GAP, max(0, line.y + (line.h - BADGE) // 2), wide, BADGE)
    while hit := next((box for box in blocked if box.x < 0 and overlap(place, box)), None):
        place = replace(place, y=hit.y + hit.h + GAP)
    return place


def extended(image: Image.Image, badges: Sequence[Badge], paper: str, max_ratio: float) -> tuple[Image.Image, int, int]:
    """`image` on a canvas with room for every badge and no longer than chats accept, and where it lies on that."""
    left = max([0, *(GAP - badge.box.x for badge in badges if badge.box.x < 0)])
    bottom = max([image.height, *(badge.box.y + badge.box.h + GAP for badge in badges)])
    width, height = left + image.width, bottom
    full_width, full_height = max(width, round(height / max_ratio) + 1), max(height, round(width / max_ratio) + 1)
    left, top = left + (full_width - width) // 2, (full_height - height) // 2
    canvas = Image.new("RGB", (full_width, full_height), paper)
    canvas.paste(image, (left, top))
    return canvas, left, top


def marks_page(
    size: tuple[int, int],
    offset: tuple[int, int],
    lines: Sequence[Box],
    aside: Sequence[Box],
    badges: Sequence[Badge],
    theme: Theme,
) -> str:
    """The Typst source of the marks, a point to a pixel of the canvas; `offset`: where the photo lies on it."""

    def place(box: Box, body: str) -> str:
        return f"#place(dx: {box.x + offset[0]}pt, dy: {box.y + offset[1]}pt, {body})"

    def frame(box: Box, stroke: str) -> str:
        return place(box, f"rect(width: {box.w}pt, height: {box.h}pt, radius: 6pt, stroke: {stroke})")

    right, muted, paper = (f"rgb({literal(colour)})" for colour in (theme.right, theme.muted, theme.paper))
    return "\n".join((
        f"#set page(width: {size[0]}pt, height: {size[1]}pt, margin: 0pt, fill: none)",
        f'#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), size: 20pt, weight: "bold", fill: {paper})',
        *(frame(box, f'(paint: {muted}, thickness: 1.5pt, dash: "dashed")') for box in aside),
        *(frame(box, f"2.5pt + {right}") for box in lines),
        *(
            place(
                badge.box,
                f"rect(width: {badge.box.w}pt, height: {BADGE}pt, radius: {BADGE / 2}pt, fill: {right}, inset: 0pt, "
                f"align(center + horizon, {literal(badge.text)}))",
            )
            for badge in badges
        ),
    ))  # fmt: skip

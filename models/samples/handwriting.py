"""A hand that writes LaTeX: glyphs of a handwriting font and drawn strokes, set a little unevenly, as an ink map.

It knows digits, letters, brackets, the signs of `STROKES`, scripts, fractions, roots; the sample photos need no more.
Lengths are in glyph heights until something is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.data.photo.paper import smooth_noise

Ink = NDArray[np.uint8]
Path2D = tuple[tuple[float, float], ...]

FINE = 4
"""Strokes are drawn this much larger and shrunk, for smooth edges and fractional thickness."""

STROKES: dict[str, tuple[Path2D, ...]] = {
    "+": (((0.0, -0.42), (0.55, -0.44)), ((0.28, -0.70), (0.27, -0.14))),
    "-": (((0.0, -0.42), (0.48, -0.43)),),
    "=": (((0.0, -0.53), (0.52, -0.55)), ((0.01, -0.28), (0.53, -0.30))),
    r"\times": (((0.02, -0.66), (0.44, -0.18)), ((0.43, -0.67), (0.0, -0.17))),
    r"\div": (((0.0, -0.42), (0.52, -0.43)), ((0.26, -0.68), (0.27, -0.66)), ((0.26, -0.18), (0.27, -0.16))),
    r"\leq": (((0.48, -0.78), (0.03, -0.50), (0.49, -0.26)), ((0.03, -0.06), (0.50, -0.08))),
    r"\geq": (((0.02, -0.78), (0.47, -0.50), (0.01, -0.26)), ((0.01, -0.06), (0.49, -0.08))),
    r"\int": (((0.62, -1.36), (0.54, -1.50), (0.42, -1.44), (0.34, -1.10), (0.26, -0.10), (0.18, 0.36), (0.08, 0.46),
               (-0.04, 0.34)),),
}  # fmt: skip
"""Signs drawn as strokes: x to the right, y down from the baseline, in glyph heights."""

SPACED = frozenset({"+", "-", "=", r"\times", r"\div", r"\leq", r"\geq"})
"""Signs that stand apart from their neighbours."""


@dataclass(frozen=True)
class Hand:
    """Whose writing it is. `height`: of a digit, in pixels. `jitter`: 0 is like print, 1 like a person, 2 careless."""

    font: Path
    height: float
    jitter: float = 1.0
    thickness: float = 0.07
    spacing: float = 0.16

    def smaller(self, factor: float) -> Hand:
        """The same pen writing smaller: strokes keep their width."""
        return replace(self, height=self.height * factor, thickness=self.thickness / factor)


@dataclass(frozen=True)
class Mark:
    """A patch of ink; `x`, `y` of its upper left corner, from the start of the baseline, in pixels."""

    x: float
    y: float
    ink: Ink


@dataclass(frozen=True)
class Box:
    """Something written: `width`, and reach above and below the baseline, in pixels, and its marks."""

    width: float
    above: float
    below: float
    marks: tuple[Mark, ...] = ()

    def moved(self, x: float, y: float) -> tuple[Mark, ...]:
        return tuple(replace(mark, x=mark.x + x, y=mark.y + y) for mark in self.marks)


def write(latex: str, hand: Hand, random: np.random.Generator) -> Box:
    """One line of space-separated tokens, every group braced. Raises ValueError for a token the hand does not know."""
    tokens = iter(latex.split())
    return _row(tokens, hand, random, closing=None)


def put(box: Box, canvas: Ink, x: float, baseline: float) -> None:
    """Adds what was written to an ink map, in place; what falls off the map is lost."""
    for mark in box.moved(x, baseline):
        left, top = round(mark.x), round(mark.y)
        height, width = mark.ink.shape
        rows = slice(max(0, top), max(0, min(canvas.shape[0], top + height)))
        columns = slice(max(0, left), max(0, min(canvas.shape[1], left + width)))
        patch = mark.ink[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        canvas[rows, columns] = np.maximum(canvas[rows, columns], patch)


def _row(tokens: Iterator[str], hand: Hand, random: np.random.Generator, closing: str | None) -> Box:
    """Boxes side by side on a baseline that drifts, up to the closing token."""
    unit = hand.height
    x = drift = above = below = 0.0
    marks: list[Mark] = []
    before: str | None = None
    for token in tokens:
        if token == closing:
            return Box(x, above, below, tuple(marks))
        if token in ("^", "_"):
            box, shift = _script(tokens, token, before, hand, random)
            start = x - (0.38 * unit if token == "_" and before == r"\int" else 0.0)
        else:
            box, shift = _sign(token, tokens, hand, random), 0.0
            start = x + (_gap(before, token, hand, random) if before is not None else 0.0)
        drift = 0.8 * drift + random.normal() * 0.02 * hand.jitter * unit
        y = shift + drift
        marks += box.moved(start, y)
        x, above, below = max(x, start + box.width), max(above, box.above - y), max(below, box.below + y)
        if token == "^" or (token == "_" and before != r"\int"):
            before = "}"
        elif token != "_":
            before = token
    if closing is not None:
        raise ValueError(f"{closing} is missing")
    return Box(x, above, below, tuple(marks))


def _gap(before: str, token: str, hand: Hand, random: np.random.Generator) -> float:
    spread = 1 + 0.25 * hand.jitter * float(random.normal())
    apart = 0.26 if before in SPACED or token in SPACED else 0.0
    return (hand.spacing + apart) * hand.height * min(1.6, max(0.75, spread))


def _script(
    tokens: Iterator[str], token: str, before: str | None, hand: Hand, random: np.random.Generator
) -> tuple[Box, float]:
    """What is written small beside its base, and how far below the baseline (negative: above) its own baseline is."""
    box = _group(tokens, hand.smaller(0.62), random)
    high, low = (1.15, 0.5) if before in (r"\int", "_") else (0.62, 0.25)
    box = replace(box, width=box.width + 0.06 * hand.height, marks=box.moved(0.06 * hand.height, 0))
    return box, (-high if token == "^" else low) * hand.height


def _sign(token: str, tokens: Iterator[str], hand: Hand, random: np.random.Generator) -> Box:
    if token == r"\frac":
        return _fraction(_group(tokens, hand, random), _group(tokens, hand, random), hand, random)
    if token == r"\sqrt":
        return _root(_group(tokens, hand, random), hand, random)
    if token in STROKES:
        return _strokes(STROKES[token], hand, random)
    if len(token) == 1 and token not in "{}":
        return _glyph(token, hand, random)
    raise ValueError(f"this hand cannot write {token}")


def _group(tokens: Iterator[str], hand: Hand, random: np.random.Generator) -> Box:
    if next(tokens, None) != "{":
        raise ValueError("a group has no opening brace")
    return _row(tokens, hand, random, closing="}")


def _fraction(top: Box, bottom: Box, hand: Hand, random: np.random.Generator) -> Box:
    unit = hand.height
    width = max(top.width, bottom.width) + 0.4 * unit
    bar = _strokes((((0.0, -0.4), (width / unit, -0.4 + 0.03 * random.normal())),), hand, random)
    clear = (0.2 + 0.06 * random.random()) * unit
    up = -0.4 * unit - clear - top.below
    down = -0.4 * unit + clear + bottom.above
    marks = (
        *bar.marks,
        *top.moved((width - top.width) / 2 + 0.05 * unit * random.normal(), up),
        *bottom.moved((width - bottom.width) / 2 + 0.05 * unit * random.normal(), down),
    )
    return Box(width, top.above - up, bottom.below + down, marks)


def _root(radicand: Box, hand: Hand, random: np.random.Generator) -> Box:
    unit = hand.height
    roof, floor = -radicand.above / unit - 0.18, radicand.below / unit + 0.02
    start = 0.62
    end = start + radicand.width / unit + 0.16
    hook = ((0.0, -0.34), (0.13, -0.46), (0.30, floor), (0.52, roof), (end, roof - 0.03))
    sign = _strokes((hook,), hand, random, round_corners=False)
    marks = (*sign.marks, *radicand.moved(start * unit, 0))
    return Box(end * unit, -roof * unit, max(floor * unit, radicand.below), marks)


def _strokes(paths: tuple[Path2D, ...], hand: Hand, random: np.random.Generator, round_corners: bool = True) -> Box:
    """Draws strokes with an unsteady hand: moved ends, a slight bow, pressure that comes and goes."""
    unit = hand.height
    drawn = []
    for path in paths:
        points = np.asarray(path) + random.normal(size=(len(path), 2)) * 0.022 * hand.jitter
        curve = _rounded(points) if round_corners and len(path) > 3 else _bowed(points, hand.jitter, random)
        drawn.append(curve * unit)
    everything = np.concatenate(drawn)
    pad = 0.2 * unit
    origin = np.floor(everything.min(axis=0) - pad)
    size = np.ceil(everything.max(axis=0) + pad - origin).astype(int)
    large = np.zeros((size[1] * FINE, size[0] * FINE), np.uint8)
    for curve in drawn:
        pressure = 1 + 0.18 * smooth_noise((1, len(curve)), 6, random)[0]
        points = np.round((curve - origin) * FINE * 16).astype(int)
        for a, b, force in zip(points[:-1], points[1:], pressure[1:], strict=True):
            thickness = max(1, round(hand.thickness * unit * FINE * float(force)))
            cv2.line(large, tuple(map(int, a)), tuple(map(int, b)), 255, thickness, cv2.LINE_AA, 4)
    ink = np.asarray(cv2.resize(large, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    left = max(0.0, float(everything[:, 0].min()))
    mark = Mark(float(origin[0]) - left, float(origin[1]), ink)
    low, high = everything[:, 1].min(), everything[:, 1].max()
    return Box(float(everything[:, 0].max()) - left, -float(low), float(high), (mark,))


def _bowed(points: NDArray[np.float64], jitter: float, random: np.random.Generator) -> NDArray[np.float64]:
    """Straight pieces between the points, each bent a little to one side."""
    pieces = []
    for start, end in pairwise(points):
        along = np.linspace(0, 1, 16)[:, None]
        side = np.array([start[1] - end[1], end[0] - start[0]])
        bow = min(0.03, 0.02 / max(0.2, float(np.hypot(*side)))) * jitter * random.normal()
        pieces.append(start + along * (end - start) + np.sin(math.pi * along) * side * bow)
    return np.concatenate(pieces)


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A Catmull-Rom spline through the points."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, 16)[:, None]
    pieces = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate(pieces)


def _glyph(character: str, hand: Hand, random: np.random.Generator) -> Box:
    """A glyph of the font, turned, stretched and bent a little, so that no two are the same, as wide as the pen."""
    unit, jitter = hand.height, hand.jitter
    printed, top = _printed(character, hand)
    height, width = printed.shape
    turn, shear = random.normal(size=2) * 0.03 * jitter
    stretch = 1 + random.normal(size=2) * 0.035 * jitter
    matrix = np.array([[stretch[0], shear - turn], [turn, stretch[1]]])
    centre = np.array([width / 2, height / 2])
    affine = np.column_stack([matrix, centre - matrix @ centre]).astype(np.float32)
    turned = cv2.warpAffine(printed, affine, (width, height), flags=cv2.INTER_LINEAR)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bend = [smooth_noise((height, width), unit / 2, random) * np.float32(0.022 * unit * jitter) for _ in range(2)]
    bent = np.asarray(cv2.remap(turned, x + bend[0], y + bend[1], cv2.INTER_LINEAR), dtype=np.uint8)
    ink = _penned(bent, hand.thickness * unit)

    columns, rows = np.flatnonzero(ink.max(axis=0) > 60), np.flatnonzero(ink.max(axis=1) > 60)
    mark = Mark(-float(columns[0]), top, ink)
    return Box(float(columns[-1] - columns[0]), -(top + float(rows[0])), top + float(rows[-1]), (mark,))


def _printed(character: str, hand: Hand) -> tuple[Ink, float]:
    """A glyph as the font has it, with room around it, and where its upper edge is from the baseline."""
    font = ImageFont.truetype(str(hand.font), 200)
    _, digit_top, _, digit_bottom = font.getbbox("8", anchor="ls")
    scale = hand.height / (digit_bottom - digit_top)
    left, top, right, bottom = (scale * side for side in font.getbbox(character, anchor="ls"))
    pad = 0.3 * hand.height
    image = Image.new("L", (math.ceil(right - left + 2 * pad), math.ceil(bottom - top + 2 * pad)), 0)
    sized = ImageFont.truetype(str(hand.font), 200 * scale)
    ImageDraw.Draw(image).text((pad - left, pad - top), character, fill=255, font=sized, anchor="ls")
    return np.asarray(image, dtype=np.uint8), top - pad


def _penned(ink: Ink, thickness: float) -> Ink:
    """The glyph with strokes as wide as the pen's: its outline moved in or out by half the difference.

    The mean distance to the edge inside a stroke is a quarter of its width; the transform counts half a pixel more.
    """
    mask = (ink > 127).astype(np.uint8)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    outside = cv2.distanceTransform(1 - mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    width = 4 * (float(inside[mask > 0].mean()) - 0.5)
    moved = cv2.GaussianBlur(inside - outside, (0, 0), 0.8) + (thickness - width) / 2
    return np.asarray(np.clip(moved + 0.5, 0, 1) * 255, dtype=np.uint8)

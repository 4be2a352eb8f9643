"""What lies on the table before the photo is taken: a sheet, its ruling, the pen's ink, the writing on the back.

Pictures are float32 arrays (height, width, 3) of reflectance, RGB, 0 to 1; layers are float32 arrays (height, width),
0 to 1. Lengths are in pixels; `unit` is the height of an ordinary glyph in pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Layer = NDArray[np.float32]
Picture = NDArray[np.float32]
Points = NDArray[np.float32]
Range = tuple[float, float]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Pen:
    """`alpha`: how much light the ink takes; `gaps`: share of a stroke left dry; `grain`: how far fibres show."""

    colour: Colour
    alpha: Range = (0.75, 1.0)
    gaps: Range = (0.0, 0.0)
    grain: Range = (0.0, 0.15)


@dataclass(frozen=True)
class Ruling:
    """Printed lines: directions, distance in units, ink. A margin is one more upright line near the left edge."""

    rows: bool = True
    columns: bool = False
    margin: bool = False
    pitch: Range = (1.4, 2.6)
    colour: Colour = (0.55, 0.66, 0.80)
    alpha: Range = (0.25, 0.8)


PENS: dict[str, Pen] = {
    "blue ballpoint": Pen((0.10, 0.16, 0.52), (0.7, 1.0), (0.0, 0.08), (0.0, 0.3)),
    "violet ballpoint": Pen((0.20, 0.16, 0.50), (0.6, 0.95), (0.0, 0.08), (0.0, 0.3)),
    "blue gel": Pen((0.08, 0.14, 0.45)),
    "black gel": Pen((0.08, 0.08, 0.10)),
    "black ballpoint": Pen((0.14, 0.14, 0.17), (0.6, 0.95), (0.0, 0.1), (0.0, 0.3)),
    "pencil": Pen((0.22, 0.22, 0.24), (0.45, 0.85), (0.0, 0.1), (0.2, 0.6)),
    "hard pencil": Pen((0.38, 0.38, 0.41), (0.35, 0.6), (0.0, 0.1), (0.2, 0.5)),
    "red felt": Pen((0.78, 0.14, 0.12), (0.8, 1.0)),
    "red ballpoint": Pen((0.70, 0.15, 0.20), (0.65, 0.95), (0.0, 0.1), (0.0, 0.3)),
    "green felt": Pen((0.10, 0.42, 0.25), (0.75, 1.0)),
}

PAPERS: dict[str, Colour] = {
    "white": (0.96, 0.96, 0.95),
    "bluish": (0.90, 0.93, 0.96),
    "cream": (0.95, 0.92, 0.84),
    "recycled": (0.82, 0.81, 0.78),
    "pinkish": (0.94, 0.90, 0.88),
    "yellow pad": (0.97, 0.93, 0.66),
}

RULINGS: dict[str, Ruling | None] = {
    "blank": None,
    "lines": Ruling(),
    "lines and margin": Ruling(margin=True),
    "grey lines": Ruling(colour=(0.55, 0.56, 0.58), alpha=(0.3, 0.9)),
    "grid": Ruling(columns=True, pitch=(0.7, 1.5), alpha=(0.15, 0.6)),
    "grey grid": Ruling(columns=True, pitch=(0.7, 1.5), colour=(0.6, 0.62, 0.63), alpha=(0.15, 0.6)),
}

DESKS: dict[str, Colour] = {
    "dark wood": (0.24, 0.16, 0.11),
    "light wood": (0.62, 0.48, 0.34),
    "grey table": (0.42, 0.43, 0.45),
    "black cloth": (0.08, 0.08, 0.09),
}

MARGIN_COLOUR: Colour = (0.85, 0.42, 0.46)


def smooth_noise(shape: tuple[int, int], cell: float, random: np.random.Generator) -> Layer:
    """Noise of zero mean, about unit variance, that changes over `cell` pixels: a small random grid, enlarged."""
    rows, columns = (max(2, math.ceil(side / max(cell, 1.0)) + 1) for side in shape)
    grid = random.standard_normal((rows, columns), dtype=np.float32)
    return np.asarray(cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def sheet(
    shape: tuple[int, int], colour: Colour, roughness: float, unit: float, random: np.random.Generator
) -> Picture:
    """A blank sheet: its colour, fibres as fine noise and cloudiness as coarse noise."""
    texture = 1 + roughness * (
        0.5 * smooth_noise(shape, unit / 12, random)
        + 0.6 * smooth_noise(shape, unit / 4, random)
        + 0.7 * smooth_noise(shape, unit * 2, random)
    )
    picture: Picture = texture[:, :, None] * np.asarray(colour, dtype=np.float32)
    return picture


def rule_lines(
    ruling: Ruling, shape: tuple[int, int], pitch: float, offset: float, unit: float, random: np.random.Generator
) -> tuple[list[Points], list[Points]]:
    """Ends of the printed lines, and of the margin line, on the sheet. All in pixels; they reach beyond the edges."""
    height, width = shape
    reach = 0.25 * max(shape)
    steps = np.linspace(-reach, width + reach, 17)
    lines: list[Points] = []
    if ruling.rows:
        for y in np.arange(offset - pitch * math.ceil((reach + offset) / pitch), height + reach, pitch):
            lines.append(np.stack([steps, np.full_like(steps, y)], axis=1).astype(np.float32))
    upright = np.linspace(-reach, height + reach, 17)
    if ruling.columns:
        start = random.uniform(-pitch, 0) - pitch * math.ceil(reach / pitch)
        for x in np.arange(start, width + reach, pitch):
            lines.append(np.stack([np.full_like(upright, x), upright], axis=1).astype(np.float32))
    margins: list[Points] = []
    if ruling.margin:
        x = random.uniform(0.3, 2.0) * unit
        margins.append(np.stack([np.full_like(upright, x), upright], axis=1).astype(np.float32))
    return lines, margins


def draw_lines(shape: tuple[int, int], lines: list[Points], width: float) -> Layer:
    """Antialiased polylines as a layer; lines thinner than a pixel are paler instead."""
    layer = np.zeros(shape, np.uint8)
    if lines:
        fixed = [np.round(line * 16).astype(np.int32)[:, None] for line in lines]
        cv2.polylines(layer, fixed, False, 255, max(1, round(width)), cv2.LINE_AA, 4)
    covered: Layer = layer.astype(np.float32) * np.float32(min(1.0, width) / 255)
    return covered


def stain(picture: Picture, layer: Layer, colour: Colour, alpha: float) -> Picture:
    """Lays transparent ink on the picture: where the layer is full, light is reduced to `colour` by `alpha`."""
    taken = np.float32(alpha) * (1 - np.asarray(colour, dtype=np.float32))
    stained: Picture = picture * (1 - layer[:, :, None] * taken)
    return stained


def on_desk(picture: Picture, page: Layer, colour: Colour, unit: float, random: np.random.Generator) -> Picture:
    """Puts the page, a layer, on a desk: wood or cloth with long streaks, darker where the page's edge shades it."""
    height, width = page.shape
    streaks = smooth_noise((height, max(2, width // 12)), unit / 10, random)
    grain = cv2.resize(streaks, (width, height)) + 0.6 * smooth_noise(page.shape, unit / 20, random)
    shade = 1 - 0.6 * np.asarray(cv2.GaussianBlur(page, (0, 0), unit / 4), dtype=np.float32)
    desk = (shade * (1 + 0.07 * grain))[:, :, None] * np.asarray(colour, dtype=np.float32)
    return np.asarray(picture * page[:, :, None] + desk * (1 - page[:, :, None]), dtype=np.float32)


def dry_gaps(ink: Layer, share: float, unit: float, random: np.random.Generator) -> Layer:
    """A pen that skips: short pale places on about `share` of the strokes, grouped where the pen ran dry.

    They stay shorter than a part of a glyph that would make it another glyph.
    """
    if share <= 0:
        return ink
    skips = 0.8 * smooth_noise(ink.shape, unit / 20, random) + 0.5 * smooth_noise(ink.shape, unit * 1.5, random)
    return np.asarray(ink * (1 - 0.7 * np.clip((skips - (1.3 - 3 * share)) * 2, 0, 1)), dtype=np.float32)


def paper_grain(ink: Layer, strength: float, unit: float, random: np.random.Generator) -> Layer:
    """Graphite and ballpoint catch on the fibres: fine noise thins the ink."""
    if strength <= 0:
        return ink
    grained: Layer = ink * (1 - strength * np.clip(0.4 + 0.5 * smooth_noise(ink.shape, unit / 40, random), 0, 1))
    return grained


def bleed_through(ink: NDArray[np.uint8], unit: float, random: np.random.Generator) -> Layer:
    """Writing on the back of the sheet: the mirrored ink, shifted and blurred."""
    height, width = ink.shape
    aside, up = width * random.uniform(0.8, 1.2), unit * random.uniform(0.6, 1.6) * random.choice((-1, 1))
    shift = np.asarray([[-1, 0, aside], [0, 1, up]], dtype=np.float32)
    mirrored = cv2.warpAffine(ink, shift, (width, height), borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    blurred = cv2.GaussianBlur(mirrored, (0, 0), max(0.6, unit / 16))
    return np.asarray(blurred, dtype=np.float32) / np.float32(255)


def scribbled_line(width: int, unit: float, random: np.random.Generator) -> NDArray[np.uint8]:
    """An ink map of meaningless strokes in a row, as high as a line of writing."""
    height = max(4, round(1.4 * unit))
    ink = np.zeros((height, width), np.uint8)
    thickness = max(1, round(random.uniform(0.06, 0.12) * unit))
    x = random.uniform(-0.5, 1.0) * unit
    while x < width:
        size = unit * random.uniform(0.3, 0.6)
        centre = (round(x), round(height / 2 + random.normal() * 0.1 * unit))
        if random.random() < 0.5:
            axes = (max(1, round(size * random.uniform(0.4, 0.8))), max(1, round(size)))
            start, tilt = random.uniform(0, 360), random.uniform(-20, 20)
            cv2.ellipse(ink, centre, axes, tilt, start, start + random.uniform(150, 340), 255, thickness, cv2.LINE_AA)
        else:
            turn = random.uniform(0, math.pi)
            end = (round(x + size * math.cos(turn)), round(centre[1] + size * math.sin(turn)))
            cv2.line(ink, centre, end, 255, thickness, cv2.LINE_AA)
        x += unit * random.uniform(0.5, 1.4)
    return ink


def add_neighbours(
    ink: NDArray[np.uint8], other: NDArray[np.uint8] | None, unit: float, random: np.random.Generator
) -> NDArray[np.uint8]:
    """Parts of the lines above and below, cut off by the edges; clear of the ink, or left out for want of room."""
    filled = np.flatnonzero(ink.max(axis=1) > 40)
    if not filled.size:
        return ink
    height, width = ink.shape
    clearance = round(0.25 * unit)
    result = ink.copy()
    for above in (True, False):
        room = int(filled[0] if above else height - 1 - filled[-1]) - clearance
        if room < 2 or random.random() < 0.4:
            continue
        line = scribbled_line(width, unit, random) if other is None else cv2.resize(other, (width, other.shape[0]))
        depth = min(int(random.integers(1, room + 1)), line.shape[0] // 2)
        if above:
            result[:depth] = np.maximum(result[:depth], line[line.shape[0] - depth :])
        else:
            result[height - depth :] = np.maximum(result[height - depth :], line[:depth])
    return result

"""Ink in, phone photo out: paper, pen, light, lens and file, drawn at random from a style.

No set of paper pictures lies behind this: all is generated. A style says how likely and how strong each effect is.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.photo.ink import GLYPH_HEIGHT
from models.data.photo import camera, paper
from models.data.photo.camera import View
from models.data.photo.paper import Range


@dataclass(frozen=True)
class PhotoStyle:
    """How photos come out. Pairs are ranges, drawn from evenly; `*_chance` are probabilities; lengths are in units.

    `unit` is the height of an ordinary glyph in pixels of the ink map, so that one style serves any resolution.
    """

    unit: float = GLYPH_HEIGHT
    pens: tuple[tuple[str, float], ...] = (
        ("blue ballpoint", 3), ("violet ballpoint", 2), ("blue gel", 2), ("black gel", 2), ("black ballpoint", 2),
        ("pencil", 2), ("hard pencil", 1), ("red felt", 1), ("red ballpoint", 0.5), ("green felt", 0.3),
    )  # fmt: skip
    papers: tuple[tuple[str, float], ...] = (
        ("white", 4), ("bluish", 2), ("cream", 1), ("recycled", 1), ("pinkish", 1), ("yellow pad", 0.3),
    )  # fmt: skip
    rulings: tuple[tuple[str, float], ...] = (
        ("blank", 4), ("lines", 2.5), ("lines and margin", 1), ("grey lines", 1.5), ("grid", 1), ("grey grid", 0.7),
    )  # fmt: skip
    roughness: Range = (0.003, 0.02)
    rule_width: Range = (0.02, 0.07)
    rule_pitch: Range | None = None
    rule_offset: float | None = None
    neighbours_chance: float = 0.3
    bleed_chance: float = 0.15
    bleed: Range = (0.03, 0.12)
    faint_chance: float = 0.1
    degrees: Range = (-3.0, 3.0)
    perspective: Range = (0.0, 0.04)
    bend_chance: float = 0.1
    bend: Range = (0.05, 0.2)
    desk_chance: float = 0.0
    desks: tuple[tuple[str, float], ...] = (("dark wood", 1), ("light wood", 1), ("grey table", 1), ("black cloth", 1))
    desk_seen: Range = (0.02, 0.06)
    light: Range = (0.03, 0.4)
    shadow_chance: float = 0.35
    shadow: Range = (0.15, 0.55)
    shadow_softness: Range = (0.05, 4.0)
    blur: Range = (0.0, 0.06)
    shake_chance: float = 0.1
    shake: Range = (0.05, 0.15)
    sharpen_chance: float = 0.5
    sharpen: Range = (0.2, 1.0)
    noise: Range = (0.002, 0.02)
    exposure: Range = (0.7, 1.08)
    gamma: Range = (0.8, 1.35)
    warmth: Range = (-0.05, 0.055)
    tint: Range = (-0.015, 0.02)
    jpeg: Range = (30, 95)


TRAINING_CROP = PhotoStyle()
"""One line of writing at the resolution of the network: fast, and rougher than most photos are."""

SAMPLE_PAGE = PhotoStyle(
    unit=90.0,
    neighbours_chance=0.0,
    bleed_chance=0.0,
    faint_chance=0.0,
    rule_width=(0.015, 0.03),
    degrees=(-2.0, 2.0),
    perspective=(0.01, 0.05),
    bend_chance=0.5,
    light=(0.1, 0.3),
    shadow_chance=0.5,
    shadow=(0.15, 0.4),
    shadow_softness=(0.3, 4.0),
    blur=(0.005, 0.014),
    shake_chance=0.0,
    sharpen_chance=0.8,
    sharpen=(0.2, 0.6),
    noise=(0.006, 0.016),
    exposure=(0.9, 1.05),
    gamma=(0.9, 1.2),
    warmth=(-0.03, 0.04),
    tint=(-0.005, 0.01),
    jpeg=(80, 90),
)
"""A page of about 1600x1200 pixels, to be looked at by people."""


def photograph(
    ink: NDArray[np.uint8],
    random: np.random.Generator,
    style: PhotoStyle = TRAINING_CROP,
    neighbour: NDArray[np.uint8] | None = None,
) -> NDArray[np.uint8]:
    """A photo (height, width, 3), RGB, of an ink map (height, width) of the same size.

    `neighbour`: an ink map from which the cut-off lines above and below are taken; without it they are scribbles.
    """
    return photograph_with_view(ink, random, style, neighbour)[0]


def photograph_with_view(
    ink: NDArray[np.uint8],
    random: np.random.Generator,
    style: PhotoStyle = TRAINING_CROP,
    neighbour: NDArray[np.uint8] | None = None,
) -> tuple[NDArray[np.uint8], View]:
    """As `photograph`, with the view that maps points of the ink map to points of the photo."""
    if random.random() < style.neighbours_chance:
        ink = paper.add_neighbours(ink, neighbour, style.unit, random)
    bend = _draw(style.bend, random) * style.unit if random.random() < style.bend_chance else 0.0
    view = camera.hold(ink.shape, _draw(style.degrees, random), _draw(style.perspective, random), bend, random)
    picture = _page(ink, view, style, random)
    picture *= _light(ink.shape, style, random)[:, :, None]
    return _develop(picture, style, random), view


def _page(ink: NDArray[np.uint8], view: View, style: PhotoStyle, random: np.random.Generator) -> paper.Picture:
    """The written sheet as the camera sees it, evenly lit."""
    unit = style.unit
    colour = paper.PAPERS[_choose(style.papers, random)]
    page = paper.sheet(ink.shape, colour, _draw(style.roughness, random), unit, random)
    ruling = paper.RULINGS[_choose(style.rulings, random)]
    if ruling is not None:
        page = _ruled(page, ruling, view, style, random)
    if random.random() < style.bleed_chance:
        back = paper.bleed_through(view.layer(ink), unit, random)
        page = paper.stain(page, back, (0.3, 0.3, 0.4), _draw(style.bleed, random))
    pen = paper.PENS[_choose(style.pens, random)]
    written = view.layer(ink).astype(np.float32) * np.float32(1 / 255)
    written = paper.dry_gaps(written, _draw(pen.gaps, random), unit, random)
    written = paper.paper_grain(written, _draw(pen.grain, random), unit, random)
    faint = random.uniform(0.5, 0.75) if random.random() < style.faint_chance else 1.0
    page = paper.stain(page, written, pen.colour, faint * _draw(pen.alpha, random))
    if random.random() < style.desk_chance:
        page = _with_desk(page, view, style, random)
    return page


def _with_desk(page: paper.Picture, view: View, style: PhotoStyle, random: np.random.Generator) -> paper.Picture:
    """The page's upper and one upright edge come into view, and the desk behind them."""
    height, width = page.shape[:2]
    seen, far = _draw(style.desk_seen, random) * width, float(max(height, width))
    x, y = np.linspace(0, far + width, 17), np.linspace(0, far + height, 17)
    x, y = (seen + x, y + seen) if random.random() < 0.5 else (width - seen - x, y + seen)
    along, down = np.stack([x, np.full_like(x, seen)], axis=1), np.stack([np.full_like(y, x[0]), y], axis=1)
    corner = np.array([[x[-1], y[-1]]])
    outline = view.points(np.concatenate([along, corner, down[::-1]]).astype(np.float32))
    layer = np.zeros((height, width), np.uint8)
    cv2.fillPoly(layer, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    colour = paper.DESKS[_choose(style.desks, random)]
    return paper.on_desk(page, layer.astype(np.float32) / np.float32(255), colour, style.unit, random)


def _ruled(
    page: paper.Picture, ruling: paper.Ruling, view: View, style: PhotoStyle, random: np.random.Generator
) -> paper.Picture:
    shape = (page.shape[0], page.shape[1])
    pitch = _draw(style.rule_pitch or ruling.pitch, random) * style.unit
    offset = random.uniform(0, pitch) if style.rule_offset is None else style.rule_offset * style.unit
    lines, margins = paper.rule_lines(ruling, shape, pitch, offset, style.unit, random)
    width, alpha = _draw(style.rule_width, random) * style.unit, _draw(ruling.alpha, random)
    page = paper.stain(
        page, paper.draw_lines(shape, [view.points(line) for line in lines], width), ruling.colour, alpha
    )
    if margins:
        layer = paper.draw_lines(shape, [view.points(line) for line in margins], width)
        page = paper.stain(page, layer, paper.MARGIN_COLOUR, alpha)
    return page


def _light(shape: tuple[int, int], style: PhotoStyle, random: np.random.Generator) -> paper.Layer:
    light = camera.illumination(shape, _draw(style.light, random), random)
    if random.random() < style.shadow_chance:
        softness = _draw(style.shadow_softness, random) * style.unit
        light = light * camera.shadow(shape, _draw(style.shadow, random), softness, random)
    return light


def _develop(picture: paper.Picture, style: PhotoStyle, random: np.random.Generator) -> NDArray[np.uint8]:
    picture = camera.defocus(picture, _draw(style.blur, random) * style.unit)
    if random.random() < style.shake_chance:
        picture = camera.shake(picture, _draw(style.shake, random) * style.unit, random.uniform(0, 180))
    picture = camera.sensor_noise(picture, _draw(style.noise, random), random)
    if random.random() < style.sharpen_chance:
        picture = camera.sharpen(picture, _draw(style.sharpen, random), max(0.7, 0.02 * style.unit))
    exposure, gamma = _draw(style.exposure, random), _draw(style.gamma, random)
    photo = camera.develop(picture, exposure, gamma, _draw(style.warmth, random), _draw(style.tint, random))
    return camera.through_jpeg(photo, round(_draw(style.jpeg, random)))


def _draw(limits: Range, random: np.random.Generator) -> float:
    return float(random.uniform(*limits))


def _choose(weights: tuple[tuple[str, float], ...], random: np.random.Generator) -> str:
    """A name drawn by weight."""
    names, shares = zip(*weights, strict=True)
    mark = random.uniform(0, sum(shares))
    for name, share in weights:
        mark -= share
        if mark <= 0:
            return str(name)
    return str(names[-1])

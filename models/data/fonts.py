"""Letters and digits of handwriting fonts, as the strokes of a pen along the middle of their lines.

Each font is one more hand: CROHME has only a hundred examples of many letters, and none of some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import ascii_letters, digits

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.data.expression import Expression, InkSymbol, Stroke

FONTS = "fonts.npz"
SUFFIXES = frozenset({".woff", ".ttf", ".otf"})
SIGNS = {**{letter: letter for letter in ascii_letters + digits}, "?": "?", "!": "!", r"\%": "%", "/": "/"}
"""Token and what a font writes for it."""
SIZE = 96
"""Pixels of the em that glyphs are drawn at."""
SMOOTHING = 7
STEP = 3
"""Pixels between two points of a stroke."""
NEIGHBOURS = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""(row, column) of a pixel's neighbours, in a circle from above."""

Pixel = tuple[int, int]
Mask = NDArray[np.bool_]


def read_fonts(folder: Path) -> Iterator[Expression]:
    """For each font in `folder` one line of all SIGNS that it has, spaces between them."""
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES:
            yield written(path)


def written(path: Path) -> Expression:
    """All SIGNS that the font at `path` has, side by side. Raises OSError where it is no font."""
    font = ImageFont.truetype(path, SIZE)
    nothing = _drawn(font, "\0")
    tokens: list[str] = []
    strokes: list[Stroke] = []
    symbols: list[InkSymbol] = []
    for token, sign in SIGNS.items():
        drawing = _drawn(font, sign)
        if not drawing.any() or np.array_equal(drawing, nothing):
            continue
        lines = centre_lines(drawing)
        symbols.append(InkSymbol(token, tuple(range(len(strokes), len(strokes) + len(lines))), len(tokens)))
        strokes += [line + np.array([2 * SIZE * len(tokens), 0], np.float32) for line in lines]
        tokens.append(token)
    return Expression(path.stem, path.stem, tuple(tokens), tuple(strokes), tuple(symbols), 0.5 * SIZE)


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> Mask:
    page = Image.new("L", (2 * SIZE, 2 * SIZE))
    ImageDraw.Draw(page).text((SIZE // 2, SIZE // 4), sign, fill=255, font=font)
    return np.asarray(page) > 127


def centre_lines(drawing: Mask) -> list[Stroke]:
    """The middle of the lines of a drawing (height, width), cut where they branch; short spurs left out."""
    skeleton = thinned(drawing)
    reach = cv2.distanceTransform(drawing.astype(np.uint8), cv2.DIST_L2, 5)[skeleton]
    longest_spur = float(reach.mean()) if len(reach) else 0.0
    lines = []
    for path, loose_ends in _paths({(int(row), int(column)) for row, column in np.argwhere(skeleton)}):
        if loose_ends != 1 or len(path) > longest_spur:
            lines.append(_smooth(path))
    return lines


def thinned(drawing: Mask) -> Mask:
    """The drawing's skeleton, one pixel wide (Zhang and Suen, "A fast parallel algorithm for thinning", 1984). Of a
    round dot, of which that leaves nothing, the middle.
    """
    left = np.pad(drawing, 1)
    while True:
        before = left.copy()
        for first, second in (((0, 2, 4), (2, 4, 6)), ((0, 2, 6), (0, 4, 6))):
            around = [np.roll(left, (-row, -column), axis=(0, 1)) for row, column in NEIGHBOURS]
            count = np.sum(around, axis=0)
            turns = np.sum([~a & b for a, b in zip(around, (*around[1:], around[0]), strict=True)], axis=0)
            kept = [around[a] & around[b] & around[c] for a, b, c in (first, second)]
            left &= ~((count >= 2) & (count <= 6) & (turns == 1) & ~kept[0] & ~kept[1])
        if np.array_equal(left, before):
            break
    skeleton = left[1:-1, 1:-1]
    count, labels, _, centres = cv2.connectedComponentsWithStats(drawing.astype(np.uint8), connectivity=8)
    for part in set(range(1, count)) - set(labels[skeleton].tolist()):
        column, row = centres[part].round().astype(int)
        skeleton[row, column] = True
    return skeleton


def _paths(pixels: set[Pixel]) -> Iterator[tuple[list[Pixel], int]]:
    """Each path of the skeleton between two branchings or ends, and how many of its ends are loose; then the rings."""
    around = {pixel: _around(pixel, pixels) for pixel in pixels}
    walked: set[tuple[Pixel, Pixel]] = set()
    unseen = set(pixels)
    for node in (pixel for pixel in sorted(pixels) if len(around[pixel]) != 2):
        unseen.discard(node)
        if not around[node]:
            yield [node], 2
        for following in around[node]:
            if (node, following) not in walked:
                path = _walk(node, following, around)
                walked |= {(node, following), (path[-1], path[-2])}
                unseen -= set(path)
                yield path, sum(len(around[end]) == 1 for end in (path[0], path[-1]))
    while unseen:
        start = min(unseen)
        path = _walk(start, around[start][0], around)
        unseen -= set(path)
        yield path, 0


def _walk(start: Pixel, following: Pixel, around: Mapping[Pixel, Sequence[Pixel]]) -> list[Pixel]:
    """From `start` on until the way branches, ends, or is back where it began."""
    path = [start, following]
    while len(around[path[-1]]) == 2 and path[-1] != start:
        path.append(next(pixel for pixel in around[path[-1]] if pixel != path[-2]))
    return path


def _around(pixel: Pixel, pixels: set[Pixel]) -> list[Pixel]:
    """The neighbours of a pixel; those at a corner only where no neighbour at a side leads there."""
    row, column = pixel
    found = [(row + down, column + right) for down, right in NEIGHBOURS if (row + down, column + right) in pixels]
    return [(r, c) for r, c in found if r == row or c == column or not {(r, column), (row, c)} & pixels]


def _smooth(path: Sequence[Pixel]) -> Stroke:
    """Every STEP-th point of the path, each the mean of its surroundings; the ends stay where they are."""
    points = np.array([(column, row) for row, column in path], np.float32)
    reach = SMOOTHING // 2
    padded = np.concatenate([points[:1].repeat(reach, axis=0), points, points[-1:].repeat(reach, axis=0)])
    kernel = np.ones(SMOOTHING, np.float32) / SMOOTHING
    mean = np.stack([np.convolve(padded[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)
    return np.concatenate([points[:1], mean[STEP:-STEP:STEP], points[-1:]]).astype(np.float32)

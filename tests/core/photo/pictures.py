"""Pictures that the tests draw themselves: writing on paper, in daylight and in shadow, ruled or plain."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]

FONT = cv2.FONT_HERSHEY_SIMPLEX
PEN = (35, 40, 90)


def paper(height: int, width: int, shade: int = 215) -> Picture:
    return np.full((height, width, 3), shade, np.uint8)


def write(
    picture: Picture,
    text: str,
    at: tuple[int, int],
    size: float = 2.0,
    ink: tuple[int, int, int] = PEN,
    thickness: int = 4,
) -> Picture:
    """`text` with its left baseline `at` (x, y); a digit is about 21 * size pixels high."""
    cv2.putText(picture, text, at, FONT, size, ink, thickness, cv2.LINE_AA)
    return picture


def fraction(picture: Picture, at: tuple[int, int]) -> Picture:
    """(x + 1) over 2, the bar's left end `at`."""
    x, y = at
    write(picture, "x+1", (x + 5, y - 14))
    cv2.line(picture, (x - 8, y), (x + 150, y + 1), PEN, 4, cv2.LINE_AA)
    return write(picture, "2", (x + 55, y + 58))


def rule(picture: Picture, pitch: int = 70, tilt: float = 0.0, ink: tuple[int, int, int] = (150, 165, 190)) -> Picture:
    height, width = picture.shape[:2]
    for y in range(-height, 2 * height, pitch):
        cv2.line(picture, (0, y), (width, y + round(tilt * width)), ink, 2, cv2.LINE_AA)
    return picture


def shade(picture: Picture, noise: float = 4.0, seed: int = 0) -> Picture:
    """A hard-edged shadow across the picture, light that falls off to one side, and sensor noise."""
    height, width = picture.shape[:2]
    light = np.linspace(1.0, 0.6, width, dtype=np.float32)[None, :].repeat(height, axis=0)
    light[:, width // 2 :] *= 0.65
    soft = cv2.GaussianBlur(light, (0, 0), max(2.0, width / 150))
    grains = np.random.default_rng(seed).normal(0.0, noise, picture.shape)
    return np.clip(picture * soft[:, :, None] + grains, 0, 255).astype(np.uint8)


def encoded(picture: Picture | Image.Image, kind: str = "PNG", orientation: int | None = None, **options: int) -> bytes:
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = BytesIO()
    if orientation is None:
        image.save(file, kind, **options)
    else:
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.save(file, kind, exif=exif, **options)
    return file.getvalue()

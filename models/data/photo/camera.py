"""What a phone makes of the table: where it is held, the light, the lens, the sensor, the file.

Pictures are float32 arrays (height, width, 3), RGB, 0 to 1; layers are float32 or uint8 arrays (height, width).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.data.photo.paper import Layer, Picture, Points, smooth_noise


@dataclass(frozen=True)
class View:
    """Where the sheet lands on the photo: a homography (3, 3), then the bend of the page, a wave in y along x."""

    homography: NDArray[np.float64]
    bend: float = 0.0
    wavelength: float = 1.0
    phase: float = 0.0

    def _lift(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        lift: NDArray[np.float32] = (self.bend * np.sin(x * (2 * math.pi / self.wavelength) + self.phase)).astype(
            np.float32
        )
        return lift

    def points(self, points: Points) -> Points:
        """Where points (n, 2) of the sheet, x and y in pixels, are on the photo."""
        projected = cv2.perspectiveTransform(points[None].astype(np.float64), self.homography)
        mapped = np.asarray(projected[0], dtype=np.float32)
        mapped[:, 1] += self._lift(mapped[:, 0])
        return mapped

    def layer(self, layer: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A layer of the sheet as it is on the photo; outside the sheet it is 0."""
        height, width = layer.shape
        warped = cv2.warpPerspective(layer, self.homography, (width, height), flags=cv2.INTER_LINEAR)
        if self.bend:
            x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
            warped = cv2.remap(warped, x, y - self._lift(x), cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        return np.asarray(warped, dtype=np.uint8)


def hold(shape: tuple[int, int], degrees: float, perspective: float, bend: float, random: np.random.Generator) -> View:
    """A view turned by `degrees` about the centre, each corner moved by up to `perspective` of the shorter side."""
    height, width = shape
    corners = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = corners @ turn[:, :2].T + turn[:, 2]
    moved = turned + random.uniform(-perspective, perspective, (4, 2)) * min(shape)
    homography = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return View(
        homography.astype(np.float64), bend, random.uniform(1.2, 2.5) * max(shape), random.uniform(0, 2 * math.pi)
    )


def illumination(shape: tuple[int, int], strength: float, random: np.random.Generator) -> Layer:
    """Uneven light: a slope across the photo and clouds; 1 is full light, `strength` is lost in the dark parts."""
    angle = random.uniform(0, 2 * math.pi)
    x = np.linspace(-0.5, 0.5, shape[1], dtype=np.float32) * np.float32(math.cos(angle))
    y = np.linspace(-0.5, 0.5, shape[0], dtype=np.float32) * np.float32(math.sin(angle))
    clouds = smooth_noise(shape, max(shape) / 2, random)
    light = 1 - strength * np.clip(0.5 + (x[None, :] + y[:, None]) + 0.2 * clouds, 0, 1.2)
    return np.asarray(light, dtype=np.float32)


def shadow(shape: tuple[int, int], depth: float, softness: float, random: np.random.Generator) -> Layer:
    """A hand's shadow with a wavy edge. `depth`: light lost in it; `softness`: width of its edge in pixels."""
    height, width = shape
    angle = random.uniform(0, 2 * math.pi)
    across, down = math.cos(angle), math.sin(angle)
    reach = abs(across) * width / 2 + abs(down) * height / 2
    x = np.arange(width, dtype=np.float32) - width / 2
    y = np.arange(height, dtype=np.float32) - height / 2
    wave = smooth_noise(shape, max(shape) / 3, random) * (0.06 * max(shape))
    distance = x[None, :] * np.float32(across) + y[:, None] * np.float32(down) + wave
    edge = np.clip((distance - random.uniform(-0.6, 0.8) * reach) / max(softness, 0.7), -0.5, 0.5) + 0.5
    light = 1 - depth * edge * edge * (3 - 2 * edge)
    return np.asarray(light, dtype=np.float32)


def defocus(picture: Picture, sigma: float) -> Picture:
    """Gaussian blur; below 0.3 pixels there is none to see."""
    return picture if sigma < 0.3 else np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.float32)


def shake(picture: Picture, length: float, degrees: float) -> Picture:
    """Motion blur along a straight path of `length` pixels."""
    if length < 1.5:
        return picture
    size = 2 * math.ceil(length / 2) + 1
    kernel = np.zeros((size, size), np.uint8)
    half = size // 2
    dx, dy = length / 2 * math.cos(math.radians(degrees)), length / 2 * math.sin(math.radians(degrees))
    ends = [(round((half - dx) * 16), round((half - dy) * 16)), (round((half + dx) * 16), round((half + dy) * 16))]
    cv2.line(kernel, ends[0], ends[1], 255, 1, cv2.LINE_AA, 4)
    weights = kernel.astype(np.float32) / kernel.sum()
    return np.asarray(cv2.filter2D(picture, -1, weights, borderType=cv2.BORDER_REPLICATE), dtype=np.float32)


def sharpen(picture: Picture, amount: float, sigma: float) -> Picture:
    """The pale halo that phones put round dark strokes (unsharp mask)."""
    if amount <= 0:
        return picture
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.float32)
    return picture + np.float32(amount) * (picture - blurred)


def sensor_noise(picture: Picture, sigma: float, random: np.random.Generator) -> Picture:
    """Grain in brightness for each pixel, and coarser blotches in colour, as left over by a phone's noise filter."""
    height, width = picture.shape[:2]
    grain = random.standard_normal((height, width), dtype=np.float32) * np.float32(sigma)
    blotches = random.standard_normal((height // 2 + 1, width // 2 + 1, 3), dtype=np.float32) * np.float32(0.8 * sigma)
    enlarged = np.asarray(cv2.resize(blotches, (width, height)), dtype=np.float32)
    return picture + grain[:, :, None] + enlarged


def develop(picture: Picture, exposure: float, gamma: float, warmth: float, tint: float) -> NDArray[np.uint8]:
    """Exposure, white balance and tone curve, to 8 bits. `warmth`: red against blue; `tint`: green against both."""
    gains = np.asarray((1 + warmth - tint / 2, 1 + tint, 1 - warmth - tint / 2), dtype=np.float32)
    gained = np.clip(picture * (exposure * gains), 0, 1)
    table = (np.linspace(0, 1, 256) ** gamma * 255).round().astype(np.uint8)
    return np.asarray(cv2.LUT((gained * 255 + 0.5).astype(np.uint8), table), dtype=np.uint8)


def through_jpeg(photo: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """The photo after it was saved as JPEG and opened again."""
    written, data = cv2.imencode(".jpg", photo[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise ValueError("the photo could not be encoded as JPEG")
    reopened = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)
    return np.ascontiguousarray(reopened[:, :, ::-1])

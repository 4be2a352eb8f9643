"""Bytes to an upright picture of a bounded size. The format is told by content, never by a name; guards come first."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.errors import BrokenPhoto, EmptyPhoto, NotAPhoto, PhotoTooLarge, PhotoTooSmall
from core.limits import PhotoLimits

SMALLEST_SIDES = (8, 16)
"""Pixels that the short and the long side of a picture must have."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
# ISO/IEC 14496-12: a file begins with a box "ftyp" that lists its brands.
_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"avif", "AVIF"),
    (b"avis", "AVIF"),
    (b"heic", "HEIC"),
    (b"heix", "HEIC"),
    (b"heim", "HEIC"),
    (b"heis", "HEIC"),
    (b"hevc", "HEIC"),
    (b"hevx", "HEIC"),
    (b"mif1", "HEIC"),
    (b"msf1", "HEIC"),
)
_ORIENTATION_TAG = 0x0112
_TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the decoders raise on damaged files, each in its own way.
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, IndexError, KeyError, TypeError, struct.error)


@dataclass(frozen=True)
class Photo:
    """An upright picture. `pixels`: RGB (height, width, 3) uint8; `scale`: full-size pixels per pixel here."""

    pixels: NDArray[np.uint8]
    scale: float


def sniff(data: bytes) -> str | None:
    """The format of `data` by its first bytes: JPEG, PNG, WEBP, GIF, BMP, TIFF, HEIC, AVIF, or None."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        length = min(int.from_bytes(data[:4], "big"), 256)
        brands = {data[8:12], *(data[at : at + 4] for at in range(16, length, 4))}
        return next((name for brand, name in _BRANDS if brand in brands), None)
    return None


def decode(data: bytes, limits: PhotoLimits) -> Photo:
    """The picture in `data`, upright after EXIF, on white where it is transparent, at most `limits.long_side` long.

    Raises EmptyPhoto, NotAPhoto, PhotoTooLarge (by bytes, or by the pixels its header claims: nothing is decoded then),
    PhotoTooSmall and BrokenPhoto.
    """
    if not data:
        raise EmptyPhoto
    if len(data) > limits.max_bytes:
        raise PhotoTooLarge
    name = sniff(data)
    if name is None:
        raise NotAPhoto
    try:
        return _decode_heic(data, limits) if name == "HEIC" else _decode(data, name, limits)
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge from error
    except _DAMAGE as error:
        raise BrokenPhoto from error


def _decode(data: bytes, name: str, limits: PhotoLimits) -> Photo:
    with Image.open(BytesIO(data), formats=(name,)) as image:
        size = image.size
        _guard(size, limits.max_jpeg_pixels if name == "JPEG" else limits.max_other_pixels)
        if name == "JPEG":
            # libjpeg scales by 1/2, 1/4 or 1/8 while decoding, at a fraction of the time and memory.
            image.draft(None, _fitted(size, limits.long_side))
        image.load()
        return _finished(image, size, limits, turn=_TURNS.get(_orientation(image)))


def _decode_heic(data: bytes, limits: PhotoLimits) -> Photo:
    import pi_heif

    picture = pi_heif.open_heif(BytesIO(data))
    _guard(picture.size, limits.max_other_pixels)
    # The decoder has applied the turns of the container, which go before those of EXIF.
    return _finished(picture.to_pillow(), picture.size, limits, turn=None)


def _guard(size: tuple[int, int], most_pixels: int) -> None:
    if size[0] * size[1] > most_pixels:
        raise PhotoTooLarge
    if min(size) < SMALLEST_SIDES[0] or max(size) < SMALLEST_SIDES[1]:
        raise PhotoTooSmall


def _finished(image: Image.Image, size: tuple[int, int], limits: PhotoLimits, turn: Image.Transpose | None) -> Photo:
    fitted = _fitted(size, limits.long_side)
    plain = _eight_bit(image)
    if plain.size != fitted:
        plain = plain.resize(fitted, Image.Resampling.BICUBIC, reducing_gap=2.0)
    if plain.mode == "RGBA":
        ground = Image.new("RGBA", plain.size, "white")
        ground.alpha_composite(plain)
        plain = ground.convert("RGB")
    if turn is not None:
        plain = plain.transpose(turn)
    return Photo(np.asarray(plain, dtype=np.uint8), max(size) / max(fitted))


def _eight_bit(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where anything may be transparent."""
    if image.mode.startswith(("I", "F")):
        values = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)
        most = float(values.max(initial=0.0))
        full = 255.0 if most <= 255.0 else max(65535.0, most)
        return Image.fromarray(np.clip(values * (255.0 / full), 0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except _DAMAGE:
        return 1  # a picture with unreadable EXIF is still a picture


def _fitted(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    scale = min(1.0, long_side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))

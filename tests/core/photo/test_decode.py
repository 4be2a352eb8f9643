import base64
import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.errors import BrokenPhoto, EmptyPhoto, NotAPhoto, PhotoError, PhotoTooLarge, PhotoTooSmall
from core.limits import PhotoLimits
from core.photo.decode import decode, sniff
from tests.core.photo.pictures import encoded, paper, write

LIMITS = PhotoLimits()

# 64 x 48 pixels, a black line on white.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAA"
    "AERAAAEAAQAAAAABoQABAAAAAAAAAE0AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADd"
    "aXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAA"
    "AwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAFVtZGF0AAAA"
    "SSgBrxmA9wNbS87O3Lgqo+ZS8yKpxj0d5WIHahpnKTrVmeTa8iCBaW90SDFdKkgxIkkV8zEglj6XGI2i1bv5TknhvKaxyOj7vmc="
)


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_every_format_is_told_by_its_content(kind: str) -> None:
    data = encoded(write(paper(120, 200), "7", (20, 90)), kind)
    assert sniff(data) == kind
    photo = decode(data, LIMITS)
    assert photo.pixels.shape == (120, 200, 3)
    assert photo.pixels.min() < 90 < 200 < np.median(photo.pixels)


def test_a_heic_photo_is_read() -> None:
    assert sniff(HEIC) == "HEIC"
    photo = decode(HEIC, LIMITS)
    assert photo.pixels.shape == (48, 64, 3)
    assert photo.pixels[24, 20].max() < 80 and photo.pixels[5, 5].min() > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation: int) -> None:
    data = encoded(write(paper(120, 200), "7", (20, 90)), "JPEG", orientation=orientation)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
    assert np.array_equal(decode(data, LIMITS).pixels, np.asarray(upright))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photo_is_worked_on_small(kind: str) -> None:
    photo = decode(encoded(paper(900, 1600), kind), PhotoLimits(long_side=400))
    assert photo.pixels.shape == (225, 400, 3)
    assert photo.scale == 4.0


def test_transparent_ground_is_white() -> None:
    ground = np.zeros((60, 80, 4), np.uint8)
    ground[20:40, 20:60] = (0, 0, 0, 255)
    photo = decode(encoded(Image.fromarray(ground)), LIMITS)
    assert photo.pixels[5, 5].tolist() == [255, 255, 255]
    assert photo.pixels[30, 30].tolist() == [0, 0, 0]


@pytest.mark.parametrize("mode, kind", [("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("L", "JPEG"), ("LA", "PNG")])
def test_every_colour_mode_becomes_rgb(mode: str, kind: str) -> None:
    picture = Image.fromarray(write(paper(120, 200), "7", (20, 90))).convert(mode)
    photo = decode(encoded(picture, kind), LIMITS)
    assert photo.pixels.shape == (120, 200, 3)
    assert photo.pixels.min() < 110 and np.median(photo.pixels) > 190


def test_sixteen_bits_become_eight() -> None:
    values = np.full((40, 60), 60000, np.uint16)
    values[10:20, 10:50] = 5000
    photo = decode(encoded(Image.fromarray(values)), LIMITS)
    assert 225 < photo.pixels[0, 0, 0] < 240 and 15 < photo.pixels[15, 30, 0] < 25


def test_guards_come_before_decoding() -> None:
    with pytest.raises(EmptyPhoto):
        decode(b"", LIMITS)
    with pytest.raises(PhotoTooLarge):
        decode(b"\xff\xd8\xff" + bytes(LIMITS.max_bytes), LIMITS)
    with pytest.raises(PhotoTooLarge):
        decode(png_that_claims(20000, 20000), LIMITS)
    with pytest.raises(PhotoTooLarge):
        decode(png_that_claims(5000, 5001), LIMITS)
    with pytest.raises(PhotoTooSmall):
        decode(encoded(paper(4, 40)), LIMITS)


def test_a_phone_that_says_24_megapixels_takes_a_little_more() -> None:
    assert LIMITS.max_other_pixels >= 4284 * 5712
    with pytest.raises(BrokenPhoto):  # its header passes the guard; there are no pixels behind it
        decode(png_that_claims(4284, 5712), LIMITS)


@pytest.mark.parametrize(
    "data", [b"x^2 + 1 = 0\n", b"%PDF-1.7\n", b"GIF", b"RIFF1234WAVE", b"\x00\x00\x00\x18ftypmp42" + bytes(20)]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPhoto):
        decode(data, LIMITS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_a_picture_cut_short_is_broken(kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    data = encoded(noise, kind)
    for share in (0.5, 0.05):
        with pytest.raises(BrokenPhoto):
            decode(data[: max(16, int(len(data) * share))], LIMITS)


def test_a_heic_cut_short_is_broken() -> None:
    with pytest.raises(BrokenPhoto):
        decode(HEIC[:300], LIMITS)


@given(at=st.integers(0, 5000), value=st.integers(0, 255), kind=st.sampled_from(["JPEG", "PNG", "GIF", "BMP", "WEBP"]))
def test_damage_is_either_survived_or_a_typed_error(at: int, value: int, kind: str) -> None:
    data = bytearray(encoded(write(paper(60, 80), "7", (20, 50), 1.0), kind))
    data[at % len(data)] = value
    try:
        photo = decode(bytes(data), LIMITS)
    except PhotoError:
        return
    assert photo.pixels.ndim == 3 and photo.pixels.shape[2] == 3

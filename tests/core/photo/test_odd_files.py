"""Files that are odd, damaged or meant to do harm: each comes to a right picture or a typed error, soon.

The table is ODD_FILES: a name, the bytes, and what becomes of them: the shape of the picture, or the error.
"""

import io
import multiprocessing
import resource
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image

from core.errors import BrokenPhoto, EmptyPhoto, NotAPhoto, PhotoError, PhotoTooLarge, PhotoTooSmall
from core.limits import PhotoLimits
from core.photo.decode import decode
from core.photo.page import ink_lines
from tests.core.photo.pictures import encoded, paper, write
from tests.core.photo.test_decode import HEIC

LIMITS = PhotoLimits()
SECONDS = 2.0
MEGABYTES = 300

Size = tuple[int, int]


@dataclass(frozen=True)
class OddFile:
    """`becomes`: height and width of the picture, or the errors that are right."""

    name: str
    make: Callable[[], bytes]
    becomes: Size | tuple[type[PhotoError], ...]


def seven(height: int = 120, width: int = 200) -> Image.Image:
    return Image.fromarray(write(paper(height, width), "7", (20, 90)))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes = b"", depth: int = 8, colour: int = 2, *more: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    """A GIF whose screen is as large as it claims, and whose one frame is a pixel."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\xff\xff\xff\0\0\0"
    return b"GIF89a" + screen + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00;"


def bmp(width: int, height: int, body: bytes = b"", bits: int = 24) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, 0, 0, 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(body), 0, 0, 54) + header + body


def tiff(width: int, height: int, order: str = "<") -> bytes:
    """A TIFF of eight tags and no strips."""
    tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (278, height), (279, width * height))
    rows = b"".join(struct.pack(order + "HHII", tag, 4, 1, value & 0xFFFFFFFF) for tag, value in tags)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "IH", 8, len(tags)) + rows + bytes(4)


def jpeg_that_claims(width: int, height: int) -> bytes:
    data = bytearray(encoded(seven(), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_with(segment: bytes) -> bytes:
    data = encoded(seven(), "JPEG")
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


def exif(orientation: int, kind: int = 3, count: int = 1) -> bytes:
    return b"Exif\0\0MM\0*" + struct.pack(">IHHHIHH", 8, 1, 0x0112, kind, count, orientation, 0) + bytes(4)


def exif_in_a_circle() -> bytes:
    """A directory that names itself as the next one."""
    return b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 1, 0, 8)


def frames(kind: str) -> bytes:
    file = io.BytesIO()
    first, *rest = [seven(), *(Image.new("RGB", (200, 120), shade) for shade in ("black", "white"))]
    first.save(file, kind, save_all=True, append_images=rest)
    return file.getvalue()


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def sixteen_bit(kind: str) -> bytes:
    grey = np.asarray(seven().convert("L"), np.uint16) * 257
    return saved(Image.fromarray(grey), kind)


def floating() -> bytes:
    return saved(Image.fromarray(np.asarray(seven().convert("L"), np.float32)), "TIFF")


def not_a_number() -> bytes:
    values = np.asarray(seven().convert("L"), np.float32).copy()
    values[:10] = np.nan
    values[10:20] = np.inf
    return saved(Image.fromarray(values), "TIFF")


def in_palette(transparent: bool) -> bytes:
    return saved(seven().convert("P"), "PNG", **({"transparency": 0} if transparent else {}))


def bomb(side: int) -> bytes:
    """Rows of one colour that pack a thousandfold."""
    return png(side, side, zlib.compress(bytes((3 * side + 1) * side), 9))


def damaged(kind: str, start: float) -> bytes:
    """A tenth of the file, from `start` on, is noise."""
    data = bytearray(encoded(seven(), kind))
    at, length = int(start * len(data)), max(8, len(data) // 10)
    data[at : at + length] = np.random.default_rng(0).integers(0, 256, len(data[at : at + length]), np.uint8).tobytes()
    return bytes(data)


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


def heif(brand: bytes) -> bytes:
    return box(b"ftyp", brand + bytes(4) + b"mif1") + box(b"meta", bytes(40))


pytestmark = pytest.mark.filterwarnings("ignore:Tag data larger:UserWarning")

ANY = (BrokenPhoto, NotAPhoto, PhotoTooLarge)
ROWS = zlib.compress(bytes(193 * 64))
"""Of a black PNG, 64 x 64."""
LYING, STANDING = (120, 200), (200, 120)

ODD_FILES = [
    OddFile("nothing", lambda: b"", (EmptyPhoto,)),
    OddFile("one byte", lambda: b"\xff", (NotAPhoto,)),
    OddFile("zeros", lambda: bytes(4096), (NotAPhoto,)),
    OddFile("text", lambda: b"x^2 + 1 = 0\n" * 50, (NotAPhoto,)),
    OddFile("text in UTF-16", lambda: "x² = 4".encode("utf-16"), (NotAPhoto,)),
    OddFile("PDF", lambda: b"%PDF-1.7\n" + bytes(100), (NotAPhoto,)),
    OddFile("ZIP", lambda: b"PK\3\4" + bytes(100), (NotAPhoto,)),
    OddFile("SVG", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", (NotAPhoto,)),
    OddFile("EPS, which would run a program", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", (NotAPhoto,)),
    OddFile("MP4", lambda: box(b"ftyp", b"isom" + bytes(4) + b"mp42"), (NotAPhoto,)),
    OddFile("ICO", lambda: saved(seven(64, 64), "ICO"), (NotAPhoto,)),
    OddFile("PPM", lambda: saved(seven(), "PPM"), (NotAPhoto,)),
    OddFile("WAV", lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(24), (NotAPhoto,)),
    OddFile("too many bytes", lambda: b"\xff\xd8\xff" + bytes(LIMITS.max_bytes), (PhotoTooLarge,)),
    OddFile("only a JPEG's first bytes", lambda: b"\xff\xd8\xff", (BrokenPhoto,)),
    OddFile("only a PNG's first bytes", lambda: b"\x89PNG\r\n\x1a\n", (BrokenPhoto,)),
    OddFile("only a GIF's first bytes", lambda: b"GIF89a", (BrokenPhoto,)),
    OddFile("only a BMP's first bytes", lambda: b"BM", (BrokenPhoto,)),
    OddFile("only a TIFF's first bytes", lambda: b"II*\0", (BrokenPhoto,)),
    OddFile("only a WEBP's first bytes", lambda: b"RIFF\0\0\0\0WEBP", (BrokenPhoto,)),
    OddFile("only a HEIC's first bytes", lambda: box(b"ftyp", b"heic" + bytes(4)), (BrokenPhoto,)),
    OddFile("only an AVIF's first bytes", lambda: box(b"ftyp", b"avif" + bytes(4)), (BrokenPhoto,)),
    OddFile("a HEIC of empty boxes", lambda: heif(b"heic"), (BrokenPhoto,)),
    OddFile("an AVIF of empty boxes", lambda: heif(b"avif"), (BrokenPhoto,)),
    OddFile("a box longer than any file", lambda: b"\xff\xff\xff\xffftypheic" + bytes(64), (BrokenPhoto,)),
    OddFile("a HEIC without its end", lambda: HEIC[:-60], (BrokenPhoto,)),
    OddFile("a HEIC", lambda: HEIC, (48, 64)),
    OddFile("a PNG that claims 20,000 squared", lambda: png(20_000, 20_000), (PhotoTooLarge,)),
    OddFile("a PNG that claims 2^31 squared", lambda: png(2**31 - 1, 2**31 - 1), ANY),
    OddFile("a PNG of no width", lambda: png(0, 100), ANY),
    OddFile("a PNG of 1 x 1", lambda: encoded(paper(1, 1)), (PhotoTooSmall,)),
    OddFile("a PNG one pixel high", lambda: encoded(paper(1, 5000)), (PhotoTooSmall,)),
    OddFile("a PNG of 16 x 8", lambda: encoded(paper(8, 16)), (8, 16)),
    OddFile("a PNG that is all bomb", lambda: bomb(4800), (2000, 2000)),
    OddFile("a PNG bomb over the limit", lambda: bomb(5001), (PhotoTooLarge,)),
    OddFile("a PNG with too few rows", lambda: png(64, 64, zlib.compress(bytes(100))), (BrokenPhoto,)),
    OddFile("a PNG whose data is no zlib", lambda: png(64, 64, b"not zlib at all"), (BrokenPhoto,)),
    OddFile("a PNG of a depth there is not", lambda: png(64, 64, zlib.compress(bytes(9000)), depth=7), (BrokenPhoto,)),
    OddFile(
        "a PNG whose comment unpacks without end",
        lambda: png(
            64, 64, zlib.compress(bytes(193 * 64)), 8, 2, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(2**24)))
        ),
        (BrokenPhoto,),
    ),
    OddFile(
        "a PNG whose colour profile is noise",
        lambda: png(64, 64, ROWS, 8, 2, chunk(b"iCCP", b"x\0\0" + zlib.compress(b"noise"))),
        (64, 64),
    ),
    OddFile("a PNG without its last chunk", lambda: encoded(seven())[:-12], LYING),
    OddFile("a PNG with a wrong checksum", lambda: encoded(seven())[:29] + bytes(4) + encoded(seven())[33:], ANY),
    OddFile("a PNG with a tail of noise", lambda: encoded(seven()) + b"<script>" * 100, LYING),
    OddFile("a PNG that moves", lambda: frames("PNG"), LYING),
    OddFile("a PNG with a palette", lambda: in_palette(False), LYING),
    OddFile("a PNG with a palette and a clear colour", lambda: in_palette(True), LYING),
    OddFile("a PNG of one bit", lambda: saved(seven().convert("1"), "PNG"), LYING),
    OddFile("a PNG of grey and alpha", lambda: saved(seven().convert("LA"), "PNG"), LYING),
    OddFile("a PNG that is wholly clear", lambda: saved(Image.new("RGBA", (200, 120)), "PNG"), LYING),
    OddFile("a PNG of 16 bits", lambda: sixteen_bit("PNG"), LYING),
    OddFile("a TIFF of 16 bits", lambda: sixteen_bit("TIFF"), LYING),
    OddFile("a TIFF of real numbers", floating, LYING),
    OddFile("a TIFF of no numbers and infinities", not_a_number, LYING),
    OddFile("a TIFF in CMYK", lambda: saved(seven().convert("CMYK"), "TIFF"), LYING),
    OddFile("a TIFF in LAB", lambda: saved(seven().convert("LAB"), "TIFF"), LYING),
    OddFile("a TIFF packed as LZW", lambda: saved(seven(), "TIFF", compression="tiff_lzw"), LYING),
    OddFile("a TIFF packed as JPEG", lambda: saved(seven(), "TIFF", compression="jpeg"), LYING),
    OddFile("a TIFF packed as a fax", lambda: saved(seven().convert("1"), "TIFF", compression="group4"), LYING),
    OddFile("a TIFF of three pages", lambda: frames("TIFF"), LYING),
    OddFile("a TIFF that claims 60,000 squared", lambda: tiff(60_000, 60_000), (PhotoTooLarge,)),
    OddFile("a TIFF of strips that are elsewhere", lambda: tiff(64, 64, ">"), (BrokenPhoto,)),
    OddFile("a JPEG in grey", lambda: saved(seven().convert("L"), "JPEG"), LYING),
    OddFile("a JPEG in CMYK", lambda: saved(seven().convert("CMYK"), "JPEG"), LYING),
    OddFile("a JPEG that comes in passes", lambda: saved(seven(), "JPEG", progressive=True), LYING),
    OddFile("a JPEG that claims 65,500 squared", lambda: jpeg_that_claims(65_500, 65_500), (PhotoTooLarge,)),
    OddFile("a JPEG that claims more rows than it has", lambda: jpeg_that_claims(900, 900), (900, 900)),
    OddFile("a JPEG without its end", lambda: encoded(seven(), "JPEG")[:-200], (BrokenPhoto,)),
    OddFile("a JPEG turned by EXIF", lambda: jpeg_with(exif(6)), STANDING),
    OddFile("a JPEG with a turn there is not", lambda: jpeg_with(exif(99)), LYING),
    OddFile("a JPEG whose turn is a text", lambda: jpeg_with(exif(6, kind=2)), LYING),
    OddFile("a JPEG with a billion turns", lambda: jpeg_with(exif(6, count=2**30)), LYING),
    OddFile("a JPEG whose EXIF goes round in a circle", lambda: jpeg_with(exif_in_a_circle()), LYING),
    OddFile("a JPEG whose EXIF is noise", lambda: jpeg_with(b"Exif\0\0" + b"\xa5" * 200), LYING),
    OddFile("a JPEG whose EXIF is empty", lambda: jpeg_with(b"Exif\0\0"), LYING),
    OddFile("a GIF that moves", lambda: frames("GIF"), LYING),
    OddFile("a GIF that claims 65,535 squared", lambda: gif(65_535, 65_535), (PhotoTooLarge,)),
    OddFile("a GIF whose frame is smaller than it", lambda: gif(200, 120), LYING),
    OddFile("a WEBP that moves", lambda: frames("WEBP"), LYING),
    OddFile("a WEBP without loss", lambda: saved(seven(), "WEBP", lossless=True), LYING),
    OddFile("a BMP from top to bottom", lambda: bmp(64, -64, bytes(3 * 64 * 64)), (64, 64)),
    OddFile("a BMP that claims 30,000 squared", lambda: bmp(30_000, 30_000), (PhotoTooLarge,)),
    OddFile("a BMP of -64 columns", lambda: bmp(-64, 64, bytes(3 * 64 * 64)), ANY),
    OddFile("a BMP of 5 bits", lambda: bmp(64, 64, bytes(3 * 64 * 64), bits=5), (BrokenPhoto,)),
    OddFile("a BMP without pixels", lambda: bmp(64, 64), (BrokenPhoto,)),
    OddFile("a very long strip", lambda: encoded(paper(16, 20_000)), (2, 2000)),
]


@pytest.fixture
def in_time() -> Iterator[None]:
    """Fails what takes too long."""
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("file", ODD_FILES, ids=lambda file: file.name)
def test_an_odd_file_is_a_picture_or_a_typed_error(file: OddFile, request: pytest.FixtureRequest) -> None:
    data = file.make()
    request.getfixturevalue("in_time")
    if isinstance(file.becomes[0], int):
        assert decode(data, LIMITS).pixels.shape == (*file.becomes, 3)
    else:
        with pytest.raises(file.becomes):
            decode(data, LIMITS)


@pytest.mark.parametrize("file", ODD_FILES, ids=lambda file: file.name)
def test_an_odd_file_has_lines_or_a_typed_error(file: OddFile, request: pytest.FixtureRequest) -> None:
    data = file.make()
    request.getfixturevalue("in_time")
    try:
        assert ink_lines(data, LIMITS).lines
    except PhotoError:
        return


def memory_of_all() -> int:
    """Megabytes by which decoding every odd file raises the peak of a fresh process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for file in ODD_FILES:
        try:
            decode(file.make(), LIMITS)
        except PhotoError:
            continue
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


@pytest.mark.slow
def test_no_odd_file_takes_much_memory() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(memory_of_all) < MEGABYTES

"""A contact sheet: what became of a photo on the way to its readings, for whoever looks into a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from core.limits import PhotoLimits
from core.outcome import Box, InkLine, InkPage, Line, Page
from core.photo.decode import Photo, decode

_SIDE = 900
_WIDTH = 900
_MARGIN = 12
_TEXT, _COLUMNS = 16, 100
_ZOOM = 2
_LINE, _ASIDE, _WORDS = (0, 140, 60), (200, 90, 0), (30, 30, 30)


def contact_sheet(photo: bytes, limits: PhotoLimits, page: Page, ink: InkPage) -> bytes:
    """A PNG: on the left the photo with a box round each line and whatever was set aside, on the right the ink of each
    line as the reader saw it, over its readings. `ink`: of the lines of `page`, in their order. Raises PhotoError.
    """
    shown, rows = _shown(decode(photo, limits), page), [_row(*row) for row in _numbered(page.lines, ink.lines)]
    height = max(shown.height, sum(row.height for row in rows)) + 2 * _MARGIN
    sheet = Image.new("RGB", (shown.width + _WIDTH + 3 * _MARGIN, height), "white")
    sheet.paste(shown, (_MARGIN, _MARGIN))
    top = _MARGIN
    for row in rows:
        sheet.paste(row, (shown.width + 2 * _MARGIN, top))
        top += row.height
    file = BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def _shown(photo: Photo, page: Page) -> Image.Image:
    picture = Image.fromarray(photo.pixels)
    scale = min(1.0, _SIDE / max(picture.size))
    picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    brush = ImageDraw.Draw(picture)
    boxes = [(line.box, str(number), _LINE) for number, line in enumerate(page.lines, 1)]
    boxes += [(part.box, part.what, _ASIDE) for part in page.set_aside]
    for box, name, colour in boxes:
        left, top, right, bottom = _corners(box, scale / photo.scale)
        brush.rectangle((left, top, right, bottom), outline=colour, width=2)
        brush.text((left + 3, max(0, top - _TEXT - 2)), name, colour, _font())
    return picture


def _corners(box: Box, scale: float) -> tuple[float, float, float, float]:
    return box.x * scale, box.y * scale, (box.x + box.w) * scale, (box.y + box.h) * scale


def _numbered(lines: Sequence[Line], inks: Sequence[InkLine]) -> list[tuple[int, Line, InkLine]]:
    return [(number, line, ink) for number, (line, ink) in enumerate(zip(lines, inks, strict=True), 1)]


def _row(number: int, line: Line, ink: InkLine) -> Image.Image:
    written = Image.frombytes("L", (ink.width, ink.height), ink.pixels).point(lambda value: 255 - value)
    zoom = min(_ZOOM, _WIDTH / ink.width)
    written = written.resize((max(1, round(ink.width * zoom)), max(1, round(ink.height * zoom))))
    title = f"{number}  {line.label or ''}"
    readings = (f"{reading.confidence:.2f}  {reading.latex}" for reading in line.readings)
    texts = [title, *(piece for text in readings for piece in wrap(text, _COLUMNS, subsequent_indent="      "))]
    step = _TEXT + 4
    row = Image.new("RGB", (_WIDTH, written.height + step * len(texts) + _MARGIN), "white")
    brush = ImageDraw.Draw(row)
    brush.text((0, 0), texts[0], _LINE, _font())
    row.paste(written, (0, step))
    for place, text in enumerate(texts[1:]):
        brush.text((0, step + written.height + step * place), text, _WORDS, _font())
    return row


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(_TEXT)

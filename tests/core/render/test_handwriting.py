"""The drawing of a line's ink."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from core.notation.tree import Atom, Row
from core.outcome import Box
from core.render.doubt import Doubtful
from core.render.handwriting import PADDING, Drawing, drawing
from core.render.theme import DARK, LIGHT
from core.render.typesetting import png
from core.render.typst_math import literal
from tests.core.render.inks import ink_of


def pixels(drawn: Drawing) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The drawing in grey, a pixel to each of its own."""
    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes({literal(drawn.svg)}), format: "svg", width: {drawn.width}pt, height: {drawn.height}pt)'
    )
    return np.asarray(Image.open(io.BytesIO(png(source, 1.0))).convert("L"))


def test_strokes_stand_where_they_were_written() -> None:
    line = ink_of(Box(10, 5, 20, 30), Box(70, 10, 40, 6))

    seen = pixels(drawing(line, LIGHT)) < 128

    written = np.pad(np.frombuffer(line.pixels, np.uint8).reshape(line.height, line.width), PADDING) > 128
    assert seen.shape == written.shape
    assert (seen == written).mean() > 0.97


def test_the_hole_of_a_closed_stroke_stays_open() -> None:
    ring = (Box(20, 5, 30, 5), Box(20, 30, 30, 5), Box(20, 5, 5, 30), Box(45, 5, 5, 30))

    seen = pixels(drawing(ink_of(*ring), LIGHT))

    assert seen[20 + PADDING, 35 + PADDING] == 255


def test_the_ink_takes_the_colour_of_the_theme() -> None:
    line = ink_of(Box(10, 5, 20, 30))

    assert f'fill="{LIGHT.ink}"' in drawing(line, LIGHT).svg
    assert f'fill="{DARK.ink}"' in drawing(line, DARK).svg


def test_doubtful_strokes_are_outlined() -> None:
    line = ink_of(Box(5, 10, 10, 20), Box(55, 10, 10, 20), Box(105, 10, 10, 20))
    reading = Row((Atom("a"), Atom("b"), Doubtful((Atom("c"),))))

    assert drawing(line, LIGHT).svg.count("<rect") == 0
    assert drawing(line, LIGHT, reading).svg.count("<rect") == 1


def test_a_line_without_ink_is_an_empty_drawing() -> None:
    assert 'd=""' in drawing(ink_of(), LIGHT).svg

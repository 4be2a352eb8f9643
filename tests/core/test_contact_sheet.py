from io import BytesIO

import numpy as np
from PIL import Image

from core.contact_sheet import contact_sheet
from core.limits import PhotoLimits
from core.outcome import Box, Line, Page, Reading, SetAside
from core.photo.page import ink_lines
from tests.core.photo.pictures import encoded, paper, write

GREEN, ORANGE = (0, 140, 60), (200, 90, 0)


def test_a_contact_sheet_shows_boxes_ink_and_readings() -> None:
    photo = encoded(write(write(paper(400, 800), "2x = 10", (60, 120)), "x = 5", (60, 280)))
    ink = ink_lines(photo, PhotoLimits())
    readings = (Reading("2 x = 1 0 " * 40, 0.9), Reading("z x = 1 0", 0.1))
    page = Page(
        tuple(Line(line.box, readings, "a)") for line in ink.lines), (SetAside(Box(500, 300, 80, 50), "prose"),)
    )
    sheet = np.asarray(Image.open(BytesIO(contact_sheet(photo, PhotoLimits(), page, ink))).convert("RGB"))
    left, right = sheet[:, :812], sheet[:, 824:]
    for box in (line.box for line in page.lines):
        assert tuple(left[box.y + 12, box.x + 12 + box.w // 2]) == GREEN
    assert tuple(left[312, 550]) == ORANGE
    rows = (right < 128).all(axis=2).any(axis=1)
    assert right.shape[1] >= 900 and rows.sum() > 100

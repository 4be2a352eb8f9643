import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.limits import PhotoLimits
from core.outcome import Box
from core.photo.page import ink_lines
from core.photo.parallels import parallels
from core.photo.perspective import FOCAL_LENGTH, Lines, straight_on
from core.photo.sheet import sheet_of
from tests.core.photo.pictures import FONT, Picture, encoded, paper, rule, write

WIDTH, HEIGHT = 1200, 900
FOCAL = FOCAL_LENGTH * WIDTH
LINES = ("2x + 5 = 15", "2x = 15 - 5", "x = 5")
PLACES = ((420, 480), (560, 640), (700, 800))
SIDEWAYS, UPRIGHT = 90.0, 0.0


def rotation(tilt: float, axis: float) -> NDArray[np.float64]:
    """By `tilt` degrees about the line in the picture that falls by `axis` degrees."""
    along = np.radians(axis)
    return np.asarray(cv2.Rodrigues(np.radians(tilt) * np.array([np.cos(along), np.sin(along), 0.0]))[0], np.float64)


def photographed(sheet: Picture, tilt: float, axis: float, near: float = 1.0) -> tuple[Picture, NDArray[np.float64]]:
    """A photo of a sheet that lies on a dark table, and the homography from the one to the other."""
    height, width = sheet.shape[:2]
    turn = rotation(tilt, axis)
    onto = np.column_stack([turn[:, 0], turn[:, 1], (0.0, 0.0, FOCAL / near)])
    centred = np.array([[1.0, 0.0, -width / 2], [0.0, 1.0, -height / 2], [0.0, 0.0, 1.0]])
    lens = np.array([[FOCAL, 0.0, WIDTH / 2], [0.0, FOCAL, HEIGHT / 2], [0.0, 0.0, 1.0]])
    homography = lens @ onto @ centred
    seen = cv2.warpPerspective(sheet, homography, (WIDTH, HEIGHT), borderValue=(60, 45, 35))
    return seen.astype(np.uint8), homography


def page(grid: bool = False) -> Picture:
    """More paper than the photo holds, with three lines in its middle."""
    picture = rule(paper(1400, 1800, 225), pitch=80)
    if grid:
        picture = np.ascontiguousarray(rule(np.ascontiguousarray(picture.swapaxes(0, 1)), pitch=80).swapaxes(0, 1))
    for text, at in zip(LINES, PLACES, strict=True):
        write(picture, text, at, 2.2, thickness=5)
    return picture


def sheet_of_paper() -> Picture:
    """A small sheet without rules, so that all its edges are seen."""
    return np.ascontiguousarray(cv2.resize(plain(), (1060, 740), interpolation=cv2.INTER_AREA))


def plain() -> Picture:
    picture = paper(1100, 1560, 225)
    for text, (x, y) in zip(LINES, PLACES, strict=True):
        write(picture, text, (x - 150, y - 150), 3.2, thickness=8)
    return picture


def tilt_of(homography: NDArray[np.float64] | None) -> tuple[float, float]:
    """Degrees about the level and the upright line in the picture, of the camera that `straight_on` turns."""
    assert homography is not None
    lens = np.array([[FOCAL, 0.0, WIDTH / 2], [0.0, FOCAL, HEIGHT / 2], [0.0, 0.0, 1.0]])
    turn = np.linalg.inv(lens) @ homography @ lens
    normal = turn[2] / np.linalg.norm(turn[2])
    return float(np.degrees(np.arcsin(-normal[1]))), float(np.degrees(np.arcsin(normal[0])))


def seen_from(picture: Picture) -> NDArray[np.float64] | None:
    return straight_on(*parallels(sheet_of(picture), WIDTH, HEIGHT), WIDTH, HEIGHT)


@pytest.mark.parametrize("tilt", [5.0, 10.0, 15.0])
@pytest.mark.parametrize("axis", [0.0, 40.0, 90.0, 200.0])
def test_a_grid_tells_how_the_sheet_is_tilted(tilt: float, axis: float) -> None:
    about_level, about_upright = tilt_of(seen_from(photographed(page(grid=True), tilt, axis)[0]))
    turned = np.degrees(np.sin(np.radians(tilt)))
    assert abs(about_level - turned * np.cos(np.radians(axis))) < 1.5
    assert abs(about_upright - turned * np.sin(np.radians(axis))) < 1.5


@pytest.mark.parametrize("tilt", [5.0, 10.0, 15.0])
@pytest.mark.parametrize("axis", [0.0, 90.0, 130.0])
def test_so_do_the_edges_of_a_sheet(tilt: float, axis: float) -> None:
    about_level, about_upright = tilt_of(seen_from(photographed(sheet_of_paper(), tilt, axis, near=0.85)[0]))
    turned = np.degrees(np.sin(np.radians(tilt)))
    assert abs(about_level - turned * np.cos(np.radians(axis))) < 1.5
    assert abs(about_upright - turned * np.sin(np.radians(axis))) < 1.5


def test_rules_tell_how_far_it_is_tilted_sideways() -> None:
    _, sideways = tilt_of(seen_from(photographed(page(), 10.0, SIDEWAYS)[0]))
    assert abs(sideways - 10.0) < 1.5


@pytest.mark.parametrize("picture", [page(), page(grid=True), plain(), sheet_of_paper()])
def test_a_sheet_seen_from_straight_above_is_left_alone(picture: Picture) -> None:
    assert seen_from(photographed(picture, 0.0, 0.0, near=0.8)[0]) is None


def test_what_is_not_at_right_angles_is_no_sheet() -> None:
    offset = np.linspace(-0.4, 0.4, 6)
    fan, edge = Lines(offset, 0.2 * offset, np.zeros(6, np.bool_)), np.zeros(6, np.bool_)
    assert straight_on(fan, Lines(offset, 0.2 * offset, edge), WIDTH, HEIGHT) is not None
    assert straight_on(fan, Lines(offset, 0.3 + 0.2 * offset, edge), WIDTH, HEIGHT) is None


@pytest.mark.parametrize("slopes", [[0.0, 0.1], [0.0, 0.2, -0.1, 0.15, -0.2, 0.05]])
def test_few_lines_or_such_as_do_not_agree_tell_nothing(slopes: list[float]) -> None:
    lines = Lines(np.linspace(-0.4, 0.4, len(slopes)), np.array(slopes), np.zeros(len(slopes), np.bool_))
    none = Lines(np.empty(0), np.empty(0), np.empty(0, np.bool_))
    assert straight_on(lines, none, WIDTH, HEIGHT) is None


@pytest.mark.parametrize("tilt", [5.0, 10.0, 15.0])
@pytest.mark.parametrize("axis", [UPRIGHT, 45.0, SIDEWAYS])
@pytest.mark.parametrize("grid", [False, True])
def test_lines_are_found_where_they_are_on_the_tilted_photo(tilt: float, axis: float, grid: bool) -> None:
    picture, homography = photographed(page(grid), tilt, axis)
    lines = ink_lines(encoded(picture), PhotoLimits()).lines
    assert len(lines) == len(LINES)
    for line, text, at in zip(lines, LINES, PLACES, strict=True):
        left, top, right, bottom = where(text, at, homography)
        assert max(abs(line.box.x - left), abs(line.box.y - top)) < 12
        assert max(abs(line.box.x + line.box.w - right), abs(line.box.y + line.box.h - bottom)) < 12


def test_boxes_are_right_on_a_photo_that_is_turned_too() -> None:
    picture, _ = photographed(page(grid=True), 12.0, 30.0)
    upright = ink_lines(encoded(picture), PhotoLimits())
    turned = ink_lines(encoded(np.ascontiguousarray(np.rot90(picture))), PhotoLimits(), turn=90)
    for line, other in zip(upright.lines, turned.lines, strict=True):
        back = Box(WIDTH - other.box.y - other.box.h, other.box.x, other.box.h, other.box.w)
        assert near(back, line.box)


def where(text: str, at: tuple[int, int], homography: NDArray[np.float64]) -> tuple[float, ...]:
    """The bounds of a line on the photo."""
    ink = np.zeros((1400, 1800), np.uint8)
    cv2.putText(ink, text, at, FONT, 2.2, 255, 5, cv2.LINE_AA)
    points = np.argwhere(ink > 96)[:, ::-1].astype(np.float64)
    mapped = cv2.perspectiveTransform(points[None], homography)[0]
    return (*mapped.min(axis=0), *mapped.max(axis=0))


def near(box: Box, other: Box) -> bool:
    return all(abs(a - b) < 6 for a, b in ((box.x, other.x), (box.y, other.y), (box.w, other.w), (box.h, other.h)))

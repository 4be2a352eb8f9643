from pathlib import Path

import cv2
import numpy as np

from core.predictor.canvas import STRIDE
from models.data.prepare import prepare_scans
from models.data.scans import Scan, load_scans, warped
from models.data.strokes import draw_polylines
from tests.models.handwriting import one_plus_x


def crop(path: Path) -> None:
    """`1 + x` in black on a white sheet."""
    strokes = [stroke * 4 + 30 for stroke in one_plus_x().strokes]
    cv2.imwrite(str(path), 255 - draw_polylines(strokes, (100, 200), 4.0))


def test_labels_are_folded_and_neighbours_held_out_together(tmp_path: Path) -> None:
    for name in ("0001", "0081", "0095", "0002"):
        crop(tmp_path / f"{name}.jpg")
    cv2.imwrite(str(tmp_path / "0003.jpg"), np.full((100, 200), 255, np.uint8))
    labels = {"0001": r"\left ( 1 + x \right )", "0081": "1+x", "0095": r"\frac12", "0002": r"\arg", "0003": "1"}
    rows = [f"{name}.jpg\t{label}\n" for name, label in labels.items()]
    (tmp_path / "labels.tsv").write_text("".join(rows), encoding="utf-8")
    prepared = prepare_scans(tmp_path, tmp_path)
    training, validation = load_scans(prepared.path, "training"), load_scans(prepared.path, "validation")
    assert [(scan.key, " ".join(scan.tokens)) for scan in training] == [("0001", "( 1 + x )")]
    assert [(scan.key, " ".join(scan.tokens)) for scan in validation] == [
        ("0081", "1 + x"),
        ("0095", r"\frac { 1 } { 2 }"),
    ]
    assert [reason.split(":")[0] for reason in prepared.broken] == ["0002.jpg", "0003.jpg"]


def test_a_turned_crop_keeps_all_its_ink() -> None:
    ink = np.zeros((24, 60), np.uint8)
    ink[4:20, 4:56] = 255
    turned = warped(Scan("1", ("x",), ink), scale=1.2, rotation=0.1, slant=0.1)
    assert turned.shape[0] % STRIDE == turned.shape[1] % STRIDE == 0
    assert np.isclose(turned.sum(), ink.sum() * 1.2**2, rtol=0.05)

import zipfile
from pathlib import Path

import pytest

from models.data.expression import load_expressions
from models.data.prepare import measured_glyph_height, prepare
from tests.models.data.test_inkml import ONE_PLUS_X
from tests.models.handwriting import one_plus_x


def test_captions_label_the_training_set_and_ink_labels_the_rest(tmp_path: Path) -> None:
    for name in ("train", "test2011", "test2012", "test2013"):
        with zipfile.ZipFile(tmp_path / f"{name}_inkml.zip", "w") as package:
            package.writestr("good.inkml", ONE_PLUS_X)
            package.writestr("broken.inkml", b"<ink>")
            package.writestr("strange.inkml", ONE_PLUS_X.replace(rb"1 \lt x", rb"\unheardof"))
    (tmp_path / "train_captions.tsv").write_text("good\t1 < x\n", encoding="utf-8")
    train, *_, validation = prepare(tmp_path, tmp_path / "out")
    assert [e.tokens for e in load_expressions(train.path)] == [("1", "<", "x")]
    assert [e.tokens for e in load_expressions(validation.path)] == [("1", "<", "x")]
    assert [reason.split(":")[0] for reason in train.broken] == ["broken", "strange"]
    assert len(validation.broken) == 2


def test_a_package_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        prepare(tmp_path, tmp_path / "out")


def test_glyph_height_is_measured_in_the_strokes_own_units() -> None:
    strokes = one_plus_x().strokes
    assert measured_glyph_height(strokes) == pytest.approx(10, rel=0.2)
    larger = tuple(stroke * 37 for stroke in strokes)
    assert measured_glyph_height(larger) == pytest.approx(37 * measured_glyph_height(strokes), rel=0.05)

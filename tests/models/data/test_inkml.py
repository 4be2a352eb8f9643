import zipfile
from pathlib import Path

import pytest

from models.data.inkml import BrokenInk, parse_inkml, read_captions, read_package

ONE_PLUS_X = b"""<ink xmlns="http://www.w3.org/2003/InkML">
<annotation type="writer">ada</annotation>
<annotation type="truth">$1 \\lt x$</annotation>
<trace id="7">0 0, 0 10</trace>
<trace id="8">5 5 120, 9 2 121, 9 8 122</trace>
<trace id="9"> 20 1 , 28 9 </trace>
<traceGroup xml:id="a"><annotation type="truth">Segmentation</annotation>
  <traceGroup xml:id="b"><annotation type="truth">1</annotation><traceView traceDataRef="7"/></traceGroup>
  <traceGroup xml:id="c"><annotation type="truth">\\lt</annotation><traceView traceDataRef="8"/></traceGroup>
  <traceGroup xml:id="d"><annotation type="truth">x</annotation><traceView traceDataRef="9"/></traceGroup>
</traceGroup></ink>"""


def test_strokes_symbols_writer_and_truth() -> None:
    ink = parse_inkml(ONE_PLUS_X)
    assert ink.writer == "ada"
    assert ink.truth == r"$1 \lt x$"
    assert [stroke.tolist() for stroke in ink.strokes] == [
        [[0, 0], [0, 10]],
        [[5, 5], [9, 2], [9, 8]],
        [[20, 1], [28, 9]],
    ]
    assert [(symbol.label, symbol.strokes) for symbol in ink.symbols] == [("1", (0,)), ("<", (1,)), ("x", (2,))]


def test_symbols_come_in_the_order_of_the_latex() -> None:
    root = b"""<ink><trace id="0">0 0, 9 9</trace><trace id="1">3 0, 4 1</trace><trace id="2">5 5, 6 6</trace>
    <annotationXML><math xmlns="http://www.w3.org/1998/Math/MathML"><mroot xml:id="r"><mi xml:id="x">x</mi>
    <mn xml:id="three">3</mn></mroot></math></annotationXML>
    <traceGroup>
      <traceGroup><annotation type="truth">x</annotation><traceView traceDataRef="2"/>
        <annotationXML href="x"/></traceGroup>
      <traceGroup><annotation type="truth">3</annotation><traceView traceDataRef="1"/>
        <annotationXML href="three"/></traceGroup>
      <traceGroup><annotation type="truth">\\sqrt</annotation><traceView traceDataRef="0"/>
        <annotationXML href="r"/></traceGroup>
    </traceGroup></ink>"""
    assert [symbol.label for symbol in parse_inkml(root).symbols] == [r"\sqrt", "3", "x"]


@pytest.mark.parametrize("data", [b"", b"not xml", ONE_PLUS_X[:200], b"<ink></ink>"])
def test_unreadable_ink_says_so(data: bytes) -> None:
    with pytest.raises(BrokenInk):
        parse_inkml(data)


def test_a_package_streams_past_its_broken_files(tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("writer/good.inkml", ONE_PLUS_X)
        package.writestr("writer/empty.inkml", b"")
        package.writestr("readme.txt", b"no ink")
    contents = dict(read_package(path))
    assert set(contents) == {"good", "empty"}
    assert isinstance(contents["empty"], BrokenInk)
    assert not isinstance(contents["good"], BrokenInk)


def test_captions_keep_quotes_and_spell_out_primes(tmp_path: Path) -> None:
    path = tmp_path / "captions.tsv"
    path.write_text("one\tf ^ { ' } ( x )\ntwo\t\" x\n", encoding="utf-8")
    assert read_captions(path) == {"one": tuple(r"f ^ { \prime } ( x )".split()), "two": ('"', "x")}

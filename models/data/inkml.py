"""Reads CROHME's InkML packages: strokes, writer, and which strokes make which symbol.

Format: W3C InkML (2011) with CROHME's annotations (https://www.isical.ac.in/~crohme/).
"""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from core.notation.tokens import TOKEN_IDS
from models.data.expression import InkSymbol, Stroke

NAMESPACES = ("{http://www.w3.org/2003/InkML}", "")
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LABEL_SPELLINGS = {r"\lt": "<", r"\gt": ">", "COMMA": ","}


class BrokenInk(Exception):
    """A file that holds no readable ink. The message says why."""


@dataclass(frozen=True)
class Ink:
    """What one InkML file holds. `truth`: its LaTeX as the file spells it. `symbols`: in the order of the LaTeX where
    the file's MathML names them; empty without segmentation.
    """

    writer: str
    truth: str
    strokes: tuple[Stroke, ...]
    symbols: tuple[InkSymbol, ...]


def parse_inkml(data: bytes) -> Ink:
    """Strokes and symbols of one InkML document. Raises BrokenInk for bad XML and for ink without points."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise BrokenInk(str(error)) from error
    prefix = next(prefix for prefix in NAMESPACES if root.tag.startswith(prefix))
    strokes: list[Stroke] = []
    order: dict[str, int] = {}
    for trace in root.findall(f"{prefix}trace"):
        points = [point.split()[:2] for point in (trace.text or "").split(",")]
        points = [point for point in points if len(point) == 2]
        if points:
            order[trace.get("id", "")] = len(strokes)
            strokes.append(np.array(points, np.float32))
    if not strokes:
        raise BrokenInk("no strokes")
    writer, truth = (_annotation(root, prefix, kind) for kind in ("writer", "truth"))
    return Ink(writer, truth, tuple(strokes), tuple(_symbols(root, prefix, order)))


def _annotation(element: ElementTree.Element, prefix: str, kind: str) -> str:
    return next((a.text or "" for a in element.findall(f"{prefix}annotation") if a.get("type") == kind), "")


def _symbols(root: ElementTree.Element, prefix: str, order: dict[str, int]) -> Iterator[InkSymbol]:
    found: dict[str, InkSymbol] = {}
    for group in root.findall(f"{prefix}traceGroup/{prefix}traceGroup"):
        label = _annotation(group, prefix, "truth").strip()
        label = LABEL_SPELLINGS.get(label, label)
        references = (view.get("traceDataRef", "") for view in group.findall(f"{prefix}traceView"))
        strokes = tuple(order[reference] for reference in references if reference in order)
        name = group.find(f"{prefix}annotationXML")
        if label in TOKEN_IDS and strokes:
            key = name.get("href", "") if name is not None else ""
            found[key or f"unnamed {len(found)}"] = InkSymbol(label, strokes)
    formula = next((element for element in root.iter() if _tag(element) == "math"), None)
    named = [name for name in _named(formula) if name in found] if formula is not None else []
    yield from (found[name] for name in named)
    yield from (symbol for name, symbol in found.items() if name not in named)


def _named(element: ElementTree.Element) -> Iterator[str]:
    """Identifiers in MathML, in the order in which LaTeX writes what they name: a root's index before its radicand."""
    if name := element.get(XML_ID):
        yield name
    children = list(element)
    for child in reversed(children) if _tag(element) == "mroot" else children:
        yield from _named(child)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def read_captions(path: Path) -> dict[str, tuple[str, ...]]:
    """Normalised tokens by file stem, from a tab-separated file of `stem, tokens`. A bare prime is spelt out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row[0]: tuple(row[1].replace("'", r"\prime").split()) for row in rows if len(row) == 2}


def read_package(path: Path) -> Iterator[tuple[str, Ink | BrokenInk]]:
    """Streams (file stem, ink) from an official zip; a file that cannot be read comes as its BrokenInk."""
    with zipfile.ZipFile(path) as package:
        for name in sorted(package.namelist()):
            if not name.endswith(".inkml"):
                continue
            stem = PurePosixPath(name).stem
            try:
                yield stem, parse_inkml(package.read(name))
            except BrokenInk as error:
                yield stem, error

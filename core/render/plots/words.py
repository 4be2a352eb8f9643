"""The words of a plot's alt text, as a value, so that a catalogue in another language can stand in for them; and the
decimal mark of the numbers on a plot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from core.notation.decimals import DecimalMark, marked_text


@dataclass(frozen=True)
class PlotWords:
    """Sentences about a plot; `{...}` are filled in. Lists of numbers are joined by `comma`, or by `semicolon` where a
    number has a comma itself, and at last by `both`.
    """

    graph: str = "Graph of {formula}"
    equation: str = "Graph of {formula}"
    sides: str = "Graph of both sides of {formula}"
    area: str = "Area under the curve for {formula}"
    limit: str = "Graph for {formula}"
    curve: str = "Curve of {formula}"
    system: str = "Curves of the system {formula}"
    region: str = "Shaded region of {formula}"
    number_line: str = "Number line of {formula}"
    field: str = "Solutions of {formula}"
    sequence: str = "Values of {formula}, one dot each"
    complex: str = "Complex plane: {formula}"
    vectors: str = "Vectors: {formula}"
    roots: str = "crosses the {axis} axis at {numbers}"
    touches: str = "touches the {axis} axis at {numbers}"
    no_roots: str = "does not meet the {axis} axis here"
    lowest: str = "lowest point {places}"
    highest: str = "highest point {places}"
    turns: str = "turning points {places}"
    crossings: str = "they meet at {places}"
    coincide: str = "they lie on each other"
    on_axis: str = "lies on the {axis} axis along a stretch"
    no_crossings: str = "they do not meet here"
    holes: str = "left out: the point {places}"
    upright: str = "vertical asymptote at {axis} = {numbers}"
    level: str = "levels off at {numbers}"
    comes_near: str = "comes near to {numbers}"
    start: str = "one solution goes through {places}"
    first_values: str = "the first are {numbers}"
    members: str = "marked: {places}"
    tip: str = "the arrow ends at {places}"
    corners: str = "corners {places}"
    between: str = "from {left} to {right}"
    above: str = "above {left}"
    below: str = "below {right}"
    everything: str = "all numbers"
    point: str = "the number {left}"
    included: str = "{number}, included"
    excluded: str = "{number}, not included"
    shown: str = "Shown from {left} to {right}"
    minus: str = "minus {number}"
    comma: str = ", "
    semicolon: str = "; "
    both: str = " and "
    decimal_mark: DecimalMark = "point"

    def decimals(self, text: str) -> str:
        """A number or a point, such as `(0.5, 2)`, with the decimal mark."""
        return marked_text(text, self.decimal_mark)


ENGLISH = PlotWords()

PLOT_NAMES: Mapping[str, str] = {
    field.name: f"plot.{field.name.replace('_', '-')}" for field in fields(PlotWords) if field.name != "decimal_mark"
}
"""Field -> name in a catalogue."""


def plot_words(sentences: Mapping[str, str], decimal_mark: DecimalMark = "point") -> PlotWords:
    """The words of a catalogue, named `plot.graph`, `plot.no-roots` and so on. What it lacks is said in English."""
    own = {name: sentences[key] for name, key in PLOT_NAMES.items() if key in sentences}
    return replace(ENGLISH, **own, decimal_mark=decimal_mark)

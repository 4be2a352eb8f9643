"""How large each token is written, and where.

Lengths are in digit heights, y down, the baseline at 0. The sizes are medians measured on CROHME's training inks.
"""

from __future__ import annotations

from dataclasses import dataclass

AXIS = -0.42
"""Where minus signs and fraction bars lie."""


@dataclass(frozen=True)
class Metric:
    """How a token is written: `extent`: its height, or its width where `by_width`; `centre`: the y of its middle;
    `wander`: standard deviation of that, where it is more than any hand's.
    """

    extent: float
    centre: float
    least_aspect: float = 0.3
    greatest_aspect: float = 1.3
    by_width: bool = False
    wander: float = 0.0


def _metrics() -> dict[str, Metric]:
    rows: tuple[tuple[str, Metric], ...] = (
        ("0", Metric(0.92, -0.47, 0.45, 1.1)),
        ("1", Metric(1.0, -0.5, 0.0, 0.75)),
        ("2 3 4 5 6 7 8 9", Metric(1.0, -0.5, 0.35, 1.05)),
        ("A B C D E F G H J K L N O P Q R S U V X Y Z", Metric(1.08, -0.53, 0.4, 1.1)),
        ("I", Metric(1.08, -0.53, 0.0, 0.9)),
        (r"M T W \Delta \Pi \Sigma \Omega \Gamma \Phi", Metric(1.05, -0.52, 0.6, 1.4)),
        ("a c e o s u v z", Metric(0.6, -0.29, 0.6, 1.5)),
        ("r", Metric(0.6, -0.29, 0.45, 1.2)),
        (r"m w \omega", Metric(0.58, -0.28, 1.1, 2.4)),
        (r"n x \alpha \sigma \pi \rho \tau", Metric(0.6, -0.29, 0.7, 1.6)),
        ("b d h k t", Metric(1.02, -0.51, 0.3, 0.95)),
        ("l", Metric(1.05, -0.52, 0.05, 0.6)),
        ("i", Metric(0.82, -0.42, 0.05, 0.6)),
        ("j", Metric(1.2, -0.26, 0.15, 0.6)),
        ("f", Metric(1.35, -0.46, 0.25, 0.7)),
        ("g p q y", Metric(1.05, -0.08, 0.3, 0.9)),
        (r"\beta \phi \psi", Metric(1.25, -0.36, 0.35, 0.8)),
        (r"\gamma \mu", Metric(0.9, -0.1, 0.45, 1.2)),
        (r"\lambda \theta \delta \partial \exists \forall \angle \triangle \nabla", Metric(1.0, -0.5, 0.45, 1.1)),
        (r"\emptyset", Metric(1.0, -0.48, 0.5, 1.0)),
        (r"\in \epsilon \cup \cap \subset", Metric(0.7, -0.38, 0.6, 1.2)),
        ("-", Metric(0.52, AXIS, 3.5, 60.0, by_width=True)),
        ("=", Metric(0.62, AXIS, 1.1, 2.1, by_width=True)),
        (r"\equiv", Metric(0.62, AXIS, 1.0, 2.0, by_width=True)),
        (r"\sim \approx", Metric(0.68, AXIS, 1.2, 3.0, by_width=True)),
        ("+", Metric(0.6, AXIS, 0.7, 1.5, by_width=True)),
        (r"\times", Metric(0.52, AXIS + 0.04, 0.7, 1.4, by_width=True)),
        (r"\div", Metric(0.74, AXIS, 0.7, 1.5, by_width=True)),
        (r"\pm \mp", Metric(0.82, AXIS, 0.6, 1.1)),
        (r"\cdot", Metric(0.08, AXIS, 0.6, 1.6, wander=0.05)),
        (".", Metric(0.08, -0.06, 0.6, 1.6, wander=0.06)),
        (",", Metric(0.32, 0.06, 0.15, 0.7)),
        (":", Metric(0.45, -0.3, 0.05, 0.3)),
        (";", Metric(0.65, -0.12, 0.2, 0.4)),
        ("!", Metric(1.1, -0.54, 0.02, 0.2)),
        ("?", Metric(1.08, -0.53, 0.4, 0.7)),
        (r"\%", Metric(1.0, -0.5, 0.7, 1.2)),
        (r"\circ", Metric(0.6, -0.45, 0.7, 1.2)),
        (r"\prime", Metric(0.55, -0.75, 0.05, 0.6)),
        (r"< > \ll \gg", Metric(0.6, AXIS, 0.7, 1.5)),
        (r"\leq \geq", Metric(0.85, AXIS, 0.6, 1.2)),
        (r"\neq", Metric(0.85, AXIS, 0.6, 1.2)),
        (r"\propto", Metric(0.5, AXIS, 1.0, 1.8)),
        (r"\rightarrow \leftarrow \Rightarrow \Leftrightarrow", Metric(1.0, AXIS, 1.3, 4.0, by_width=True)),
        (r"\infty", Metric(0.95, -0.35, 1.4, 2.8, by_width=True)),
        (r"\ldots", Metric(1.1, -0.05, 6.0, 20.0, by_width=True)),
        (r"\cdots", Metric(1.1, AXIS, 8.0, 20.0, by_width=True)),
        (r"\therefore \because", Metric(0.6, -0.35, 0.8, 1.3)),
        (r"\perp", Metric(0.9, -0.45, 0.8, 1.3)),
        (r"\parallel", Metric(1.0, -0.48, 0.25, 0.5)),
        ("/", Metric(1.25, -0.48, 0.2, 0.7)),
        (r"( ) [ ] \{ \}", Metric(1.35, -0.45, 0.14, 0.42)),
        ("|", Metric(1.35, -0.47, 0.0, 0.12)),
        (r"\int", Metric(1.9, -0.48, 0.2, 0.55)),
        (r"\sum", Metric(1.4, -0.48, 0.6, 1.2)),
        (r"\sin", Metric(0.82, -0.41, 1.2, 2.4)),
        (r"\cos", Metric(0.6, -0.29, 1.8, 3.2)),
        (r"\tan", Metric(0.9, -0.44, 1.3, 2.6)),
        (r"\log", Metric(1.5, -0.32, 0.65, 1.2)),
        (r"\lim", Metric(1.0, -0.49, 0.9, 1.9)),
    )
    return {label: metric for labels, metric in rows for label in labels.split()}


METRICS = _metrics()
X_HEIGHT_LETTERS = frozenset({*"acemnorsuvwxz", r"\alpha", r"\sigma", r"\pi", r"\omega", r"\rho", r"\tau"})

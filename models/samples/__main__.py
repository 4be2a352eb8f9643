"""Writes the sample photos and their labels: `python -m models.samples --fonts DIRECTORY`.

DIRECTORY holds the fonts that `FONTS` names, as WOFF2, TrueType or OpenType files, at any depth; samples/README.md says
which they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from models.samples.pages import write_samples


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m models.samples", description="Writes the sample photos.")
    parser.add_argument("--fonts", type=Path, required=True, help="directory that holds the handwriting fonts")
    parser.add_argument("--out", type=Path, default=Path("samples/photos"))
    arguments = parser.parse_args()
    write_samples(arguments.fonts, arguments.out)


if __name__ == "__main__":
    main()

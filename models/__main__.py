"""`python -m models COMMAND`: how the recogniser is made and measured."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.scores import Read

CACHE = Path.home() / ".cache" / "chalkline"
SERVED = Path(__file__).parent / "weights"
CONFUSIONS_DRAWN = 30


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m models", description="Makes and measures the recogniser.")
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="CROHME's official InkML packages -> arrays of strokes")
    prepare.add_argument("source", type=Path, help="folder with <set>_inkml.zip and <set>_captions.tsv")
    prepare.add_argument("scans", type=Path, nargs="?", help="folder of crops of pen on paper with labels.tsv, if any")
    prepare.add_argument("--fonts", type=Path, help="folder of handwriting fonts, if any")
    train = commands.add_parser("train", help="train the network")
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint, or the committed weights")
    train.add_argument("--minutes", type=float, default=120.0, help="length of this run")
    train.add_argument("--decay-minutes", type=float, default=0.0, help="end the run with this long a falling rate")
    train.add_argument("--threads", type=int, default=2, help="1 is faster where the other cores are busy")
    train.add_argument("--rate", type=float, default=1.2e-3, help="learning rate")
    rates = commands.add_parser("rates", help="learning-rate range test, from the committed weights")
    rates.add_argument("picture", type=Path, help="where to draw the loss over the rate")
    rates.add_argument("--steps", type=int, default=200)
    curve = commands.add_parser("curve", help="draw the log of the training so far")
    curve.add_argument("picture", type=Path)
    export = commands.add_parser(
        "export", help="write weights, by default of the last checkpoint, for ONNX Runtime, and calibrate them"
    )
    export.add_argument("--weights", type=Path, nargs="+", help="a reader.pt, or several: their mean")
    calibrate = commands.add_parser("calibrate", help="fit the confidence of the exported network again")
    evaluate = commands.add_parser("evaluate", help="measure the exported network, by default on the validation sets")
    evaluate.add_argument("--images", type=Path, help="folder or zip of pictures of one expression each")
    evaluate.add_argument("--captions", type=Path, help="of --images; tab-separated: stem, tokens")
    evaluate.add_argument("--photos", type=Path, nargs="+", help="folders of photos with labels.tsv or labels.jsonl")
    evaluate.add_argument("--threads", type=int, default=2)
    evaluate.add_argument("--weights", type=Path, default=SERVED, help="folder of an exported network")
    evaluate.add_argument("--limit", type=int, help="only the first pictures")
    evaluate.add_argument("--confusions", type=Path, help="where to draw the commonest confusions, by prepared fonts")
    evaluate.add_argument("--json", action="store_true", help="the scores alone, on one line")
    for command in (prepare, train, rates, export, calibrate, evaluate):
        command.add_argument("--data", type=Path, default=CACHE / "data", help="folder of prepared sets")
    return parser


def _prepare(arguments: argparse.Namespace) -> None:
    from models.data.prepare import prepare, prepare_fonts, prepare_scans

    results = prepare(arguments.source, arguments.data)
    if arguments.scans is not None:
        results.append(prepare_scans(arguments.scans, arguments.data))
    if arguments.fonts is not None:
        results.append(prepare_fonts(arguments.fonts, arguments.data))
    for result in results:
        print(f"{result.path}: {result.count} expressions, {len(result.broken)} files left out")
        for reason in result.broken:
            print(f"  {reason}")


def _train(arguments: argparse.Namespace) -> None:
    from models.train import train
    from models.training import Training

    training = Training(
        data=arguments.data,
        folder=CACHE / "train",
        minutes=arguments.minutes,
        decay_minutes=arguments.decay_minutes,
        rate=arguments.rate,
        threads=arguments.threads,
    )
    print(train(training, arguments.resume))


def _rates(arguments: argparse.Namespace) -> None:
    from models.curves import draw_rates
    from models.rate_range import GREATEST_RATE, LEAST_RATE, rate_range
    from models.run import Run
    from models.train import training_batches
    from models.training import Training

    training = Training(data=arguments.data, folder=CACHE / "rates", minutes=0)
    batches = training_batches(training, seed=0)
    tried = list(rate_range(Run(training, resume=True), batches, LEAST_RATE, GREATEST_RATE, arguments.steps))
    draw_rates(tried, arguments.picture)
    best = min(tried, key=lambda point: point.loss)
    print(f"{len(tried)} steps; least loss {best.loss:.3f} at a rate of {best.rate:.1e}")


def _curve(arguments: argparse.Namespace) -> None:
    from models.curves import draw_log

    draw_log(CACHE / "train" / "log.csv", arguments.picture)


def _export(arguments: argparse.Namespace) -> None:
    from models.checkpoint import load_mean, save_weights
    from models.export import export

    network, progress = load_mean(arguments.weights or [CACHE / "train" / "reader.pt"])
    exported = export(network, SERVED)
    save_weights(SERVED / "reader.pt", network.state_dict(), network.shape, progress)
    print(f"{progress}; torch and ONNX Runtime differ by {exported.difference:.1e}")
    _calibrate(arguments)


def _calibrate(arguments: argparse.Namespace) -> None:
    from core.predictor.calibration import save_calibration
    from core.predictor.reader import Reader
    from models.calibrate import calibrated, halves, observe
    from models.data.expression import load_expressions
    from models.data.scans import SCANS, load_scans
    from models.reliability import draw_reliability, summary

    training, held_out = (load_expressions(arguments.data / f"{name}.npz") for name in ("train", "test2013"))
    scans = load_scans(arguments.data / SCANS, "validation") if (arguments.data / SCANS).exists() else []
    reader = Reader(SERVED)
    first, second = (observe(reader, lines) for lines in halves(training, held_out, scans))
    calibration, reliability = calibrated(first, second)
    save_calibration(SERVED / "calibration.json", calibration)
    draw_reliability(reliability, SERVED.parent / "reliability.png")
    print(calibration)
    print(summary([*first, *second], reliability, calibration.sure))


def _evaluate(arguments: argparse.Namespace) -> None:
    from core.predictor.reader import Reader
    from models.evaluate import read_photos, read_pictures, read_validation
    from models.scores import report, scores

    reader = Reader(arguments.weights, threads=arguments.threads)
    if arguments.images:
        reads = read_pictures(reader, arguments.images, arguments.captions, arguments.limit)
    elif arguments.photos:
        reads = [read for folder in arguments.photos for read in read_photos(reader, folder)]
    else:
        reads = read_validation(reader, arguments.data, arguments.limit)
    if arguments.confusions:
        _draw_confusions(reads, arguments.data, arguments.confusions)
    if arguments.json:
        print(json.dumps(dataclasses.asdict(scores(reads))))
    else:
        print(report(reads, reader.calibration.sure))


def _draw_confusions(reads: Sequence[Read], data: Path, picture: Path) -> None:
    from models.confusions import draw_confusions
    from models.data.augment import symbol_bank
    from models.data.expression import load_expressions
    from models.data.fonts import FONTS
    from models.scores import confusions

    draw_confusions(confusions(reads), symbol_bank(load_expressions(data / FONTS)), CONFUSIONS_DRAWN, picture)


COMMANDS = {
    "prepare": _prepare,
    "train": _train,
    "rates": _rates,
    "curve": _curve,
    "export": _export,
    "calibrate": _calibrate,
    "evaluate": _evaluate,
}


def main() -> None:
    parser = _parser()
    arguments = parser.parse_args()
    if arguments.command == "evaluate" and (arguments.images is None) != (arguments.captions is None):
        parser.error("--images and --captions go together")
    COMMANDS[arguments.command](arguments)


if __name__ == "__main__":
    main()

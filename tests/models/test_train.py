import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.checkpoint import load_weights
from models.data.batches import Mixture
from models.data.expression import save_expressions
from models.data.scans import SCANS, Scan, save_scans
from models.train import TRAINING_SETS, rate_at, train
from models.training import Training
from tests.models.handwriting import one_plus_x

SECONDS = 4 / 60
CLEAN = Mixture(school_share=0, photo_share=0, area=4 * 48 * 96)


@pytest.fixture
def training(tmp_path: Path) -> Training:
    for name in (*TRAINING_SETS, "test2013"):
        save_expressions(tmp_path / f"{name}.npz", [one_plus_x()])
    save_scans(tmp_path / SCANS, [Scan("1", ("x",), np.full((16, 16), 255, np.uint8))])
    return Training(tmp_path, tmp_path / "run", SECONDS, rate=1e-3, warm_up_steps=1, threads=1, mixture=CLEAN)


@pytest.mark.slow
def test_a_run_learns_is_saved_and_goes_on_where_it_stopped(training: Training) -> None:
    first = train(training, resume=False)
    assert first.samples > first.steps > 1
    network, saved = load_weights(training.folder / "reader.pt")
    assert saved == first
    assert network.shape.width == 192

    second = train(training, resume=True)
    assert second.steps > first.steps
    with (training.folder / "log.csv").open(newline="") as file:
        before, after = csv.DictReader(file)
    assert int(before["samples"]) == first.samples
    assert int(after["samples"]) == second.samples
    assert float(after["token_loss"]) < float(before["token_loss"])


def test_the_rate_warms_up_stays_flat_and_falls(training: Training) -> None:
    run = replace(training, minutes=10, decay_minutes=4, rate=1.0, warm_up_steps=10)
    assert rate_at(run, 0, 0) == pytest.approx(0.1)
    assert rate_at(run, 10, 60) == rate_at(run, 5000, 359) == 1.0
    assert rate_at(run, 5000, 480) == pytest.approx(0.5)
    assert rate_at(run, 5000, 600) == pytest.approx(0.02)


def test_nothing_prepared_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        train(Training(tmp_path, tmp_path, 1), resume=False)

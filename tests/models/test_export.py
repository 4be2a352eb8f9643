from pathlib import Path

import numpy as np
import pytest
import torch

from core.predictor.reader import Reader, ReaderSettings
from models.checkpoint import Progress, load_mean, load_weights, save_weights
from models.export import TOLERANCE, export
from models.network import ReaderNetwork
from tests.models.test_network import TINY


@pytest.mark.slow
def test_the_exported_network_agrees_with_torch_and_reads(tmp_path: Path) -> None:
    torch.manual_seed(0)
    exported = export(ReaderNetwork(TINY), tmp_path)
    assert exported.difference < TOLERANCE
    readings = Reader(tmp_path).read(np.zeros((24, 40), np.uint8))
    assert readings
    assert len({reading.latex for reading in readings}) == len(readings)
    assert all(0 <= reading.confidence <= 1 for reading in readings)
    ink = np.random.default_rng(0).integers(0, 256, (30, 60), np.uint8)
    once, twice = (
        Reader(tmp_path, settings=ReaderSettings(scales=scales)).candidates(ink) for scales in ((1.2,), (1.2, 1.2))
    )
    assert [candidate.ids for candidate in once] == [candidate.ids for candidate in twice]
    assert np.allclose([c.score for c in once], [c.score for c in twice], atol=1e-3)


def test_committed_weights_are_enough_to_go_on(tmp_path: Path) -> None:
    network = ReaderNetwork(TINY)
    save_weights(tmp_path / "reader.pt", network.state_dict(), TINY, Progress(steps=5, samples=60, seconds=7.0))
    again, progress = load_weights(tmp_path / "reader.pt")
    assert progress == Progress(5, 60, 7.0)
    assert again.shape == TINY
    for name, value in network.state_dict().items():
        assert torch.allclose(again.state_dict()[name].float(), value.float(), atol=1e-3)


def test_the_mean_of_weights_lies_between_them(tmp_path: Path) -> None:
    paths, states = [tmp_path / "first.pt", tmp_path / "second.pt"], []
    for seed, path in enumerate(paths):
        torch.manual_seed(seed)
        network = ReaderNetwork(TINY)
        save_weights(path, network.state_dict(), TINY, Progress(samples=seed))
        states.append(network.state_dict())
    mean, progress = load_mean(paths)
    middle = (states[0]["output.weight"] + states[1]["output.weight"]) / 2
    assert torch.allclose(mean.state_dict()["output.weight"], middle, atol=1e-4)
    assert progress.samples == 1

from itertools import repeat
from pathlib import Path

import pytest

from models.curves import draw_log, draw_rates
from models.data.augment import symbol_bank
from models.data.batches import Mixture, Sources, batches
from models.rate_range import rate_range
from models.run import Run
from models.training import Training
from tests.models.handwriting import one_plus_x

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.slow
def test_the_rate_grows_until_the_loss_turns(tmp_path: Path) -> None:
    mixture = Mixture(school_share=0, photo_share=0, area=2 * 48 * 96)
    batch = next(batches(Sources([one_plus_x()]), symbol_bank([one_plus_x()]), mixture, seed=1))
    run = Run(Training(tmp_path, tmp_path, minutes=0, threads=1, mixture=mixture), resume=False)
    tried = list(rate_range(run, repeat(batch), 1e-4, 1.0, 40))
    rates = [point.rate for point in tried]
    assert rates == sorted(rates) and rates[0] == pytest.approx(1e-4)
    assert min(point.loss for point in tried) < tried[0].loss
    draw_rates(tried, tmp_path / "rates.png")
    assert (tmp_path / "rates.png").read_bytes().startswith(PNG)


def test_a_log_is_drawn(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    rows = ("samples,token_loss,map_loss,exact,exact_scans", "1000,2.0,0.5,,", "2000,1.5,0.4,0.25,nan")
    log.write_text("\n".join(rows), encoding="utf-8")
    draw_log(log, tmp_path / "log.png")
    assert (tmp_path / "log.png").read_bytes().startswith(PNG)

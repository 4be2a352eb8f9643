import math

import numpy as np

from models.calibrate import fit_calibration


def test_confidence_means_how_often_a_line_is_right() -> None:
    random = np.random.default_rng(0)
    seen = []
    for log_probability in random.uniform(-6, 0, 4000):
        chance = 1 / (1 + math.exp(-(1.3 * log_probability + 1.5)))
        seen.append((float(log_probability), bool(random.random() < chance)))
    calibration = fit_calibration(seen)
    for low in (-4.0, -2.0, -1.0):
        right = [right for log_probability, right in seen if low <= log_probability < low + 0.5]
        assert abs(calibration.confidence(low + 0.25) - float(np.mean(right))) < 0.08


def test_certain_and_hopeless_lines_do_not_break_the_fit() -> None:
    calibration = fit_calibration([(-0.1, True)] * 20)
    assert 0.5 < calibration.confidence(-0.1) <= 1

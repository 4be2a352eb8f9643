import math

import numpy as np

from core.predictor.beam import Hypothesis
from models.calibrate import fit_calibration

SURE = Hypothesis((5, 6, 7), -0.1)


def test_confidence_means_how_often_a_line_is_right_whatever_its_length() -> None:
    random = np.random.default_rng(0)
    seen = []
    for _ in range(6000):
        length, doubt = int(random.integers(1, 30)), random.uniform(0, 6)
        chance = 1 / (1 + math.exp(1.3 * doubt - 1.5))
        hypothesis = Hypothesis((5,) * length, -0.1 * (length + 1) - doubt)
        seen.append((hypothesis, bool(random.random() < chance)))
    calibration = fit_calibration(seen)
    for length in (2, 20):
        for doubt in (0.25, 1.0, 3.0):
            chance = 1 / (1 + math.exp(1.3 * doubt - 1.5))
            hypothesis = Hypothesis((5,) * length, -0.1 * (length + 1) - doubt)
            assert abs(calibration.confidence(hypothesis) - chance) < 0.06


def test_lines_that_are_always_right_do_not_break_the_fit() -> None:
    assert 0.5 < fit_calibration([(SURE, True)] * 20).confidence(SURE) <= 1

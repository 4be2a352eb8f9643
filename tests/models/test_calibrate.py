import math

import numpy as np
import pytest

from core.predictor.calibration import Calibration, Candidate
from models.calibrate import Observation, Reliability, cross_validated, fit_weights, halves
from models.data.scans import BLOCK, Scan

SURE = Candidate((5, 6, 7), -0.1, 0, 0.0, -0.1, 5.0)


def observations(count: int, seed: int) -> list[Observation]:
    """Lines whose doubt is known: the more of it, the less likely right; each token costs 0.1 nats on top."""
    random = np.random.default_rng(seed)
    seen = []
    for _ in range(count):
        length, doubt = int(random.integers(1, 30)), random.uniform(0, 6)
        right = bool(random.random() < chance(doubt))
        seen.append(Observation("made up", candidate(length, doubt), right))
    return seen


def candidate(length: int, doubt: float) -> Candidate:
    log_probability = -0.1 * (length + 1) - doubt
    return Candidate((5,) * length, log_probability, 0, 0.0, log_probability, 0.0)


def chance(doubt: float) -> float:
    return 1 / (1 + math.exp(1.3 * doubt - 1.5))


def test_confidence_means_how_often_a_line_is_right_whatever_its_length() -> None:
    calibration = Calibration(fit_weights(observations(6000, 0)))
    for length in (2, 20):
        for doubt in (0.25, 1.0, 3.0):
            assert abs(calibration.confidence(candidate(length, doubt)) - chance(doubt)) < 0.06


def test_lines_that_are_always_right_do_not_break_the_fit() -> None:
    weights = fit_weights([Observation("made up", SURE, True)] * 20)
    assert 0.5 < Calibration(weights).confidence(SURE) <= 1


def test_what_one_half_fits_holds_for_the_other() -> None:
    reliability = cross_validated(observations(2000, 1), observations(2000, 2))
    assert len(reliability.right) == 4000
    assert reliability.expected_error() < 0.05


def test_no_sheet_of_paper_is_in_both_halves() -> None:
    scans = [Scan(str(key), ("x",), np.full((4, 4), key // BLOCK, np.uint8)) for key in range(0, 6 * BLOCK, BLOCK // 2)]
    first, second = ({int(line.ink[0, 0]) for line in half} for half in halves([], [], scans))
    assert first | second == set(range(6))
    assert not first & second
    assert len(first) == len(second)


def test_calibration_error_by_hand() -> None:
    reliability = Reliability(np.array([0.8, 0.8, 0.8, 0.8, 0.3]), np.array([True, True, True, False, False]))
    assert reliability.bins() == [(0.3, 0.0, 1), (pytest.approx(0.8), 0.75, 4)]
    assert reliability.expected_error() == pytest.approx((4 * 0.05 + 0.3) / 5)


def test_sure_is_where_nearly_all_lines_are_right() -> None:
    confidences = np.linspace(0, 1, 200)
    reliability = Reliability(confidences, confidences > 0.7)
    share, precision = reliability.above(reliability.sure())
    assert 0.68 < reliability.sure() < 0.71
    assert 0.29 < share < 0.32
    assert precision >= 0.95


def test_nothing_is_sure_where_nothing_is_right() -> None:
    assert Reliability(np.linspace(0, 1, 100), np.zeros(100, np.bool_)).sure() == 1.0

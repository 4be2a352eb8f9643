from collections import Counter
from pathlib import Path

import pytest

from core.notation.tokens import encode
from core.predictor.beam import Hypothesis
from core.predictor.calibration import MOST_LEAD, Calibration, Candidate, load_calibration, save_calibration
from core.predictor.reader import ranked


def hypothesis(latex: str, log_probability: float) -> Hypothesis:
    return Hypothesis(tuple(encode(latex)), log_probability)


def test_of_two_near_ties_the_one_whose_symbols_are_on_the_map_comes_first() -> None:
    found = ranked([hypothesis("X + 1", -1.0), hypothesis("x + 1", -1.2)], [Counter("x+1")], per_symbol=0.4)
    assert [candidate.ids for candidate in found] == [tuple(encode("x + 1")), tuple(encode("X + 1"))]
    assert found[0].score == pytest.approx(-1.2)
    assert found[1].score == pytest.approx(-1.0 - 2 * 0.4)
    assert found[0].lead == pytest.approx(0.6) == pytest.approx(-found[1].lead)


def test_a_candidate_keeps_the_doubts_of_its_hypothesis() -> None:
    found = ranked([Hypothesis(tuple(encode("x + 1")), -1.0, doubts=2)], [Counter("x+1")], per_symbol=0.4)
    assert found[0].doubts == 2


def test_the_same_mathematics_in_another_spelling_is_no_alternative() -> None:
    spelt = ["x _ { 1 } ^ { 2 }", "x ^ { 2 } _ { 1 }", "{ x } _ { 1 } ^ { 2 }", "x ^ { 2 }"]
    found = ranked([hypothesis(text, -float(i)) for i, text in enumerate(spelt)], [Counter("x12")], per_symbol=0.0)
    assert [candidate.ids for candidate in found] == [tuple(encode(spelt[0])), tuple(encode(spelt[3]))]


def test_a_lone_hypothesis_leads_by_as_much_as_counts() -> None:
    assert ranked([hypothesis("x", -0.1)], [Counter("x")], per_symbol=0.4)[0].lead == MOST_LEAD


def test_calibration_is_kept_in_a_file(tmp_path: Path) -> None:
    calibration = Calibration((1.0, 0.2, -0.4, -0.3, 0.4, -1.0), sure=0.9)
    save_calibration(tmp_path / "calibration.json", calibration)
    assert load_calibration(tmp_path / "calibration.json") == calibration
    assert load_calibration(tmp_path / "nothing.json") == Calibration()


def test_confidence_grows_with_what_speaks_for_a_reading() -> None:
    calibration = Calibration((1.0, 0.1, -0.3, -0.5, 0.5, 0.0))
    doubtful = Candidate((5, 6), -2.0, 2, 2.0, -3.0, 0.1)
    clear = Candidate((5, 6), -0.2, 0, 0.0, -0.2, 4.0)
    assert 0 < calibration.confidence(doubtful) < calibration.confidence(clear) < 1


def test_doubts_count_beside_the_log_probability() -> None:
    calibration = Calibration((1.0, 0.1, -0.3, -0.5, 0.5, 0.0))
    spread = Candidate((5, 6), -0.3, 0, 0.0, -0.3, 4.0)
    in_one_token = Candidate((5, 6), -0.3, 1, 0.0, -0.3, 4.0)
    assert calibration.confidence(in_one_token) < calibration.confidence(spread)

from random import Random

from core.predictor.grammar import refusal
from models.data.school.writer import school_label


def test_the_reader_may_write_every_label_that_it_is_taught() -> None:
    chance = Random(0)
    labels = [school_label(chance) for _ in range(300)]
    assert [label for label in labels if refusal(label) is not None] == []

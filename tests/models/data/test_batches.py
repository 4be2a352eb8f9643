from itertools import islice

import numpy as np

from core.notation.tokens import END_ID, PAD_ID, START_ID, decode
from core.predictor.canvas import CELL
from models.data.augment import symbol_bank
from models.data.batches import UNKNOWN_SYMBOL, Mixture, Sources, batches
from models.data.recompose import Recomposition
from models.data.scans import Scan
from tests.models.handwriting import one_plus_x

SUM = one_plus_x()
AS_WRITTEN = Recomposition(piece=0, join=0, relabel=0)
SMALL = Mixture(photo_share=0.1, photo_shelf=50, recomposition=AS_WRITTEN, area=8 * 48 * 96)


def test_batches_hold_what_the_network_needs() -> None:
    for batch in islice(batches(Sources([SUM]), symbol_bank([SUM]), SMALL, seed=1), 5):
        count, height, width = batch.ink.shape
        assert count * height * width <= SMALL.area
        assert batch.mask.shape == batch.symbol_map.shape == (count, height // CELL, width // CELL)
        assert (batch.tokens[:, 0] == START_ID).all()
        assert ((batch.tokens == END_ID).sum(axis=1) == 1).all()
        assert all(decode(row.tolist()) == "1 + x" for row in batch.tokens)
        assert (batch.symbol_map[~batch.mask] == UNKNOWN_SYMBOL).all()
        assert batch.ink.any(axis=(1, 2)).all()


def test_the_same_seed_gives_the_same_batches() -> None:
    one, other = (next(batches(Sources([SUM]), symbol_bank([SUM]), SMALL, seed=7)) for _ in range(2))
    assert np.array_equal(one.ink, other.ink)
    assert np.array_equal(one.tokens, other.tokens)


def test_school_maths_and_scans_come_in_the_shares_asked_for() -> None:
    school = one_plus_x("school")
    school = type(school)(school.key, "", ("x",), school.strokes, school.symbols, school.glyph_height)
    scan = Scan("1", ("1", "+", "x"), np.full((24, 60), 255, np.uint8))
    mixture = Mixture(0.5, photo_share=0, scan_share=0.2, recomposition=AS_WRITTEN)
    stream = batches(Sources([SUM], lambda random: school, [scan]), symbol_bank([SUM]), mixture, seed=3)
    drawn = list(islice(stream, 30))
    lengths = np.concatenate([(batch.tokens != PAD_ID).sum(axis=1) for batch in drawn])
    scans = np.concatenate([(batch.symbol_map == UNKNOWN_SYMBOL).all(axis=(1, 2)) for batch in drawn])
    assert 0.1 < scans.mean() < 0.3
    assert 0.35 < (lengths[~scans] == 3).mean() < 0.65

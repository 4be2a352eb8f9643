import pytest
import torch

from core.notation.tokens import START_ID
from models.network import NetworkShape, ReaderNetwork, position_encoding

TINY = NetworkShape(channels=(8, 8, 16, 16), width=32, heads=2, layers=2, max_tokens=20)


@pytest.fixture
def network() -> ReaderNetwork:
    torch.manual_seed(0)
    return ReaderNetwork(TINY).eval()


def test_shapes(network: ReaderNetwork) -> None:
    ink, mask = torch.rand(3, 1, 32, 64), torch.ones(3, 4, 8, dtype=torch.bool)
    logits, symbol_map = network(ink, mask, torch.full((3, 5), START_ID))
    assert logits.shape == (3, 5, TINY.vocabulary)
    assert symbol_map.shape == (3, TINY.vocabulary, 4, 8)


@torch.no_grad()
def test_a_token_sees_only_what_was_written_before_it(network: ReaderNetwork) -> None:
    ink, mask = torch.rand(1, 1, 32, 32), torch.ones(1, 4, 4, dtype=torch.bool)
    one, other = torch.tensor([[1, 5, 6, 7]]), torch.tensor([[1, 5, 9, 3]])
    before, after = network(ink, mask, one)[0], network(ink, mask, other)[0]
    assert torch.allclose(before[:, :2], after[:, :2], atol=1e-5)
    assert not torch.allclose(before[:, 2:], after[:, 2:], atol=1e-3)


@torch.no_grad()
def test_step_by_step_is_the_same_as_all_at_once(network: ReaderNetwork) -> None:
    ink, mask = torch.rand(2, 1, 32, 48), torch.ones(2, 4, 6, dtype=torch.bool)
    tokens = torch.randint(3, 100, (2, 6))
    wanted, _ = network(ink, mask, tokens)
    cells, _ = network.encode(ink, mask)
    memory = network.memory(cells)
    empty = cells.new_empty(2, TINY.heads, 0, TINY.width // TINY.heads)
    past = [(empty, empty)] * TINY.layers
    for position in range(6):
        logits, past = network.step(tokens[:, position], torch.tensor(position), memory, mask.flatten(1), past)
        assert torch.allclose(logits, wanted[:, position], atol=1e-4)


def test_padding_moves_no_position() -> None:
    alone = position_encoding(torch.ones(1, 2, 3, dtype=torch.bool), 16)
    padded = torch.zeros(1, 4, 5, dtype=torch.bool)
    padded[:, :2, :3] = True
    assert torch.equal(position_encoding(padded, 16)[:, :2, :3], alone)

"""Operators see whether the bot is well and what it counted, and nothing about anybody."""

from __future__ import annotations

from prometheus_client import CollectorRegistry

from bot.metrics import make_metrics
from bot.web.watching import health, metrics
from tests.bot.web.serving import served


async def test_health_follows_the_service() -> None:
    well = True

    async def ready() -> bool:
        return well

    async with served([health(ready)]) as client:
        async with client.get("/healthz") as response:
            assert (response.status, await response.json()) == (200, {"live": True, "ready": True})
        well = False
        async with client.get("/healthz") as response:
            assert (response.status, await response.json()) == (503, {"live": True, "ready": False})


async def test_metrics_are_those_of_the_registry_handed_in() -> None:
    counted = make_metrics(CollectorRegistry())
    counted.requests.labels("telegram", "photo").inc()

    async with served([metrics(counted.registry)]) as client, client.get("/metrics") as response:
        text = await response.text()
        assert response.headers["Content-Type"].startswith("text/plain")

    assert 'chalkline_requests_total{kind="photo",platform="telegram"} 1.0' in text
    assert "python_info" not in text

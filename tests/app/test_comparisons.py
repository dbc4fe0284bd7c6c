"""A comparison is told while it runs, ends with what came of it, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any

import pytest

from app.comparison_stream import Comparison
from app.main import create_app
from app.settings import Settings
from app.store import networks as stored
from app.store.ids import of_network
from app.streams import Teller
from app.training.comparison import contestants
from app.training.requests import NetworkRequest, NetworkSettings
from tests.app.client import API, Client, problem, running, strict
from tests.app.networks import XOR, Networks, events


def rate(value: float) -> dict[str, Any]:
    return {"optimizer": {"name": "sgd", "learning_rate": value}}


def compare(client: Client, *settings: Any, **more: Any) -> list[tuple[str, dict[str, Any]]]:
    body = {"network": XOR, "settings": settings, "iterations": 50, **more}
    answer = client.post("/comparisons", body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return events(answer.text)


def test_what_came_of_each_is_told_at_the_end(client: Client) -> None:
    name, data = compare(client, rate(0.1), rate(1.0), {})[-1]
    assert name == "done"
    assert [row["iteration"] for row in data["runs"]] == [50, 50, 50]
    slow, fast, given = (row["final"]["loss"] for row in data["runs"])
    assert fast < given < slow
    assert all(0 <= row["final"]["accuracy"] <= 1 for row in data["runs"])


def test_a_network_with_one_of_the_settings_trains_alike(client: Client) -> None:
    told = compare(client, {}, rate(1.0))[-1][1]["runs"][1]
    networks = Networks(client)
    made = networks.make(**rate(1.0))["id"]
    losses = networks.step(made, count=50)["losses"]
    assert told["curve"]["loss"] == losses
    assert told["final"]["loss"] == networks.step(made, "loss")["loss"]


def test_progress_is_told_on_the_way(client: Client) -> None:
    seen = compare(client, {}, {"seed": 1}, iterations=20_000)
    assert {name for name, _ in seen[:-1]} == {"progress"}
    first = seen[0][1]["runs"]
    assert all(0 < row["iteration"] < row["of"] == 20_000 for row in first)
    assert all(row["curve"]["iterations"][-1] == row["iteration"] for row in first)
    assert len(first[0]["curve"]["loss"]) <= 240


def test_answers_to_rows_are_told_too(client: Client) -> None:
    rows = compare(client, {}, rate(1.0), x=[[0, 0], [0.5, 0.5]])[-1][1]["runs"]
    assert all(len(row["outputs"]) == 2 for row in rows)
    assert rows[0]["outputs"] != rows[1]["outputs"]
    assert "outputs" not in compare(client, {})[-1][1]["runs"][0]


def test_one_that_diverges_says_where(client: Client) -> None:
    line = {"inputs": 1, "layers": [{"units": 1}], "loss": "mse"}
    data = {"data": {"x": [[0.0], [1.0], [2.0]], "y": [[1.0], [3.0], [5.0]]}}
    network = {**XOR, **line, **data}
    told = compare(client, rate(0.1), rate(1000.0), network=network, iterations=300)[-1][1]
    low, high = told["runs"]
    assert high["stopped"] == "nonfinite" and high["at"] == high["iteration"] + 1
    assert low["iteration"] == 300 and "stopped" not in low


def _app(client: Client) -> Any:
    transport: Any = client._client._transport
    return transport.app


def test_nothing_is_kept(client: Client) -> None:
    async def count() -> int:
        found: int = await _app(client).state.trainer.database.read(stored.count)
        return found

    before = client.wait(count())
    compare(client, {}, {"seed": 2})
    assert client.wait(count()) == before


def test_what_is_kept_is_the_very_run_with_its_history(client: Client) -> None:
    settings = [{}, rate(1.0), {"optimizer": {"name": "adam", "learning_rate": 0.05}}]
    told = compare(client, *settings, iterations=450, keep=True)[-1][1]["runs"]
    networks = Networks(client)
    for run, given in zip(told, settings, strict=True):
        again = networks.make(**given)["id"]
        networks.step(again, count=450)
        kept, made = (networks.get(one) for one in (run["network"], again))
        assert kept["parameters"] == made["parameters"]
        assert (kept["iteration"], kept["furthest"], kept["phase"]) == (450, 450, "update")
        at, other = (strict(client.get(f"{API}/networks/{one}/history?points=1000"))
                     for one in (run["network"], again))  # fmt: skip
        assert {**at, "version": 0} == {**other, "version": 0}
        shown = dict(zip(at["iterations"], at["loss"], strict=True))
        curve = run["curve"]
        assert [shown[k] for k in curve["iterations"]] == curve["loss"]
        # Between two marks, and on from the end.
        back, there = (
            networks.done("POST", f"/{one}/rewind", {"iteration": 333})
            for one in (run["network"], again)
        )
        assert back["parameters"] == there["parameters"]
        ahead, far = (networks.step(one, count=3) for one in (run["network"], again))
        assert ahead["losses"] == far["losses"]


def test_what_is_kept_goes_soon_unless_it_is_used(client: Client) -> None:
    told = compare(client, {}, keep=True)[-1][1]["runs"]
    trainer, kept = _app(client).state.trainer, of_network(told[0]["network"])

    async def used_at() -> float:
        row = await trainer.database.read(partial(stored.load, network=kept))
        return float(row.used_at)

    days = trainer.settings.keep_days
    assert time.time() - client.wait(used_at()) > (days - 2.1) * 86_400
    Networks(client).get(told[0]["network"])
    assert time.time() - client.wait(used_at()) < 60


def test_one_that_diverges_is_kept_where_it_stands(client: Client) -> None:
    line = {"inputs": 1, "layers": [{"units": 1}], "loss": "mse"}
    data = {"data": {"x": [[0.0], [1.0], [2.0]], "y": [[1.0], [3.0], [5.0]]}}
    told = compare(client, rate(1000.0), network={**XOR, **line, **data}, iterations=300, keep=True)
    [run] = told[-1][1]["runs"]
    kept = Networks(client).get(run["network"])
    assert kept["iteration"] == run["at"] - 1
    diagnosis = strict(client.get(f"{API}/networks/{run['network']}/diagnosis"))
    assert diagnosis["finite"] is False


def test_who_leaves_ends_it(runner: asyncio.Runner, tmp_path: Any) -> None:
    app = create_app(Settings(database=f"sqlite:///{tmp_path / 's.sqlite'}"))
    rows = contestants(
        NetworkRequest.model_validate(XOR),
        [NetworkSettings(), NetworkSettings(seed=1)],
        100_000,
        None,
    )

    async def left() -> list[int]:
        teller = Teller()
        work = asyncio.create_task(Comparison(app.state.trainer, rows, None).run(teller))
        await teller.next()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        return [one.session.state.iteration for one in rows]

    with running(app, runner):
        reached = runner.run(left())
        assert all(0 < one < 100_000 for one in reached)


def test_a_comparison_ends_at_its_time_limit(runner: asyncio.Runner, tmp_path: Any) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 's.sqlite'}", training_seconds=0.3)
    with running(create_app(settings), runner) as client:
        rows = compare(client, {}, {}, iterations=100_000)[-1][1]["runs"]
    assert all(row["stopped"] == "deadline" and row["iteration"] < 100_000 for row in rows)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"settings": []}, "/settings"),
        ({"settings": [{}] * 7}, "/settings"),
        ({"settings": [{"optimizer": None}]}, "/settings/0/optimizer"),
        ({"settings": [{}, {"learning_rate": 1}]}, "/settings/1/learning_rate"),
        ({"settings": [{"optimizer": {"name": "sgd", "learning_rate": -1}}]}, "/settings/0/optim"),
        ({"iterations": None}, "/iterations"),
        ({"epochs": 3}, "/iterations"),
        ({"iterations": 0}, "/iterations"),
        ({"iterations": 100_001}, "/iterations"),
        ({"x": [[1, 2, 3]]}, "/x"),
        ({"x": []}, "/x"),
        ({"network": {**XOR, "loss": "nope"}}, "/network/loss"),
        ({"more": 1}, "/more"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    client: Client, changes: dict[str, Any], pointer: str
) -> None:
    body = {"network": XOR, "settings": [{}], "iterations": 10, **changes}
    said = client.problem("/comparisons", body, 422)
    assert said["pointer"].startswith(pointer), said


def test_another_site_s_page_may_not_make_us_compute(client: Client) -> None:
    body = b'{"network": {}, "settings": [{}], "iterations": 1}'
    headers = {"Content-Type": "application/json", "Origin": "null"}
    answer = client.ask("POST", "/api/v1/comparisons", content=body, headers=headers)
    problem(answer, 403)

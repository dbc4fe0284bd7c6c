"""Runs are trained by other processes, alike wherever, and those of a process that dies again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from app import __version__
from app.catalogues.problems import translated
from app.settings import Settings
from app.sweeps.plan import SweepPlan
from app.sweeps.requests import SweepRequest
from app.sweeps.run import OtherVersion, trained
from app.sweeps.workers import Workers
from engine.errors import NameProblem
from engine.parse import parse
from engine.sentence import Sentence
from tests.app.networks import XOR
from tests.app.process import Server, serving
from tests.app.sweeps.clusters import Cluster, cluster

pytest.importorskip("distributed")
SWEEP: dict[str, Any] = {
    "network": {**XOR, "shuffle": True, "batch_size": 2},
    "grid": {"optimizer": [{"name": "sgd", "learning_rate": 0.5}, {"name": "adam"}],
             "layers.0.units": [2, 5]},
    "seeds": [3, 4],
    "iterations": 200,
}  # fmt: skip
WIDE = [{"units": 200, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}]
LONG = {**SWEEP, "iterations": 2_000}


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask")) as found:
        yield found


def post(server: Server, body: dict[str, Any]) -> str:
    answer = httpx.post(f"{server.url}/api/v1/sweeps", json=body, timeout=20)
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def ended(address: str, seconds: float = 120) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict[str, Any] = httpx.get(f"{address}?curves=true", timeout=20).json()
        if found["state"] not in {"queued", "running"}:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{found['done']} of {found['total']} after {seconds} s")


@cache
def here(iterations: int) -> list[dict[str, Any]]:
    """Return what the runs of a sweep come to in this process, trained once for all tests."""
    plan = SweepPlan.of(SweepRequest.model_validate({**SWEEP, "iterations": iterations}))
    return [
        trained(plan.spec(number).dump(), plan.iterations, __version__)
        for number in range(plan.total)
    ]


def assert_alike(found: dict[str, Any], body: dict[str, Any]) -> None:
    """Check a sweep's table against the runs of this process: to the last bit, but for time."""
    assert (found["state"], found["done"]) == ("done", found["total"])
    for row, mine in zip(found["runs"], here(body["iterations"]), strict=True):
        for name in mine.keys() - {"seconds"}:
            assert row[name] == mine[name], name


def children(server: Server, most: int = 100) -> list[psutil.Process]:
    """Wait for the processes that train, and return them."""
    for _ in range(most):
        below = psutil.Process(server.process.pid).children(recursive=True)
        found = [one for one in below if "loky" in " ".join(one.cmdline())
                 and "resource_tracker" not in " ".join(one.cmdline())]  # fmt: skip
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("no process trains")


def test_processes_train_what_this_process_trains() -> None:
    with serving(GRADWALK_SWEEP_PROCESSES="2") as server:
        assert_alike(ended(post(server, SWEEP)), SWEEP)


def test_a_process_that_is_killed_is_replaced() -> None:
    with serving(GRADWALK_SWEEP_PROCESSES="2") as server:
        address = post(server, LONG)
        while not httpx.get(address).json()["done"]:
            time.sleep(0.05)
        children(server)[0].send_signal(signal.SIGKILL)
        assert_alike(ended(address), LONG)


def test_a_server_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'store.sqlite'}"
    with serving("--database", database, GRADWALK_SWEEP_PROCESSES="2") as server:
        address = post(server, LONG)
        while not httpx.get(address).json()["done"]:
            time.sleep(0.05)
        left = children(server)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        _, alive = psutil.wait_procs(left, timeout=10)
        assert alive == [], "processes of a server that died end by themselves"
    with serving("--database", database, GRADWALK_SWEEP_PROCESSES="2") as server:
        before = httpx.get(server.url + httpx.URL(address).path).json()
        assert 0 < before["done"] < before["total"]
        found = ended(server.url + httpx.URL(address).path)
        assert_alike(found, LONG)
        seconds = [row["seconds"] for row in before["runs"] if row["state"] == "done"]
        kept = [row["seconds"] for row in found["runs"] if row["seconds"] in seconds]
        assert kept == seconds, "what had ended was not trained again"


def test_what_is_cancelled_ends_on_a_cluster_too(dask: Cluster) -> None:
    endless = {**SWEEP, "iterations": 100_000, "network": {**XOR, "layers": WIDE}}
    with serving(GRADWALK_CLUSTER=dask.address) as server:
        address = post(server, endless)
        until(lambda: busy(dask) == 2, 60)
        began = time.monotonic()
        assert httpx.delete(address, timeout=20).json()["state"] == "cancelled"
        until(lambda: busy(dask) == 0, 60)
        print(f"its runs ended {time.monotonic() - began:.1f} s later")  # noqa: T201
        # And the cluster trains what comes next.
        assert ended(post(server, {**SWEEP, "iterations": 1}))["state"] == "done"


def busy(dask: Cluster) -> int:
    """Return how many runs its workers are at; each takes minutes."""
    from distributed import Client

    with Client(dask.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        executing = client.run(lambda dask_worker: dask_worker.state.executing_count)
    return sum(executing.values())


def until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.2)


def test_a_cluster_trains_the_same_and_a_worker_of_it_may_die(dask: Cluster) -> None:
    with serving(GRADWALK_CLUSTER=dask.address) as server:
        assert_alike(ended(post(server, SWEEP)), SWEEP)
        address = post(server, LONG)
        while httpx.get(address).json()["done"] < 2:
            time.sleep(0.05)
        dask.workers[0].kill()
        assert_alike(ended(address), LONG)


def test_sweeps_wait_for_a_cluster_that_does_not_answer() -> None:
    with serving(GRADWALK_CLUSTER="tcp://127.0.0.1:9") as server:
        address = post(server, SWEEP)
        time.sleep(2)
        assert httpx.get(address).json()["state"] in {"queued", "running"}
        assert httpx.get(f"{server.url}/readyz").status_code == 200
        assert httpx.delete(address).json()["state"] == "cancelled"


@pytest.mark.parametrize("far", [False, True], ids=["processes", "cluster"])
def test_what_a_worker_refuses_comes_back_as_a_sentence(dask: Cluster, far: bool) -> None:
    workers = Workers(Settings(cluster=dask.address if far else None, sweep_processes=1))
    try:
        with pytest.raises(NameProblem) as raised:
            workers.submit(parse, "f = nosuch(x)").result(timeout=60)
    finally:
        workers.close()
    message = raised.value.message
    assert isinstance(message, Sentence)
    assert message.parameters["name"] == "nosuch"
    assert translated(message, "pt-BR").startswith("Não existe a função nosuch.")


def test_a_worker_of_another_version_is_told_apart() -> None:
    with pytest.raises(OtherVersion, match="this worker"):
        trained({}, 1, "0")

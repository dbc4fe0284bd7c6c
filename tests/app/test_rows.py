"""The rows of a batch, by REST."""

from __future__ import annotations

import numpy as np
import pytest

from tests.app.client import Client, problem
from tests.app.networks import Networks


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


def test_rows_are_those_of_the_batch_at_any_iteration(networks: Networks) -> None:
    network = str(networks.make(batch_size=3)["id"])
    networks.step(network, count=2)
    last = networks.done("GET", f"/{network}/rows")
    assert [one["row"] for one in last["rows"]] == [3]
    first = networks.done("GET", f"/{network}/rows?iteration=1&parameter=W1&start=1&count=2")
    assert [one["row"] for one in first["rows"]] == [1, 2]
    assert (first["of"], first["relation"]) == (3, "mean")
    graph = networks.done("GET", f"/{network}/graph?iteration=1&rows=1")
    weights = next(node for node in graph["nodes"] if node["id"] == "W1")
    np.testing.assert_allclose(first["rows"][0]["gradients"]["W1"], weights["grad"], rtol=1e-13)
    assert first["version"] == networks.get(network)["version"]


@pytest.mark.parametrize("query", ["start=9", "start=-1", "count=0", "parameter=W9", "count=9999"])
def test_wrong_questions_are_refused(networks: Networks, query: str) -> None:
    network = networks.make()["id"]
    problem(networks.ask("GET", f"/{network}/rows?{query}"), 422)

"""Fields that the server alone sets are refused in every body, and in every object inside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.networks import XOR
from tests.hostile.entries import JSON, entry
from tests.hostile.mutations import at
from tests.hostile.victim import Victim, attacked, check_problem

FIELDS = (
    "id", "owner", "version", "created", "created_at", "updated_at", "etag", "furthest", "user",
    "role", "is_admin", "links", "stands_at", "counts", "__class__", "__proto__", "constructor",
)  # fmt: skip
# Objects whose names are the asker's own.
MAPS = {"values", "labels", "tangent", "parameters", "state"}
REFUSED = "there is no such field|has no setting|have no field|The data are"
API = "/api/v1"
OWN = f"{API}/networks/{{network}}"
FULL = {
    **XOR, "schedule": {"name": "step", "every": 5}, "init": {"name": "normal", "scale": 0.1},
    "data": {"csv": "a,b,c\n1,2,3\n4,5,6\n", "x": [0, 1], "y": [2]},
}  # fmt: skip
# Bodies that are accepted, with every kind of object that there may be inside.
BODIES: dict[tuple[str, str], Any] = {
    ("POST", f"{API}/graphs"): {
        "program": "f = x * w", "values": {"x": 2, "w": 3},
        "update": {"learning_rate": 0.1, "parameters": ["w"]}, "nudge": {"node": "x", "h": 0.1},
        "chain": {"node": "x"},
    },
    ("POST", f"{API}/graphs/steps"): {
        "program": "f = x * w", "values": {"x": 2, "w": 3}, "told": {"start": 0},
    },
    ("POST", f"{API}/answers"): {
        "graph": {"program": "f = x * w", "values": {"x": 2, "w": 3}},
        "question": {"kind": "value", "node": "f"}, "answer": "6",
    },
    ("POST", f"{API}/programs"): {"program": "f = x * x"},
    ("POST", f"{API}/graphs/code"): {
        "program": "f = x * w", "values": {"x": 2, "w": 3}, "format": "numpy",
    },
    ("POST", f"{API}/graphs/variants"): {"program": "f = x * w", "values": {"x": 2, "w": 3}},
    ("POST", f"{API}/players"): {
        "program": "f = x * w", "values": {"x": 2, "w": 3}, "title": "t",
        "update": {"learning_rate": 0.1, "parameters": ["w"]},
    },
    ("POST", f"{API}/networks"): FULL,
    ("POST", f"{API}/networks/import"): {
        "format": "gradwalk-network", "version": 1, "network": FULL,
        "place": {"batches": 0, "iterations": 0},
    },
    ("PATCH", OWN): {
        "optimizer": {"learning_rate": 0.1}, "schedule": {"name": "step", "every": 5},
        "data": {"x": [[0, 1]], "y": [[1]]},
    },
    ("POST", f"{OWN}/copies"): {"iteration": 0},
    ("POST", f"{OWN}/step"): {"phase": "loss", "count": 1},
    ("POST", f"{OWN}/train"): {"iterations": 1},
    ("POST", f"{OWN}/rewind"): {"iteration": 0},
    ("POST", f"{OWN}/predict"): {"x": [[0, 1]]},
    ("POST", f"{API}/comparisons"): {
        "network": FULL, "settings": [{}, {"optimizer": {"name": "adam"}}], "iterations": 1,
    },
    ("POST", f"{API}/sweeps"): {
        "network": FULL, "settings": [{}, {"optimizer": {"name": "adam"}}], "seeds": [1],
        "iterations": 1,
    },
    ("POST", f"{API}/datasets/preview"): {"data": {"name": "xor"}},
}  # fmt: skip
Place = tuple[str | int, ...]


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with attacked(tmp_path_factory.mktemp("attacked")) as victim:
        yield victim


def test_every_body_of_the_description_is_here(victim: Victim) -> None:
    _, _, text = victim.server.ask("GET", "/openapi.json")
    described = {
        (method.upper(), path)
        for path, methods in json.loads(text)["paths"].items()
        for method, route in methods.items()
        if "requestBody" in route
    }
    assert described == set(BODIES)


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_no_body_sets_what_is_the_servers(victim: Victim, method: str, path: str) -> None:
    body = BODIES[method, path]
    for place in places(body):
        for field in FIELDS:
            if field not in at(body, place):
                assert_refused(victim, method, path, changed(body, place, field))
    victim.check_others()


def test_what_stands_in_the_address_sets_nothing(victim: Victim) -> None:
    asked = "&".join(f"{field}=1" for field in FIELDS)
    status, answer = victim.server.post(f"{API}/networks?{asked}", XOR)
    assert (status, answer["version"], answer["furthest"]) == (201, 1, 0)
    assert len(answer["id"]) == 22


def assert_refused(victim: Victim, method: str, path: str, body: Any) -> None:
    found = victim.send(entry("", method, path, JSON, json.dumps(body).encode(), [422]))
    assert found.status == 422, (body, found)
    assert re.search(REFUSED, check_problem(found)["detail"]), (body, found)


def places(value: Any, path: Place = ()) -> Iterator[Place]:
    """Yield the way to every object in a body, itself included, whose fields are ours to name."""
    if isinstance(value, dict) and (not path or path[-1] not in MAPS):
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in pairs:
        if isinstance(one, dict | list):
            yield from places(one, (*path, key))


def changed(body: Any, place: Place, field: str) -> Any:
    """Return a body with one field more in one of its objects."""
    copy = json.loads(json.dumps(body))
    at(copy, place)[field] = 1
    return copy
